"""What the markup says, as frozen records. Offsets are half-open, in code points of the plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foreshock.model.values import Basis, Bound, Certainty, FigureState, FigureWhat, Kind, Phase, PlacePrecision, Span, Status

Register = Literal["wire", "local", "official", "ticker", "messenger", "analysis", "interview"]
HolderType = Literal["named", "role", "body", "anonymous", "pronoun"]
Form = Literal["denial-of-denial", "double-negation", "hearsay-mood"]
Role = Literal["t", "c", "k", "a", "r", "p", "pf", "pt", "w", "n", "h", "hh", "o", "q", "qq", "qo"]

LANGUAGES = ("en", "ja", "ru", "fr", "es", "it", "de", "pt", "uk", "kk", "ar", "fa", "zh", "tr", "ko", "pl")
LARGE = frozenset(["en", "ja", "ru", "fr", "es"])
REGISTERS: tuple[Register, ...] = ("wire", "local", "official", "ticker", "messenger", "analysis", "interview")
TOPICS = (
    "sport", "markets", "weather", "obituary", "anniversary", "old-case", "fiction", "ad", "politics", "culture", "accident",
)  # fmt: skip
ROLES: dict[str, str] = {
    "t": "trigger: the words that name the act",
    "c": "content: the words of the claim, its clause",
    "k": "all the words given to the holder, where they are more than the claim",
    "a": "actor", "r": "recipient", "p": "place", "pf": "place from which", "pt": "place to which", "w": "time", "n": "figure",
    "h": "speaker", "hh": "speaker inside the speaker's words", "o": "outlet that is cited",
    "q": "cue: the words that attribute, or give the standing", "qq": "cue of the inner speaker", "qo": "cue of the outlet",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Words with a role in a claim."""

    role: Role
    claim: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The span of the words."""
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted on: a name where the words give none that stands alone, ISO 3166 alpha-3, PLOVER sector."""

    name: str | None
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class Where:
    """A place of the event: its name in the nominative, the country it is in, how much was said, who claims it."""

    name: str | None
    country: str | None
    precision: PlacePrecision
    claimed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Time:
    """ISO prefixes, both ends included; ``form`` is how the words tell it, ``part`` that they name a part of the day."""

    start: str | None
    end: str | None
    form: Literal["relative", "absolute"]
    part: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """A figure: what is counted, of whom, the number as said, and how it is bounded."""

    what: FigureWhat
    low: float | None
    best: float | None
    high: float | None
    bound: Bound | None
    of: str | None
    unit: str | None
    counting: Literal["new", "cumulative"] | None
    scope: str | None
    as_of: str | None
    state: FigureState


@dataclass(frozen=True, slots=True)
class AnnotatedClaim:
    """One claim: what its line says, and its marks in the text."""

    number: int
    kind: Kind
    mode: str | None
    status: Status
    negated: bool
    certainty: Certainty
    phase: Phase | None
    basis: Basis
    holder_types: tuple[HolderType, ...]
    holder_names: tuple[str, ...]
    outer: Status
    parties: dict[str, Party]
    places: dict[str, Where]
    time: Time | None
    counts: tuple[Count, ...]
    marks: tuple[Mark, ...]
    line: int
    form: Form | None = None

    def spans(self, role: str) -> list[Span]:
        """Return the spans of a role, in the order of the text."""
        return sorted(mark.span for mark in self.marks if mark.role == role)

    def around(self, role: str) -> Span | None:
        """Return the span from the first to the last words of a role, or None where it has none."""
        spans = self.spans(role)
        return (spans[0][0], max(end for _, end in spans)) if spans else None


@dataclass(frozen=True, slots=True)
class MiniDocument:
    """A short text of one to five sentences with what is claimed in it.

    ``country`` is the country of the crisis; ``topic`` tells what a text without claims is about; texts of one ``group`` differ
    in little (minimal pairs) and stand in the same part of the split.
    """

    id: str
    language: str
    register: Register
    town: str
    published: str
    country: str
    outlet: str
    group: str | None
    topic: str | None
    text: str
    sentences: tuple[Span, ...]
    claims: tuple[AnnotatedClaim, ...]
    path: str
    line: int

    def sentence_of(self, offset: int) -> int:
        """Return which sentence a position stands in."""
        return max(number for number, (start, _) in enumerate(self.sentences) if start <= offset or number == 0)

    def bare(self) -> list[int]:
        """Return the sentences in which no claim is triggered."""
        told = {self.sentence_of(start) for claim in self.claims for start, _ in claim.spans("t")}
        return [number for number in range(len(self.sentences)) if number not in told]
