"""The nearest past crises, with what is alike, what differs and how each ended. Context: no estimate stands on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from foreshock.dates import first_day, last_day
from foreshock.scenarios.precedents.features import Profile
from foreshock.scenarios.precedents.likeness import Likeness, likeness, rarity
from foreshock.scenarios.precedents.nearness import nearness
from foreshock.scenarios.precedents.record import PastCrisis, Precedent, Reason

NO_FEATURES = frozenset({"tier", "state", "powers", "place"})  # they are compared too, and told apart from features


def precedents_of(
    here: Profile,
    crises: Iterable[PastCrisis],
    *,
    limit: int | None = 5,
    endings: Collection[str] = (),
) -> tuple[Precedent, ...]:
    """Return the past crises nearest to the one at hand, the nearest first.

    Args:
        here: the crisis at hand.
        crises: past ones, such as ``load_crises()``.
        limit: at most so many; None for all.
        endings: scenarios of which one must have come about; their ranks stay those among all.

    Only crises that had ended before ``here.as_of`` count, and none of the same country that reaches into the time looked at:
    that is the crisis at hand itself. Of equals the later one goes first, then by id. Rarity is that among those that count, so
    nothing of a later crisis has a part in it.
    """
    found = ranked(here, crises)
    chosen = [one for one in found if not endings or any(ending.scenario in endings for ending in one.endings)]
    return tuple(chosen if limit is None else chosen[:limit])


def ranked(here: Profile, crises: Iterable[PastCrisis]) -> list[Precedent]:
    """Return all past crises that count, the nearest first."""
    past = [one for one in crises if has_ended(one, here.as_of) and not is_at_hand(one, here)]
    rare = rarity(here.country, past)
    compared = [(likeness(here, one, rare), one) for one in past]
    compared.sort(key=lambda pair: (-round(pair[0].score, 9), -last_day(pair[1].end or pair[1].start).toordinal(), pair[1].id))
    return [precedent(here, one, found, rank=rank, of=len(past)) for rank, (found, one) in enumerate(compared, 1)]


def has_ended(one: PastCrisis, as_of: date) -> bool:
    """Say whether a crisis had ended before a day."""
    return one.end is not None and last_day(one.end) < as_of


def has_begun(one: PastCrisis, as_of: date) -> bool:
    """Say whether a crisis had begun before a day."""
    return first_day(one.start) < as_of


def is_at_hand(one: PastCrisis, here: Profile) -> bool:
    """Say whether a crisis on record is the one at hand: of the same country, and not over when what is looked at began."""
    return here.country in one.countries and (one.end is None or last_day(one.end) >= here.since)


def precedent(here: Profile, one: PastCrisis, found: Likeness, *, rank: int, of: int, notes: Sequence[str] = ()) -> Precedent:
    """Return a past crisis beside the one at hand, with what was known of its end at that moment."""
    alike, differ = _weightiest(found.alike), _weightiest(found.differ)
    return Precedent(
        crisis=one,
        score=round(found.score, 4),
        rank=rank,
        of=of,
        nearness=nearness(here.country, one.countries),
        alike=alike,
        differ=differ,
        unknown=tuple(found.unknown),
        endings=tuple(ending for ending in one.ended if last_day(ending.day) < here.as_of),
        summary=_summary(alike, differ, found.unknown),
        notes=tuple(notes),
    )


def _weightiest(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda one: (-round(one.nats, 9), one.what)))


def _summary(alike: Iterable[Reason], differ: Iterable[Reason], unknown: Iterable[str]) -> str:
    """Return how far they are alike: "alike in 6 of 11 features known of both; 2 more are not known of it"."""
    same = sum(one.what not in NO_FEATURES for one in alike)
    both = same + sum(one.what not in NO_FEATURES for one in differ)
    rest = sum(one not in NO_FEATURES for one in unknown)
    told = f"alike in {same} of {both} features known of both" if both else "no feature is known of both"
    return told + (f"; {rest} more {'is' if rest == 1 else 'are'} not known of it" if rest else "")
