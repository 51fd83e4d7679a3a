"""What the corpus must spread over, a language: every cell of the tables with how many it asks for and how many it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from corpus.records import LARGE, REGISTERS, TOPICS, AnnotatedClaim, Form, MiniDocument
from foreshock import dates
from foreshock.model.values import Basis, Bound, Certainty, FigureWhat, Kind, Phase, PlacePrecision, Status
from foreshock.ontology.codebook import load_codebook

STRUCTURES = ("own voice", "outlet", "named", "role", "body", "anonymous", "pronoun", "nested", "after", "bracket", "carried")
SECTORS = (
    "GOV",
    "MIL",
    "COP",
    "REB",
    "OPP",
    "CVL",
    "JUD",
    "LAB",
    "REL",
    "IGO",
    "BUS",
    "JRN",
    "PTY",
    "NGO",
    "LEG",
    "CRM",
    "EDU",
    "REF",
)
TIMES = ("relative", "absolute", "past", "part of day", "range")
SENTENCES = {True: 500, False: 200}
BARE = 0.2
# Least number of a cell, (large languages, the others).
LEAST: dict[str, tuple[int, int]] = {
    "kind": (8, 3), "mode": (2, 1), "status": (6, 2), "structure": (6, 2), "form": (3, 1), "bound": (3, 1), "counted": (2, 1),
    "time": (8, 3), "precision": (8, 2), "place": (3, 1), "register": (30, 12), "phase": (4, 2), "certainty": (6, 3),
    "basis": (6, 2), "sector": (3, 1), "topic": (3, 1), "group": (25, 8), "of": (2, 1),
}  # fmt: skip
GROUPS_OF = ("children", "civilians", "protesters", "soldiers", "police")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: how many of it there are, and how many are asked for."""

    table: str
    name: str
    found: int
    least: int

    @property
    def full(self) -> bool:
        """Whether it has what is asked for."""
        return self.found >= self.least


def cells(language: str, documents: Iterable[MiniDocument]) -> list[Cell]:
    """Return every cell of one language."""
    mine = [document for document in documents if document.language == language]
    counts = count(mine)
    large = language in LARGE
    found = [
        Cell(table, name, counts[table, name], LEAST[table][0 if large else 1])
        for table, names in wanted().items()
        for name in names
    ]
    sentences = sum(len(document.sentences) for document in mine)
    bare = sum(len(document.bare()) for document in mine)
    groups = Counter(document.group for document in mine if document.group)
    pairs = sum(number >= 2 for number in groups.values())
    return [
        Cell("size", "sentences", sentences, SENTENCES[large]),
        Cell("size", "sentences without a claim", bare, round(BARE * max(sentences, SENTENCES[large]))),
        Cell("size", "pair groups", pairs, LEAST["group"][0 if large else 1]),
        *found,
    ]


def wanted() -> dict[str, list[str]]:
    """Return the names of the cells of each table."""
    book = load_codebook()
    return {
        "kind": list(get_args(Kind)),
        "mode": [f"{entry.kind}/{mode}" for entry in book for mode in entry.modes],
        "status": [*get_args(Status), "negated"],
        "structure": list(STRUCTURES),
        "form": list(get_args(Form)),
        "bound": [*get_args(Bound), "new", "cumulative"],
        "counted": list(get_args(FigureWhat)),
        "of": list(GROUPS_OF),
        "time": list(TIMES),
        "precision": list(get_args(PlacePrecision)),
        "place": ["movement", "disputed"],
        "register": list(REGISTERS),
        "phase": list(get_args(Phase)),
        "certainty": list(get_args(Certainty)),
        "basis": list(get_args(Basis)),
        "sector": list(SECTORS),
        "topic": [topic for topic in TOPICS if topic != "accident"],
    }


def count(documents: Iterable[MiniDocument]) -> Counter[tuple[str, str]]:
    """Return how many there are of each cell; sentences for registers, documents for topics, claims for all else."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        counts["register", document.register] += len(document.sentences)
        if document.topic:
            counts["topic", document.topic] += 1
        for claim in document.claims:
            counts.update(set(told(claim, document)))
            counts.update(("sector", party.sector) for party in claim.parties.values() if party.sector)
    return counts


def told(claim: AnnotatedClaim, document: MiniDocument) -> Iterator[tuple[str, str]]:
    """Yield the cells that one claim is in."""
    yield "kind", claim.kind
    yield "mode", f"{claim.kind}/{claim.mode}"
    yield "status", claim.status
    yield "certainty", claim.certainty
    yield "phase", str(claim.phase)
    yield "basis", claim.basis
    if claim.negated:
        yield "status", "negated"
    if claim.form:
        yield "form", claim.form
    yield from (("structure", name) for name in structures(claim, document))
    for number in claim.counts:
        yield "counted", number.what
        yield "bound", str(number.bound)
        yield "bound", str(number.counting)
        yield "of", str(number.of)
    for role, place in claim.places.items():
        yield "precision", place.precision
        if role != "p":
            yield "place", "movement"
        if place.claimed_by:
            yield "place", "disputed"
    if claim.time is not None:
        yield from (("time", name) for name in _times(claim, document))


def structures(claim: AnnotatedClaim, document: MiniDocument) -> Iterator[str]:
    """Yield how the holder of a claim stands in the text."""
    speakers, outlets = claim.spans("h") + claim.spans("hh"), claim.spans("o")
    if not speakers and not outlets:
        yield "own voice"
        return
    if outlets:
        yield "outlet"
    yield from claim.holder_types
    if claim.spans("hh"):
        yield "nested"
    content = claim.around("c")
    first = min(speakers or outlets)
    if content is None:
        return
    if document.sentence_of(first[0]) != document.sentence_of(content[0]):
        yield "carried"
    elif first[0] >= content[1]:
        yield "after"
    if document.text[: first[0]].rstrip().endswith(tuple("(（［〔")):
        yield "bracket"


def _times(claim: AnnotatedClaim, document: MiniDocument) -> Iterator[str]:
    time = claim.time
    assert time is not None  # noqa: S101  (asked by the caller)
    yield time.form
    if time.part:
        yield "part of day"
    if time.start != time.end:
        yield "range"
    ends = time.end or time.start
    if ends is not None and (dates.first_day(document.published) - dates.last_day(ends)).days > 365:
        yield "past"


def countries(documents: Iterable[MiniDocument]) -> Counter[str]:
    """Return how many sentences are set in each country."""
    counts: Counter[str] = Counter()
    for document in documents:
        counts[document.country] += len(document.sentences)
    return counts
