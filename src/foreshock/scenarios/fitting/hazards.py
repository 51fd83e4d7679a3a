"""Hazards of each scenario that the sets measure: by era, state, tier, region and country, with intervals.

What is chosen and not fitted (``CHOICE``, one for all scenarios) has the least mean of their forward log scores of 1975-2010,
each relative to that of the contract's prior (8 pseudo-years of the global rate), among drift 3-20, memory 15 to endless, 4-40
country-years, 40-640 region-years. ``TIER_EVENTS`` was set beforehand; the score of 1997-2010 is flat between 2 and 16. Later
years were then opened once: bench/weigh_priors.py has both spans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import exp, expm1
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError
from foreshock.scenarios.fitting.country_years import STATES, TIERS, CountryYears, Row, read_world, scenarios_of
from foreshock.scenarios.fitting.intervals import gamma, share
from foreshock.scenarios.fitting.provenance import provenance
from foreshock.scenarios.fitting.shrink import Choice, Rates, Table, fit_rates, forward, table_of
from foreshock.scenarios.histories.states import WORLD
from foreshock.scenarios.histories.ucdp import Episode, episodes, read_conflicts

if TYPE_CHECKING:
    from foreshock.scenarios.fitting.shrink import Floats

WHAT = "How often each scenario came about, a country-year."
HOLDS = "leadership-holds"
CHOICE = Choice(drift=5.0, memory=15.0, country_years=20.0, region_years=160.0)
# Tiers are known from 1990 on; ratios start when the set of their scenario has some years behind it.
TIER_FIRST, TIER_EVENTS = 1991, 4.0
LEAST_YEARS = 5
# A rate below this, one in a million years, is none.
NOTHING = 1e-6
ERAS = ((1946, 1988), (1989, 2009), (2010, 2099))


def fit(
    data: Path,
    *,
    fitted: str,
    command: str,
    known_by: date | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> dict[str, Any]:
    """Return the plain values of ``fitted/hazards.yaml``.

    Args:
        data: folder with ``forecast/``.
        fitted: the date to put into the provenance.
        command: the command that refits.
        known_by: for replays, only outcomes that their set had published by this day; all where None.
        progress: told (done, total, scenario).

    Raises:
        CatalogueError: a set is missing or not whole, or tells nearly nothing by ``known_by``.
    """
    world = read_world(data)
    histories = scenarios_of(world)
    out: dict[str, Any] = {}
    for done, history in enumerate(histories):
        if progress:
            progress(done, len(histories), history.scenario)
        rows = history.rows if known_by is None else published(history, known_by)
        out[history.scenario] = _scenario(replace(history, rows=rows), fitted=fitted, command=command)
    if known_by is None:
        out["foreign-troops"]["first_year_of_conflict"] = first_years(episodes(read_conflicts(data)))
    return {"scenarios": out}


def published(history: CountryYears, known_by: date) -> tuple[Row, ...]:
    """Return the country-years whose outcome the set had published by a day: the end of the year and the set's lag are past.

    Raises:
        CatalogueError: there are too few years before it to fit anything on.
    """
    found = tuple(row for row in history.rows if date(row.year, 12, 31) + timedelta(days=history.lag) <= known_by)
    if len({row.year for row in found}) < LEAST_YEARS or not any(row.onset for row in found):
        raise CatalogueError(
            f"the sets of {history.scenario!r} tell nearly nothing by {known_by.isoformat()}", remedy="name a later day"
        )
    return found


def first_years(found: Sequence[Episode]) -> list[dict[str, Any]]:
    """Return how often foreign troops, on either side, are in an intrastate conflict in its first year, by era."""
    inner = [one for one in found if one.sort == "intrastate"]
    last = max(one.first_year for one in inner)
    return [
        {"span": f"{first}-{min(end, last)}", **_share([one.first_foreign for one in inner if first <= one.first_year <= end])}
        for first, end in ERAS
    ]


def _scenario(history: CountryYears, *, fitted: str, command: str) -> dict[str, Any]:
    rows, holds = history.rows, history.scenario == HOLDS
    first, last = rows[0].year, rows[-1].year
    table = table_of(rows)
    rates = fit_rates(table, CHOICE, known=last)
    values: dict[str, Any] = {
        "provenance": provenance(
            sets=history.sets,
            span=(first, last),
            n=len(rows),
            onsets=sum(row.onset for row in rows),
            fitted=fitted,
            command=command,
        ),
        "lag_days": history.lag,
    }
    if history.note:
        values["note"] = history.note
    if holds:
        values["holds"] = True
    latest = (max(first, last - 9), last)
    values["base_rate"] = _era(rows, latest, holds=holds)
    values["eras"] = [_era(rows, era, holds=holds) for era in _decades(first, last)]
    values["world"] = _yearly(rates, gamma_of=(1.0, None), holds=holds)
    values["states"] = _states(rates, rows)
    values["tiers"] = tier_ratios(history, table, until=last)
    counted = _counts(rows, lambda row: row.country)
    values["regions"] = {
        name: _yearly(rates, gamma_of=_new_country(rates, index), holds=holds)
        for index, name in enumerate(table.regions)
        if name != WORLD
    }
    values["countries"] = {
        name: {**yearly, **counted[name]}
        for name, yearly in countries_of(table, rates, holds=holds).items()
        if not name.startswith("gw")
    }
    return values


def _decades(first: int, last: int) -> Iterable[tuple[int, int]]:
    for start in range(first // 10 * 10, last + 1, 10):
        yield max(start, first), min(start + 9, last)


def _share(happened: list[bool], *, holds: bool = False) -> dict[str, Any]:
    n, onsets = len(happened), sum(happened)
    p, low, high = share(n - onsets if holds else onsets, n)
    return {"p": p, "low": low, "high": high, "n": n, "onsets": onsets}


def _era(rows: tuple[Row, ...], era: tuple[int, int], *, holds: bool) -> dict[str, Any]:
    within = [row for row in rows if era[0] <= row.year <= era[1]]
    found: dict[str, Any] = {"span": f"{era[0]}-{era[1]}", **_share([row.onset for row in within], holds=holds)}
    if any(row.new for row in rows):
        found["new"] = _share([row.new for row in within])
        found["recurrent"] = _share([row.onset and not row.new for row in within])
    return found


def _counts(rows: Iterable[Row], group: Callable[[Row], str]) -> dict[str, dict[str, int]]:
    out: dict[str, dict[str, int]] = {}
    for row in rows:
        counted = out.setdefault(group(row), {"n": 0, "onsets": 0})
        counted["n"] += 1
        counted["onsets"] += row.onset
    return out


def countries_of(table: Table, rates: Rates, *, holds: bool) -> dict[str, dict[str, float]]:
    """Return the yearly probability at peace of each country with its 90 % interval."""
    pairs = zip(table.countries, *rates.country_gamma, strict=True)
    return {name: _yearly(rates, gamma_of=(shape, rate), holds=holds) for name, shape, rate in pairs}


def _yearly(rates: Rates, *, gamma_of: tuple[Any, Any], holds: bool) -> dict[str, float]:
    """Return the yearly probability at peace of a country whose effect has this Gamma (shape, rate), or is exactly the first
    number.

    The interval joins that of the effect and that of the world's rate: on the log scale their squares add.
    """
    peace = rates.world * float(rates.state[0])
    around = gamma(rates.world_onsets + 0.5, (rates.world_onsets + 0.5) / peace)
    effect = (float(gamma_of[0]),) * 3 if gamma_of[1] is None else gamma(float(gamma_of[0]), float(gamma_of[1]))
    middle, low, high = joined(around, effect)
    low = low if low >= NOTHING else 0.0
    p = {"p": -expm1(-middle), "low": -expm1(-low), "high": -expm1(-high)}
    return {"p": exp(-middle), "low": exp(-high), "high": exp(-low)} if holds else p


def joined(*parts: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return the product of independent factors (middle, low, high); on the log scale the squares of what is uncertain add.

    2 (1, 4) times 3 (3, 3) gives 6 (3, 12).
    """
    from math import log, prod, sqrt

    middle = prod(part[0] for part in parts)
    down = sqrt(sum(log(part[0] / max(part[1], 1e-12)) ** 2 for part in parts))
    up = sqrt(sum(log(part[2] / part[0]) ** 2 for part in parts))
    return middle, middle * exp(-down), middle * exp(up)


