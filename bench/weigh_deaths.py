"""Deaths a country-month, a year ahead: draws against what came about, against the last twelve months, and against benchmarks.

Metric: means over 191 countries and 12 months, in deaths: ``crps`` (continuous ranked probability score of the draws, as an
empirical distribution), ``crps_log`` (of ln(1 + deaths)), ``ign`` (ignorance in bits over the bins 0, .5, 2.5, 5.5, 10.5, 25.5,
50.5, 100.5, 250.5, 500.5, 1000.5, one draw added to each), ``mis`` (mean interval score at 90 %), and ``coverage90_active``, the
share inside the 90 % interval where deaths of the last twelve months exceed one a month. ``difference`` is the CRPS of ours minus
that of the last twelve months, with a 90 % interval by resampling countries, both years of a country together.
Intervals run between the 5 % and 95 % quantiles of the draws by linear interpolation (Hyndman & Fan 1996, type 7), both ends
included. With twelve draws that is nearly their smallest and largest. Deaths are whole and mostly zero, so an interval [0, 0]
covers a zero in full and coverage over all months would be near one whatever the forecast: only active ones are told.
Source: VIEWS windows and benchmarks (Hegre et al. 2025), UCDP GED; state-based deaths. The forecast for a year sees GED to
October of the year before, and the widening is fitted on those months alone. GED's file is of a later vintage than what the
forecaster of the day had. Where GED ends earlier, actuals of earlier years go on from there.
How chosen: half-life, floor of the spread, categories, windows and the share of one half were chosen on forecasts for 1996-2017
(outcomes to December 2017). There, as it stands, on 2008-2017: CRPS 13.29, last twelve months 14.35, windows of 6, 12 and 24
months 13.99, coverage .893. Tried and left out: gradient-boosted levels (5-9 % worse), levels by least squares on several windows
(1-2 % worse), weights of windows fitted by quadratic programming (no better than equal), residuals of the last 10 or 15 years
only (no better), longer half-lives (12 months: 8 % worse). The test years 2018-19 were opened once after that, on 2026-11-29, and
gave CRPS 9.34 (last twelve months 11.15, difference -1.81 [-3.74, -0.22]; windows 10.44, -1.09 [-2.33, -0.06]), coverage .881.
Known weak points: a new war is seen only once it has begun, and three countries make 63 % of the CRPS.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import scoringrules as sr

from foreshock.errors import CatalogueError
from foreshock.scenarios.fitting.widening import fit_widening
from foreshock.scenarios.histories.ged import FIRST, CountryDeaths, read_deaths
from foreshock.scenarios.histories.views import (
    BENCHMARKS,
    month_number,
    read_actuals,
    read_benchmark,
    years_of_actuals,
)
from foreshock.scenarios.outlook.draws import draws

Array: TypeAlias = np.ndarray[Any, Any]
BINS = (0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5, np.inf)
ALPHA = 0.1
RESAMPLES = 2000
WINDOWS = (6, 12, 24)


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Score every year of actuals in a folder; ``limit`` keeps the first countries only."""
    del coder
    ged, years = read_deaths(data), years_of_actuals(data)
    scored, skipped = {}, {}
    for year in years:
        known = _history(data, ged, year)
        if known is None:
            skipped[str(year)] = f"no deaths to October {year - 1}"
        else:
            scored[year] = _year(data, year, *known, limit)
    if not scored:
        return {"skipped": skipped or "no actuals in the folder"}
    names = sorted(set.intersection(*(set(one) for one in scored.values())))
    means = {name: _mean([_summary(*scored[year][name]) for year in scored]) for name in names}
    ours, last = ({y: scored[y][name] for y in scored} for name in ("ours", "last_12"))
    return {
        **means.pop("ours"),
        **_difference(ours, last, "crps", "difference", "low", "high"),
        **_difference(ours, {y: scored[y]["pool_6_12_24"] for y in scored}, "crps", "to_pool", "to_pool_low", "to_pool_high"),
        **_difference(ours, last, "crps_log", "difference_log", "log_low", "log_high"),
        "others": means,
        "years": {str(year): {name: _summary(*one) for name, one in scored[year].items()} for year in scored},
        **({"skipped": skipped} if skipped else {}),
    }


