"""What a text says: claims with their holders, actors, places, times and figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foreshock.model.document import Damage
from foreshock.model.values import (
    Basis,
    Bound,
    Certainty,
    FigureState,
    FigureWhat,
    HolderRole,
    Kind,
    Phase,
    PlacePrecision,
    Span,
    SpeechForm,
    Status,
    WhenPrecision,
    record_id,
)


@dataclass(frozen=True, slots=True)
class Holder:
    """One link of the chain of holders: who gives the content its standing, outermost first.

    The last five fields tell where the text says so; they are empty for the document itself and where no words do.
    ``start`` and ``end`` are the words that name the source, ``cue`` those that attribute, ``content`` those attributed.
    """

    name: str
    role: HolderRole
    raw: str
    status: Status
    start: int | None = None
    end: int | None = None
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    form: SpeechForm | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Words that a text gives to somebody: who, the words that say so, and the words given.

    All spans are half-open, in code points of ``Document.text``. ``source`` is None where the text names nobody ("it is said");
    ``cue`` is empty where only layout or quotation marks attribute. ``content`` has several spans where other words stand
    between; it lacks the conjunction and the outer quotation marks. ``form``: all, nothing or a part of it is quoted.
    ``holder`` is the fullest name of the source that the text itself gives, else the source's words. ``within`` is the
    position, in the document's list, of the innermost attribution whose content holds this one.
    """

    source: Span | None
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    form: SpeechForm
    holder: str | None
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts or is acted on; ``country`` is ISO 3166 alpha-3, ``sector`` a PLOVER sector; null where not known."""

    name: str
    raw: str
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the event was, with the precision of what was said; ``lat`` and ``lon`` in degrees, WGS 84.

    Of a movement ``origin`` and ``destination`` tell from where and to where ("from" and "to" in JSON); ``claimed_by`` lists the
    states, ISO 3166 alpha-3, that claim a disputed territory.
    """

    name: str
    raw: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    claimed_by: tuple[str, ...] = ()
    origin: Place | None = None
    destination: Place | None = None


@dataclass(frozen=True, slots=True)
class When:
    """The time of the event as ISO prefixes, both ends included; null ends are open or not known."""

    start: str | None
    end: str | None
    precision: WhenPrecision
    raw: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text gives, or gave before it was damaged.

    ``low``, ``best``, ``high`` hold what was said and nothing between: "150-200" has no best. A ``lost`` or ``suspect``
    figure has ``best=None``; what could be read of a suspect one stands in ``candidates``.
    """

    what: FigureWhat
    of: str | None
    unit: str | None
    low: float | None
    best: float | None
    high: float | None
    bound: Bound | None
    counting: Literal["new", "cumulative"] | None
    scope: str | None
    as_of: str | None
    state: FigureState
    candidates: tuple[float, ...]
    raw: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """These holders give this content this standing, in these words (docs/claims.md is the contract)."""

    id: str
    document_id: str
    version: str
    language: str
    start: int
    end: int
    text: str
    kind: Kind
    mode: str | None
    status: Status
    negated: bool
    certainty: Certainty
    phase: Phase | None
    basis: Basis
    holders: tuple[Holder, ...]
    actor: Actor | None
    recipient: Actor | None
    place: Place | None
    when: When | None
    figures: tuple[Figure, ...]
    damage: tuple[Damage, ...]
    confidence: float
    coder: str


def claim_id(document_id: str, version: str, start: int, end: int, kind: str, coder: str) -> str:
    """Return the id of a claim: the hash of document, version, span, kind and coder."""
    return record_id("claim", document_id, version, start, end, kind, coder)
