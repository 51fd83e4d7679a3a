"""Scores of probabilities: log score, Brier and its parts, AUC, reliability.

All take probabilities ``p`` and outcomes ``y``, shape (n,). An outcome is 1, 0, or the share of an imprecise date that lies
within the window; a forecast with share s counts as s forecasts that came about and 1 - s that did not, so that a score is the
expected one. For rare events read the log score: the Brier score hides skill there (Benedetti 2010).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError
from foreshock.scenarios.mixture import CLIP

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

# The least that an AUC is given for: so many that came about, and so many that did not.
LEAST = 5
# The edges of the words of likelihood (words.yaml): a reader asks how often "unlikely" came about.
EDGES = (0.0, 0.01, 0.05, 0.2, 0.45, 0.55, 0.8, 0.95, 0.99, 1.0)


def log_score(p: Array, y: Array) -> float:
    """Return the mean of -ln(probability of what happened) in nats, 0 or more, lower is better (Good 1952).

    Probabilities are kept .000001 from 0 and 1, so that one certainty that fails costs 13.8 nats. Worked: p = .2 that came about
    1.61, that did not .22.
    """
    from sklearn.metrics import log_loss

    p, y, weight = split(p, y)
    return float(log_loss(y, p.clip(CLIP, 1 - CLIP), sample_weight=weight, labels=[0, 1]))


def losses(p: Array, y: Array) -> Array:
    """Return the log score of each forecast, shape (n,)."""
    from foreshock.scenarios.mixture import clipped
    from foreshock.scenarios.mixture import losses as of

    checked(p, y)
    return of(clipped(p), y)


def brier(p: Array, y: Array) -> float:
    """Return the mean of (probability - outcome)^2, 0 to 1, lower is better (Brier 1950)."""
    from sklearn.metrics import brier_score_loss

    p, y, weight = split(p, y)
    return float(brier_score_loss(y, p, sample_weight=weight, labels=[0, 1]))


def auc(p: Array, y: Array) -> float | None:
    """Return the chance that one that came about had a higher probability than one that did not; .5 is no skill.

    None where fewer than :data:`LEAST` came about, or did not: a number would mean nothing.
    """
    from sklearn.metrics import roc_auc_score

    p, y, weight = split(p, y)
    came = float(weight[y == 1].sum())
    if min(came, float(weight.sum()) - came) < LEAST:
        return None
    return float(roc_auc_score(y, p, sample_weight=weight))


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts from ``low`` up to below ``high`` (the last included): how many, their mean, the share that came about.

    ``bar_low`` to ``bar_high`` is where the share lies nine times in ten if the forecasts are right: consistency resampling
    (Broecker and Smith 2007), outcomes drawn with the probabilities as they stand.
    """

    low: float
    high: float
    n: int
    mean: float
    share: float
    bar_low: float
    bar_high: float


def reliability(
    p: Array, y: Array, *, edges: tuple[float, ...] = EDGES, draws: int = 1000, seed: int = 20240101
) -> tuple[Bin, ...]:
    """Return the bins that hold a forecast, in order.

    Broecker and Smith draw the forecasts anew as well as the outcomes; here the forecasts of a bin stay, since their number is
    printed beside it, and only outcomes are drawn.
    """
    import numpy as np

    p, y = checked(p, y)
    rng = np.random.default_rng(seed)
    place = np.clip(np.digitize(p, edges) - 1, 0, len(edges) - 2)
    found = []
    for number in np.unique(place):
        mine, came = p[place == number], y[place == number]
        # The number that comes about is a sum of unequal coins: drawn in parts, so that a large bin needs little memory.
        sums = np.array([(rng.random(len(mine)) < mine).mean() for _ in range(draws)])
        low, high = np.quantile(sums, [0.05, 0.95])
        found.append(
            Bin(edges[number], edges[number + 1], len(mine), float(mine.mean()), float(came.mean()), float(low), float(high))
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Parts:
    """The Brier score taken apart: score = reliability - resolution + uncertainty + within.

    ``reliability``: how far shares lie from what was forecast, 0 is best. ``resolution``: how far shares lie apart from the base
    rate, high is best. ``uncertainty``: of the base rate, nobody's merit. ``within``: of forecasts that differ in one bin.
    """

    reliability: float
    resolution: float
    uncertainty: float
    within: float


def murphy(p: Array, y: Array, *, edges: tuple[float, ...] = EDGES) -> Parts:
    """Return the parts of the Brier score over bins (Murphy 1973; the part within bins: Stephenson, Coelho and Jolliffe 2008)."""
    import numpy as np

    p, y = checked(p, y)
    place = np.clip(np.digitize(p, edges) - 1, 0, len(edges) - 2)
    n, base = len(p), float(y.mean())
    groups = [(p[place == one], y[place == one]) for one in np.unique(place)]
    off = sum(len(mine) * float(mine.mean() - came.mean()) ** 2 for mine, came in groups) / n
    apart = sum(len(mine) * float(came.mean() - base) ** 2 for mine, came in groups) / n
    uncertainty = base * (1 - base)
    return Parts(off, apart, uncertainty, brier(p, y) - off + apart - uncertainty)


def checked(p: Array, y: Array) -> tuple[Array, Array]:
    """Return probabilities and outcomes as arrays of numbers.

    Raises:
        CatalogueError: there are none, not as many of each, or one is outside 0 to 1.
    """
    import numpy as np

    p, y = np.asarray(p, dtype=float), np.asarray(y, dtype=float)
    if p.shape != y.shape or p.ndim != 1 or not len(p):
        raise CatalogueError(f"{p.shape} probabilities against {y.shape} outcomes", remedy="give one or more, as many of each")
    for name, values in (("probability", p), ("outcome", y)):
        if not ((values >= 0) & (values <= 1)).all():
            wrong = values[~((values >= 0) & (values <= 1))][0]
            raise CatalogueError(f"a {name} of {wrong}", remedy="give numbers from 0 to 1")
    return p, y


def split(p: Array, y: Array) -> tuple[Array, Array, Array]:
    """Return forecasts with outcomes of 0 and 1 only, and weights: a share is both."""
    import numpy as np

    p, y = checked(p, y)
    partly = (y > 0) & (y < 1)
    both = np.concatenate([np.where(partly, 1, y), np.zeros(int(partly.sum()))])
    weight = np.concatenate([np.where(partly, y, 1), 1 - y[partly]])
    return np.concatenate([p, p[partly]]), both, weight
