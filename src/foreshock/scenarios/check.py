"""What of a scenario is measured: its prior, and each of its indicators at each horizon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foreshock.scenarios.bridge import Bridge, carried
from foreshock.scenarios.indicators import load_indicators
from foreshock.scenarios.prior import Hazards
from foreshock.scenarios.ratio import Ratio
from foreshock.scenarios.scenario_record import Scenario


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a scenario stands on: "prior" or an indicator, whether it is measured, and on what or why not."""

    scenario: str
    what: str
    measured: bool
    why: str


def check(
    scenarios: Iterable[Scenario], *, hazards: Hazards, ratios: Sequence[Ratio], bridges: Sequence[Bridge], coder: str
) -> list[Finding]:
    """Return what each scenario stands on, in order; an exclusive question stands on its scenarios and is not listed."""
    return [
        finding
        for one in scenarios
        if not one.outcomes
        for finding in (_prior(one, hazards), *_indicators(one, ratios, bridges, coder))
    ]


def _prior(one: Scenario, hazards: Hazards) -> Finding:
    if one.given is not None:
        return Finding(one.id, "prior", measured=False, why=f"given by {one.given_by}, not measured")
    if one.history is None:
        return Finding(one.id, "prior", measured=False, why=one.unmeasured or "no history is named")
    known = hazards.provenance(one.history)
    if known is None:
        return Finding(one.id, "prior", measured=False, why=f"there is no history {one.history!r} among the fitted ones")
    sets = ", ".join(known.sets)
    return Finding(one.id, "prior", measured=True, why=f"{sets}, {known.span}: {known.onsets} of {known.n} country-years")


def _indicators(one: Scenario, ratios: Sequence[Ratio], bridges: Sequence[Bridge], coder: str) -> list[Finding]:
    return [_indicator(one, name, ratios, bridges, coder) for name in one.indicators]


def _indicator(one: Scenario, name: str, ratios: Sequence[Ratio], bridges: Sequence[Bridge], coder: str) -> Finding:
    if load_indicators()[name].tier:
        return Finding(one.id, name, measured=False, why="the tier is made of it: it is in the prior")
    found = [it for it in ratios if (it.scenario, it.indicator) == (one.id, name) and it.horizon in one.horizons]
    usable = [it for it in found if carried(it, coder, bridges) is not None]
    if usable:
        days = ", ".join(str(day) for day in sorted({it.horizon for it in usable}))
        return Finding(
            one.id, name, measured=True, why=f"{usable[0].feed}, within {days} days, {usable[0].provenance.onsets} onsets"
        )
    if found:
        return Finding(one.id, name, measured=False, why=f"measured on {found[0].feed}, no bridge to {coder}")
    return Finding(one.id, name, measured=False, why="no ratio was measured at its horizons")
