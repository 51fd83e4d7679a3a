"""A replay of weeks that have passed: what prior, evidence and their mixture would have said, each from what was known by then.

At each country-week the ratios are those of the other countries, from windows whose whole horizon had ended and was published
by then; the mixture trusts the evidence by outcomes that were published by then. For comparison there is what not to do: ratios
pooled over countries, for what was told of at all, multiplied as if independent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit
from sklearn.metrics import roc_auc_score

from foreshock.errors import CatalogueError
from foreshock.scenarios.fitting.ratios import fit_ratios, pooled_ratio
from foreshock.scenarios.fitting.windows import Outcomes
from foreshock.scenarios.fitting.within import NO_ONSET, Panel
from foreshock.scenarios.histories.starts import Start
from foreshock.scenarios.mixture import clipped, losses, mixed
from foreshock.scenarios.scoring.paired import paired

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
SINCE = 1989
PSEUDO_YEARS = 8.0
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Replay:
    """Forecasts of n country-weeks, (n,) each: of the base rate, the prior, the evidence model, their mixture and naive Bayes."""

    base: Floats
    prior: Floats
    evidence: Floats
    mixture: Floats
    naive: Floats


def replay(panel: Panel, told: Panel, what: Outcomes, prior: tuple[Floats, Floats], *, horizon: int, window: int) -> Replay:
    """Return the forecasts of all country-weeks.

    Args:
        panel: fired states, in tiers.
        told: what was told of at all, for naive Bayes.
        what: what followed, and when that was published.
        prior: (n,) of each country, and of all countries together, from :func:`shrunk_prior`.
        horizon, window: days; onsets nearer to each other than either are one episode.
    """
    apart = max(horizon, window)
    own, base = prior
    evidence = expit(logit(own) + forward(panel, what.known, lambda rows: fit_ratios(rows, apart=apart).nats))
    naive = expit(logit(own) + forward(told, what.known, naive_bayes))
    stream = streams(what.day, what.known)
    most = int((what.day == what.day[0]).sum())
    mixture, _ = mixed(own, evidence, what.share, stream=stream, made=what.day, known=what.known, most=most)
    return Replay(base, own, evidence, mixture, naive)


def shrunk_prior(
    countries: Sequence[str], what: Outcomes, starts: Iterable[Start], years: Iterable[tuple[str, int]], *, horizon: int, lag: int
) -> tuple[Floats, Floats]:
    """Return (n,) the prior of each country-week, and (n,) that of a country of which nothing is known.

    A country's rate a year is (its starts since 1989 + 8 x the rate of all) / (its years since 1989 + 8), from the years that
    were published by then; the probability within ``horizon`` days is that of one start or more at that rate.

    Args:
        countries: codes of the grid's rows.
        what: the country-weeks.
        starts: those asked for.
        years: (country, year) of all states that existed.
        horizon, lag: days, as in :func:`windows.outcomes`.
    """
    existed = [(country, year) for country, year in set(years) if year >= SINCE]
    happened = [(one.country, _middle(one).year) for one in starts]
    own, base = np.empty((2, len(what.day)))
    known = np.array([max(year for year in range(SINCE - 1, 2200) if _known(year, lag) <= day) for day in np.unique(what.day)])
    of_row = known[np.unique(what.day, return_inverse=True)[1].ravel()]
    for last in np.unique(known):
        past = [country for country, year in happened if SINCE <= year <= last]
        of = [country for country, year in existed if year <= last]
        rate = len(past) / max(1, len(of))
        count = np.array([[past.count(code), of.count(code)] for code in countries], dtype=float)
        rates = (count[:, 0] + PSEUDO_YEARS * rate) / (count[:, 1] + PSEUDO_YEARS)
        rows = of_row == last
        own[rows] = -np.expm1(-rates[what.country[rows]] * horizon / YEAR)
        base[rows] = -np.expm1(-rate * horizon / YEAR)
    return own, base


def _known(year: int, lag: int) -> int:
    return date(year, 12, 31).toordinal() + lag


def _middle(start: Start) -> date:
    return date.fromordinal((start.when.first.toordinal() + start.when.last.toordinal()) // 2)


Fitter = Callable[[Panel], Callable[["Floats"], "Floats"]]


def forward(panel: Panel, known: Ints, fitter: Fitter) -> Floats:
    """Return (n,) nats of all indicators together, each week's from other countries and what was published by its day.

    Args:
        panel: all windows.
        known: (n,) when the labels of each window were published.
        fitter: from the windows that may be learned from to a function from states to nats, (m, k) to (m, k).
    """
    nats = np.zeros(len(panel.day))
    cuts = [*np.unique(known[known <= panel.day.max()]), np.iinfo(np.int64).max]
    for cut, until in pairwise(cuts):
        learn, now = known <= cut, (panel.day >= cut) & (panel.day < until)
        if not now.any():
            continue
        # Countries without an onset teach nothing about the ratios of others: leaving them out changes nothing but shares.
        taught = np.unique(panel.country[learn & (panel.onset != NO_ONSET)])
        groups = [(np.isin(panel.country, taught, invert=True), learn)]
        groups += [(panel.country == country, learn & (panel.country != country)) for country in taught]
        for rows, others in groups:
            mine = now & rows
            if mine.any():
                nats[mine] = fitter(panel.take(others))(panel.seen[mine]).sum(axis=1)
    return nats


def naive_bayes(panel: Panel) -> Callable[[Floats], Floats]:
    """Return the nats of ratios pooled over countries and tiers, of what is seen and of what is not."""
    if not (panel.onset != NO_ONSET).any():
        return np.zeros_like
    flipped = replace(panel, seen=1 - panel.seen)
    yes, no = np.log(pooled_ratio(panel)), np.log(pooled_ratio(flipped))
    return lambda seen: np.where(seen == 1, yes, no)


def streams(made: Ints, known: Ints) -> Ints:
    """Return (n,) the stream of each forecast: those of a day go to the first in which nothing is pending, or a new one."""
    until: list[int] = []
    stream = np.empty(len(made), dtype=np.int64)
    for day in np.unique(made):
        rows = made == day
        number = next((at for at, pending in enumerate(until) if pending <= day), len(until))
        until[number : number + 1] = [int(known[rows].max())]
        stream[rows] = number
    return stream


def scores(told: Replay, what: Outcomes) -> dict[str, Any]:
    """Return mean log scores in nats (less is better), AUC, and mixture minus prior with its 90 % interval over countries.

    Raises:
        CatalogueError: nothing followed any window, so that no forecast of it can be told from another.
    """
    y, followed = what.share, what.share > 0.5
    if not followed.any():
        raise CatalogueError("no onset in the span", remedy="replay a longer one")
    of = {name: losses(clipped(getattr(told, name)), y) for name in Replay.__slots__}
    gap = paired(of["mixture"], of["prior"], [str(one) for one in what.country])
    return {
        "log_score": float(of["mixture"].mean()),
        **{f"{name}_log_score": float(of[name].mean()) for name in ("prior", "evidence", "naive", "base")},
        **{key: float(roc_auc_score(followed, getattr(told, name))) for key, name in AUCS.items()},
        "difference": gap.mean,
        "low": gap.low,
        "high": gap.high,
        "n": len(y),
        "onsets": len(set(zip(what.country[followed].tolist(), what.onset[followed].tolist(), strict=True))),
        "countries": len(set(what.country[followed].tolist())),
    }


def part(told: Replay, what: Outcomes, rows: Any) -> tuple[Replay, Outcomes]:
    """Return some rows of forecasts and outcomes, by mask or index."""
    return (
        Replay(*(getattr(told, name)[rows] for name in Replay.__slots__)),
        Outcomes(*(getattr(what, name)[rows] for name in Outcomes.__slots__)),
    )


AUCS = {"auc": "mixture", "auc_prior": "prior", "auc_evidence": "evidence", "auc_naive": "naive"}
