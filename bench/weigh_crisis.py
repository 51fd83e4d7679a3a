"""What follows a year of crisis: coup attempt, armed conflict or neither in the next year, against the base rate and a ridge.

Metric: ``log_score`` (mean of -ln of the probability of the class that came about, nats, lower is better) over rows from 2003
on; the forecast for a row of year t learns from rows up to t - 2. ``base_log_score``: the shares of the classes in those rows.
``ridge_log_score``: multinomial logistic regression with an L2 penalty, scikit-learn's C = .01, on six standardised columns
(violence, killings, removal demanded, past attempts, past conflict years, log of the number of protests), missing = mean; the
contract's base of .2140 comes out to the digit, its ridge of .2099 as .2101, since its columns and penalty are not written
down. ``ridge_all_log_score``: the same on every column. ``difference`` is ours minus ridge, ``difference_base`` ours minus
base, with 90 % intervals by a paired bootstrap of countries.
Source: Mass Mobilization, Powell & Thyne and UCDP/PRIO joined (``crisis_years*.csv``); PATH is such a file, whatever its name,
or a folder with it.
How chosen: pseudo-events and columns on forecasts for 1994-2008 (20 events; 14 of them before 2003, too few alone), so that the
test is 2009 on (``test``); ``dev`` tells 1994-2008, the top level 2003 on, as the contract has it. Log score of 1994-2008: ours
.2306, base .2347, ridge on the past alone .2329 at its best, with the number of protests .2329, with violence, killings and
demands .2343 and more, on every column .2354 and more. Protests of the year told less than the noise they brought.
Not blind: to find the contract's ridge, base and ridges of ten sets of columns had been scored on 2003-19 before (.2051 to
.2420; those on the past alone did best); ours had not.
Found when opened, once, on 2026-11-29: 2003-19 .2069, ridge .2101, base .2140; ours minus ridge -.0033 (-.0080 to +.0019),
minus base -.0072 (-.0127 to -.0016). 2009-19 alone: .2135, ridge .2158, base .2213; minus ridge -.0022 (-.0079 to +.0042).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.crisis_model import forward, known_before
from bench.crisis_years import CLASSES, CrisisYear, read_crisis_years
from foreshock.errors import CatalogueError
from foreshock.scenarios.scoring.paired import paired

Array = np.ndarray[Any, Any]
Model = Callable[[Sequence[CrisisYear], Sequence[CrisisYear]], Array]
FIRST, DEV, TEST = 2003, range(1994, 2009), 2009
COLUMNS = ("viol", "kill", "rem", "past_att", "past_conf", "lnn")
STRENGTH = 0.01
LEAST = 1e-6


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures; ``limit`` counts rows, in the order of years; ``coder`` plays no part.

    Raises:
        CatalogueError: there is no set, or no row from 2003 on that has earlier rows and a known outcome.
    """
    rows = read_crisis_years(data)[:limit]
    asked, ours = forward(rows, first=min(DEV))
    asked_of = [row for row in asked if row.following is not None]
    if not any(row.year >= FIRST for row in asked_of):
        raise CatalogueError(f"no row from {FIRST} on has earlier rows", remedy="give the set as published, in whole years")
    ours = ours[[row.following is not None for row in asked]]
    every = tuple(dict.fromkeys(name for row in rows for name in row.features))
    loss = {
        "": losses(ours, asked_of),
        "base_": losses(each_year(rows, asked_of, shares), asked_of),
        "ridge_": losses(each_year(rows, asked_of, lambda past, now: ridge(past, now, COLUMNS)), asked_of),
        "ridge_all_": losses(each_year(rows, asked_of, lambda past, now: ridge(past, now, every)), asked_of),
    }
    years = np.array([row.year for row in asked_of])
    found = figures(loss, asked_of, years >= FIRST)
    parts = {"test": years >= TEST, "dev": (years >= min(DEV)) & (years <= max(DEV))}
    return {**found, **{name: figures(loss, asked_of, kept) for name, kept in parts.items() if kept.any()}, "coder": coder}


def each_year(rows: Sequence[CrisisYear], asked: Sequence[CrisisYear], model: Model) -> Array:
    """Return the forecasts (n, 3) of a model that learns, for each year anew, from what was known then."""
    years = sorted({row.year for row in asked})
    return np.concatenate([model(known_before(rows, year), [row for row in asked if row.year == year]) for year in years])


def shares(past: Sequence[CrisisYear], now: Sequence[CrisisYear]) -> Array:
    """Return the shares of the classes among earlier rows, for each row."""
    counts = np.bincount([row.following for row in past if row.following is not None], minlength=len(CLASSES))
    return np.tile(counts / counts.sum(), (len(now), 1))


def ridge(past: Sequence[CrisisYear], now: Sequence[CrisisYear], columns: Sequence[str]) -> Array:
    """Return the probabilities of a multinomial ridge on standardised columns; of one class alone where only that came before."""
    x, new = (np.array([[row.features.get(name) for name in columns] for row in part], dtype=float) for part in (past, now))
    y = np.array([row.following for row in past])
    known = ~np.isnan(x)
    mean = np.where(known, x, 0).sum(axis=0) / np.maximum(1, known.sum(axis=0))
    spread = np.sqrt(np.where(known, (x - mean) ** 2, 0).mean(axis=0))
    scale = np.where(spread > 0, spread, np.inf)
    out = np.zeros((len(now), len(CLASSES)))
    if len(set(y.tolist())) < 2:
        out[:, y[0]] = 1.0
        return out
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(np.nan_to_num((x - mean) / scale), y)
    out[:, model.classes_] = model.predict_proba(np.nan_to_num((new - mean) / scale))
    return out


def losses(p: Array, rows: Sequence[CrisisYear]) -> Array:
    """Return -ln of the probability of what came about, each kept ``LEAST`` from 0."""
    came = np.array([row.following for row in rows])
    found: Array = -np.log(np.maximum(p[np.arange(len(rows)), came], LEAST))
    return found


def figures(loss: dict[str, Array], rows: Sequence[CrisisYear], kept: Array) -> dict[str, Any]:
    """Return mean losses of some of the rows, and how ours differ from the ridge and from the base rate."""
    some = [row for row, keep in zip(rows, kept, strict=True) if keep]
    countries = [str(row.gw) for row in some]
    out: dict[str, float | None] = {f"{name}log_score": float(one[kept].mean()) for name, one in loss.items()}
    for suffix, other in (("", "ridge_"), ("_base", "base_"), ("_ridge_all", "ridge_all_")):
        gap = paired(loss[""][kept], loss[other][kept], countries)
        out |= {f"difference{suffix}": gap.mean, f"low{suffix}": gap.low, f"high{suffix}": gap.high}
    counted = {name: sum(row.following == k for row in some) for k, name in enumerate(CLASSES[:2])}
    span = f"{some[0].year}-{some[-1].year}"
    rounded = {key: None if value is None else round(value, 5) for key, value in out.items()}
    return {**rounded, "n": len(some), "came": counted, "span": span}
