"""Coup attempts by country-year, each forecast from earlier years alone, against the base rate and a published random forest.

Metric: over the country-years of the published forecasts whose outcome is known (2011-2019: 1,518 with 18 attempts):
``log_score`` (mean of -ln of what came about, nats, lower is better), ``auc`` and ``brier`` of the prior that the package
ships (``fitting/hazards.py``, with the tier of the year before); ``regression_log_score`` and ``regression_auc`` of a hazard
with a ridge regression on elections and leaders (``bench/coup_regression.py``), which does not ship; ``base_log_score`` of
the share of attempts in all country-years of the 20 years before; ``prior_log_score`` of that model's shrunk hazard alone;
``forest_log_score`` of the published forecasts. ``difference`` is ours minus base, ``difference_forest`` ours minus forest,
``difference_prior`` ours minus hazard. Intervals are of 95 %, the level at which the published figures of the forest come
out (its AUC .72-.86; forest minus the share of all its rows -.0034, -.0116 to +.0036), by a paired bootstrap of countries.
Probabilities are kept .000001 from 0 and 1: the forest says 0 twice.
Source: Powell & Thyne's attempts, REIGN, and the published forecasts, in ``data/forecast``; PATH is the folder with them, or
the one above it. Other years of the same files are scored likewise.
How chosen, the shipped prior: ``bench/weigh_priors.py``, on years to 2010. How chosen, the regression: half-lives and
pseudo-attempts, regions, features, strength and the span of recalibration on forecasts for 2001-10 (1,934 with 23 attempts;
``dev``), with 1986-2000 beside them where choices tied. Tried and left out, log score of 2001-10 in brackets (.0525 as it
stands; share of 20 years .0703, of 5 years .0660; hazard .0535): hazard without regions (.0547), with seven coarse regions
instead of the UN's (.0531, but before 2001 .1262 against .1252), ridge alone (.0532), regime types besides (.0526),
conflicts of the year before and age, sex, career and tenure of leaders (no better), gradient-boosted trees (.0574; in the
mean with hazard and ridge .0541), a random forest (.0541; in that mean .0528), recalibration on 10 years (.0520, but before
2001 .1236 against .1232). Protests were not tried: the part of their set at hand lacks a third of its country-years. Before
the choice was frozen the number of attempts a year in 2011-19 had been printed, and base and forest were scored on them; no
forecast of ours was.
Found when 2011-19 was opened, once, on 2026-11-29. Two models by two hands had been frozen by then, and both are told: the
regression has log score .0613 and AUC .727 (.602 to .827), though .889 in 2001-10, its hazard alone .0612; the shipped
prior, which was opened on all states first and on these rows afterwards, .0600 and .756. Neither was changed after it. On 18
attempts neither can be told from base (.0646) or forest (.0610, .794), nor one from the other; that the better one stands on
top is because it is the one that ships.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import roc_auc_score

from bench.coup_regression import World, forecasts, read_coup_world
from bench.published import Published, read_published
from foreshock.errors import CatalogueError
from foreshock.scenarios.fitting.country_years import key_of, read_world, scenarios_of
from foreshock.scenarios.fitting.hazards import forward_with_tiers
from foreshock.scenarios.scoring.paired import Difference, paired
from foreshock.scenarios.scoring.scores import auc, brier, losses

Array = np.ndarray[Any, Any]
DEV = range(2001, 2011)
LEVEL, DRAWS = 0.95, 2000


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures; ``limit`` keeps the first so many countries; ``coder`` plays no part.

    Raises:
        CatalogueError: a set is missing, or no published forecast has an outcome and a country-year before it.
    """
    told = [one for one in read_published(data) if one.observed is not None and one.p is not None]
    kept = sorted({one.gw for one in told})[:limit]
    told = [one for one in told if one.gw in kept]
    if not told:
        raise CatalogueError("no published forecast has a known outcome", remedy="give the set as published")
    world = read_coup_world(data, until=max(one.year for one in told))
    p, prior, base = ours_of(world, told)
    strangers = sum(one.gw not in set(world.grid.states.tolist()) for one in told)
    shipped = shipped_of(data, told, base)
    y = np.array([float(bool(one.observed)) for one in told])
    regression = {"regression_log_score": round(float(losses(p, y).mean()), 5), "regression_auc": round(auc(p, y) or 0.0, 5)}
    return {**figures(shipped, prior, base, told), **regression, "at_base": strangers, "dev": dev(world), "coder": coder}


