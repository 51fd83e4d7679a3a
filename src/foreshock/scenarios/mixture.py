"""First, do no harm: what is published is a mixture of prior and evidence in which the evidence has to earn its weight.

    published = (1 - w) x prior + w x evidence,    ln(w / (1 - w)) = ln(.1 / .9) + sum of ln(evidence(y) / prior(y))

over the outcomes y that were known by then: Bayes' rule between two experts (Vovk 1990, Aggregating strategies; Cesa-Bianchi and
Lugosi 2006, Prediction, learning, and games, 9.2). Worked: the prior said .02, the evidence .06, it happened: the odds of the
evidence grow by ln 3 = 1.10 nats, its weight from .10 to .25.

**The bound.** In a *stream* every outcome is known before the next forecast is made. There, whatever the evidence says and
whatever happens, the sum of the logarithmic losses is at most that of the prior plus ln(1 / .9) = .105 nats, since the published
probabilities of the outcomes multiply to .9 x the prior's product + .1 x the evidence's.

**Delay.** An outcome within 30 days is not known tomorrow. Forecasts whose outcomes overlap therefore go to separate streams,
each of which starts at .1 (Weinberger and Ordentlich 2002; Joulani, Gyorgy and Szepesvari 2013): n streams may lose n x .105
nats. With a forecast every ``period`` days, outcomes within ``horizon`` days and ``lag`` days until they are known, :func:`slots`
says how many are needed, and :func:`slot_of` which one a day belongs to; where delays are not known ahead, :func:`next_weight`
takes a stream that is free, and opens one where none is.

**Rounds.** Forecasts of one stream that are made together, for several countries, have one weight. Their log ratios are summed
and divided by ``most``, the greatest number of forecasts in a round; then the bound is ``most`` x .105 nats a stream, as if each
had a stream of its own (a geometric mean of sums is no less than the sum of geometric means). So more countries do not buy a
faster trust: that would cost the bound.

Outcomes may be shares, 0 to 1, where a date is known to be in or out of the window only in part: the loss is then the expected
one, and the bound holds alike.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError

if TYPE_CHECKING:
    from numpy import ndarray

START = 0.1  # the weight of the evidence before any outcome
# Probabilities are kept this far from 0 and 1, the prior's too: the loss of a forecast is 13.8 nats at most, and the bound is
# against the prior so kept. A prior of exactly 0 that was right loses .000001 nats by it.
CLIP = 1e-6
Probability = float | tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """A forecast whose outcome is known.

    ``prior`` and ``evidence`` are the probability that it happens, and ``outcome`` is 1, 0 or a share between; or they are the
    probabilities of two classes or more, which sum to one, and ``outcome`` is the number of the class, from 0.
    """

    stream: str
    prior: Probability
    evidence: Probability
    outcome: float

    @property
    def ratio(self) -> float:
        """ln(evidence / prior) of what happened, in nats; between -13.8 and 13.8."""
        return _loss(self.prior, self.outcome) - _loss(self.evidence, self.outcome)


@dataclass(frozen=True, slots=True)
class Mixture:
    """How much weight the evidence has earned, a stream: a value, which outcomes change into another one.

    Args:
        earned: the sum of log ratios in nats, a stream; a stream that is not there has earned 0.
        start: the weight before any outcome, between 0 and 1.
        most: the greatest number of forecasts in one round of a stream.
    """

    earned: Mapping[str, float] = field(default_factory=dict)
    start: float = START
    most: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.start < 1:
            raise CatalogueError(f"a first weight of {self.start}", remedy="give one between 0 and 1")
        if self.most < 1:
            raise CatalogueError(f"rounds of {self.most} forecasts", remedy="give 1 or more")

    def weight(self, stream: str) -> float:
        """Return the share of the evidence in a stream's next forecast, 0 to 1."""
        return _expit(_logit(self.start) + self.earned.get(stream, 0.0))

    def predict(self, prior: Probability, evidence: Probability, stream: str) -> Probability:
        """Return the published probability, or those of all classes.

        Raises:
            CatalogueError: a probability is outside 0 to 1, classes do not sum to one, or their numbers differ.
        """
        weight, before, after = self.weight(stream), _classes(prior), _classes(evidence)
        if len(before) != len(after) or isinstance(prior, tuple) != isinstance(evidence, tuple):
            raise CatalogueError(f"{len(before)} classes against {len(after)}", remedy="give both models the same classes")
        mixed = tuple((1 - weight) * one + weight * other for one, other in zip(before, after, strict=True))
        return mixed if isinstance(prior, tuple) else mixed[1]

    def updated(self, outcomes: Iterable[Settled]) -> Mixture:
        """Return the mixture after outcomes: at most ``most`` a stream of each round, rounds in any order."""
        earned = dict(self.earned)
        for one in outcomes:
            earned[one.stream] = earned.get(one.stream, 0.0) + one.ratio / self.most
        return Mixture(earned, self.start, self.most)

    def allowance(self, streams: int) -> float:
        """Return by how many nats the sum of losses over so many streams can exceed the prior's at most."""
        return streams * self.most * -math.log(1 - self.start)


