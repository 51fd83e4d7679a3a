"""Parts of ``weigh-reading``: GED history as a prior, series of counts a country-month, and one learner for all evidence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.pipeline.corpus import Item
from foreshock.scenarios.histories.escalations import FIRST_YEAR, MONTHS

Floats = NDArray[np.float64]
LAG_YEARS = 2  # at the end of Y-1 the set's last published year is Y-2 (it appears in June of the next year)
YEAR = 12
JUNE = 5
LOW = 1e-4  # no forecast is nearer to 0 or 1
WORDS = re.compile(
    r"\b(?:kill|dead\b|death|attack|bomb|explosi|clash|fight|battle|shell|gunm[ae]n|shoot|shot|massacre|war\b|offensive)",
    re.IGNORECASE,
)
WINDOW = 180  # days
VOLUME = 10.0  # items a day to which a feed's volume is brought
NAME = re.compile(r"[A-ZÀ-Þ][\w’'.-]*(?: (?:of|the|and|de|da)? ?[A-ZÀ-Þ][\w’'.-]*){0,3}")


def month_of(day: str) -> int:
    """Return the number of a day's month from January 1980 = 0."""
    return (int(day[:4]) - FIRST_YEAR) * YEAR + int(day[5:7]) - 1


def published(year: int) -> int:
    """Return the number of the month after the last whose deaths are published by the beginning of a year."""
    return (year - LAG_YEARS - FIRST_YEAR + 1) * YEAR


def history(deaths: Floats) -> Floats:
    """Return (countries, months, features) of what the set tells of the months up to each one: sums, times since, escalations."""
    known = np.nan_to_num(deaths)
    before = np.pad(np.cumsum(known, axis=1), ((0, 0), (1, 0)))
    months = np.arange(deaths.shape[1])

    def last(n: int) -> Floats:
        return np.asarray(before[:, months + 1] - before[:, np.maximum(months + 1 - n, 0)])

    three = last(MONTHS)
    any_month = np.pad(np.cumsum(known > 0, axis=1), ((0, 0), (1, 0)))
    often = [any_month[:, months + 1] - any_month[:, np.maximum(months + 1 - n, 0)] for n in (12, 60)]
    peak = np.stack([three[:, max(0, m - 23) : m + 1].max(axis=1) for m in months], axis=1)
    decayed, rises = _decayed(known, 60), _decayed(np.diff(three >= 25, axis=1, prepend=False) & (three >= 25), 84)
    since = [_since(three >= 25), _since(known > 0)]
    logs = [last(1), three, last(12), last(60), decayed, *since, peak, *often]
    return np.stack([*(np.log1p(one) for one in logs), np.sqrt(rises)], axis=-1)


def _decayed(values: NDArray[Any], half_life: int) -> Floats:
    found = np.zeros(values.shape)
    for month in range(values.shape[1]):
        found[:, month] = found[:, month - 1] * 0.5 ** (1 / half_life) * (month > 0) + values[:, month]
    return found


def _since(happens: NDArray[np.bool_], longest: float = 240.0) -> Floats:
    found = np.full(happens.shape, longest)
    for month in range(happens.shape[1]):
        found[:, month] = np.where(happens[:, month], 0, np.minimum(found[:, month - 1] + 1, longest) if month else longest)
    return found


def forward_prior(features: Floats, outcome: Floats, years: Sequence[int], *, start: int, strength: float) -> Floats:
    """Return (countries, months) probabilities: each year's by a logistic regression on the outcomes known at its beginning.

    Args:
        features: (countries, months, k); outcome: 1, 0 or nan (not at risk, or not known).
        years: those to forecast; start: the first month that is learned from; strength: C of the regression.
    """
    found = np.full(outcome.shape, np.nan)
    for year in years:
        months = slice((year - FIRST_YEAR) * YEAR, (year - FIRST_YEAR + 1) * YEAR)
        past = outcome[:, start : published(year) - MONTHS]
        rows = ~np.isnan(past)
        model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=1000))
        model.fit(features[:, start : published(year) - MONTHS][rows], past[rows])
        asked = ~np.isnan(outcome[:, months])
        if not asked.any():
            continue
        found[:, months][asked] = model.predict_proba(features[:, months][asked])[:, 1]
    return clipped(found)


def base_rate(outcome: Floats, years: Sequence[int], *, start: int) -> Floats:
    """Return (countries, months) the share of months at risk that an escalation followed, by what was known each year."""
    found = np.full(outcome.shape, np.nan)
    for year in years:
        months = slice((year - FIRST_YEAR) * YEAR, (year - FIRST_YEAR + 1) * YEAR)
        found[:, months] = np.nanmean(outcome[:, start : published(year) - MONTHS])
    return np.where(np.isnan(outcome), np.nan, clipped(found))


def clipped(probability: Floats) -> Floats:
    """Return probabilities kept off 0 and 1."""
    return np.clip(probability, LOW, 1 - LOW)


def logit(probability: Floats) -> Floats:
    """Return log odds."""
    return np.asarray(np.log(probability) - np.log1p(-probability))


def expit(odds: Floats) -> Floats:
    """Return the probability of log odds."""
    return np.asarray(1 / (1 + np.exp(-odds)))


