"""Countries by weeks: what each indicator counted in its window, whether it fired, and what followed.

The grid has a row a country and a column a week; a column is the state of all windows that end on that day. An outcome whose
date is known to a month only is in a window with the share of its days that lie there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from foreshock.errors import CatalogueError
from foreshock.model import Happening
from foreshock.scenarios.baseline import fired_array
from foreshock.scenarios.fitting.within import NO_ONSET, Panel
from foreshock.scenarios.indicators import Indicator, matches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from foreshock.scenarios.fitting.within import Floats, Ints
    from foreshock.scenarios.histories.starts import Start

STEP = 7


@dataclass(frozen=True, slots=True)
class Grid:
    """Counts of c countries, k indicators and t windows, and their states.

    Attributes:
        countries: c codes, ISO 3166 alpha-3.
        ends: (t,) ordinals of the last days of the windows, a week apart.
        counts: (c, k, t) happenings in each indicator's window.
        states: (c, k, t) 1 fired, 0 not, -1 no baseline yet.
    """

    countries: tuple[str, ...]
    ends: Ints
    counts: Ints
    states: NDArray[np.int8]

    def fired(self) -> Floats:
        """Return (c * t, k) 1 where an indicator fired, 0 where not, nan without baseline; a row a country-week."""
        import numpy as np

        return self._flat(np.where(self.states < 0, np.nan, self.states))

    def told(self) -> Floats:
        """Return (c * t, k) 1 where an indicator was told of at all, whatever is usual there: for comparison only."""
        return self._flat((self.counts > 0).astype(float))

    def _flat(self, values: Floats) -> Floats:
        return values.transpose(0, 2, 1).reshape(-1, values.shape[1])


def grid(
    happenings: Iterable[Happening], indicators: Mapping[str, Indicator], countries: Sequence[str], *, first: date, last: date
) -> Grid:
    """Return the grid of a feed.

    Args:
        happenings: each once; those of other countries, or outside the span, do not count.
        indicators: k of them; windows are whole weeks.
        countries: codes of the rows.
        first, last: the span that the feed covers; the first week ends six days after ``first``.

    Raises:
        CatalogueError: the span has no whole week, or a window is not made of whole weeks.
    """
    import numpy as np

    weeks = (last.toordinal() - first.toordinal() + 1) // STEP
    if weeks < 1:
        raise CatalogueError(f"{first} to {last} is no week", remedy="give a longer span")
    if odd := [one.id for one in indicators.values() if one.window % STEP]:
        raise CatalogueError(f"the window of {odd[0]} is not made of weeks", remedy=f"give a multiple of {STEP} days")
    row, names = {code: at for at, code in enumerate(countries)}, list(indicators)
    counts = np.zeros((len(row), len(names), weeks), dtype=np.int64)
    held: dict[object, list[int]] = {}
    for one in happenings:
        week = (date.fromisoformat(one.day[:10]).toordinal() - first.toordinal()) // STEP
        if one.country not in row or not 0 <= week < weeks or one.ignored is not None:
            continue
        sort = (one.kind, one.mode, one.actor, one.recipient, one.country)
        if sort not in held:
            held[sort] = [at for at, name in enumerate(names) if matches(indicators[name], one)]
        counts[row[one.country], held[sort], week] += 1
    return _windows(counts, [indicators[name].window for name in names], tuple(countries), first)


def _windows(weekly: Ints, lengths: Sequence[int], countries: tuple[str, ...], first: date) -> Grid:
    import numpy as np

    total = np.cumsum(weekly, axis=2)
    counts, states = np.empty_like(total), np.empty(total.shape, dtype=np.int8)
    for k, length in enumerate(lengths):
        wide = length // STEP
        counts[:, k] = total[:, k]
        counts[:, k, wide:] -= total[:, k, :-wide]
        states[:, k] = fired_array(counts[:, k], step=STEP, window=length)
    return Grid(countries, first.toordinal() - 1 + STEP * np.arange(1, total.shape[2] + 1), counts, states)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What followed within a horizon, a row a country-week (country by country): (n,) each.

    Attributes:
        country: the number of the country in the grid.
        day: ordinal of the day from which the horizon counts.
        share: the share with which a start lies in the horizon, 0 to 1; 1 for a start on a known day.
        onset: ordinal of the first start that lies there more likely than not; ``NO_ONSET`` where none.
        known: ordinal of the day on which the labels of the whole horizon were published.
    """

    country: Ints
    day: Ints
    share: Floats
    onset: Ints
    known: Ints


def outcomes(where: Grid, starts: Iterable[Start], *, horizon: int, lag: int) -> Outcomes:
    """Return the outcomes of each country-week.

    Args:
        where: the grid.
        starts: what is asked for; those of other countries do not count.
        horizon: days after the end of the window.
        lag: days from the end of a calendar year until the labels of its days are published.
    """
    import numpy as np

    shape = (len(where.countries), len(where.ends))
    missed, onset = np.ones(shape), np.full(shape, NO_ONSET, dtype=np.int64)
    row = {code: at for at, code in enumerate(where.countries)}
    for start in sorted(starts, key=lambda one: (one.when.first, one.when.last)):
        if start.country not in row:
            continue
        first, last = start.when.first.toordinal(), start.when.last.toordinal()
        inside = np.minimum(last, where.ends + horizon) - np.maximum(first, where.ends + 1) + 1
        share = np.clip(inside, 0, None) / (last - first + 1)
        at = row[start.country]
        missed[at] *= 1 - share
        onset[at] = np.where((share > 0.5) & (onset[at] == NO_ONSET), (first + last) // 2, onset[at])
    years = [date.fromordinal(int(end) + horizon).year for end in where.ends]
    known = np.array([date(year, 12, 31).toordinal() + lag for year in years])
    country, day = np.repeat(np.arange(shape[0]), shape[1]), np.tile(where.ends, shape[0])
    return Outcomes(country, day, 1 - missed.ravel(), onset.ravel(), np.tile(known, shape[0]))


def panel_of(where: Grid, what: Outcomes, given: Ints, *, seen: Floats | None = None) -> Panel:
    """Return the panel of a grid: its fired states, or others in ``seen``, beside what followed; ``given`` (n,) is the tier."""
    return Panel(what.country, what.day, given, where.fired() if seen is None else seen, what.onset)