def _new_country(rates: Rates, region: int) -> tuple[float, float]:
    """Return the Gamma of the effect of a country of a region that has no history of its own: as wide as countries differ."""
    spread = rates.pseudo
    return float(spread * rates.region[region]), float(spread)


def _states(rates: Rates, rows: tuple[Row, ...]) -> dict[str, Any]:
    """Return for each start state how its rate compares with that of peace, which is 1, by world and countries alike."""
    counted = _counts(rows, lambda row: row.state)
    out: dict[str, Any] = {}
    for index, state in enumerate(STATES):
        middle, low, high = gamma(float(rates.state_gamma[0][index]), float(rates.state_gamma[1][index]))
        ratio = (1.0, 1.0, 1.0) if index == 0 else tuple(one / float(rates.state[0]) for one in (middle, low, high))
        found = counted.get(state, {"n": 0, "onsets": 0})
        out[state] = {"ratio": ratio[0], "low": ratio[1], "high": ratio[2], **found}
    return out


def tier_ratios(history: CountryYears, table: Table, *, until: int) -> dict[str, Any]:
    """Return for each tier how often the scenario followed, relative to what country and state alone made expect beforehand.

    ratio = (O + TIER_EVENTS) / (E + TIER_EVENTS), where E sums the forward forecasts of the country-years of the tier, scaled so
    that all tiers together have as many onsets as expected: it is the tier's own share, not drift. Worked: 6 onsets, 1.9
    expected, 4 pseudo-onsets: 1.69.
    """
    rows, p = _before_tiers(history, table, until=until)
    return ratios_of(rows, p)


