"""Yearly hazards that drift, shrunk by state, region and country.

The rate of onsets of country c, that comes from state s, in year y is

    rate(c, s, y) = world(y) x state(s) x country(c),        p = 1 - exp(-rate)

- world(y): onsets a country-year near y, earlier and later years weighing less by ``drift`` (years in which the weight halves).
The last
  known year stands for the years after it: a prior is of its time.
- state(s): (O + EVENTS) / (E + EVENTS), with O the onsets that came from s and E those that world and countries alone expect.
EVENTS
  pseudo-onsets draw it to 1.
- region(r): (O + b) / (E + b), with b = ``region_years`` x the mean rate: so many years of an average country.
- country(c): (O + b region(r)) / (E + b), with b = ``country_years`` x the mean rate. A country without history has its region's.

Each is the mean of a Gamma distribution, the conjugate prior of a Poisson rate (Gelman et al. 2013, "Bayesian Data Analysis",
2.6; for shrinking rates of small units Clayton & Kaldor 1987), which also gives the intervals. What one explains another must
not explain again, so they are fitted in turn until they agree, region and country with a mean of 1. Worked number: 2 onsets
where 1 was expected, 8 years of a mean rate of .02 in a region of 1: (2 + .16) / (1 + .16) = 1.86.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foreshock.scenarios.fitting.country_years import STATES, Row
from foreshock.scenarios.histories.states import WORLD, region_of_iso3

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

EVENTS = 4.0
ROUNDS = 8
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen and not fitted, in years: see the module. ``memory`` is the half-life of a country's own past, inf for
    none lost."""

    drift: float
    memory: float
    country_years: float
    region_years: float


@dataclass(frozen=True, slots=True)
class Table:
    """Country-years as arrays of one length, in the order of years: year, index of country, of state, of region, and onset (0
    or 1)."""

    countries: tuple[str, ...]
    regions: tuple[str, ...]
    region_of: Ints
    year: Ints
    country: Ints
    state: Ints
    onset: Floats


@dataclass(frozen=True, slots=True)
class Rates:
    """Fitted rates: ``world`` of the year after the last known one, onsets a country-year at state 1 and country 1.

    ``world_onsets`` is how many onsets, weighed, ``world`` stands on; ``pseudo`` how many expected onsets draw a country to its
    region. Each effect comes with the shape and the rate of its Gamma.
    """

    world: float
    world_onsets: float
    pseudo: float
    state: Floats
    state_gamma: tuple[Floats, Floats]
    region: Floats
    region_gamma: tuple[Floats, Floats]
    country: Floats
    country_gamma: tuple[Floats, Floats]


def table_of(rows: Sequence[Row]) -> Table:
    """Return rows as arrays, by year; countries and regions in alphabetical order. What is gone has the region "world"."""
    import numpy as np

    ordered = sorted(rows, key=lambda row: (row.year, row.country))
    countries = tuple(sorted({row.country for row in ordered}))
    place = [region_of_iso3(name) for name in countries]
    regions = tuple(sorted(set(place) | {WORLD}))
    at, where = {name: i for i, name in enumerate(countries)}, {name: i for i, name in enumerate(regions)}
    return Table(
        countries=countries,
        regions=regions,
        region_of=np.array([where[name] for name in place]),
        year=np.array([row.year for row in ordered]),
        country=np.array([at[row.country] for row in ordered]),
        state=np.array([STATES.index(row.state) for row in ordered]),
        onset=np.array([float(row.onset) for row in ordered]),
    )


