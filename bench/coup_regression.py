"""Forecasts of a coup attempt in a country in a year, from earlier years alone.

Three parts, each seeing nothing of the year it forecasts:

1. the hazard of :mod:`bench.coup_hazard`, shrunk from country to region to world;
2. ridge logistic regression (Hoerl & Kennard 1970; le Cessie & van Houwelingen 1992) on the log odds of that hazard, the years
   since the last attempt, the country's longer past, attempts of its neighbours in the region, and elections and leaders at the
   end of the year before; rows fade with a half-life of ``Ridge.half`` years;
3. the mean of both on the scale of log odds, bent forward in time: a line through the log odds (Cox 1958, Biometrika 45) fitted
   on the forecasts of the last ``Bend.years`` years, drawn to the identity by normal priors.

What the set of leaders does not say of a country-year counts as the mean of the rows that it is fitted on, so that where the
set ends its last known state does not live on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from bench.coup_hazard import (
    Floats,
    Grid,
    Hazards,
    expected_of,
    faded,
    grid_of,
    hazards,
)
from bench.reign import ELECTIONS, read_reign
from foreshock.scenarios.histories.coups import read_coup_years

START = 1955  # what the regressions are fitted on: before it the hazard has too little behind it
NEAR_YEARS, NEAR_SHARE = 3, (1.0, 30.0)  # attempts nearby: as if one more had come in thirty more country-years
LONG, LONG_PSEUDO, LONG_WORLD = 30.0, 0.3, 8.0
LEAST_ATTEMPTS = 5
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Ridge:
    """``strength`` is scikit-learn's C on standardised features, ``half`` the half-life of rows in years."""

    strength: float
    half: float


@dataclass(frozen=True, slots=True)
class Bend:
    """Recalibration: how many years of forecasts, and the standard deviations of the priors of level and slope."""

    years: int
    level: float
    slope: float


RIDGE = Ridge(strength=0.1, half=15.0)
BEND = Bend(years=20, level=0.5, slope=0.3)


@dataclass(frozen=True, slots=True)
class World:
    """What is known: the grid of country-years, the hazards of each year, and features (c, years, k), nan where unknown."""

    grid: Grid
    hazards: Hazards
    features: Floats


@dataclass(frozen=True, slots=True)
class Forecasts:
    """Of one year, shape (c,) in the order of the grid's states, nan for a state without a past in the set.

    ``prior`` is the shrunk hazard alone, ``p`` the whole model, ``base`` the share of attempts in the 20 years before.
    """

    year: int
    p: Floats
    prior: Floats
    base: float


def read_coup_world(data: Path, *, until: int | None = None) -> World:
    """Return what the sets say, for forecasts up to the year after the set's last one, or up to ``until``.

    Raises:
        CatalogueError: a set is missing or not whole.
    """
    return world_of(grid_of(read_coup_years(data), until=until), read_reign(data))


def world_of(grid: Grid, reign: Mapping[tuple[int, int], tuple[float | None, ...]]) -> World:
    """Return the hazards and features of every country-year, each from earlier years alone."""
    found = hazards(grid)
    leaders = np.full((*grid.attempt.shape, len(ELECTIONS)), np.nan)
    for i, gw in enumerate(grid.states.tolist()):
        for j in range(1, grid.attempt.shape[1]):
            told = reign.get((gw, grid.first + j - 1))
            if told is not None:
                leaders[i, j] = [np.nan if one is None else one for one in told]
    since = np.full_like(grid.since, np.nan)
    since[:, 1:] = grid.since[:, :-1]
    p = np.clip(found.p, LEAST, 1 - LEAST)  # while no attempt was ever known the hazard is 0
    log_odds = np.log(p) - np.log1p(-p)
    own = [log_odds, np.log1p(np.where(np.isnan(since), 0.0, since)), _long(grid), _near(grid)]
    return World(grid, found, np.concatenate([np.stack(own, axis=-1), leaders], axis=-1))


def _long(grid: Grid) -> Floats:
    """Return the log of a country's relative rate over a longer past, drawn to the world's."""
    _, attempts, expected = expected_of(grid, LONG_WORLD)
    found: Floats = np.log((faded(attempts, LONG) + LONG_PSEUDO) / (faded(expected, LONG) + LONG_PSEUDO))
    return found