def shipped_of(data: Path, told: Sequence[Published], base: Array) -> Array:
    """Return what the shipped prior said of each country-year by what was published before it, (n,); the base without one."""
    history = next(one for one in scenarios_of(read_world(data)) if one.scenario == "coup-attempt")
    years = sorted({one.year for one in told})
    rows, p = forward_with_tiers(history, first=years[0], last=min(years[-1], history.rows[-1].year))
    said = {(row.country, row.year): float(value) for row, value in zip(rows, p, strict=True)}
    return np.array([said.get((key_of(one.gw), one.year), base[n]) for n, one in enumerate(told)])


def ours_of(world: World, told: Sequence[Published]) -> Array:
    """Return (3, n): the whole model, the hazard alone, the base rate, which all three are for a state that the set lacks."""
    years = sorted({one.year for one in told})
    found = {one.year: one for one in forecasts(world, range(years[0], years[-1] + 1))}
    place = {gw: i for i, gw in enumerate(world.grid.states.tolist())}
    out = np.full((3, len(told)), np.nan)
    for number, one in enumerate(told):
        year, row = found[one.year], place.get(one.gw)
        out[:, number] = year.base if row is None else (year.p[row], year.prior[row], year.base)
    return out


def figures(p: Array, prior: Array, base: Array, told: Sequence[Published]) -> dict[str, Any]:
    """Return the scores of ours and of others, with intervals."""
    y = np.array([float(bool(one.observed)) for one in told])
    forest = np.array([one.p for one in told], dtype=float)
    countries = [str(one.gw) for one in told]
    loss = {name: losses(one, y) for name, one in (("", p), ("prior_", prior), ("base_", base), ("forest_", forest))}
    low, high = auc_interval(p, y, countries)
    out: dict[str, Any] = {f"{name}log_score": float(one.mean()) for name, one in loss.items()}
    out |= {"auc": auc(p, y), "auc_low": low, "auc_high": high, "prior_auc": auc(prior, y), "forest_auc": auc(forest, y)}
    out |= between("", paired(loss[""], loss["base_"], countries, came=float(y.sum()), draws=DRAWS, level=LEVEL))
    for other in ("forest", "prior"):
        gap = paired(loss[""], loss[f"{other}_"], countries, came=float(y.sum()), draws=DRAWS, level=LEVEL)
        out |= between(f"_{other}", gap)
    out |= {"brier": brier(p, y), "expected": float(p.sum())}
    out = {key: None if value is None else round(value, 5) for key, value in out.items()}
    years = sorted({one.year for one in told})
    return {**out, "n": len(y), "attempts": int(y.sum()), "span": f"{years[0]}-{years[-1]}", "interval": LEVEL}


def between(suffix: str, found: Difference) -> dict[str, float | None]:
    """Return a difference with its ends under the names of the bench."""
    return {f"difference{suffix}": found.mean, f"low{suffix}": found.low, f"high{suffix}": found.high}


def auc_interval(p: Array, y: Array, countries: Sequence[str]) -> tuple[float | None, float | None]:
    """Return the ends of the interval of the AUC by drawing countries anew; None where it has no AUC."""
    if auc(p, y) is None:
        return None, None
    names, place = np.unique(countries, return_inverse=True)
    rng, found = np.random.default_rng(20240101), []
    for _ in range(DRAWS):
        weight = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))[place]
        if 0 < weight @ y < weight.sum():
            found.append(roc_auc_score(y, p, sample_weight=weight))
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def dev(world: World) -> dict[str, Any] | None:
    """Return the scores of the span on which everything was chosen, all states of the set; None where the set begins later."""
    if world.grid.first >= DEV[0] or world.grid.first + world.grid.attempt.shape[1] < DEV[-1]:
        return None
    parts = []
    for one in forecasts(world, DEV):
        y = world.grid.attempt[:, world.grid.column(one.year)]
        known = np.isfinite(y) & np.isfinite(one.p)
        parts.append(np.stack([one.p, one.prior, np.full_like(y, one.base), y])[:, known])
    p, prior, base, y = np.concatenate(parts, axis=1)
    scores = {f"{name}log_score": losses(one, y).mean() for name, one in (("", p), ("prior_", prior), ("base_", base))}
    found: dict[str, Any] = {name: round(float(one), 5) for name, one in scores.items()}
    came = auc(p, y)
    return {**found, "auc": came and round(came, 3), "n": len(y), "attempts": int(y.sum()), "span": f"{DEV[0]}-{DEV[-1]}"}
