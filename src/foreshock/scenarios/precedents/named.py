"""The past crises that holders compare the one at hand with: looked up, and set beside it as the nearest ones are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from foreshock.dates import first_day, last_day
from foreshock.scenarios.precedents.features import Profile
from foreshock.scenarios.precedents.likeness import likeness, rarity
from foreshock.scenarios.precedents.record import Comparison, PastCrisis, Precedent
from foreshock.scenarios.precedents.retrieval import has_begun, has_ended, is_at_hand, precedent, ranked

MONTH = 30
GOING_ON = "It had not ended by then: its features are those of its whole course, and an ending that came later is not shown."
LATEST = "No year stands beside the country in the text: the latest crisis on record there is taken."


@dataclass(frozen=True, slots=True)
class Named:
    """What comparisons led to: past crises with who compares, and those comparisons that led to none."""

    precedents: tuple[Precedent, ...]
    missing: tuple[Comparison, ...]


def named_precedents(comparisons: Iterable[Comparison], here: Profile, crises: Sequence[PastCrisis]) -> Named:
    """Return the past crises that holders name, the nearest first, each with its rank among all that count.

    Args:
        comparisons: who compares with what; each country with the year beside it, if any.
        here: the crisis at hand.
        crises: past ones, such as ``load_crises()``.

    A country with a year stands for its crises of that year: a quarter of them, or ``MONTH`` days, lie in it. One without a
    year stands for the crises of that country which others of the comparisons date or call by name, else for its latest that had
    ended. A crisis that had begun and not ended counts too, as people compare with what they live through. That holders compare
    them says nothing of how alike they are: rank and reasons are those of the retrieval.
    """
    asked = list(comparisons)
    ranks = {one.crisis.id: one for one in ranked(here, crises)}
    known = [one for one in crises if has_begun(one, here.as_of) and not is_at_hand(one, here)]
    by: dict[str, list[Comparison]] = {}
    notes: dict[str, list[str]] = {}
    missing = []
    dated = _dated(asked, known)
    for one in asked:
        found = {crisis.id: "" for crisis in known if crisis.id in one.called}
        for country, year in one.countries:
            found |= _meant(country, year, here, known, dated)
        if not found:
            missing.append(one)
        for name, note in found.items():
            by.setdefault(name, []).append(one)
            notes.setdefault(name, []).extend([note] if note else [])
    made = [_beside(one, here, crises, ranks, by[one.id], notes[one.id]) for one in known if one.id in by]
    made.sort(key=lambda one: (one.rank, one.crisis.id))
    return Named(tuple(made), tuple(missing))


def _in(known: Iterable[PastCrisis], country: str, year: int) -> list[str]:
    return [one.id for one in known if country in one.countries and _is_of(one, year)]


def _is_of(one: PastCrisis, year: int) -> bool:
    first, last = first_day(one.start), last_day(one.end) if one.end else date(year, 12, 31)
    within = (min(last, date(year, 12, 31)) - max(first, date(year, 1, 1))).days + 1
    return within > 0 and (within >= MONTH or within * 4 >= (last - first).days + 1)


def _dated(asked: Iterable[Comparison], known: Sequence[PastCrisis]) -> dict[str, set[str]]:
    """Return country -> its past crises that a comparison dates or calls by name."""
    found: dict[str, set[str]] = {}
    for one in asked:
        for country, year in one.countries:
            if year is not None and (meant := _in(known, country, year)):
                found.setdefault(country, set()).update(meant)
        for crisis in known:
            if crisis.id in one.called:
                for country in crisis.countries:
                    found.setdefault(country, set()).add(crisis.id)
    return found


def _meant(
    country: str, year: int | None, here: Profile, known: Sequence[PastCrisis], dated: Mapping[str, set[str]]
) -> dict[str, str]:
    """Return the crises that a country and a year stand for, with a note where one had to be chosen."""
    if year is not None:
        return dict.fromkeys(_in(known, country, year), "")
    if country == here.country:
        return {}
    if country in dated:
        return dict.fromkeys(sorted(dated[country]), "")
    ended = [one for one in known if country in one.countries and has_ended(one, here.as_of)]
    latest = max(ended, key=lambda one: (last_day(one.end or "9999"), one.id), default=None)
    return {latest.id: LATEST} if latest else {}


def _beside(
    one: PastCrisis,
    here: Profile,
    crises: Sequence[PastCrisis],
    ranks: dict[str, Precedent],
    by: Sequence[Comparison],
    notes: Sequence[str],
) -> Precedent:
    told = tuple(dict.fromkeys(notes))
    if one.id in ranks:
        return replace(ranks[one.id], compared=tuple(by), notes=told)
    # One that goes on has no rank of its own: it stands behind all that score more.
    past = [other for other in crises if other.id in ranks]
    found = likeness(here, one, rarity(here.country, past))
    rank = 1 + sum(other.score > found.score for other in ranks.values())
    return replace(precedent(here, one, found, rank=rank, of=len(ranks), notes=(*told, GOING_ON)), compared=tuple(by))