def _near(grid: Grid) -> Floats:
    """Return the log of the share of attempts in other countries of the region in the years just before."""

    def recent(values: Floats) -> Floats:
        total = np.cumsum(np.concatenate([np.zeros((len(values), NEAR_YEARS + 1)), values], axis=1), axis=1)
        return np.asarray(total[:, NEAR_YEARS:-1] - total[:, : -NEAR_YEARS - 1])

    known = ~np.isnan(grid.attempt)
    regions = np.eye(int(grid.region.max()) + 1)[:, grid.region]
    came, years = recent(np.where(known, grid.attempt, 0.0)), recent(known.astype(float))
    others = [(regions @ one)[grid.region] - one for one in (came, years)]
    found: Floats = np.log((others[0] + NEAR_SHARE[0]) / (others[1] + NEAR_SHARE[1]))
    return found


def forecasts(world: World, years: range) -> list[Forecasts]:
    """Return the forecasts of each year by what was known at its beginning.

    Raises:
        CatalogueError: a year lies outside of the set, or before its second year.
    """
    columns = [world.grid.column(year) for year in years]
    pooled = {j: _pooled(world, j) for j in range(max(1, min(columns, default=1) - BEND.years), max(columns, default=0) + 1)}
    return [
        Forecasts(
            year=world.grid.first + j,
            p=_bent(world, pooled, j),
            prior=world.hazards.p[:, j],
            base=_base(world.grid, j),
        )
        for j in columns
    ]


def _base(grid: Grid, j: int) -> float:
    return float(np.nanmean(grid.attempt[:, max(0, j - 20) : j]))


def _pooled(world: World, j: int) -> Floats:
    """Return (c,) log odds of one year: the mean of hazard and ridge, the hazard alone while there is too little to fit."""
    prior: Floats = world.features[:, j, 0]
    fitted = _ridge(world, j)
    return prior if fitted is None else np.asarray((prior + fitted) / 2)


def _ridge(world: World, j: int) -> Floats | None:
    grid, start = world.grid, max(1, START - world.grid.first)
    outcome = grid.attempt[:, start:j]
    known = ~np.isnan(outcome)
    y = outcome[known]
    if min(y.sum(), len(y) - y.sum()) < LEAST_ATTEMPTS:
        return None
    weight = np.broadcast_to(0.5 ** ((j - 1 - np.arange(start, j)) / RIDGE.half), outcome.shape)[known]
    x, new = _standardised(world.features[:, start:j][known], world.features[:, j])
    model = LogisticRegression(C=RIDGE.strength, max_iter=1000).fit(x, y, sample_weight=weight)
    return np.asarray(model.decision_function(new), dtype=float)


def _standardised(x: Floats, new: Floats) -> tuple[Floats, Floats]:
    """Return features with mean 0 and deviation 1 over the rows of ``x``; nan becomes 0, the mean. None known: all 0."""
    known = ~np.isnan(x)
    n = np.maximum(1, known.sum(axis=0))
    mean = np.where(known, x, 0.0).sum(axis=0) / n
    spread = np.sqrt(np.where(known, (x - mean) ** 2, 0.0).sum(axis=0) / n)
    scale = np.where(spread > 0, spread, 1.0)
    # What has never varied says nothing, also of a new row that differs.
    return np.nan_to_num((x - mean) / scale) * (spread > 0), np.nan_to_num((new - mean) / scale) * (spread > 0)


def _bent(world: World, pooled: Mapping[int, Floats], j: int) -> Floats:
    """Return (c,) the probabilities of one year after recalibration on the forecasts of the years before it."""
    past = [one for one in pooled if j - BEND.years <= one < j]
    if not past:
        return np.asarray(expit(pooled[j]))
    x, y = np.concatenate([pooled[one] for one in past]), np.concatenate([world.grid.attempt[:, one] for one in past])
    known = ~(np.isnan(x) | np.isnan(y))
    x, y, spread = x[known], y[known], np.array([BEND.level, BEND.slope])

    def loss(change: Floats) -> tuple[float, Floats]:
        z = change[0] + (1 + change[1]) * x
        value = np.logaddexp(0, z).sum() - y @ z + ((change / spread) ** 2).sum() / 2
        off = expit(z) - y
        return float(value), np.array([off.sum(), off @ x]) + change / spread**2

    level, slope = minimize(loss, np.zeros(2), jac=True, method="L-BFGS-B").x
    return np.asarray(expit(level + (1 + slope) * pooled[j]))
