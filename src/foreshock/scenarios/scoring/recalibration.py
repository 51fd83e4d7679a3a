"""Recalibration forward in time: forecasts are bent by what earlier ones came to, and by nothing that was not known by then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from foreshock.errors import CatalogueError
from foreshock.scenarios.scoring.scores import checked, split

if TYPE_CHECKING:
    from numpy import ndarray

    Array = ndarray[Any, Any]

Method = Literal["logistic", "isotonic", "venn-abers"]
# Outcomes of each sort that must be known before anything is bent.
LEAST = 10


def recalibrated(
    p: Array, y: Array, *, made: Array, known: Array, method: Method = "logistic", least: int = LEAST
) -> tuple[Array, Array]:
    """Return probabilities bent by the outcomes known when each forecast was made, and from how many.

    - *logistic*: a line through the log odds (Platt 1999; Cox 1958), by maximum likelihood.
    - *isotonic*: the best rising step function (Zadrozny and Elkan 2002), kept off 0 and 1 by one forecast at the base rate.
    - *venn-abers*: two such functions, one with the forecast itself counted as having come about, one as not, p0 and p1; the
      number is p1 / (1 - p0 + p1), the one that regrets least by the log score (Vovk and Petej 2014).

    Args:
        p, y: probabilities and outcomes (shares count as both), shape (n,).
        made, known: when each forecast was made and its outcome known, shape (n,), of one order: days, or ISO stamps.
        method: as above.
        least: outcomes of either sort that must be known, or the forecast stays as it is.

    Returns:
        Probabilities in the order of the input, and the number of outcomes each was bent by, 0 where it was not.
    """
    import numpy as np

    if method not in FITS:
        raise CatalogueError(f"a recalibration called {method!r}", remedy=f"choose one of {', '.join(FITS)}")
    p, y = checked(p, y)
    made, known = np.asarray(made), np.asarray(known)
    bent, used = p.copy(), np.zeros(len(p), dtype=int)
    for moment in np.unique(made):
        past, now = known <= moment, made == moment
        came = float(y[past].sum())
        if min(came, float(past.sum()) - came) < least:
            continue
        bent[now] = FITS[method](p[past], y[past], p[now])
        used[now] = int(past.sum())
    return bent, used


def _logistic(p: Array, y: Array, new: Array) -> Array:
    from sklearn.linear_model import LogisticRegression

    x, came, weight = split(p, y)
    fitted = LogisticRegression(C=float("inf"), max_iter=1000).fit(_odds(x), came, sample_weight=weight)
    return _array(fitted.predict_proba(_odds(new))[:, 1])


def _isotonic(p: Array, y: Array, new: Array) -> Array:
    import numpy as np
    from sklearn.isotonic import IsotonicRegression

    x, came, weight = split(p, y)
    # One forecast at the base rate keeps steps off 0 and 1, where one surprise would cost everything.
    n, base = float(weight.sum()), float(np.average(came, weights=weight))
    fitted = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(x, came, sample_weight=weight)
    return _array((fitted.predict(new) * n + base) / (n + 1))


def _venn_abers(p: Array, y: Array, new: Array) -> Array:
    import numpy as np
    from sklearn.isotonic import IsotonicRegression

    x, came, weight = split(p, y)
    values, place = np.unique(new, return_inverse=True)
    made = np.empty(len(values))
    for number, one in enumerate(values):
        both = []
        for label in (0.0, 1.0):
            fitted = IsotonicRegression(y_min=0, y_max=1).fit(
                np.append(x, one), np.append(came, label), sample_weight=np.append(weight, 1.0)
            )
            both.append(float(fitted.predict([one])[0]))
        low, high = both
        made[number] = high / (1 - low + high)
    return _array(made[place])


def _odds(p: Array) -> Array:
    from scipy.special import logit

    from foreshock.scenarios.mixture import clipped

    return _array(logit(clipped(p))).reshape(-1, 1)


def _array(values: Any) -> Array:
    import numpy as np

    return np.asarray(values, dtype=float)


FITS = {"logistic": _logistic, "isotonic": _isotonic, "venn-abers": _venn_abers}