def _history(data: Path, ged: tuple[CountryDeaths, ...], year: int) -> tuple[tuple[int, ...], Array] | None:
    """Return countries and their deaths (countries, months) from 1989 to October of the year before; None: lacking."""
    end = month_number(f"{year - 1}-10") - FIRST + 1
    known = np.array([[np.nan if one is None else one for one in country.deaths] for country in ged], dtype=float)
    place = {country.number: i for i, country in enumerate(ged)}
    for earlier in [one for one in years_of_actuals(data) if one < year]:
        start = month_number(f"{earlier}-01") - FIRST
        if start != known.shape[1]:
            continue  # GED tells of it, or a year between is lacking
        known = np.hstack([known, np.full((len(known), 12), np.nan)])
        for actual in read_actuals(data, earlier):
            if actual.country in place:
                known[place[actual.country], start : start + 12] = actual.deaths
    return (tuple(place), known[:, :end]) if known.shape[1] >= end else None


def _year(
    data: Path, year: int, countries: tuple[int, ...], known: Array, limit: int | None
) -> dict[str, tuple[dict[str, Array], Array]]:
    """Return for each forecaster its scores (countries, 12) by name, and which countries are active."""
    actuals = [one for one in read_actuals(data, year) if one.country in countries][:limit]
    numbers = [one.country for one in actuals]
    seen = np.array([one.deaths for one in actuals])
    past = known[[countries.index(number) for number in numbers]]
    widening = fit_widening(known, until=FIRST + known.shape[1] - 1)
    recent = np.nan_to_num(past)
    active = recent[:, -12:].mean(axis=1) > 1
    pool = np.concatenate([np.repeat(recent[:, -window:], 24 // window, axis=1) for window in WINDOWS], axis=1)
    forecasts = {
        "ours": draws(past, widening),
        "last_12": np.repeat(recent[:, None, -12:], 12, axis=1),
        "pool_6_12_24": np.repeat(pool[:, None, :], 12, axis=1),
    }
    for name in BENCHMARKS:
        try:
            order, made = read_benchmark(data, name, year)
        except CatalogueError:
            continue  # a year may come without benchmarks
        forecasts[name] = made[[order.index(number) for number in numbers]]
    return {name: (scores(seen, made), active) for name, made in forecasts.items()}


def scores(seen: Array, made: Array) -> dict[str, Array]:
    """Return the scores (countries, months) of draws (countries, months, draws) against what was seen (countries, months)."""
    low, high = np.quantile(made, (ALPHA / 2, 1 - ALPHA / 2), axis=-1)
    held = np.digitize(seen, BINS) - 1
    counts = np.stack([((made >= a) & (made < b)).sum(axis=-1) for a, b in pairwise(BINS)], axis=-1)
    share = (np.take_along_axis(counts, held[..., None], axis=-1)[..., 0] + 1) / (made.shape[-1] + len(BINS) - 1)
    return {
        "crps": np.asarray(sr.crps_ensemble(seen, made)),
        "crps_log": np.asarray(sr.crps_ensemble(np.log1p(seen), np.log1p(made))),
        "ign": -np.log2(share),
        "mis": np.asarray(sr.interval_score(seen, low, high, ALPHA)).reshape(seen.shape),  # it drops axes of length one
        "coverage90_active": ((low <= seen) & (seen <= high)).astype(float),
    }


def _summary(found: dict[str, Array], active: Array) -> dict[str, float | None]:
    """Return the mean of each score; coverage is None where no country is active."""
    told = {name: one[active] if name == "coverage90_active" else one for name, one in found.items()}
    return {name: round(float(one.mean()), 4) if one.size else None for name, one in told.items()}


def _mean(years: list[dict[str, float | None]]) -> dict[str, float | None]:
    known = {name: [value for one in years if (value := one[name]) is not None] for name in years[0]}
    return {name: round(sum(values) / len(values), 4) if values else None for name, values in known.items()}


def _difference(
    ours: dict[int, tuple[dict[str, Array], Array]],
    other: dict[int, tuple[dict[str, Array], Array]],
    score: str,
    *names: str,
) -> dict[str, float]:
    """Return the mean difference of a score and its 90 % interval by resampling countries."""
    by_country = np.mean([(ours[year][0][score] - other[year][0][score]).mean(axis=1) for year in ours], axis=0)
    rng = np.random.default_rng(20180101)
    drawn = by_country[rng.integers(0, len(by_country), (RESAMPLES, len(by_country)))].mean(axis=1)
    values = (by_country.mean(), *np.quantile(drawn, (0.05, 0.95)))
    return {name: round(float(value), 4) for name, value in zip(names, values, strict=True)}