def fit_rates(table: Table, choice: Choice, *, known: int) -> Rates:
    """Return the rates by the outcomes of years up to ``known``, for forecasts of later ones."""
    import numpy as np

    end = int(np.searchsorted(table.year, known, side="right"))
    year, country, state, onset = table.year[:end], table.country[:end], table.state[:end], table.onset[:end]
    faded = 0.5 ** ((known - year) / choice.memory)
    effect_c, effect_s, world = np.ones(len(table.countries)), np.ones(len(STATES)), np.full(end, onset.mean() + TINY)
    at, kernel = _kernel(year, choice.drift)
    mean = float(onset.mean()) + TINY
    gamma_c = gamma_r = gamma_s = (np.ones(1), np.ones(1))
    effect_r = np.ones(len(table.regions))
    for _ in range(ROUNDS):
        per_year = np.bincount(at, onset), np.bincount(at, effect_s[state] * effect_c[country])
        smooth = (kernel @ per_year[0] + TINY) / (kernel @ per_year[1] + TINY)
        world = smooth[at]
        gamma_s = _gamma(state, onset, world * effect_c[country], len(STATES), EVENTS, np.ones(len(STATES)))
        effect_s = gamma_s[0] / gamma_s[1]
        base = faded * world * effect_s[state]
        region = table.region_of[country]
        gamma_r = _gamma(region, faded * onset, base, len(table.regions), choice.region_years * mean, np.ones(len(table.regions)))
        effect_r, gamma_r = _centred(gamma_r, region, base)
        gamma_c = _gamma(
            country, faded * onset, base, len(table.countries), choice.country_years * mean, effect_r[table.region_of]
        )
        effect_c, gamma_c = _centred(gamma_c, country, base)
    return Rates(
        world=float(smooth[-1]),
        world_onsets=float(kernel[-1] @ per_year[0] / kernel[-1].max()),
        pseudo=choice.country_years * mean,
        state=effect_s,
        state_gamma=gamma_s,
        region=effect_r,
        region_gamma=gamma_r,
        country=effect_c,
        country_gamma=gamma_c,
    )


def _kernel(year: Ints, drift: float) -> tuple[Ints, Floats]:
    """Return the index of each row's year, and for each pair of years how much one says about the other."""
    import numpy as np

    years, at = np.unique(year, return_inverse=True)
    return at, 0.5 ** (np.abs(years[:, None] - years[None, :]) / drift)


def _gamma(group: Ints, onset: Floats, base: Floats, groups: int, pseudo: float, around: Floats) -> tuple[Floats, Floats]:
    """Return shape and rate of the Gamma of each group's effect, drawn towards ``around`` by ``pseudo`` expected onsets."""
    import numpy as np

    shape = np.bincount(group, onset, groups).astype(np.float64) + pseudo * around
    rate = np.bincount(group, base, groups).astype(np.float64) + pseudo
    return shape, rate


def _centred(found: tuple[Floats, Floats], group: Ints, base: Floats) -> tuple[Floats, tuple[Floats, Floats]]:
    """Return effects whose mean over what is expected is 1, so that the world's rate is that of the average country."""
    import numpy as np

    effect = found[0] / found[1]
    mean = float(np.sum(base * effect[group]) / np.sum(base))
    return effect / mean, (found[0], found[1] * mean)


def forecast(rates: Rates, table: Table, rows: Any) -> Floats:
    """Return the yearly probability of each of the rows (a mask or a slice of the table)."""
    import numpy as np

    found: Floats = -np.expm1(-rates.world * rates.state[table.state[rows]] * rates.country[table.country[rows]])
    return found


def forward(table: Table, choice: Choice, *, first: int, last: int, lag: int) -> tuple[Any, Floats]:
    """Return which rows lie in ``first``..``last`` and the probability that each had by what was known on the first day of its
    year.

    A label enters at the end of its outcome plus ``lag`` days: with 181 days, the forecast for a year knows the second year
    before it.
    """
    import numpy as np

    behind = 1 + -(-lag // 365)
    asked = (table.year >= first) & (table.year <= last)
    p = np.full(len(table.year), np.nan)
    for year in range(first, last + 1):
        rows = table.year == year
        if rows.any():
            p[rows] = forecast(fit_rates(table, choice, known=year - behind), table, rows)
    return asked, p[asked]
