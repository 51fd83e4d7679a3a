"""Whether one set of forecasts is better than another: the mean difference of their losses, countries drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

# Below either, an interval would mean nothing, and none is given.
LEAST_COUNTRIES = 10
LEAST_CAME = 5
TOO_FEW = f"too few: an interval needs {LEAST_COUNTRIES} countries, {LEAST_CAME} that came about and {LEAST_CAME} that did not"


@dataclass(frozen=True, slots=True)
class Difference:
    """How much the first lost more than the second a forecast; below 0 it is better.

    ``low`` and ``high`` are its 90 % interval, None where there are too few countries or too few that came about; ``few`` says
    which then.
    """

    mean: float
    low: float | None
    high: float | None
    n: int
    countries: int
    few: str | None = None


def paired(
    loss: Array,
    other: Array,
    countries: Sequence[str],
    *,
    came: float | None = None,
    draws: int = 2000,
    level: float = 0.9,
    seed: int = 20240101,
) -> Difference:
    """Return the difference of mean losses with its interval by a paired bootstrap over countries.

    Whole countries are drawn with replacement, since forecasts of one country share its luck (Cameron, Gelbach and Miller 2008,
    the pairs cluster bootstrap); each draw's difference is the sum over its forecasts by their number.

    Args:
        loss, other: losses of the same n forecasts, shape (n,).
        countries: of each forecast.
        came: how many came about, for the minimum; None asks for no minimum of them.
        draws, level, seed: of the bootstrap.
    """
    import numpy as np

    gap = np.asarray(loss, dtype=float) - np.asarray(other, dtype=float)
    if gap.ndim != 1 or not len(gap) or len(countries) != len(gap):
        raise CatalogueError(
            f"losses of shape {gap.shape} of {len(countries)} countries", remedy="give as many of each, 1 or more"
        )
    names, place = np.unique(np.asarray(countries, dtype=str), return_inverse=True)
    few = _few(len(names), came)
    if few:
        return Difference(float(gap.mean()), None, None, len(gap), len(names), few)
    sums, sizes = np.bincount(place, weights=gap), np.bincount(place)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(len(names), np.full(len(names), 1 / len(names)), size=draws)
    means = (drawn @ sums) / (drawn @ sizes)
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return Difference(float(gap.mean()), float(low), float(high), len(gap), len(names))


def _few(countries: int, came: float | None) -> str | None:
    if countries < LEAST_COUNTRIES:
        return f"too few: {countries} countries, {LEAST_COUNTRIES} are needed"
    if came is not None and came < LEAST_CAME:
        return f"too few: {came:g} came about, {LEAST_CAME} are needed"
    return None
