"""Draws of deaths a month: half from the country's own last months, half from its level, widened by how wrong levels were.

The pool gives the windows of the last 3, 6, 12 and 24 months equal weight, so a recent month weighs more than one of two years
ago. The other half is the conformal widening of ``widening.py``. Half each: on 1996-2017 either alone has a higher CRPS. More
than 14 months ahead the pool was not measured, and all draws are from the widening.
There are no dice: draws stand at equally spaced levels, the k-th of n at (k - 1/2) / n.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from foreshock.errors import CatalogueError
from foreshock.scenarios.outlook.past import Past, past
from foreshock.scenarios.outlook.widening import LEVELS, MEASURED, YEAR, Widening, draw_levels, offsets

if TYPE_CHECKING:
    from foreshock.scenarios.outlook.past import Array

WINDOWS = (3, 6, 12, 24)
LEADS = tuple(range(3, 15))  # data to October, January to December


def draws(
    deaths: Array, widening: Widening, *, months: Sequence[int] = LEADS, count: int = 200, found: Past | None = None
) -> Array:
    """Return draws of deaths as an array (countries, months ahead, ``count``), in whole numbers.

    Args:
        deaths: (countries, months) up to the last known month; NaN where not counted.
        widening: fitted on nothing after that month.
        months: how many months after the last known one each forecast month is.
        count: draws a month, an even number.
        found: what the months say, where that is known better than from them alone.

    Raises:
        CatalogueError: there are fewer than 12 months, or a month is farther ahead than anything fitted.
    """
    import numpy as np

    if deaths.shape[1] < YEAR:
        raise CatalogueError(f"{deaths.shape[1]} months of deaths", remedy=f"give {YEAR} months or more")
    found = found or past(deaths)
    pool = _pool(np.nan_to_num(deaths), count // 2)
    made = [
        np.concatenate([pool, widened(found, widening, ahead=ahead, count=count - count // 2)], axis=1)
        if ahead <= MEASURED
        else widened(found, widening, ahead=ahead, count=count)
        for ahead in months
    ]
    stacked: Array = np.sort(np.stack(made, axis=1), axis=-1)
    return stacked


def widened(found: Past, widening: Widening, *, ahead: int, count: int, year: bool = False) -> Array:
    """Return the draws (countries, ``count``) that a past and the widening alone give for a month, in whole deaths.

    With ``year`` they are of the total of the twelve months that begin ``ahead`` months after the last known one.
    """
    import numpy as np

    most = widening.most_year if year else widening.most
    level = np.log1p(YEAR * np.expm1(found.level)) if year else found.level
    rows = offsets(found, widening, ahead=ahead, year=year)
    moved = level[:, None] + np.stack([np.interp(draw_levels(count), LEVELS, row) for row in rows])
    # A country that stands above all that its activity ever saw keeps its own level as the cap.
    caps = np.maximum(most[found.activity], level)[:, None]
    made: Array = np.round(np.expm1(np.clip(moved, 0, caps)))
    return made


def year_probability(found: Past, widening: Widening, *, ahead: int, least: float = 25.0) -> Array:
    """Return the probability (countries) that the twelve months beginning ``ahead`` months on bring ``least`` deaths or more.

    It is read off the fitted quantiles of year totals and stays within the outermost of them, .001 and .99: nothing beyond was
    measured.
    """
    import numpy as np

    level = np.log1p(YEAR * np.expm1(found.level))
    threshold = np.log(least + 0.5) - level  # ln(1 + 24.5): halfway between 24 and 25
    rows = offsets(found, widening, ahead=ahead, year=True)
    return np.array([_above(row, float(one)) for row, one in zip(rows, threshold, strict=True)])


def _above(quantiles: Array, threshold: float) -> float:
    import numpy as np

    index = int(np.searchsorted(quantiles, threshold, side="left"))
    if index == 0:
        return 1 - LEVELS[0]
    if index == len(LEVELS):
        return 1 - LEVELS[-1]
    low, high = quantiles[index - 1], quantiles[index]
    share = (threshold - low) / (high - low)
    return float(1 - (LEVELS[index - 1] + share * (LEVELS[index] - LEVELS[index - 1])))


def _pool(deaths: Array, count: int) -> Array:
    """Return ``count`` draws of each country's last months at equally spaced levels: the inverse of the weighted distribution."""
    import numpy as np

    recent = deaths[:, -max(WINDOWS) :]
    length = recent.shape[1]
    ages = np.arange(length, 0, -1)
    windows = [min(window, length) for window in WINDOWS]
    weights = np.sum([(ages <= window) / window for window in windows], axis=0) / len(WINDOWS)
    order = np.argsort(recent, axis=1, kind="stable")
    reached = np.cumsum(weights[order], axis=1)
    place = (reached[:, None, :] < np.array(draw_levels(count))[None, :, None] - 1e-12).sum(axis=-1)
    ranked = np.take_along_axis(recent, order, axis=1)
    pool: Array = np.take_along_axis(ranked, np.minimum(place, length - 1), axis=1)
    return pool
