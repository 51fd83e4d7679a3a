"""What joining makes of many claims: origins, incidents, tallies, disputes, conditions in force, grades.

Each is computed from the claims and judgements known at a moment and leads back to claims by their ids; none of them replaces a
claim. Days are ISO prefixes, so their length says how much is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foreshock.model.claim import Actor, Claim, Place, When
from foreshock.model.values import Bound, FigureState, FigureWhat, Kind, Span, Status

LinkReason = Literal["copy", "agency", "quote", "translation", "citation", "holder"]
DisputeMatter = Literal["standing", "figure", "actor", "place", "time"]
DisputeState = Literal["open", "settled"]
ConditionState = Literal["announced", "in_effect", "extended", "breached", "lifted", "lapsed"]
Freshness = Literal["recent", "ageing", "past", "unknown"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]


@dataclass(frozen=True, slots=True)
class Report:
    """One claim as one document told it, with what joining must know of that document.

    ``arrival`` counts the codings of a ledger in the order in which they were kept: a larger one was known no earlier.
    """

    claim: Claim
    source: str
    published: str | None
    known_at: str
    arrival: int


@dataclass(frozen=True, slots=True)
class Link:
    """Why two documents go back to one origin: ``carrier`` only carries what ``source`` (a document id, a name) has first-hand.

    ``score`` is 0 to 1 and comparable within one reason only; ``why`` is one English sentence with the evidence in it.
    """

    carrier: str
    source: str
    reason: LinkReason
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The first-hand source that claims go back to, the documents that tell them first-hand and those that only carry them."""

    id: str
    name: str
    documents: tuple[str, ...]
    carriers: tuple[str, ...]
    claim_ids: tuple[str, ...]
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class TallyPoint:
    """One number that one holder gave: what was said, when it was so (``as_of``) and when it was told (``published``).

    A ``lost`` or ``suspect`` number has no ``best``; it is shown and never counted. ``candidates`` are readings of a suspect one.
    """

    claim_id: str
    document_id: str
    holder: str
    origin: str
    as_of: str | None
    published: str | None
    low: float | None
    best: float | None
    high: float | None
    bound: Bound | None
    state: FigureState
    raw: str
    span: Span
    candidates: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """The numbers given for one definition and scope; numbers of other definitions or scopes are other tallies.

    ``low`` and ``high`` span the latest number of each origin; ``best`` is there only where all of those give one number: no
    midpoint is made. ``counting`` is "new" or "cumulative" as told, None where the text does not say.
    """

    what: FigureWhat
    of: str | None
    unit: str | None
    counting: Literal["new", "cumulative"] | None
    scope: str | None
    low: float | None
    best: float | None
    high: float | None
    points: tuple[TallyPoint, ...]


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who is said to have done it, by whom. Rival ones stand side by side in an incident."""

    actor: Actor
    holders: tuple[str, ...]
    claim_ids: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Why a claim belongs to an incident: the claim that it was joined to, the score (0 to 1, a probability) and the reasons."""

    claim_id: str
    to: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """Claims of compatible kind, time and place. ``id`` is that of the founding claim and stays when the incident grows.

    ``merged`` are ids of incidents that are part of it now, ``split_from`` the one that it was parted from. ``credibility`` is
    the Admiralty 1 to 6 with ``why``; it comes from independent origins.
    """

    id: str
    claim_ids: tuple[str, ...]
    kind: Kind
    mode: str | None
    place: Place | None
    when: When | None
    origins: tuple[Origin, ...]
    tallies: tuple[Tally, ...]
    attributed_to: tuple[Attributed, ...]
    credibility: Credibility
    why: str
    joined: tuple[Joined, ...] = ()
    merged: tuple[str, ...] = ()
    split_from: str | None = None


@dataclass(frozen=True, slots=True)
class PositionQuote:
    """The words of one claim that take a position."""

    claim_id: str
    document_id: str
    holder: str
    language: str
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Position:
    """One side of a dispute: what it holds, who holds it, in which words, and the independent origins behind it."""

    label: str
    holders: tuple[str, ...]
    claim_ids: tuple[str, ...]
    quotes: tuple[PositionQuote, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """Claims on one matter that cannot both hold, side by side until a person settles it with a note.

    ``id`` is made of the incident and the matter, so it stays when positions are added. ``settled_by`` is the id of a judgement.
    """

    id: str
    question: str
    matter: DisputeMatter
    incident_id: str | None
    positions: tuple[Position, ...]
    state: DisputeState = "open"
    settled_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ConditionStep:
    """One thing said of a condition: that it was announced, is in effect, was extended, breached or lifted, and by whom.

    ``status`` and ``negated`` are the standing that the holder gives it: "lifted", promised, is an end to come; "in_effect",
    denied, a denial. ``partial`` where only a part of it, or for a while, is lifted: "in most of the city".
    """

    state: ConditionState
    day: str | None
    holder: str
    claim_id: str
    published: str | None
    status: Status = "asserted"
    negated: bool = False
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """Something in force: an order, curfew, blackout, siege, ceasefire, ultimatum ..., of one party where it binds one only.

    ``type`` is a name of the conditions table; ``until`` the stated end or deadline. ``last_confirmed`` is the day of the last
    claim that holds it to be in force, ``age_days`` the days from then to the moment of reading. ``freshness`` "past" means past
    its stated end, "ageing" unconfirmed for long: neither is silently current nor silently gone.
    """

    id: str
    type: str
    kind: Kind
    mode: str | None
    declared_by: Actor | None
    party: Actor | None
    held_by: tuple[str, ...]
    place: Place | None
    since: str | None
    until: str | None
    state: ConditionState
    freshness: Freshness
    last_confirmed: str | None
    age_days: int | None
    steps: tuple[ConditionStep, ...]
    claim_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """The reliability of a source, Admiralty A to F, from its record in this ledger.

    ``confirmed``, ``denied`` and ``walked_back`` count its own first-hand claims that others bore out, that were refuted, that it
    retracted itself. ``mean``, ``low`` and ``high`` are the Beta posterior of a claim's standing up and its 90 % interval;
    ``thin`` says that the record is too short to judge, which makes it F. ``overridden_by`` is the id of a judgement.
    """

    source: str
    reliability: Reliability
    confirmed: int
    denied: int
    walked_back: int
    claims: int
    mean: float
    low: float
    high: float
    thin: bool
    why: str
    overridden_by: str | None = None
