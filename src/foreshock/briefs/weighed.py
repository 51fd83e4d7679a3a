"""What weighing hands to a brief: estimates with the words that go with them, and past crises that are like this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foreshock.model import Estimate


@dataclass(frozen=True, slots=True)
class PastCrisis:
    """One precedent as a brief tells it: what is alike and what differs are lists of words, ``ended`` one sentence."""

    name: str
    began: str
    alike: str
    differs: str
    ended: str


@dataclass(frozen=True, slots=True)
class PathPoint:
    """What was said of a scenario on one day, at the horizon of the brief: shares of 1, the interval at 90 %."""

    scenario: str
    day: str
    estimate_id: str
    low: float
    probability: float
    high: float
    prior: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """What weighing says of the country that a brief is about.

    Attributes:
        country: ISO 3166 alpha-3.
        as_of: the last day that counted, ISO.
        estimates: one for each scenario and horizon.
        shorts: scenario -> a few words for it.
        words: estimate id -> the ICD 203 word of its probability, in English.
        percents: estimate id -> (probability, low, high, prior, base rate) as they are printed.
        state, tier: where the country is taken to stand, in English.
        reasons: why it is, one sentence each.
        hidden: what could not have been seen, one sentence each.
        changes: what would change the reading, one sentence each with the estimate's id before it.
        precedents: past crises, the nearest first.
        paths: what is said of each measured scenario, and what was said of it on earlier days, in order of days.
    """

    country: str
    as_of: str
    estimates: tuple[Estimate, ...]
    shorts: Mapping[str, str]
    words: Mapping[str, str]
    percents: Mapping[str, tuple[str, str, str, str, str]]
    state: str = "peace"
    tier: str = "quiet"
    reasons: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    changes: tuple[tuple[str, str], ...] = ()
    precedents: tuple[PastCrisis, ...] = ()
    paths: tuple[PathPoint, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the estimates."""
        return tuple(one.id for one in self.estimates)

    @property
    def known(self) -> frozenset[str]:
        """The ids of the estimates and of those that its paths lead over."""
        return frozenset((*self.ids, *(one.estimate_id for one in self.paths)))