def _before_tiers(history: CountryYears, table: Table, *, until: int) -> tuple[list[Row], Floats]:
    """Return the country-years since tiers are known and what was expected of each by country and state alone."""
    ordered = sorted(history.rows, key=lambda row: (row.year, row.country))
    first = max(TIER_FIRST, ordered[0].year + 2)
    asked, p = forward(table, CHOICE, first=first, last=until, lag=history.lag)
    return [row for row, wanted in zip(ordered, asked, strict=True) if wanted], p


def forward_with_tiers(history: CountryYears, *, first: int, last: int) -> tuple[list[Row], Floats]:
    """Return the country-years of a span and the prior of each as it would have been on the first day of its year.

    The tier is that of the year before, as a reader of its news would have known it; without one only country and state count.
    """
    import numpy as np

    rows, p = _before_tiers(history, table_of(history.rows), until=last)
    years, behind = np.array([row.year for row in rows]), 1 + -(-history.lag // 365)
    out = []
    for year in range(first, last + 1):
        past, now = years <= year - behind, np.flatnonzero(years == year)
        ratios = ratios_of([row for row, known in zip(rows, past, strict=True) if known], p[past])
        of_tier = np.array([1.0 if rows[one].tier is None else ratios[str(rows[one].tier)]["ratio"] for one in now])
        out.append(-np.expm1(np.log1p(-p[now]) * of_tier))
    return [row for row in rows if first <= row.year <= last], np.concatenate(out)


def ratios_of(rows: list[Row], p: Floats) -> dict[str, Any]:
    """Return the ratio of each tier from country-years and what was forecast of them; rows without a tier count for nothing."""
    pairs = [(row, float(one)) for row, one in zip(rows, p, strict=True) if row.tier is not None]
    scale = (sum(row.onset for row, _ in pairs) + 1e-9) / (sum(one for _, one in pairs) + 1e-9)
    out: dict[str, Any] = {}
    for tier in TIERS:
        within = [(row.onset, scale * one) for row, one in pairs if row.tier == tier]
        onsets, expected = sum(onset for onset, _ in within), sum(one for _, one in within)
        ratio, low, high = gamma(onsets + TIER_EVENTS, expected + TIER_EVENTS)
        found = {"ratio": ratio, "low": low, "high": high, "n": len(within), "onsets": onsets, "expected": expected}
        out[tier] = {**found, "share": onsets / len(within) if within else 0.0}
    return out
