"""Likelihood ratios of indicators, measured within countries and given the tier, shrunk towards 1.

    seen = P(seen | onset follows) / P(seen),    unseen = P(unseen | onset follows) / P(unseen),

so that over the country's history the mean ratio is 1: share seen x seen + share unseen x unseen = 1. With the odds ratio e^b of
``within`` and the share q of windows in which the indicator fires, seen = e^b / (1 - q + q e^b) and unseen = 1 / (1 - q + q e^b)
(onsets are rare, so that "no onset follows" is nearly the whole history). Worked number: e^b = 2, q = .1: seen 1.82, unseen .91.

Intervals are 90 %: countries are drawn anew with replacement and the ratios fitted again under the same prior (Efron and
Tibshirani 1993, chapter 13). A handful of onsets cannot show by resampling how little they say, so an interval is never narrower
than that of the normal approximation under a wide prior, ``DOUBT``; where there was no onset it is that prior's.
Nothing here knows of a feed: arrays in, records out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError
from foreshock.scenarios.fitting.within import NO_ONSET, Cases, Panel, cases_of, likelihood, shrunk, spread_of

if TYPE_CHECKING:
    import numpy as np

    from foreshock.scenarios.fitting.within import Floats

# 90 % of a normal with this deviation lie between a third and three.
DOUBT = 0.668
Z90 = 1.645
FLOOR = 1e-9


@dataclass(frozen=True, slots=True)
class Measured:
    """What an indicator is worth for a scenario within a horizon, given a tier or state ("any": compared only within each).

    Attributes:
        seen, unseen: shrunk ratios with their 90 % intervals.
        share_seen: the share of windows in which it fires, mean of the countries, 0 to 1.
        windows, onsets: how many could be said, and how many distinct onsets follow one.
        effective_onsets: onsets of distinct episodes, those that are not within one window of another.
        countries: those with an onset.
        within: the odds ratio unshrunk and for itself; None where it cannot be told or is without bound.
        pooled: P(seen | onset follows) / P(seen | none) over all countries together, for comparison only; None without onsets.
        spread: the prior deviation of all log ratios fitted together; 0 where none of them can be told from 0.
    """

    scenario: str
    horizon: int
    indicator: str
    given: str
    seen: float
    seen_low: float
    seen_high: float
    unseen: float
    unseen_low: float
    unseen_high: float
    share_seen: float
    windows: int
    onsets: int
    effective_onsets: int
    countries: int
    within: float | None
    pooled: float | None
    spread: float

    def plain(self) -> dict[str, Any]:
        """Return plain values, floats to 4 significant digits."""
        return {key: float(f"{value:.4g}") if isinstance(value, float) else value for key, value in asdict(self).items()}


@dataclass(frozen=True, slots=True)
class Fit:
    """Log odds ratios of k indicators, the share of windows in which each fires, and the deviation of their prior."""

    log_ratio: Floats
    share: Floats
    spread: float

    def nats(self, seen: Floats) -> Floats:
        """Return (n, k) log likelihood ratios of (n, k) states; a state that is not known (nan) weighs 0."""
        import numpy as np

        level = np.log(1 - self.share + self.share * np.exp(self.log_ratio))
        return np.where(np.isnan(seen), 0.0, np.nan_to_num(seen) * self.log_ratio - level)


def fit_ratios(panel: Panel, *, apart: int, spread: float | None = None) -> Fit:
    """Return shrunk log ratios of a panel.

    Args:
        panel: windows whose outcomes are known.
        apart: days within which two onsets of one country are one episode: the longer of window and horizon.
        spread: the prior deviation, if it is known; fitted by empirical Bayes where None.
    """
    cases = cases_of(panel.checked(), apart=apart)
    spread = spread_of(cases) if spread is None else spread
    return Fit(shrunk(cases, spread), share_seen(panel), spread)


def share_seen(panel: Panel) -> Floats:
    """Return (k,) the share of windows in which each indicator fires: the mean over countries of each country's share."""
    import numpy as np

    countries, at = np.unique(panel.country, return_inverse=True)
    known = ~np.isnan(panel.seen)
    fired, total = np.zeros((2, len(countries), panel.seen.shape[1]))
    np.add.at(fired, at, np.nan_to_num(panel.seen))
    np.add.at(total, at, known)
    shares = np.where(total > 0, fired / np.maximum(1, total), 0.0)
    return np.asarray(shares.sum(axis=0) / np.maximum(1, (total > 0).sum(axis=0)))


