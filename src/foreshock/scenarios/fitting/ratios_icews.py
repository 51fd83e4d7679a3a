"""Ratios of ICEWS indicators for armed conflict and coup attempts, as ``fitted/ratios_icews.yaml`` ships them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from foreshock.scenarios.fitting.icews_span import IcewsSpan, read_span
from foreshock.scenarios.fitting.provenance import provenance
from foreshock.scenarios.fitting.ratios import Measured, measure
from foreshock.scenarios.fitting.windows import outcomes, panel_of
from foreshock.scenarios.histories import mobilization
from foreshock.scenarios.histories.starts import COUPS, Start, conflict_starts, coup_starts
from foreshock.scenarios.histories.ucdp import SET
from foreshock.scenarios.scenario import load_scenarios

WHAT = "What indicators on ICEWS were worth, within countries given tier and state."
HORIZONS = (30, 90)
# With fewer episodes there is nothing to draw countries from: the indicator stays unmeasured.
FEWEST = 5
SEED = 20140831
OUTCOMES = {
    "armed-conflict": "the 25th death of an episode of armed conflict within the state, new or come back (UCDP's start_date2)",
    "coup-attempt": "a coup attempt (Powell & Thyne)",
}


def fit(data: Path, *, fitted: str, command: str) -> dict[str, Any]:
    """Return the plain values of the table.

    Raises:
        CatalogueError: a set is missing or not whole.
    """
    span = read_span(data)
    sources = {"armed-conflict": conflict_starts(span.world.years, by="start_date2"), "coup-attempt": coup_starts(data)}
    pairs = [(scenario, horizon) for scenario in sources for horizon in HORIZONS]
    found = [one for scenario, horizon in pairs for one in ratios_of(span, scenario, sources[scenario], horizon)]
    return {
        "coder": "icews",
        "feed": "ICEWS",
        "provenance": provenance(
            sets=[*span.sets, SET, COUPS, mobilization.SET],
            span=(span.first.year, span.last.year),
            n=max((one.windows for one in found), default=0),
            onsets=max((one.onsets for one in found), default=0),
            fitted=fitted,
            command=command,
        ),
        "ratios": [one.plain() | {"outcome": OUTCOMES[one.scenario]} for one in found],
    }


def ratios_of(span: IcewsSpan, scenario: str, starts: tuple[Start, ...], horizon: int) -> list[Measured]:
    """Return the ratios of the indicators that a scenario looks for and no tier is made of; none where onsets are too few."""
    import numpy as np

    names = [name for name in load_scenarios()[scenario].indicators if not span.indicators[name].tier]
    columns = [list(span.indicators).index(name) for name in names]
    what = outcomes(span.grid, starts, horizon=horizon, lag=0)
    panel = panel_of(span.grid, what, span.given, seen=span.grid.fired()[:, columns])
    window = max(span.indicators[name].window for name in names)
    found = measure(panel, names, scenario=scenario, horizon=horizon, apart=max(horizon, window), rng=np.random.default_rng(SEED))
    return [one for one in found if one.effective_onsets >= FEWEST]
