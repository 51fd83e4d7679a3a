"""How wrong the level of a country's past was, by activity and by how far ahead: a conformal predictive system.

A residual is (ln(1 + deaths) - level) / spread for a month that came later. Its distribution over all countries of the same
activity, at every earlier moment, is the widening: a draw for a country is level + spread x a residual, turned back into deaths.
That is a normalised Mondrian conformal predictive system (Vovk, Shen, Manokhin & Xie 2017; Boström, Johansson & Löfström 2021),
fitted by ``crepes``. It is valid where moments are exchangeable; wars are not quite, so coverage is measured, not assumed.
The widening never narrows with the distance: beyond the median the quantiles of a nearer group are a bound for the farther one.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError
from foreshock.scenarios.outlook.past import ACTIVITIES, Past, past

if TYPE_CHECKING:
    from foreshock.scenarios.outlook.past import Array

# Months ahead of the last known one, both ends included.
GROUPS = ((1, 2), (3, 6), (7, 10), (11, 14), (15, 26), (27, 50), (51, 98))
FARTHEST = GROUPS[-1][1]
LEVELS = (*((2 * i + 1) / 100 for i in range(50)), 0.995, 0.9975, 0.999)
TOP = 0.999  # no draw exceeds this quantile of the months that followed in its activity
YEAR = 12
_EARLIEST = 24  # months of history that a moment needs
_AT_MOST = 4  # months ahead that are taken from a group; more say the same again


@dataclass(frozen=True, slots=True, eq=False)
class Widening:
    """Fitted quantiles of residuals.

    ``months`` and ``years`` are arrays (groups of months ahead, activities, levels): of single months, and of the total of twelve
    months whose first is that far ahead. ``most`` and ``most_year`` (activities) are the caps, as ln(1 + deaths). ``rows`` and
    ``countries`` (activities) say on how many moments of how many countries they rest; ``until`` is the VIEWS number of the last
    month that was used.
    """

    months: Array
    years: Array
    most: Array
    most_year: Array
    rows: Array
    countries: Array
    until: int


def group_of(ahead: int) -> int:
    """Return the group of a month that is so many months after the last known one.

    Raises:
        CatalogueError: nothing was fitted so far ahead.
    """
    for index, (first, last) in enumerate(GROUPS):
        if first <= ahead <= last:
            return index
    raise CatalogueError(f"a month {ahead} months after the last known one", remedy=f"give history to within {FARTHEST} months")


def fit_widening(deaths: Array, *, until: int) -> Widening:
    """Return the widening that an array (countries, months) of deaths gives, NaN where none were counted.

    Every month of the array is used, as history and as outcome, so cut it before the moment of a forecast. ``until`` is the VIEWS
    number of its last month.

    Raises:
        CatalogueError: there are fewer than ten years, which is too little for the farthest months.
    """
    import numpy as np

    if deaths.shape[1] < FARTHEST + YEAR + _EARLIEST:
        raise CatalogueError(
            f"{deaths.shape[1]} months of deaths", remedy=f"give {FARTHEST + YEAR + _EARLIEST} or more to fit a widening"
        )
    moments = [past(deaths[:, :end]) for end in range(_EARLIEST, deaths.shape[1])]
    held = Past(*(np.stack([getattr(one, name) for one in moments], axis=1) for name in ("level", "spread", "activity")))
    months, years = np.log1p(deaths), np.log1p(_year_totals(deaths))
    year_level = np.log1p(YEAR * np.expm1(held.level))
    tables = [_table(held, held.level, months), _table(held, year_level, years)]
    near = ~np.isnan(deaths[:, _EARLIEST:])
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
        steps = range(first, last + 1, max(1, (last - first + 1) // _AT_MOST))
        rows = [_pairs(held, level, outcomes, ahead) for ahead in steps]
        residuals, spread, activity = (np.concatenate(parts) for parts in zip(*rows, strict=True))
        quantiles.append(_quantiles(residuals, spread, activity))
    table = np.stack(quantiles)
    upper = np.array(LEVELS) > 0.5
    table[..., upper] = np.maximum.accumulate(table[..., upper], axis=0)
    table[..., ~upper] = np.minimum.accumulate(table[..., ~upper], axis=0)
    return np.sort(table, axis=-1), _caps(held, outcomes)


def _pairs(held: Past, level: Array, outcomes: Array, ahead: int) -> tuple[Array, Array, Array]:
    """Return residuals (not yet normalised), spreads and activities of all moments whose outcome ``ahead`` months on is known."""
    import numpy as np

    later = outcomes[:, _EARLIEST - 1 + ahead :]
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

    later = outcomes[:, _EARLIEST:]
    activity = held.activity[:, : later.shape[1]]
    caps = [later[(activity == i) & ~np.isnan(later)] for i in range(len(ACTIVITIES))]
    return np.array([float(np.quantile(one, TOP)) if len(one) else 0.0 for one in caps])


def widening_to_plain(widening: Widening) -> dict[str, Any]:
    """Return a widening as plain values: what ``widening_from_plain`` reads."""
    plain: dict[str, Any] = {}
    for i, activity in enumerate(ACTIVITIES):
        plain[activity] = {
            "moments": int(widening.rows[i]),
            "countries": int(widening.countries[i]),
            "most": float(widening.most[i]),
            "most_year": float(widening.most_year[i]),
            "months": {f"{first}-{last}": widening.months[g, i].tolist() for g, (first, last) in enumerate(GROUPS)},
            "years": {f"{first}-{last}": widening.years[g, i].tolist() for g, (first, last) in enumerate(GROUPS)},
        }
    return plain


def widening_from_plain(plain: Mapping[str, Any], *, until: int) -> Widening:
    """Return the widening of plain values.

    Raises:
        CatalogueError: an activity, a group or a level is missing.
    """
    import numpy as np

    names = [f"{first}-{last}" for first, last in GROUPS]
    try:
        months, years = (
            np.array([[plain[activity][kind][name] for activity in ACTIVITIES] for name in names], dtype=float)
            for kind in ("months", "years")
        )
        most, most_year, rows, countries = (
            np.array([plain[activity][key] for activity in ACTIVITIES]) for key in ("most", "most_year", "moments", "countries")
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"the fitted outlook lacks a part: {error}", remedy="fit again: foreshock fit --data DIR") from error
    if months.shape != (len(GROUPS), len(ACTIVITIES), len(LEVELS)):
        raise CatalogueError(f"the fitted outlook has the shape {months.shape}", remedy="fit again: foreshock fit --data DIR")
    return Widening(months, years, most, most_year, rows, countries, until)


@cache
def draw_levels(count: int) -> Sequence[float]:
    """Return the levels at which ``count`` draws stand: the middles of as many equal shares."""
    return tuple((i + 0.5) / count for i in range(count))
