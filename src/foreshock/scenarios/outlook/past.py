"""What a country's past months say at their end: how high deaths stand, how much they swing, and how active a conflict is.

All of it is read from the months before a moment and from nothing after it. Deaths are taken as ln(1 + deaths), since a month
with ten times the deaths is one step away wherever it starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np

    Array: TypeAlias = np.ndarray[Any, Any]

HALF_LIFE = 2.0  # months; chosen on 1996-2017 among 1, 1.5, 2, 3, 4, 6, 9, 12
LEVEL_MONTHS = 36
SPREAD_MONTHS = 12
SPREAD_FLOOR = 0.5  # of ln(1 + deaths), so that a quiet year does not promise another; among .25, .5, 1
ACTIVE_MONTHS = 12
SILENT_MONTHS = 60
# By deaths a month over the last twelve: upper ends of the categories that follow "silent" and "lull".
EDGES = (0.5, 2.0, 8.0, 30.0, 120.0)
ACTIVITIES = ("silent", "lull", "under 0.5", "0.5-2", "2-8", "8-30", "30-120", "120 or more")


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What the months before a moment say, one number a country.

    ``level`` is the mean of ln(1 + deaths), the months weighted by halves each two months back; ``spread`` the standard deviation
    of ln(1 + deaths) over the last twelve months plus 0.5; ``activity`` an index into ``ACTIVITIES``.
    """

    level: Array
    spread: Array
    activity: Array


def past(deaths: Array) -> Past:
    """Return what an array (countries, months) of deaths says at its end; a month that is not known (NaN) counts as none.

    >>> import numpy as np
    >>> found = past(np.full((1, 24), 9.0))
    >>> round(float(found.level[0]), 4), float(found.spread[0]), ACTIVITIES[found.activity[0]]
    (2.3026, 0.5, '8-30')
    """
    import numpy as np

    known = np.nan_to_num(deaths)
    logs = np.log1p(known[:, -LEVEL_MONTHS:])
    weights = 0.5 ** (np.arange(logs.shape[1])[::-1] / HALF_LIFE)
    last_year = known[:, -ACTIVE_MONTHS:].mean(axis=1)
    activity = 2 + np.digitize(last_year, EDGES)
    activity[last_year == 0] = ACTIVITIES.index("lull")
    activity[known[:, -SILENT_MONTHS:].sum(axis=1) == 0] = ACTIVITIES.index("silent")
    return Past(
        level=logs @ (weights / weights.sum()),
        spread=logs[:, -SPREAD_MONTHS:].std(axis=1) + SPREAD_FLOOR,
        activity=activity,
    )
