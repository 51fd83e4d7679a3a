"""How often coups are attempted: a yearly hazard that follows its time, shrunk from country to region to world.

For a forecast of year t from the attempts of years s < t (a country-year counts once, whatever the number of attempts in it):

- world(t): attempts over country-years, a year weighing half of the one that lies ``world`` years after it;
- expected(s): world(s + 1), the world's rate as it stood at the end of year s;
- region(t): (A + m) / (E + m), with A the attempts in the region and E those expected, half-life ``region`` years, and
  m = ``region_pseudo`` expected attempts drawing it to 1;
- country(t): (A + k region) / (E + k), likewise over the country's own years, half-life ``country``, k = ``country_pseudo``;
- p = 1 - exp(-world x country).

(A + m) / (E + m) is the mean of a Gamma posterior of a relative rate (Clayton & Kaldor 1987, Biometrics 43); letting the past
fade is discounting of such a posterior (West & Harrison 1997, "Bayesian Forecasting and Dynamic Models", ch. 6). Worked number:
an attempt last year, .12 expected, region 1.5, k = .2: (1 + .3) / (.12 + .2) = 4.1 times the world's rate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.coups import CoupYear
from foreshock.scenarios.histories.states import WORLD, iso3_of_gw, region_of_iso3

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Halves:
    """What is chosen and not fitted: half-lives in years, pseudo-attempts in attempts expected of an average country."""

    world: float
    region: float
    country: float
    region_pseudo: float
    country_pseudo: float


CHOICE = Halves(world=5.0, region=10.0, country=6.0, region_pseudo=1.0, country_pseudo=0.2)


@dataclass(frozen=True, slots=True)
class Grid:
    """Countries by years.

    Attributes:
        states: (c,) Gleditsch-Ward numbers, rising.
        first: the first year; column j is the year ``first + j``.
        region: (c,) index of the region of each.
        attempt: (c, years) 1 or 0, nan where the country-year is not in the set or its outcome not known.
        since: (c, years) years since the last attempt at the end of the year, nan where not in the set.
    """

    states: Ints
    first: int
    region: Ints
    attempt: Floats
    since: Floats

    def column(self, year: int) -> int:
        """Return where a year stands.

        Raises:
            CatalogueError: it lies outside.
        """
        if not self.first <= year < self.first + self.attempt.shape[1]:
            raise CatalogueError(f"no forecast for {year}", remedy=f"years from {self.first} to the one after the set are told")
        return year - self.first


@dataclass(frozen=True, slots=True)
class Hazards:
    """Per country and year, from earlier years alone: shape (c, years), nan in the first year, ``world`` (years,).

    ``p`` is the yearly probability; ``shape`` and ``rate`` are those of the Gamma of the country's relative rate.
    """

    p: Floats
    shape: Floats
    rate: Floats
    world: Floats


def grid_of(rows: Sequence[CoupYear], *, until: int | None = None) -> Grid:
    """Return country-years as arrays up to the year after the last one, or up to ``until`` where that is later.

    Raises:
        CatalogueError: there are no rows.
    """
    if not rows:
        raise CatalogueError("the set of coups has no country-year", remedy="give the set as published")
    first, last = min(row.year for row in rows), max(row.year for row in rows) + 1
    states = sorted({row.gw for row in rows})
    at = {gw: i for i, gw in enumerate(states)}
    shape = (len(states), max(last, until or last) - first + 1)
    attempt, since = np.full(shape, np.nan), np.full(shape, np.nan)
    for row in rows:
        if row.attempt is not None:
            attempt[at[row.gw], row.year - first] = float(row.attempt)
        since[at[row.gw], row.year - first] = row.since
    return Grid(np.array(states), first, _regions(states), attempt, since)


def _regions(states: Iterable[int]) -> Ints:
    names = [region_of_iso3(iso3_of_gw(gw) or WORLD) for gw in states]
    return np.unique(names, return_inverse=True)[1]


def faded(values: Floats, half: float) -> Floats:
    """Return sums over earlier years, (..., years): the year before counts in full, one ``half`` years before it half."""
    keep, out = 0.5 ** (1 / half), np.zeros_like(values)
    for j in range(1, values.shape[-1]):
        out[..., j] = keep * out[..., j - 1] + values[..., j - 1]
    return out


def expected_of(grid: Grid, half: float) -> tuple[Floats, Floats, Floats]:
    """Return the world's rate (years,), attempts (c, years) with 0 for nan, and how many were expected of each country-year."""
    known = ~np.isnan(grid.attempt)
    attempts = np.where(known, grid.attempt, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        world = faded(attempts.sum(axis=0), half) / faded(known.sum(axis=0).astype(float), half)
    after = np.append(world[1:], world[-1])  # the last year's expectation is asked by no forecast
    return world, attempts, np.where(known, np.nan_to_num(after), 0.0)


def hazards(grid: Grid, choice: Halves = CHOICE) -> Hazards:
    """Return the hazards of every country and year, each from earlier years alone."""
    world, attempts, expected = expected_of(grid, choice.world)
    regions = np.eye(int(grid.region.max()) + 1)[:, grid.region]
    a, e = faded(regions @ attempts, choice.region), faded(regions @ expected, choice.region)
    region = (a + choice.region_pseudo) / (e + choice.region_pseudo)
    shape = faded(attempts, choice.country) + choice.country_pseudo * region[grid.region]
    rate = faded(expected, choice.country) + choice.country_pseudo
    return Hazards(-np.expm1(-world * shape / rate), shape, rate, world)
