"""The records of a brief: what it says, on which claims each line stands, and the original words beside it.

A brief has three sorts of sentence, kept apart by type: a :class:`Line` says something about the world and stands on claims; a
:class:`Fact` says something about what was read and stands on documents, or how likely something is and stands on estimates; a
note (``Section.note``) is one of the fixed sentences of :mod:`foreshock.briefs.notes` and says something about this build.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from foreshock.model import Basis, Certainty, Damage, Figure, Freshness, Holder, Kind, Phase, Status

SectionId = Literal[
    "changes", "figures", "confirmed", "reported", "contested", "denied", "conditions", "assessments",
    "scenarios", "precedents", "origins", "gaps", "sources",
]  # fmt: skip
ChartId = Literal["timeline", "tallies", "paths", "coverage"]


@dataclass(frozen=True, slots=True)
class Quote:
    """The receipt of one claim: its original words in their sentence, and how the claim was coded.

    ``text`` is ``Document.text[start:end]``, whole sentences unless they are very long (``cut``). ``claimed`` is the span of the
    claim and ``damage`` every damage that touches the quote; all offsets count code points of ``Document.text``.
    ``published`` is an ISO prefix or None; ``confidence`` is the coder's, 0 to 1.
    """

    claim_id: str
    document_id: str
    source: str
    title: str | None
    published: str | None
    language: str
    depth: str
    start: int
    end: int
    text: str
    cut: bool
    claimed: tuple[int, int]
    damage: tuple[Damage, ...]
    holders: tuple[Holder, ...]
    kind: Kind
    mode: str | None
    gloss: str | None
    status: Status
    negated: bool
    certainty: Certainty
    phase: Phase | None
    basis: Basis
    confidence: float
    coder: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A span of ``Line.text`` (half-open, code points of that text) that holds words of an original in ``language``."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence on the world, in the reader's language, and the claims it stands on.

    ``cited`` marks the words that are the original's and not ours. ``confidence`` is the lowest of its claims. ``group`` is the
    matter it belongs to within its section. ``figure`` is set on lines of key figures. ``record`` is the id of the incident,
    dispute or condition that the line tells of, where joining made it. ``origins`` counts the independent origins of its claims,
    None where they were not joined. ``position`` is the side of a dispute that the line takes, and how many origins stand behind
    it. ``why`` is the reason of an incident's grade, in English. ``last_claimed`` and ``age`` are those of a condition.
    """

    text: str
    claim_ids: tuple[str, ...]
    quotes: tuple[Quote, ...]
    confidence: float
    status: Status
    cited: tuple[Cited, ...] = ()
    group: str | None = None
    figure: Figure | None = None
    record: str | None = None
    origins: int | None = None
    position: str | None = None
    why: str | None = None
    last_claimed: str | None = None
    age: Freshness | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence on what was read, and the documents it is true of, or on what was weighed, and the estimates it stands on.

    A table row has ``cells``, (label, value) pairs.
    """

    text: str
    document_ids: tuple[str, ...]
    group: str | None = None
    cells: tuple[tuple[str, str], ...] = ()
    estimate_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief. ``note`` is made of the fixed sentences of :mod:`foreshock.briefs.notes`, or empty."""

    id: SectionId
    title: str
    lines: tuple[Line | Fact, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a chart's table: its field in the specification, and its label in the reader's language.

    ``sort`` says how a value is printed: a word as it stands, a day (an ISO prefix), a number, a share of 1.
    """

    field: str
    label: str
    sort: Literal["word", "day", "number", "share"] = "word"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One row of a chart's table: a value for each column, and the claims, documents or estimates that it stands on."""

    values: tuple[str | float | None, ...]
    claim_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    estimate_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart shows, as a table; :func:`foreshock.briefs.charts.charts_of` makes a specification of it.

    ``section`` is where it stands; ``text`` is made of the fixed sentences of :mod:`foreshock.briefs.notes`. ``order`` gives the
    values of fields in the order in which they are drawn.
    """

    id: ChartId
    section: SectionId
    title: str
    text: str
    columns: tuple[Column, ...]
    rows: tuple[ChartRow, ...]
    order: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Header:
    """What the brief is about and how much was read. ``as_of`` is an ISO prefix or None; ``made_at`` a UTC stamp."""

    title: str
    as_of: str | None
    made_at: str
    as_of_line: str
    notice: str
    coverage: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A situation brief in one language; compile it (:func:`foreshock.briefs.compile.compile_brief`) before showing it."""

    language: str
    header: Header
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...] = ()


def lines_of(brief: Brief) -> list[tuple[Section, Line]]:
    """Return every line that stands on claims, with its section, in order."""
    return [(section, line) for section in brief.sections for line in section.lines if isinstance(line, Line)]


def facts_of(brief: Brief) -> list[tuple[Section | None, Fact]]:
    """Return every fact about the reading with its section; those of the header have None."""
    inside = [(section, line) for section in brief.sections for line in section.lines if isinstance(line, Fact)]
    return [*((None, fact) for fact in brief.header.coverage), *inside]
