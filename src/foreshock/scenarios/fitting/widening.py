"""Fit the widening of an outlook: residuals of every country at every moment, by activity and by how far ahead, with crepes."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from foreshock.errors import CatalogueError
from foreshock.scenarios.outlook.past import ACTIVITIES, Past, past
from foreshock.scenarios.outlook.widening import FARTHEST, GROUPS, LEVELS, MEASURED, NEAR, OUTER, YEAR, Widening, never_narrower

if TYPE_CHECKING:
    from foreshock.scenarios.outlook.past import Array

TOP = 0.999  # no draw exceeds this quantile of the months that followed in its activity
EARLIEST = 24  # months of history that a moment needs
AT_MOST = 4  # months ahead that are taken from a group; more say the same again


def fit_widening(deaths: Array, *, until: int) -> Widening:
    """Return the widening that an array (countries, months) of deaths gives, NaN where none were counted.

    Every month of the array is used, as history and as outcome, so cut it before the moment of a forecast. ``until`` is the VIEWS
    number of its last month.

    Raises:
        CatalogueError: there are fewer than ten years, which is too little for the farthest months.
    """
    import numpy as np

    if deaths.shape[1] < FARTHEST + YEAR + EARLIEST:
        raise CatalogueError(
            f"{deaths.shape[1]} months of deaths", remedy=f"give {FARTHEST + YEAR + EARLIEST} or more to fit a widening"
        )
    moments = [past(deaths[:, :end]) for end in range(EARLIEST, deaths.shape[1])]
    held = Past(*(np.stack([getattr(one, name) for one in moments], axis=1) for name in ("level", "spread", "activity")))
    months, years = np.log1p(deaths), np.log1p(_year_totals(deaths))
    year_level = np.log1p(YEAR * np.expm1(held.level))
    tables = [_table(held, held.level, months), _table(held, year_level, years)]
    near = ~np.isnan(deaths[:, EARLIEST:])
    return Widening(
        months=tables[0][0],
        years=tables[1][0],
        most=tables[0][1],
        most_year=tables[1][1],
        rows=np.array([int((near & (held.activity == i)).sum()) for i in range(len(ACTIVITIES))]),
        countries=np.array([int((near & (held.activity == i)).any(axis=1).sum()) for i in range(len(ACTIVITIES))]),
        until=until,
    )


def _year_totals(deaths: Array) -> Array:
    """Return at each month the total of the twelve months that begin with it, NaN where one of them is not known."""
    import numpy as np

    sums = np.full(deaths.shape, np.nan)
    if deaths.shape[1] >= YEAR:
        windows = np.lib.stride_tricks.sliding_window_view(deaths, YEAR, axis=1)
        sums[:, : windows.shape[1]] = windows.sum(axis=2)
    return sums


def _table(held: Past, level: Array, outcomes: Array) -> tuple[Array, Array]:
    """Return quantiles of residuals (groups, activities, levels) and the cap of each activity."""
    import numpy as np

    quantiles = []
    for first, last in GROUPS:
        steps = range(first, last + 1, max(1, (last - first + 1) // AT_MOST))
        rows = [_pairs(held, level, outcomes, ahead) for ahead in steps]
        residuals, spread, activity = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        quantiles.append(_quantiles(residuals, spread if last <= MEASURED else np.ones_like(spread), activity))
    table = np.stack(quantiles)
    return np.concatenate([never_narrower(table[:NEAR], 0.0), never_narrower(table[NEAR:], OUTER)]), _caps(held, outcomes)


def _pairs(held: Past, level: Array, outcomes: Array, ahead: int) -> tuple[Array, Array, Array]:
    """Return residuals (not yet normalised), spreads and activities of all moments whose outcome ``ahead`` months on is known."""
    import numpy as np

    later = outcomes[:, EARLIEST - 1 + ahead :]
    count = later.shape[1]
    known = ~np.isnan(later)
    return (later - level[:, :count])[known], held.spread[:, :count][known], held.activity[:, :count][known]


def _quantiles(residuals: Array, spread: Array, activity: Array) -> Array:
    """Return the quantiles (activities, levels) of normalised residuals.

    A level that too few rows bear is their largest (or smallest) one; an activity never seen borrows the next lower one.
    """
    import numpy as np
    from crepes import ConformalPredictiveSystem

    system = ConformalPredictiveSystem().fit(residuals, sigmas=spread, bins=activity)
    seen, percent = np.unique(activity), [100 * level for level in LEVELS]
    with warnings.catch_warnings():
        # What it warns of, infinite quantiles of rare activities, is mended below.
        warnings.filterwarnings("ignore", message="the no. of calibration examples", category=UserWarning)
        found = system.predict_percentiles(
            np.zeros(len(seen)), np.ones(len(seen)), seen,
            lower_percentiles=[one for one in percent if one < 50], higher_percentiles=[one for one in percent if one > 50],
        )  # fmt: skip
    normal = residuals / spread
    rows = np.zeros((len(ACTIVITIES), len(LEVELS)))
    for i in range(len(ACTIVITIES)):
        if i in seen:
            own = normal[activity == i]
            rows[i] = np.clip(found[np.searchsorted(seen, i)], own.min(), own.max())
        elif i:
            rows[i] = rows[i - 1]
    return rows


def _caps(held: Past, outcomes: Array) -> Array:
    import numpy as np

    later = outcomes[:, EARLIEST:]
    activity = held.activity[:, : later.shape[1]]
    caps = [later[(activity == i) & ~np.isnan(later)] for i in range(len(ACTIVITIES))]
    return np.array([float(np.quantile(one, TOP)) if len(one) else 0.0 for one in caps])
