"""The crisis at hand as precedents see it: which features it has, which it lacks, and which nobody can know yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.dates import first_day, last_day
from foreshock.model import Blind, Happening, StartState, Tier
from foreshock.scenarios.precedents.vocabulary import ASKED, Feature, load_features
from foreshock.scenarios.tiers import tier_of

DAYS = 90
# So few happenings, or outlets, are no feed: that nothing is told of a thing says nothing then.
ENOUGH = 5
OUTLETS = 3
THIN = 8  # of some thirty features
CUT = "internet"  # in the cause of a stretch in which the network was cut
SHUT = "shutdown"
# What a foreign state does that makes it a power in the crisis; words alone make none.
POWER_KINDS = frozenset({"MOBILIZE", "ASSAULT", "CONTROL", "AID", "SANCTION"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of the crisis at hand at a moment.

    Attributes:
        country: ISO 3166 alpha-3.
        since, as_of: the first and last day that were looked at.
        state, tier: where it stands; None where not known.
        present: feature -> ids of the happenings or claims that show it.
        absent: features of which a report would be there.
        powers: foreign states that act in it, ISO 3166 alpha-3.
        happenings: how many were counted.
        blind: whether the whole country could not be seen for a part of the time.
    """

    country: str
    since: date
    as_of: date
    state: StartState | None
    tier: Tier | None
    present: Mapping[str, tuple[str, ...]]
    absent: frozenset[str]
    powers: tuple[str, ...]
    happenings: int
    blind: bool

    def known(self, feature: str) -> bool | None:
        """Say whether a feature is present; None where that is not known."""
        return True if feature in self.present else False if feature in self.absent else None

    @property
    def thin(self) -> bool:
        """Whether so little is known of it that the order of precedents says little."""
        return len(self.present) + len(self.absent) < THIN


def profile_of(
    happenings: Iterable[Happening],
    *,
    country: str,
    as_of: date,
    days: int = DAYS,
    state: StartState | None = None,
    tier: Tier | None = None,
    blind: Sequence[Blind] = (),
    words: Mapping[str, Sequence[str]] | None = None,
) -> Profile:
    """Return what is known of a country's crisis at the end of a day.

    Args:
        happenings: of any country and time; those of this one that happened in the last ``days`` days and were known by
            ``as_of`` count. An ignored one counts only where it was asked for and the feature is a demand.
        country: ISO 3166 alpha-3.
        as_of: the day.
        days: how far back a crisis at hand is looked for.
        state, tier: where it stands, as weighing has it.
        blind: stretches in which it could not be seen.
        words: feature -> ids of claims whose words say so, for what no kind of happening tells (what set it off).

    A feature that a happening shows is present. One that none shows is absent only where it would be told: with at least
    ``ENOUGH`` happenings told by ``OUTLETS`` outlets, and as its ``silence`` in features.yaml says. All else is not known.
    """
    first = as_of - timedelta(days=days)
    looked_at = [one for one in happenings if one.country == country and _within(one, first, as_of)]
    counted = [one for one in looked_at if one.ignored is None]
    feed = len(counted) >= ENOUGH and len({outlet for one in counted for outlet in one.sources}) >= OUTLETS
    stretches = [one for one in blind if one.country == country and _touches(one, first, as_of)]
    unseen = any(one.whole for one in stretches)
    present: dict[str, tuple[str, ...]] = {}
    absent: set[str] = set()
    for name, feature in load_features().items():
        shown = _shown(feature, looked_at, stretches) + tuple((words or {}).get(name, ()))
        if shown:
            present[name] = tuple(dict.fromkeys(shown))
        elif feed and _would_be_told(feature, looked_at, unseen=unseen):
            absent.add(name)
    since = min((first_day(one.day) for one in counted), default=first)
    return Profile(
        country, since, as_of, state, tier, present, frozenset(absent), _powers(counted), len(counted), unseen
    )  # fmt: skip


def _within(one: Happening, first: date, as_of: date) -> bool:
    return one.ignored in (None, ASKED) and first <= first_day(one.day) <= as_of and first_day(one.known_at) <= as_of


def _would_be_told(feature: Feature, looked_at: Iterable[Happening], *, unseen: bool) -> bool:
    """Say whether that no report tells of a feature means that it is absent: not where who acted is not known."""
    if feature.silence == "never" or (feature.silence == "inside" and unseen):
        return False
    return not any(sight.may_show(one) for one in looked_at for sight in feature.sights)


def seen_tier(present: Iterable[str]) -> Tier:
    """Return the tier that features make: a crisis is protests that demand removal, state killings and violent crowds."""
    has = frozenset(present)
    return tier_of(protest="protest" in has, removal="removal" in has, killing="killings" in has, violence="riot" in has)


def _touches(one: Blind, first: date, as_of: date) -> bool:
    return first_day(one.since) <= as_of and (one.until is None or last_day(one.until) >= first)


def _shown(feature: Feature, looked_at: Sequence[Happening], stretches: Sequence[Blind]) -> tuple[str, ...]:
    """Return the ids of what shows a feature; a stretch of a register, which has no id, is named by its source."""
    found = tuple(one.id for one in looked_at if any(sight.shows(one) for sight in feature.sights))
    if found and feature.beside:
        beside = [one.id for one in looked_at if one.kind in feature.beside or f"{one.kind}/{one.mode}" in feature.beside]
        found = (*found, *beside) if beside else ()
    if feature.shutdown:
        for one in stretches:
            if CUT in one.cause or SHUT in one.cause:
                found += one.claim_ids or (one.source,)
    return found


def _powers(counted: Iterable[Happening]) -> tuple[str, ...]:
    acting = {one.actor[0] for one in counted if one.kind in POWER_KINDS and one.actor[0] not in (None, one.country)}
    asked = {
        one.recipient[0]
        for one in counted
        if one.kind == "REQUEST" and one.mode == "assist" and one.recipient[0] not in (None, one.country)
    }
    return tuple(sorted(one for one in acting | asked if one))