def slots(*, horizon: int, period: int, lag: int = 0, aligned: bool = False) -> int:
    """Return how many streams keep forecasts with overlapping outcomes apart.

    Args:
        horizon: days within which it happens or not.
        period: days from a forecast to the next.
        lag: days from the end of the horizon until the outcome is known.
        aligned: forecasts are made on the first day of each period, not on any day of it, which needs a stream less.

    >>> slots(horizon=30, period=7, aligned=True), slots(horizon=30, period=7), slots(horizon=30, period=1)
    (5, 6, 30)
    """
    if min(horizon, period) < 1 or lag < 0:
        raise CatalogueError(
            f"horizon {horizon}, period {period}, lag {lag} days", remedy="give whole days, 1 or more, lag 0 or more"
        )
    return math.ceil((horizon + lag) / period) if aligned else math.ceil((horizon + lag - 1) / period) + 1


def slot_of(day: date, *, horizon: int, period: int, lag: int = 0, aligned: bool = False) -> tuple[int, int]:
    """Return the stream (from 0) and the round of forecasts made on a day; a period is one round of one stream."""
    turn = day.toordinal() // period
    return turn % slots(horizon=horizon, period=period, lag=lag, aligned=aligned), turn


@dataclass(frozen=True, slots=True)
class Past:
    """A forecast that was published: on which day, and, once that is known, what came of it (1, 0 or a share) and known when."""

    made: str
    prior: float
    evidence: float
    outcome: float | None = None
    known: str | None = None


def next_weight(past: Sequence[Past], *, made: str, start: float = START) -> tuple[float, int]:
    """Return the weight of the evidence in a forecast made now, and how many streams there are with it.

    The forecasts of one question (scenario, horizon and country) are dealt out to streams in their order, each to the stream
    that has earned most of those in which nothing is pending, or to a new one. What became known after a forecast was made
    plays no part in it; so the same past gives the same weight, however often it is asked.

    Args:
        past: forecasts made before, in any order; of several made on one day the first given counts.
        made: now, an ISO day or moment; forecasts made at or after it do not count.
        start: the weight of a new stream.
    """
    earned: list[float] = []
    free: list[tuple[float, int]] = []  # (-earned, stream), the one that has earned most first
    pending: list[tuple[str, int, float]] = []  # (known, stream, log ratio), the one known first first
    days: set[str] = set()

    def settle(now: str) -> None:
        while pending and pending[0][0] <= now:
            _, number, ratio = heappop(pending)
            earned[number] += ratio
            heappush(free, (-earned[number], number))

    for one in sorted((each for each in past if each.made < made), key=lambda each: each.made):
        if one.made[:10] in days:
            continue
        days.add(one.made[:10])
        settle(one.made)
        number = heappop(free)[1] if free else len(earned)
        if number == len(earned):
            earned.append(0.0)
        if one.outcome is not None and one.known is not None:
            heappush(pending, (one.known, number, Settled("", one.prior, one.evidence, one.outcome).ratio))
    settle(made)
    return _expit(_logit(start) - (free[0][0] if free else 0.0)), len(earned) + (not free)


