"""Country-years by which hazards are fitted: who was exposed, from what state and tier, and whether it came about.

A country-year is at risk when the state existed on its first day, or in it by the set of coups. Its state and tier are those of
the year before, as "the last 365 days" on that day; in use they come from what a ledger tells, so they carry no publication
lag, only outcomes do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from foreshock.model.weighing import StartState, Tier
from foreshock.scenarios.histories import leaders, mobilization, ucdp
from foreshock.scenarios.histories.sets import LAGS, day_of, found, read_rows, whole
from foreshock.scenarios.histories.states import iso3_of_gw

STATES: tuple[StartState, ...] = ("peace", "conflict", "after-coup")
TIERS: tuple[Tier, ...] = ("quiet", "protest", "removal", "crisis")
COUPS = "coups_country_years_to_2019.csv"
EVENTS = "ged_country_month_to_2019.parquet"
SYSTEM = "gw_states.csv"
FIRST_EVENTS = 1989  # what the set of events has before is no count
FIRST = 1951  # the set of coups begins with 1950, and the year before is needed
# UCDP's thresholds, deaths a year: state-based violence (Gleditsch et al. 2002), one-sided violence (Eck & Hultman 2007).
DEATHS = 25.0

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One country-year at risk: ``new`` says, where onsets are of two sorts, that this one is the first of its conflict."""

    country: str
    year: int
    state: StartState
    tier: Tier | None
    onset: bool
    new: bool = False


@dataclass(frozen=True, slots=True)
class CountryYears:
    """The country-years of one scenario, by year and country, the sets they come from and the longest lag among those of
    outcomes."""

    scenario: str
    rows: tuple[Row, ...]
    sets: tuple[str, ...]
    lag: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class World:
    """What the sets say, read once: members of the system of states and what happened, by country and year."""

    members: frozenset[Key]
    coups: Mapping[Key, bool]
    years: tuple[ucdp.ConflictYear, ...]
    episodes: tuple[ucdp.Episode, ...]
    active: frozenset[Key]
    spells: tuple[leaders.Spell, ...]
    tiers: Mapping[Key, Tier]
    one_sided: Mapping[Key, float]


def key_of(code: int) -> str:
    """Return the ISO code of a Gleditsch-Ward number, or "gw265" for a state that is gone without successor."""
    return iso3_of_gw(code) or f"gw{code}"


def read_world(data: Path) -> World:
    """Return what the sets in ``data/forecast`` say.

    Raises:
        CatalogueError: a set is missing or not whole.
    """
    coups: dict[Key, bool] = {}
    for row in read_rows(data, COUPS, needs=["gwcode", "year", "pt_attempt"]):
        key = (key_of(whole(row["gwcode"])), int(row["year"]))
        coups[key] = coups.get(key, False) or row["pt_attempt"] == "1"
    years = tuple(one for one in ucdp.read_conflicts(data) if one.conflict not in ucdp.ELSEWHERE)
    based, one_sided = _deaths(data)
    last = max(one.year for one in years)
    # Beyond the last year of the set of conflicts, that of events says whether one was active.
    active = {(key_of(one.country), one.year) for one in years if one.sort == "intrastate"}
    active |= {key for key, dead in based.items() if key[1] > last and dead >= DEATHS}
    return World(
        members=frozenset(coups) | _members(data, until=max(year for _, year in coups)),
        coups=MappingProxyType(coups),
        years=years,
        episodes=ucdp.episodes(years),
        active=frozenset(active),
        spells=leaders.read_spells(data),
        tiers=MappingProxyType(mobilization.read_tiers(data)),
        one_sided=MappingProxyType(one_sided),
    )


def _members(data: Path, *, until: int) -> frozenset[Key]:
    out = set()
    for row in read_rows(data, SYSTEM, needs=["gwcode", "startdate", "enddate"]):
        start, end = day_of(row["startdate"]), day_of(row["enddate"])
        # The list ends on the last day of 2017 for states that still exist.
        open_end = end is None or end >= date(2017, 12, 31)
        for year in range(FIRST, until + 1):
            day = date(year, 1, 1)
            if start is not None and start <= day and (open_end or (end is not None and day <= end)):
                out.add((key_of(whole(row["gwcode"])), year))
    return frozenset(out)


def _deaths(data: Path) -> tuple[dict[Key, float], dict[Key, float]]:
    """Return the state-based and the one-sided deaths of country-years, best estimates."""
    of_country = _columns(data, "views_data_country.parquet", "country_id", "isoab")
    of_month = _columns(data, "views_data_month.parquet", "month_id", "year")
    countries, years = dict(zip(*of_country, strict=True)), dict(zip(*of_month, strict=True))
    sums: tuple[dict[Key, float], dict[Key, float]] = ({}, {})
    rows = zip(*_columns(data, EVENTS, "country_id", "month_id", "ged_best_sb", "ged_best_os"), strict=True)
    for country, month, *dead in rows:
        # States that are gone have a number there and no code; a month outside the set's span has no deaths, not none.
        iso3, year = countries.get(country), years[month]
        if iso3 is None or None in dead or year < FIRST_EVENTS:
            continue
        for total, killed in zip(sums, dead, strict=True):
            total[iso3, year] = total.get((iso3, year), 0.0) + killed
    return sums


