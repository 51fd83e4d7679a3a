"""Past crises from the sets that a user has: years in which removal was demanded, the state killed and crowds were violent.

A country-year of Mass Mobilization (Clark & Regan 2016) is one crisis, with what Powell & Thyne (2011), UCDP/PRIO and Archigos
say of that year and the next. No row of a set ships with the package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from foreshock.dates import first_day, last_day
from foreshock.model import StartState
from foreshock.scenarios.histories.leaders import Spell, read_spells
from foreshock.scenarios.histories.mobilization import SET, read_tiers
from foreshock.scenarios.histories.sets import LAGS, Span, read_rows
from foreshock.scenarios.histories.starts import coup_starts
from foreshock.scenarios.histories.states import gw_of_iso3, iso3_of_gw, iso3_of_name, name_of_iso3
from foreshock.scenarios.histories.ucdp import ConflictYear, episodes, read_conflicts
from foreshock.scenarios.precedents.record import Ending, PastCrisis

# What defines a country-year of the crisis tier.
ALWAYS = frozenset({"protest", "riot", "removal", "killings"})
CODED = {"price": "reasons_price", "arrests": "responses_arrests", "concession": "responses_accomodation"}
REASONS = {
    "reasons_price": "prices and taxes",
    "reasons_labor": "work and pay",
    "reasons_political": "how the country is governed",
    "reasons_policebrutality": "police brutality",
    "reasons_land": "land",
    "reasons_social": "restrictions of a group",
}
SOURCE = "Mass Mobilization (Clark & Regan 2016)"


@dataclass(frozen=True)
class _Sets:
    """What the sets beside Mass Mobilization say, by country (ISO 3166 alpha-3), and the last year that each tells of."""

    coups: Mapping[str, Sequence[date]]
    active: Mapping[str, frozenset[int]]
    helped: Mapping[str, frozenset[int]]
    began: Mapping[str, Sequence[Span]]
    spells: Mapping[str, Sequence[Spell]]
    last_coups: int
    last_conflicts: int
    last_spells: int


def historical_crises(data: Path, *, as_of: date, apart_from: Iterable[PastCrisis] = ()) -> tuple[PastCrisis, ...]:
    """Return the past crises of the sets in a folder that were published by a day, the earliest first.

    Args:
        data: the folder of data.
        as_of: a country-year counts from its end plus the lag of its set on.
        apart_from: crises that are told already; a country-year that one of them reaches into is left out.

    A crisis spans its year, to the year precisely. A feature that no set codes is not known. Its endings are those of the year
    and the next; that the leadership holds means that one person led from the first day of the year to its last.

    Raises:
        CatalogueError: a set is missing or not whole.
    """
    told = {(country, year) for one in apart_from for country in one.countries for year in _years(one)}
    rows: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(data, SET, needs=["country", "year", "protest", *CODED.values(), *REASONS]):
        iso3 = iso3_of_name(row["country"])
        if iso3 is not None and row["protest"] == "1":
            rows[iso3, int(row["year"])].append(row)
    sets = _read_sets(data)
    lag = timedelta(days=LAGS[SET].days)
    return tuple(
        _crisis(country, year, rows[country, year], sets)
        for (country, year), tier in sorted(read_tiers(data).items(), key=lambda item: (item[0][1], item[0][0]))
        if tier == "crisis" and (country, year) not in told and date(year, 12, 31) + lag < as_of
    )


def _years(one: PastCrisis) -> range:
    return range(first_day(one.start).year, last_day(one.end or one.start).year + 1)


def _read_sets(data: Path) -> _Sets:
    coups: dict[str, list[date]] = defaultdict(list)
    for start in coup_starts(data):
        coups[start.country].append(start.when.first)
    years = [one for one in read_conflicts(data) if one.sort == "intrastate"]
    began: dict[str, list[Span]] = defaultdict(list)
    for episode in episodes(years):
        country = iso3_of_gw(episode.country)
        if country is not None and episode.reached is not None:
            began[country].append(episode.reached)
    spells: dict[str, list[Spell]] = defaultdict(list)
    for spell in read_spells(data):
        spells[iso3_of_gw(spell.country) or ""].append(spell)
    return _Sets(
        coups,
        _by_country(years),
        _by_country([one for one in years if one.helpers]),
        began,
        spells,
        max(day.year for days in coups.values() for day in days),
        max(one.year for one in years),
        max(spell.end.year for found in spells.values() for spell in found),
    )


def _by_country(years: Iterable[ConflictYear]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for one in years:
        found[iso3_of_gw(one.country) or ""].add(one.year)
    return {country: frozenset(some) for country, some in found.items()}


def _crisis(country: str, year: int, rows: Sequence[Mapping[str, str]], sets: _Sets) -> PastCrisis:
    coded = {name for name, column in CODED.items() if any(row[column] == "1" for row in rows)}
    present, absent = set(ALWAYS | coded), set(CODED) - coded
    tests = {
        "coup": (any(day.year == year for day in sets.coups.get(country, ())), sets.last_coups),
        "armed": (year in sets.active.get(country, ()), sets.last_conflicts),
    }
    for name, (there, last) in tests.items():
        if year <= last:
            (present if there else absent).add(name)
    if year in sets.helped.get(country, ()):
        present.add("invited")
    name = name_of_iso3(country) if gw_of_iso3(country) else country
    reasons = [text for column, text in REASONS.items() if any(row[column] == "1" for row in rows)]
    ended = _ended(country, year, sets)
    return PastCrisis(
        id=f"set-{country.lower()}-{year}",
        name=f"{name} {year}",
        countries=(country,),
        start=str(year),
        end=str(year),
        state=_state(country, year, sets),
        tier="crisis",
        trigger=f"coded reasons: {', '.join(reasons)}" if reasons else "removal was demanded; no other reason is coded",
        present=frozenset(present),
        absent=frozenset(absent),
        powers=(),
        roles=(),
        ended=ended,
        after=_after(country, year, sets),
        sources=(f"{SOURCE}, {len(rows)} protests", "Powell & Thyne 2011; UCDP/PRIO; Archigos"),
    )


def _state(country: str, year: int, sets: _Sets) -> StartState | None:
    if year - 1 > min(sets.last_conflicts, sets.last_coups):
        return None
    if year - 1 in sets.active.get(country, ()):
        return "conflict"
    return "after-coup" if any(day.year == year - 1 for day in sets.coups.get(country, ())) else "peace"


def _ended(country: str, year: int, sets: _Sets) -> tuple[Ending, ...]:
    window = (year, year + 1)
    found = [Ending("coup-attempt", day.isoformat()) for day in sets.coups.get(country, ()) if day.year in window]
    found += [Ending("armed-conflict", _prefix(span)) for span in sets.began.get(country, ()) if span.last.year in window]
    for spell in sets.spells.get(country, ()):
        if spell.end.year in window and spell.way in ("popular", "armed"):
            found.append(Ending(f"{spell.way}-removal", spell.end.isoformat()))
    if _holds(country, year, sets):
        found.append(Ending("leadership-holds", str(year)))
    first: dict[str, Ending] = {}
    for one in sorted(found, key=lambda ending: (ending.day, ending.scenario)):
        first.setdefault(one.scenario, one)
    return tuple(first.values())


def _prefix(span: Span) -> str:
    """Return the ISO prefix that says how much is known of a day."""
    if span.first == span.last:
        return span.first.isoformat()
    return span.first.isoformat()[: 7 if (span.first.year, span.first.month) == (span.last.year, span.last.month) else 4]


def _holds(country: str, year: int, sets: _Sets) -> bool:
    first, last = date(year, 1, 1), date(year, 12, 31)
    return any(spell.start <= first and spell.end >= last for spell in sets.spells.get(country, ()))


def _after(country: str, year: int, sets: _Sets) -> str:
    if year > sets.last_spells or country not in sets.spells:
        return "No set says who governed afterwards."
    if _holds(country, year, sets):
        return "The leader at the beginning of the year led at its end."
    return "Another led at the end of the year than at its beginning."