def items_a_day(
    items: Iterable[Item], named: Callable[[Item], set[str]], countries: Sequence[str], *, first: date, last: date
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (2, countries, days), the items that name a country and those with a word of violence too, and (days,) all items."""
    at = {country: number for number, country in enumerate(countries)}
    found = np.zeros((2, len(countries), (last - first).days + 1), dtype=np.int64)
    everything = np.zeros(found.shape[-1], dtype=np.int64)
    for item in items:
        day = (date.fromisoformat(item.date) - first).days
        if 0 <= day < found.shape[-1]:
            everything[day] += 1
            rows = [0, 1] if WORDS.search(item.text) else [0]
            for country in named(item) & at.keys():
                found[rows, at[country], day] += 1
    return found, everything


def naming(catalogue: ActorCatalogue) -> Callable[[Item], set[str]]:
    """Return what says which countries an item names: states, peoples and capitals in its words, and the places of its claims."""
    states = {name: code for name, (code, _) in catalogue.states.items()}

    def named(item: Item) -> set[str]:
        found = {place.country for claim in item.claims if (place := claim.place) and place.country}
        for run in NAME.findall(item.text):
            words = [word.strip(".,'’-").removesuffix("'s").removesuffix("’s").lower() for word in run.split(" ")]
            for start in range(len(words)):
                for end in range(len(words), start, -1):
                    code = states.get(" ".join(words[start:end]))
                    if code and code not in found:
                        found.add(code)
        return found

    return named


def told_of(daily: NDArray[np.int64], everything: NDArray[np.int64], ends: NDArray[np.int64], *, window: int = WINDOW) -> Floats:
    """Return (series, countries, ends): the logarithm of how much was told in the window, had the feed 10 items a day.

    ln(1 + count x 10 x days / all items): a feed's volume changes (8 a day in 2008, 22 in 2010), and more items are no
    escalation. Ends before the first day are 0. Worked: 4 attacks in 180 days in which the feed had 3600 items: ln(1 + 2) = 1.10.
    """

    def within(counts: NDArray[np.int64]) -> NDArray[np.int64]:
        total = np.concatenate([np.zeros_like(counts[..., :1]), np.cumsum(counts, axis=-1)], axis=-1)
        return np.asarray(total[..., np.maximum(ends + 1, 0)] - total[..., np.maximum(ends + 1 - window, 0)])

    return np.asarray(np.log1p(within(daily) * (VOLUME * window) / np.maximum(within(everything), window)))


def shifted(evidence: Floats, *, months: int = YEAR) -> Floats:
    """Return (k, countries, months) the evidence of the same country some months earlier; 0 in the first ones."""
    return np.concatenate([np.zeros_like(evidence[..., :months]), evidence[..., :-months]], axis=-1)


def as_published(features: Floats) -> Floats:
    """Return (countries, months, k) the features that the set's published months gave: a year's appear in June of the next."""
    found = np.zeros_like(features)
    for month in range(YEAR * LAG_YEARS, features.shape[1]):
        year, of_year = divmod(month, YEAR)
        found[:, month] = features[:, (year - (0 if of_year >= JUNE else 1)) * YEAR - 1]
    return found


def ridge(features: Floats, outcome: Floats, offset: Floats, *, strength: float) -> Floats:
    """Return (k,) weights of a logistic regression whose log odds start from an offset, with a penalty and no intercept.

    Newton's method on sum of log likelihoods - strength |w|^2 / 2 (Hoerl and Kennard 1970; le Cessie and van Houwelingen 1992).
    """
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        p = expit(offset + features @ weights)
        gradient = features.T @ (outcome - p) - strength * weights
        curve = (features * (p * (1 - p))[:, None]).T @ features + strength * np.eye(len(weights))
        move = np.linalg.solve(curve, gradient)
        weights = weights + move
        if np.abs(move).max() < 1e-6:
            break
    return weights


def forward_evidence(
    evidence: Floats, prior: Floats, outcome: Floats, years: Sequence[int], *, start: int, strength: float
) -> Floats:
    """Return (countries, months) probabilities of prior and evidence, each year's by the outcomes known at its beginning.

    Args:
        evidence: (k, countries, months).
        prior: forward probabilities, of the months that are learned from too.
        start: the first month that is learned from; a year before whose beginning nothing is known gets the prior.
    """
    found = np.where(np.isnan(outcome), np.nan, prior)
    usable = ~np.isnan(outcome) & ~np.isnan(prior)
    offset = logit(prior)
    for year in years:
        known, asked = np.zeros_like(usable), np.zeros_like(usable)
        known[:, start : max(start, published(year) - MONTHS)] = True
        asked[:, (year - FIRST_YEAR) * YEAR : (year - FIRST_YEAR + 1) * YEAR] = True
        known, asked = known & usable, asked & usable
        if not np.nansum(outcome[known]):
            continue
        x, new = evidence[:, known].T, evidence[:, asked].T
        mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
        weights = ridge((x - mean) / spread, outcome[known], offset[known], strength=strength)
        found[asked] = expit(offset[asked] + (new - mean) / spread @ weights)
    return clipped(found)