def mixed(
    prior: ndarray[Any, Any],
    evidence: ndarray[Any, Any],
    outcome: ndarray[Any, Any],
    *,
    stream: ndarray[Any, Any],
    made: ndarray[Any, Any],
    known: ndarray[Any, Any],
    start: float = START,
    most: int = 1,
) -> tuple[ndarray[Any, Any], ndarray[Any, Any]]:
    """Return what is published for n forecasts and the weights used, each from the outcomes of its stream known by then.

    Args:
        prior, evidence: probabilities, shape (n,), or (n, k) of k classes that sum to one.
        outcome: 1, 0 or a share between for (n,); the number of the class for (n, k).
        stream: labels, shape (n,); rows of one label with one ``made`` are a round.
        made, known: numbers of days, shape (n,): when the forecast was made, when its outcome was known. Rows in any order.
        start: the first weight.
        most: the greatest number of rows in a round.

    Returns:
        The published probabilities in the shape of ``prior``, and the weights of the evidence, shape (n,).

    Raises:
        CatalogueError: a round has more than ``most`` rows, or is made before the outcomes of its stream's last one are known:
            the bound would not hold.
    """
    import numpy as np
    from scipy.special import expit, logit

    before, after = clipped(prior), clipped(evidence)
    ratio = losses(before, outcome) - losses(after, outcome)
    weight = np.empty(len(ratio))
    order = np.lexsort((made, stream))
    changes = (stream[order][1:] != stream[order][:-1]) | (made[order][1:] != made[order][:-1])
    earned, last, label = 0.0, -np.inf, None
    for rows in np.split(order, np.flatnonzero(changes) + 1):
        if not len(rows):
            continue
        if stream[rows[0]] != label:
            earned, last, label = 0.0, -np.inf, stream[rows[0]]
        if len(rows) > most:
            raise CatalogueError(f"{len(rows)} forecasts in a round of stream {label}", remedy=f"at most {most}; raise most")
        if made[rows[0]] < last:
            raise CatalogueError(
                f"stream {label} goes on at {made[rows[0]]} before its outcomes are known at {last}", remedy="use more streams"
            )
        weight[rows] = expit(logit(start) + earned)
        earned, last = earned + float(ratio[rows].sum()) / most, known[rows].max()
    share = weight if before.ndim == 1 else weight[:, None]
    return (1 - share) * before + share * after, weight


def clipped(p: ndarray[Any, Any]) -> ndarray[Any, Any]:
    """Return probabilities that are nowhere nearer than :data:`CLIP` to 0 or 1; rows of classes sum to one again.

    Raises:
        CatalogueError: one is outside 0 to 1 or no number, or classes do not sum to one.
    """
    import numpy as np

    values = np.asarray(p, dtype=float)
    if not ((values >= 0) & (values <= 1)).all():
        wrong = values[~((values >= 0) & (values <= 1))][0]
        raise CatalogueError(f"a probability of {wrong}", remedy="give numbers from 0 to 1")
    if values.ndim == 1:
        return np.asarray(np.clip(values, CLIP, 1 - CLIP))
    sums = values.sum(axis=1)
    if not np.allclose(sums, 1, atol=1e-6):
        wrong = sums[np.argmax(np.abs(sums - 1))]
        raise CatalogueError(f"probabilities of classes that sum to {wrong:.4g}", remedy="they must sum to one")
    kept = np.clip(values, CLIP, 1)
    return np.asarray(kept / kept.sum(axis=1, keepdims=True))


def losses(p: ndarray[Any, Any], outcome: ndarray[Any, Any]) -> ndarray[Any, Any]:
    """Return the logarithmic losses -ln p(outcome) in nats, shape (n,); of a share y, -y ln p - (1 - y) ln(1 - p)."""
    import numpy as np

    if p.ndim == 1:
        y = np.asarray(outcome, dtype=float)
        return np.asarray(-y * np.log(p) - (1 - y) * np.log1p(-p))
    return np.asarray(-np.log(p[np.arange(len(p)), np.asarray(outcome, dtype=int)]))


def _classes(p: Probability) -> tuple[float, ...]:
    """Return the probabilities of all classes, clipped; of one number p those of "not" and "does": (1 - p, p)."""
    if not isinstance(p, tuple):
        if not 0 <= p <= 1:
            raise CatalogueError(f"a probability of {p}", remedy="give a number from 0 to 1")
        kept = min(max(p, CLIP), 1 - CLIP)
        return 1 - kept, kept
    if len(p) < 2 or not all(0 <= one <= 1 for one in p) or abs(sum(p) - 1) > 1e-6:
        raise CatalogueError(f"probabilities of classes {p}", remedy="give two or more from 0 to 1 that sum to one")
    kept_all = [max(one, CLIP) for one in p]
    return tuple(one / sum(kept_all) for one in kept_all)


def _loss(p: Probability, outcome: float) -> float:
    classes = _classes(p)
    if isinstance(p, tuple):
        if outcome not in range(len(classes)):
            raise CatalogueError(f"class {outcome} of {len(classes)}", remedy=f"count from 0 to {len(classes) - 1}")
        return -math.log(classes[int(outcome)])
    if not 0 <= outcome <= 1:
        raise CatalogueError(f"an outcome of {outcome}", remedy="1 happened, 0 did not, between: partly known")
    return -outcome * math.log(classes[1]) - (1 - outcome) * math.log(classes[0])


def _logit(p: float) -> float:
    return math.log(p) - math.log1p(-p)


def _expit(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
