"""How a brief is set on a page: lines under headings, positions side by side, words by who said them, figures on a scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from foreshock.briefs.brief import Cited, Fact, Line, Quote, Section
from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import Segment, segments
from foreshock.model import Figure, TallyPoint

# Struck through where nothing is there to be read; all other damage is underlined, so that it stays legible.
STRUCK = {"lost_number", "doubled_punctuation"}
BAR_WIDTH = 200.0
# A brief is read from its top: of sections that list every report the first lines stand open, the others are a click away.
LONG = frozenset({"changes", "figures", "reported", "assessments"})
OPEN = 8  # lines
FEW = 5  # so many more are not worth a click


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


def groups(section: Section) -> list[Group]:
    """Return the lines of a section under their headings."""
    found = []
    for title, rows_of in groupby(section.lines, key=lambda line: line.group):
        lines = tuple(rows_of)
        figures = all(isinstance(line, Line) and line.figure is not None for line in lines)
        cells = all(isinstance(line, Fact) and bool(line.cells) for line in lines)
        found.append(Group(title, lines, figures, cells, sides(lines)))
    return found


def opening(section: Section) -> tuple[list[Group], list[Group]]:
    """Return the groups of a section that stand open, and those that are folded away: none of a section that is not long."""
    found = groups(section)
    if section.id not in LONG or len(section.lines) <= OPEN + FEW:
        return found, []
    shown: list[Group] = []
    left = OPEN
    for at, group in enumerate(found):
        if left <= 0:
            return shown, found[at:]
        if len(group.lines) > left + FEW:
            head, tail = (Group(group.title, some, group.figures, group.cells, sides(some)) for some in _cut(group.lines, left))
            return [*shown, head], [tail, *found[at + 1 :]]
        shown.append(group)
        left -= len(group.lines)
    return shown, []


def folded(reader: Reader, rest: Sequence[Group]) -> str:
    """Return how much is folded away, in words."""
    return reader.count("{n} more line", "{n} more lines", sum(len(group.lines) for group in rest))


def _cut(lines: tuple[Line | Fact, ...], at: int) -> tuple[tuple[Line | Fact, ...], tuple[Line | Fact, ...]]:
    return lines[:at], lines[at:]


def sides(lines: Sequence[Line | Fact]) -> tuple[Side, ...]:
    """Return the positions of a dispute in order, each with its lines; none where the lines take no position."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if isinstance(line, Line) and line.position:
            found.setdefault(line.position, []).append(line)
    return tuple(Side(title, tuple(some)) for title, some in found.items())


def pieces(line: Line) -> list[tuple[str, Cited | None]]:
    """Cut a line's text into our own words and cited ones."""
    found: list[tuple[str, Cited | None]] = []
    at = 0
    for cited in sorted(line.cited, key=lambda one: one.start):
        found += [(line.text[at : cited.start], None), (line.text[cited.start : cited.end], cited)]
        at = cited.end
    return [piece for piece in [*found, (line.text[at:], None)] if piece[0]]


def runs(quote: Quote) -> list[tuple[bool, list[Segment]]]:
    """Group the segments of a quote into runs inside and outside the claim."""
    return [(claimed, list(run)) for claimed, run in groupby(segments(quote), key=lambda one: one.claimed)]


def top(lines: Sequence[Line]) -> float:
    """Return the largest value read in a group; 0 where there is none, and then no bar is drawn."""
    figures = [line.figure for line in lines if line.figure and line.figure.state == "read"]
    return max((value for one in figures for value in (one.low, one.best, one.high) if value is not None), default=0.0)


def bar(figure: Figure | TallyPoint, top: float) -> Bar | None:
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


def more(reader: Reader, number: int) -> str:
    """Return how many more texts carry a line."""
    return reader.count("{n} more text that carries this", "{n} more texts that carry this", number)


def count(reader: Reader, section: Section) -> str:
    """Return how many lines a section has, a dash where it has none."""
    return reader.number(len(section.lines)) if section.lines else "–"
