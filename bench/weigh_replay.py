"""The weeks of the ICEWS span, weighed anew: does evidence, from what was known by then, do better than the prior?

Source: ICEWS events (Boschee et al. 2015), conflict starts of UCDP/PRIO (Gleditsch et al. 2002), tiers of Mass Mobilization
(Clark & Regan 2016); data/forecast of the shared data, any span and number of files icews_*.csv.gz. ``limit`` is a number of
weeks.

Metric: mean log score in nats, less is better, over countries x weeks; the outcome is a start of an armed conflict within the
state in the next 30 days, by UCDP's ``start_date2`` (25th death, new or come back: the figures on top) and by ``start_date``
(first death of a new conflict). ``log_score`` is that of what is published, the sequential mixture; then the prior, (past starts
since 1989 + 8 pseudo-years of the rate of all) / (years + 8); the evidence model alone; naive Bayes with ratios pooled over
countries of what was told of at all; the base rate. ``difference`` is mixture minus prior with its 90 % interval over countries
drawn anew. ``new`` and ``recurrent`` are for those starts alone, ``second_half`` for the later half of the weeks. ``prompt`` is
the same with labels known within four months, a quarter's together, as UCDP's candidates are today, instead of the June of the
next year. ``lesson`` is the ratio of having been told of protest in the last two weeks, before conflicts and before coup attempts
(Powell & Thyne 2011): pooled over countries, and within countries given the tier (neither shrunk).

Matching rule: a start whose date is known to its month or year only counts in a window with the share of its days that lie
there, and as an onset from one half on. Ratios are learned on other countries and windows whose labels were published by the day.

What was chosen: nothing on rows. Windows, tail and indicators are those of the package, 8 pseudo-years and the first weight .1
are the protocol's, spread and ratios are fitted forward. The code was made on the first half (54 weeks to 2013-08-19); the
second was opened on 2026-11-29 with the code of that day. Mixture and prior are equal (.0297; difference 0): within countries no
ratio could be told from 1, so the evidence says nothing rather than harm. Naive Bayes: .113, at a higher AUC. After that two
things were changed: somebody in a state whose sector is not known no longer counts as its government (naive .1129 to .1135, all
else equal), and ``prompt`` learns each quarter instead of each month, to save time (difference +.0000008 to -.0000019).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.replay import Replay, part, replay, scores, shrunk_prior
from foreshock.scenarios.fitting.icews_span import IcewsSpan, read_span
from foreshock.scenarios.fitting.ratios import alone, pooled_ratio
from foreshock.scenarios.fitting.windows import Outcomes, outcomes, panel_of
from foreshock.scenarios.histories.sets import LAGS
from foreshock.scenarios.histories.starts import By, Start, conflict_starts, coup_starts
from foreshock.scenarios.histories.ucdp import SET
from foreshock.scenarios.scenario import load_scenarios

HORIZON = 30
PROMPT = 30
QUARTER = 91
TINY = 1e-12
DATES: tuple[By, ...] = ("start_date2", "start_date")


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of the whole span, or of its first ``limit`` weeks."""
    span = read_span(data, weeks=limit)
    second, first = (of_date(span, conflict_starts(span.world.years, by=by)) for by in DATES)
    coups = lesson(span, outcomes(span.grid, coup_starts(data.parent if data.is_file() else data), horizon=HORIZON, lag=0))
    second["lesson"] |= {f"coup_{name}": value for name, value in coups.items()}
    figures: dict[str, Any] = {**second, "start_date": first, "span": f"{span.first} to {span.last}", "coder": coder}
    return {key: rounded(value) for key, value in figures.items()}


def of_date(span: IcewsSpan, starts: tuple[Start, ...]) -> dict[str, Any]:
    """Return the figures for starts of one sort of date."""
    what = outcomes(span.grid, starts, horizon=HORIZON, lag=LAGS[SET].days)
    told = forecasts(span, what, starts)
    prompt = replace(what, known=-(-(what.day + HORIZON + PROMPT) // QUARTER) * QUARTER)
    figures = measured(told, what)
    figures["second_half"] = measured(*part(told, what, what.day >= np.median(span.grid.ends)))
    for name, sort in (("new", True), ("recurrent", False)):
        only = outcomes(span.grid, [one for one in starts if one.new == sort], horizon=HORIZON, lag=0)
        figures[name] = measured(told, only) if only.share.max() > 0.5 else None
    figures["prompt"] = measured(forecasts(span, prompt, starts), prompt)
    figures["lesson"] = lesson(span, what)
    return figures


def measured(told: Replay, what: Outcomes) -> dict[str, Any]:
    """Return the scores, with the same draws of countries each time."""
    return scores(told, what)


def forecasts(span: IcewsSpan, what: Outcomes, starts: tuple[Start, ...]) -> Replay:
    """Return what would have been said in each country-week, with the indicators that the scenario looks for."""
    names = [name for name in load_scenarios()["armed-conflict"].indicators if not span.indicators[name].tier]
    columns = [list(span.indicators).index(name) for name in names]
    prior = shrunk_prior(span.grid.countries, what, starts, span.world.members, horizon=HORIZON, lag=LAGS[SET].days)
    fired = panel_of(span.grid, what, span.given, seen=span.grid.fired()[:, columns])
    told = panel_of(span.grid, what, span.given, seen=span.grid.told()[:, columns])
    window = max(span.indicators[name].window for name in names)
    return replay(fired, told, what, prior, horizon=HORIZON, window=window)


def lesson(span: IcewsSpan, what: Outcomes) -> dict[str, float | None]:
    """Return the ratio of protest told of, pooled and within countries."""
    column = list(span.indicators).index("protest")
    panel = panel_of(span.grid, what, span.given, seen=span.grid.told()[:, [column]])
    return {"protest_pooled": float(pooled_ratio(panel)[0]), "protest_within": alone(panel, apart=HORIZON)}


def rounded(value: Any) -> Any:
    """Return figures with four significant digits; what is nothing but rounding is 0."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if not isinstance(value, float):
        return value
    return float(f"{value:.4g}") if abs(value) > TINY else 0.0
