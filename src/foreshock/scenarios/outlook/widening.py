"""How wrong the level of a country's past was, by activity and by how far ahead: a conformal predictive system.

A residual is (ln(1 + deaths) - level) / spread for a month that came later. Its distribution over all countries of the same
activity, at every earlier moment, is the widening: a draw for a country is level + spread x a residual, turned back into deaths.
That is a normalised Mondrian conformal predictive system (Vovk, Shen, Manokhin & Xie 2017; Boström, Johansson & Löfström 2021),
fitted by ``crepes``. It is valid where moments are exchangeable; wars are not quite, so coverage is measured, not assumed.
More than 14 months ahead a residual is not divided by the spread: how steady a war was says little of what it is years later.
(Forward, from the Octobers of 2001-2010, 72 months ahead: 90 % intervals held .94 of the months of active countries, with the
spread .81; the log score of 25 deaths or more in the year .246, with the spread .258.)
The interval never narrows with the distance: to 14 months each quantile is at least as far from the median as that of a nearer
group; farther on only the outer ones are, as wars end and the middle must be free to fall.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from foreshock.errors import CatalogueError

if TYPE_CHECKING:
    from foreshock.scenarios.outlook.past import Array, Past

# Months ahead of the last known one, both ends included.
GROUPS = ((1, 2), (3, 6), (7, 10), (11, 14), (15, 26), (27, 50), (51, 98))
FARTHEST = GROUPS[-1][1]
LEVELS = (*((2 * i + 1) / 100 for i in range(50)), 0.995, 0.9975, 0.999)
MEASURED = 14  # months ahead that bench/weigh_deaths.py reaches
OUTER = 0.425  # from the median: quantiles beyond .075 and .925, between which a 90 % interval is read off
YEAR = 12
NEAR = sum(last <= MEASURED for _, last in GROUPS)


@dataclass(frozen=True, slots=True, eq=False)
class Widening:
    """Fitted quantiles of residuals.

    ``months`` and ``years`` are arrays (groups of months ahead, activities, levels): of single months, and of the total of twelve
    months whose first is that far ahead; in spreads to 14 months, in ln(1 + deaths) farther on. ``most`` and ``most_year``
    (activities) are the caps, as ln(1 + deaths). ``rows`` and ``countries`` (activities) say on how many moments of how many
    countries they rest; ``until`` is the VIEWS number of the last month that was used.
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


def never_narrower(table: Array, distance: float) -> Array:
    """Return quantiles (..., levels) of which those farther from the median than ``distance`` never come nearer along axis 0."""
    import numpy as np

    upper, lower = np.array(LEVELS) > 0.5 + distance, np.array(LEVELS) < 0.5 - distance
    held = table.copy()
    held[..., upper] = np.maximum.accumulate(held[..., upper], axis=0)
    held[..., lower] = np.minimum.accumulate(held[..., lower], axis=0)
    ordered: Array = np.sort(held, axis=-1)
    return ordered


def offsets(found: Past, widening: Widening, *, ahead: int, year: bool = False) -> Array:
    """Return how far the quantiles (countries, levels) of a month lie from each country's level, in ln(1 + deaths).

    With ``year`` they are of the total of the twelve months that begin ``ahead`` months after the last known one.

    Raises:
        CatalogueError: nothing was fitted so far ahead.
    """
    import numpy as np

    table, group = widening.years if year else widening.months, group_of(ahead)
    own: Array = found.spread[:, None] * table[min(group, NEAR - 1)][found.activity]
    if group < NEAR:
        return own
    farther: Array = never_narrower(np.stack([own, table[group][found.activity]]), OUTER)[1]
    return farther


@cache
def draw_levels(count: int) -> Sequence[float]:
    """Return the levels at which ``count`` draws stand: the middles of as many equal shares."""
    return tuple((i + 0.5) / count for i in range(count))
