"""The records of precedents: a past crisis, what is compared, and what a comparison says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foreshock.model import StartState, Tier

Stance = Literal["like", "unlike", "compared"]
Nearness = Literal["same country", "neighbour", "shared past", "same region", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Ending:
    """A scenario that came about in a crisis, and when: an ISO prefix whose length says how much is known."""

    scenario: str
    day: str


@dataclass(frozen=True, slots=True)
class PastCrisis:
    """A crisis that is on record.

    Attributes:
        id, name: its name in the tables, and the one to show.
        countries: ISO 3166 alpha-3.
        start, end: ISO prefixes; ``end`` None while it goes on.
        state, tier: the start state, and the tier that it reached; None where not known.
        trigger: what set it off, in our words.
        present, absent: ids of features.yaml; those in neither are not known.
        powers: (foreign country, what it did).
        roles: (sector, what it did).
        ended: which scenarios came about, the earliest first.
        after: who governed afterwards.
        sources: where it can be looked up; the set, for a crisis that was made from one.
        called: names under which texts speak of it, in any language.
    """

    id: str
    name: str
    countries: tuple[str, ...]
    start: str
    end: str | None
    state: StartState | None
    tier: Tier | None
    trigger: str
    present: frozenset[str]
    absent: frozenset[str]
    powers: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    ended: tuple[Ending, ...]
    after: str
    sources: tuple[str, ...]
    called: tuple[str, ...] = ()

    def known(self, feature: str) -> bool | None:
        """Say whether a feature is present; None where that is not known."""
        return True if feature in self.present else False if feature in self.absent else None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in which two crises are alike or differ: what, in words, and how many nats it weighs in the likeness."""

    what: str
    text: str
    nats: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a text compares the crisis with, as its holder does.

    ``countries`` are ISO 3166 alpha-3 and ``years`` those that stand beside them; ``called`` holds ids of past crises that the
    text calls by name. Both may be empty: then nothing can be looked up.
    """

    holder: str
    stance: Stance
    countries: tuple[tuple[str, int | None], ...] = ()
    called: tuple[str, ...] = ()
    claim_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Precedent:
    """A past crisis beside the one at hand.

    ``score`` is 0 (nothing known of it is alike) to 1 (all that is known of the crisis at hand is so there). ``rank`` is its
    place among the ``of`` past crises that were looked at. ``alike`` and ``differ`` are features known of both, the weightiest
    first; ``unknown`` are those known of the crisis at hand and not of the past one. ``endings`` are those known by then.
    """

    crisis: PastCrisis
    score: float
    rank: int
    of: int
    nearness: Nearness
    alike: tuple[Reason, ...]
    differ: tuple[Reason, ...]
    unknown: tuple[str, ...]
    endings: tuple[Ending, ...]
    summary: str
    compared: tuple[Comparison, ...] = ()
    notes: tuple[str, ...] = ()
