"""The scorecard: what the estimates of each scenario and horizon were worth, against the prior and the base rate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foreshock.model import Estimate
from foreshock.scenarios.scoring.paired import Difference, paired
from foreshock.scenarios.scoring.recalibration import recalibrated
from foreshock.scenarios.scoring.reliability import diagram
from foreshock.scenarios.scoring.resolve import Resolved
from foreshock.scenarios.scoring.scores import Bin, Parts, auc, brier, log_score, losses, murphy, reliability

if TYPE_CHECKING:
    from numpy import ndarray


@dataclass(frozen=True, slots=True)
class Score:
    """What the estimates of one scenario and horizon were worth.

    Attributes:
        scenario, horizon: the question.
        n, countries: estimates that are scored, and their countries.
        came: how many came about; imprecise dates by their share.
        expected: how many would have, by the probabilities that were published.
        unresolved, pending, late: those not scored, since nobody recorded what came of them, since their horizon has not passed,
            since they were kept more than a week after their day.
        log_score, brier, auc: of what was published; AUC is None where too few came about, or did not.
        prior_log_score, base_log_score: of the prior, and of the base rate of all countries.
        against_prior, against_base: the log score less that of the other, below 0 better, with a 90 % interval by countries.
        recalibrated_log_score: what bending each estimate by the outcomes known when it was made would have scored; None where
            too few were known for any. It is told, never published: it would break the bound of the mixture.
        parts: of the Brier score.
        bins: the reliability of what was published.
    """

    scenario: str
    horizon: int
    n: int
    countries: int
    came: float
    expected: float
    unresolved: int
    pending: int
    late: int
    log_score: float | None = None
    brier: float | None = None
    auc: float | None = None
    prior_log_score: float | None = None
    base_log_score: float | None = None
    against_prior: Difference | None = None
    against_base: Difference | None = None
    recalibrated_log_score: float | None = None
    parts: Parts | None = None
    bins: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scores of every scenario and horizon, and the forecasts behind them for one diagram of all."""

    as_of: str
    scores: tuple[Score, ...]
    resolved: tuple[Resolved, ...] = field(repr=False, default=())

    def svg(self, *, title: str) -> str:
        """Return the reliability diagram of all that is scored here."""
        p, y = _array([one.estimate.probability for one in self.resolved]), _array([one.share for one in self.resolved])
        countries = len({one.estimate.country for one in self.resolved})
        note = f"{len(self.resolved)} estimates of {countries} countries, as of {self.as_of}"
        return diagram(reliability(p, y) if self.resolved else (), title=title, note=note)


def scored(scenario: str, horizon: int, resolved: Sequence[Resolved], *, pending: int = 0, late: int = 0) -> Score:
    """Return the score of the estimates of one scenario and horizon; those that are unresolved are counted only.

    Args:
        scenario, horizon: the question.
        resolved: measured estimates whose horizon has passed.
        pending, late: how many others there are.
    """
    done = [one for one in resolved if one.share is not None]
    y = _array([one.share for one in done])
    p = _array([one.estimate.probability for one in done])
    return Score(
        scenario=scenario,
        horizon=horizon,
        n=len(done),
        countries=len({one.estimate.country for one in done}),
        came=float(y.sum()),
        expected=float(p.sum()),
        unresolved=len(resolved) - len(done),
        pending=pending,
        late=late,
        **(_numbers(p, y, [one.estimate for one in done]) if done else {}),
        recalibrated_log_score=_recalibrated(p, y, done) if done else None,
    )


def _numbers(p: ndarray[Any, Any], y: ndarray[Any, Any], estimates: Sequence[Estimate]) -> dict[str, Any]:
    prior = _array([one.prior.probability for one in estimates if one.prior])
    base = _array([one.prior.base_rate for one in estimates if one.prior])
    countries, came = [one.country for one in estimates], float(min(y.sum(), len(y) - y.sum()))
    lost = losses(p, y)
    return {
        "log_score": log_score(p, y),
        "brier": brier(p, y),
        "auc": auc(p, y),
        "prior_log_score": log_score(prior, y),
        "base_log_score": log_score(base, y),
        "against_prior": paired(lost, losses(prior, y), countries, came=came),
        "against_base": paired(lost, losses(base, y), countries, came=came),
        "parts": murphy(p, y),
        "bins": reliability(p, y),
    }


def _recalibrated(p: ndarray[Any, Any], y: ndarray[Any, Any], done: Sequence[Resolved]) -> float | None:
    import numpy as np

    made = np.array([one.estimate.as_of for one in done])
    known = np.array([(one.known_at or "9999")[:10] for one in done])
    bent, used = recalibrated(p, y, made=made, known=known)
    return log_score(bent, y) if used.any() else None


def _array(values: Sequence[float | None]) -> ndarray[Any, Any]:
    import numpy as np

    return np.array(values, dtype=float)
