"""Priors by country, state and tier against simpler ones: yearly forecasts that see only what was published before their year.

Metric: log score (nats, lower is better) of country-years, for each scenario that the sets measure:

- base: the share of all earlier country-years of the world; pseudo: the contract's prior, (onsets + 8 x base) / (years + 8) a
country; - prior: ours by country and state (``fitting/shrink.py``); tiers: the same times the ratio of the tier of the year
before; - difference: tiers minus pseudo, with its 90 % interval by drawing countries anew.

Labels enter only after the lag of their set. Everything was chosen on years up to 2010 (``dev`` tells 2001-2010), then frozen,
and the years after them opened once, on 2026-11-29; the top level tells those.
Source: the sets of ``data/forecast`` (UCDP/PRIO, Powell & Thyne, Archigos, Mass Mobilization, UCDP GED), developers' parts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from foreshock.scenarios.fitting.country_years import CountryYears, read_world, scenarios_of
from foreshock.scenarios.fitting.hazards import CHOICE, forward_with_tiers
from foreshock.scenarios.fitting.shrink import Table, forward, table_of
from foreshock.scenarios.scoring.paired import paired
from foreshock.scenarios.scoring.scores import auc, losses

Floats = npt.NDArray[np.float64]
PSEUDO_YEARS = 8.0
DEV, TEST = (2001, 2010), (2011, 2019)


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the scores of each scenario, or of the first ``limit`` of them; no coder takes part."""
    found = {history.scenario: history for history in scenarios_of(read_world(data))[:limit]}
    test = {name: scored(history, TEST) for name, history in found.items()}
    return {
        "mean_ratio_to_pseudo": mean_ratio(test),
        "scenarios": test,
        "dev": {name: scored(history, DEV) for name, history in found.items()},
        "coder": coder,
    }


def mean_ratio(scores: dict[str, dict[str, Any]]) -> float:
    """Return the mean over scenarios of our log score divided by that of the contract's prior."""
    mean = np.mean([one["tiers_log_score"] / one["pseudo_log_score"] for one in scores.values()])
    return float(rounded(float(mean)))


def scored(history: CountryYears, span: tuple[int, int]) -> dict[str, Any]:
    """Return the scores of one scenario on a span of years."""
    first, last = span[0], min(span[1], history.rows[-1].year)
    table = table_of(history.rows)
    base, pseudo = simple(table, first=first, last=last, lag=history.lag)
    _, plain = forward(table, CHOICE, first=first, last=last, lag=history.lag)
    rows, tiers = forward_with_tiers(history, first=first, last=last)
    y = np.array([float(row.onset) for row in rows])
    of = {name: losses(p, y) for name, p in (("base", base), ("pseudo", pseudo), ("prior", plain), ("tiers", tiers))}
    gap = paired(of["tiers"], of["pseudo"], [row.country for row in rows], came=float(y.sum()))
    return {
        "span": f"{first}-{last}",
        "n": len(rows),
        "onsets": int(y.sum()),
        **{f"{name}_log_score": rounded(float(one.mean())) for name, one in of.items()},
        "difference": rounded(gap.mean),
        "low": rounded(gap.low),
        "high": rounded(gap.high),
        "expected": rounded(float(tiers.sum())),
        "auc": rounded(auc(tiers, y)),
    }


def simple(table: Table, *, first: int, last: int, lag: int) -> tuple[Floats, Floats]:
    """Return the world's share and the contract's prior for the rows of a span, each by what was published before its year."""
    behind, size = 1 + -(-lag // 365), len(table.countries)
    shares, priors = [], []
    for year in range(first, last + 1):
        past, now = table.year <= year - behind, table.year == year
        share = (table.onset[past].sum() + 0.5) / (past.sum() + 1)
        onsets = np.bincount(table.country[past], table.onset[past], size)
        years = np.bincount(table.country[past], minlength=size)
        shares.append(np.full(now.sum(), share))
        priors.append(((onsets + PSEUDO_YEARS * share) / (years + PSEUDO_YEARS))[table.country[now]])
    return np.concatenate(shares), np.concatenate(priors)


def rounded(value: float | None) -> Any:
    """Return four significant digits."""
    return None if value is None else float(f"{value:.4g}")