def _columns(data: Path, name: str, *wanted: str) -> list[list[Any]]:
    from pyarrow.parquet import ParquetFile

    table = ParquetFile(found(data, name)).read(columns=list(wanted))
    return [table.column(column).to_pylist() for column in wanted]


def state_of(world: World, country: str, year: int) -> StartState:
    """Return the state from which a country starts into a year."""
    before = (country, year - 1)
    if before in world.active:
        return "conflict"
    return "after-coup" if world.coups.get(before) else "peace"


def scenarios_of(world: World) -> tuple[CountryYears, ...]:
    """Return the country-years of each scenario that the sets measure."""
    conflicts = _onsets(world, "intrastate")
    last_conflict, last_leader = max(one.year for one in world.years), _last_leader(world)
    led = {(key_of(one.country), year) for one in world.spells for year in range(max(one.start.year, FIRST), one.end.year + 1)}
    killed = {key for key, dead in world.one_sided.items() if dead >= DEATHS}
    told = {key for key in world.one_sided if (key[0], key[1] - 1) in world.one_sided}
    fresh = {key for key in told if (key[0], key[1] - 1) not in killed}
    popular, armed = _exits(world, "popular"), _exits(world, "armed", "foreign")
    coups = frozenset(key for key, attempt in world.coups.items() if attempt)
    return (
        _history(world, "coup-attempt", coups, world.coups, (COUPS,)),
        _history(world, "armed-conflict", frozenset(conflicts), _until(world, last_conflict), (ucdp.SET,), new=conflicts),
        _history(world, "foreign-troops", *_invited(world, last_conflict), (ucdp.SET,), note=TROOPS),
        _history(world, "invasion", *_invaded(world, last_conflict), (ucdp.SET,), note=INVASION),
        _history(world, "popular-removal", popular, _until(world, last_leader, led), (leaders.SET,)),
        _history(world, "armed-removal", armed, _until(world, last_leader, led), (leaders.SET,)),
        _history(world, "leadership-holds", popular | armed, _until(world, last_leader, led), (leaders.SET,)),
        _history(world, "mass-killing", killed, fresh, (EVENTS,), note=KILLING),
    )


# Where a set's event is not the scenario's to the letter, which way the number errs; each follows "It is".
INVASION = (
    "measured on wars between states and on troops beside rebels; the set does not say who crossed the border, so both sides "
    "count, which makes it an upper bound"
)
TROOPS = (
    "measured on troops that fought beside a government in a conflict of 25 deaths a year; troops that only stood guard are not "
    "in the set, which makes it a lower bound"
)
KILLING = "measured on all armed sides of a country together"


def _history(
    world: World,
    scenario: str,
    onsets: Iterable[Key],
    at_risk: Iterable[Key],
    sets: tuple[str, ...],
    *,
    new: Mapping[Key, bool] | None = None,
    note: str = "",
) -> CountryYears:
    happened, first = frozenset(onsets), new or {}
    rows = tuple(
        Row(
            country=country,
            year=year,
            state=state_of(world, country, year),
            tier=world.tiers.get((country, year - 1)),
            onset=(country, year) in happened,
            new=first.get((country, year), False),
        )
        for year, country in sorted((year, country) for country, year in at_risk if year >= FIRST)
        if (country, year) in world.members
    )
    every = (*sets, *(name for name in (COUPS, ucdp.SET, mobilization.SET) if name not in sets))
    return CountryYears(scenario, rows, every, max(LAGS[name].days for name in sets), note)


def _until(world: World, last: int, among: Iterable[Key] | None = None) -> list[Key]:
    return [key for key in (world.members if among is None else among) if key[1] <= last]


def _last_leader(world: World) -> int:
    return max(one.end.year for one in world.spells)


def _onsets(world: World, sort: ucdp.Sort) -> dict[Key, bool]:
    """Return the country-years in which an episode of a sort began, and whether one of them is a new conflict."""
    out: dict[Key, bool] = {}
    for one in world.episodes:
        if one.sort == sort:
            key = (key_of(one.country), one.first_year)
            out[key] = out.get(key, False) or one.new
    return out


def _invited(world: World, last: int) -> tuple[frozenset[Key], list[Key]]:
    """Return the years in which foreign troops came to fight beside a government, and those in which none were there before."""
    there = {(key_of(one.country), one.year) for one in world.years if one.sort == "intrastate" and one.helpers}
    came = frozenset(key for key in there if (key[0], key[1] - 1) not in there)
    return came, [key for key in _until(world, last) if (key[0], key[1] - 1) not in there]


def _invaded(world: World, last: int) -> tuple[frozenset[Key], list[Key]]:
    """Return the years in which another state's troops began to fight the government, and those in which none did before."""
    there = {(key_of(one.country), one.year) for one in world.years if one.sort == "intrastate" and one.opposed}
    for one in world.years:
        if one.sort == "interstate":
            there |= {(key_of(code), one.year) for code in (one.country, one.other) if code is not None}
    came = frozenset(key for key in there if not any((key[0], key[1] - gap) in there for gap in range(1, ucdp.QUIET_YEARS)))
    return came, [key for key in _until(world, last) if (key[0], key[1] - 1) not in there]


def _exits(world: World, *ways: leaders.Way) -> frozenset[Key]:
    return frozenset((key_of(one.country), one.end.year) for one in world.spells if one.way in ways and one.end.year >= FIRST)
