"""A brief as one self-contained page: no script, no request, no referrer; every text escaped by the template engine."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined

from foreshock.briefs.brief import Brief, Cited, Fact, Line, Quote, Section
from foreshock.briefs.locale import Reader, direction
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.numbers import amount
from foreshock.briefs.quotes import Segment, safe, segments
from foreshock.briefs.receipts import damage_notes, marks, origin, rows, standing
from foreshock.model import Figure

# Struck through where nothing is there to be read; all other damage is underlined, so that it stays legible.
STRUCK = {"lost_number", "doubled_punctuation"}
BAR_WIDTH = 200.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure on the scale of its group, 0 to BAR_WIDTH: ``low`` to ``high`` is what was said, open ends run on dashed."""

    low: float
    high: float
    best: float | None
    open_left: bool
    open_right: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading; ``figures`` where they are set as a table of figures, ``cells`` where as a table of facts."""

    title: str | None
    lines: tuple[Line | Fact, ...]
    figures: bool
    cells: bool
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One position of a dispute with its lines; positions stand side by side."""

    title: str
    lines: tuple[Line, ...]


def render_html(brief: Brief) -> str:
    """Return the page. It works without a network and under its own content security policy (style by hash, nothing else)."""
    reader = reader_of(brief.language)
    environment = Environment(
        loader=PackageLoader("foreshock.briefs"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    style = environment.get_template("brief.css").render().strip()
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return environment.get_template("brief.html.j2").render(
        brief=brief,
        style=style,
        digest=digest,
        say=reader.say,
        safe=safe,
        direction=direction,
        page_direction=direction(brief.language),
        groups=_groups,
        pieces=_pieces,
        runs=_runs,
        struck=STRUCK,
        is_line=lambda one: isinstance(one, Line),
        standing=lambda line: standing(reader, line.status, negated=line.quotes[0].negated),
        marks=lambda line: marks(reader, line),
        origin=lambda quote: origin(reader, quote),
        rows=lambda quote: rows(reader, quote),
        notes=lambda quote: damage_notes(reader, quote),
        amount=lambda figure: amount(reader, figure),
        bar=_bar,
        top=_top,
        width=BAR_WIDTH,
        number=reader.number,
        more=lambda n: _more(reader, n),
        count=lambda section: _count(reader, section),
    )


def _groups(section: Section) -> list[Group]:
    groups = []
    for title, rows_of in groupby(section.lines, key=lambda line: line.group):
        lines = tuple(rows_of)
        figures = all(isinstance(line, Line) and line.figure is not None for line in lines)
        cells = all(isinstance(line, Fact) and bool(line.cells) for line in lines)
        groups.append(Group(title, lines, figures, cells, _sides(lines)))
    return groups


def _sides(lines: Sequence[Line | Fact]) -> tuple[Side, ...]:
    """Return the positions of a dispute in order, each with its lines; none where the lines take no position."""
    sides: dict[str, list[Line]] = {}
    for line in lines:
        if isinstance(line, Line) and line.position:
            sides.setdefault(line.position, []).append(line)
    return tuple(Side(title, tuple(some)) for title, some in sides.items())


def _pieces(line: Line) -> list[tuple[str, Cited | None]]:
    """Cut a line's text into our own words and cited ones."""
    pieces: list[tuple[str, Cited | None]] = []
    at = 0
    for cited in sorted(line.cited, key=lambda one: one.start):
        pieces += [(line.text[at : cited.start], None), (line.text[cited.start : cited.end], cited)]
        at = cited.end
    return [piece for piece in [*pieces, (line.text[at:], None)] if piece[0]]


def _runs(quote: Quote) -> list[tuple[bool, list[Segment]]]:
    """Group the segments of a quote into runs inside and outside the claim."""
    return [(claimed, list(run)) for claimed, run in groupby(segments(quote), key=lambda one: one.claimed)]


def _top(lines: Sequence[Line]) -> float:
    """Return the largest value read in a group; 0 where there is none, and then no bar is drawn."""
    figures = [line.figure for line in lines if line.figure and line.figure.state == "read"]
    return max((value for one in figures for value in (one.low, one.best, one.high) if value is not None), default=0.0)


def _bar(figure: Figure, top: float) -> Bar | None:
    """Return the bar of a figure, or None where nothing was read: a lost number has no place on a scale."""
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    if figure.state != "read" or not known or top <= 0:
        return None
    scale = BAR_WIDTH * 0.86 / top
    return Bar(
        low=min(known) * scale,
        high=max(known) * scale,
        best=figure.best * scale if figure.best is not None else None,
        open_left=figure.bound in {"at_most", "nearly"},
        open_right=figure.bound in {"at_least", "over", "dozens", "hundreds", "thousands"},
    )


def _more(reader: Reader, number: int) -> str:
    return reader.count("{n} more text that carries this", "{n} more texts that carry this", number)


def _count(reader: Reader, section: Section) -> str:
    return reader.number(len(section.lines)) if section.lines else "–"