def pooled_ratio(panel: Panel) -> Floats:
    """Return (k,) P(seen | onset follows) / P(seen | none) over all windows together, half a window added to each cell."""
    import numpy as np

    before, known = panel.onset != NO_ONSET, ~np.isnan(panel.seen)
    fired = np.nan_to_num(panel.seen)
    shares = [(fired[rows].sum(axis=0) + 0.5) / (known[rows].sum(axis=0) + 1.0) for rows in (before, ~before)]
    return np.asarray(shares[0] / shares[1])


def measure(
    panel: Panel,
    indicators: Sequence[str],
    *,
    scenario: str,
    horizon: int,
    apart: int,
    rng: np.random.Generator,
    given: str = "any",
    draws: int = 300,
) -> list[Measured]:
    """Return a ratio for each indicator, in their order.

    Args:
        panel: windows whose outcomes are known, each in its tier: only windows of one country and tier are compared.
        indicators: k names, one a column of ``panel.seen``.
        scenario, horizon, given: what the records shall say; take the rows of one tier for a ratio of that tier alone.
        apart: days within which two onsets of one country are one episode: the longer of window and horizon.
        rng: for the draws of countries.
        draws: how many times countries are drawn.

    Raises:
        CatalogueError: names and columns differ in number, or the panel's arrays do not fit.
    """
    import numpy as np

    if len(indicators) != panel.checked().seen.shape[1]:
        raise CatalogueError(f"{len(indicators)} names for {panel.seen.shape[1]} columns", remedy="name each column once")
    panel = panel.take(~np.isnan(panel.seen).all(axis=1))  # before there is a baseline nothing can be said
    cases = cases_of(panel, apart=apart)
    fit = fit_ratios(panel, apart=apart)
    low, high = interval(cases, fit, rng=rng, draws=draws)
    before = panel.onset != NO_ONSET
    pooled = pooled_ratio(panel) if before.any() else np.full(len(indicators), np.nan)
    onsets = len(np.unique(np.stack([panel.country, panel.onset])[:, before], axis=1).T)
    records = []
    for j, name in enumerate(indicators):
        ends = [_both(value, float(fit.share[j])) for value in (fit.log_ratio[j], low[j], high[j])]
        records.append(
            Measured(
                *(scenario, horizon, name, given),
                *(ends[0][0], ends[1][0], ends[2][0]),
                *(ends[0][1], ends[2][1], ends[1][1]),
                share_seen=float(fit.share[j]),
                windows=int((~np.isnan(panel.seen[:, j])).sum()),
                onsets=onsets,
                effective_onsets=len(cases),
                countries=len(np.unique(cases.country)),
                within=alone(panel.only(j), apart=apart),
                pooled=None if np.isnan(pooled[j]) else float(pooled[j]),
                spread=fit.spread,
            )
        )
    return records


def _both(log_ratio: float, share: float) -> tuple[float, float]:
    import math

    level = 1 - share + share * math.exp(log_ratio)
    return math.exp(log_ratio) / level, 1 / level


def alone(panel: Panel, *, apart: int) -> float | None:
    """Return the odds ratio of one indicator for itself, unshrunk: where the conditional likelihood is highest.

    None where the indicator never changes within a stratum that has an onset, or where always, or never, seen before onsets.
    """
    import numpy as np

    cases = cases_of(panel, apart=apart)
    if not len(cases):
        return None
    lowest, highest = (
        end.reduceat(cases.states[:, 0], cases.start[:-1])[cases.stratum].sum() for end in (np.minimum, np.maximum)
    )
    if not lowest + FLOOR < cases.case[:, 0].sum() < highest - FLOOR:
        return None
    return float(np.exp(shrunk(cases, np.inf)[0]))


def interval(cases: Cases, fit: Fit, *, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """Return the ends (k,), (k,) of 90 % intervals of the log ratios: country draws, but no narrower than doubt allows."""
    import numpy as np

    k = len(fit.log_ratio)
    if not len(cases):
        return np.full(k, -Z90 * DOUBT), np.full(k, Z90 * DOUBT)
    countries, at = np.unique(cases.country, return_inverse=True)
    drawn = np.empty((draws, k))
    for number in range(draws):
        weight = rng.multinomial(len(countries), np.full(len(countries), 1 / len(countries)))[at].astype(float)
        drawn[number] = shrunk(cases, fit.spread, weight=weight, start=fit.log_ratio)
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    wide = shrunk(cases, max(DOUBT, fit.spread))
    _, _, information = likelihood(cases, np.ones(len(cases)), wide)
    deviation = np.sqrt(np.diag(np.linalg.inv(information + np.eye(k) / max(DOUBT, fit.spread) ** 2)))
    low = np.minimum.reduce([low, wide - Z90 * deviation, fit.log_ratio])
    high = np.maximum.reduce([high, wide + Z90 * deviation, fit.log_ratio])
    return low, high
