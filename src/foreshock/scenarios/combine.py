"""From prior and evidence to the published probability, with its interval.

    logit(evidence model) = logit(prior) + sum of nats        (Bayes' rule with ratios that are independent given the tier)
    published = (1 - w) prior + w (evidence model)             (scenarios/mixture.py says where w comes from)

Worked: prior .02, one indicator of .405 nats (a ratio of 1.5), w = .1: the evidence model says .0297, published is .0210.

The interval: prior and ratios are each uncertain on the log scale, and independent, so their variances add (90 % intervals
taken as normal on the logit scale). What was blind may have been seen or not, so it widens the interval by all of both, and
does not move the middle. The published interval mixes the two ends alike, which is never too narrow for a sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

from foreshock.model import Evidence, Prior

LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class Combined:
    """The published probability with its 90 % interval, and what the evidence model alone says."""

    probability: float
    low: float
    high: float
    evidence_model: float


def combine(prior: Prior, evidence: Iterable[Evidence], weight: float) -> Combined:
    """Return what prior and evidence together say.

    Args:
        prior: of the scenario within its horizon.
        evidence: of that scenario and horizon, one an indicator.
        weight: of the evidence model, 0 to 1.
    """
    pieces = list(evidence)
    middle = logit(prior.probability)
    moved = middle + sum(one.nats for one in pieces)
    known = [one for one in pieces if one.state != "blind"]
    down = sqrt((middle - logit(prior.low)) ** 2 + sum((one.nats - one.low) ** 2 for one in known))
    up = sqrt((logit(prior.high) - middle) ** 2 + sum((one.high - one.nats) ** 2 for one in known))
    hidden = [one for one in pieces if one.state == "blind"]
    low = expit(moved - down + sum(one.low for one in hidden))
    high = expit(moved + up + sum(one.high for one in hidden))
    model = expit(moved)
    return Combined(
        probability=mixed(prior.probability, model, weight),
        low=mixed(prior.low, low, weight),
        high=mixed(prior.high, high, weight),
        evidence_model=model,
    )


def mixed(prior: float, model: float, weight: float) -> float:
    """Return the mixture of two probabilities."""
    return (1 - weight) * prior + weight * model


def logit(p: float) -> float:
    """Return ln(p / (1 - p)); probabilities are kept ``LEAST`` away from 0 and 1."""
    p = min(max(p, LEAST), 1 - LEAST)
    return log(p / (1 - p))


def expit(x: float) -> float:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return 1 / (1 + exp(-x)) if x >= 0 else exp(x) / (1 + exp(x))
