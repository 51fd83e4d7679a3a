"""Evidence: what each indicator adds to a scenario's log odds, and in one sentence why, or why nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from foreshock.model import Evidence, StartState, Tier
from foreshock.scenarios.bridge import Bridge, carried
from foreshock.scenarios.ratio import Ratio, choose
from foreshock.scenarios.scenario_record import Scenario
from foreshock.scenarios.signals import Signal


def evidence_for(
    scenario: Scenario,
    horizon: int,
    found: Mapping[str, Signal],
    *,
    ratios: Sequence[Ratio],
    bridges: Sequence[Bridge],
    coder: str,
    tier: Tier,
    state: StartState,
) -> tuple[Evidence, ...]:
    """Return one piece of evidence for each indicator that the scenario looks for, and for others that were seen.

    What weighs nothing is there too, with its reason: defined by the tier, never measured at this horizon, measured on another
    coder without a bridge, no baseline, or blind. Those that weigh most come first.
    """
    known = (ratios, bridges, coder, tier, state)
    looked = [found[name] for name in scenario.indicators if name in found]
    beside = [one for name, one in found.items() if name not in scenario.indicators and one.state == "seen"]
    made = [_of(scenario, horizon, one, *known) for one in looked]
    made += [_nothing(scenario, one, "unmeasured", "this scenario does not look for it") for one in beside]
    return tuple(sorted(made, key=lambda one: -abs(one.nats)))


def _of(
    scenario: Scenario,
    horizon: int,
    signal: Signal,
    ratios: Sequence[Ratio],
    bridges: Sequence[Bridge],
    coder: str,
    tier: Tier,
    state: StartState,
) -> Evidence:
    indicator = signal.indicator
    if indicator.tier:
        return _nothing(scenario, signal, "in-tier", f"the prior of the tier {tier!r} has it already")
    ratio = choose(ratios, scenario.id, indicator.id, horizon, tier=tier, state=state, coder=coder)
    if ratio is None:
        return _nothing(scenario, signal, "unmeasured", f"no ratio was measured for {scenario.short} within {horizon} days")
    ours = carried(ratio, coder, bridges)
    if ours is None:
        return _nothing(
            scenario, signal, "no-bridge", f"its ratio was measured on {ratio.feed}, and no bridge leads there from {coder}"
        )
    if signal.state == "no-baseline":
        return _nothing(scenario, signal, "no-baseline", "the feed is too young to say what is usual here")
    sides = {"seen": (ours.seen_low, ours.seen, ours.seen_high), "unseen": (ours.unseen_low, ours.unseen, ours.unseen_high)}
    if signal.state == "blind":
        low, high = min(one[0] for one in sides.values()), max(one[2] for one in sides.values())
        return _made(
            scenario, signal, "blind", (low, 1.0, high), "a part of these days could not be seen, so it weighs nothing either way"
        )
    what = f"ratio {sides[signal.state][1]:.2f} [{sides[signal.state][0]:.2f}-{sides[signal.state][2]:.2f}]"
    why = f"{what} on {ours.feed}, {ours.provenance.onsets} onsets in {ours.provenance.n} windows"
    return _made(scenario, signal, signal.state, sides[signal.state], why)


def _nothing(scenario: Scenario, signal: Signal, state: str, why: str) -> Evidence:
    return _made(scenario, signal, state, (1.0, 1.0, 1.0), f"weighs nothing: {why}")


def _made(scenario: Scenario, signal: Signal, state: str, ratio: tuple[float, float, float], why: str) -> Evidence:
    low, mid, high = ratio
    return Evidence(
        scenario=scenario.id,
        indicator=signal.indicator.id,
        state=state,  # type: ignore[arg-type]
        nats=round(log(mid), 6),
        low=round(log(low), 6),
        high=round(log(high), 6),
        why=f"{sentence(signal)}; {why}.",
        happenings=tuple(one.id for one in signal.happenings),
        claim_ids=tuple(dict.fromkeys(claim for one in signal.happenings for claim in one.claim_ids)),
    )


def sentence(signal: Signal) -> str:
    """Return what was seen of an indicator, without its weight: "3 incidents of protests in 14 days, usually 0.4"."""
    many = "1 incident" if signal.count == 1 else f"{signal.count or 'no'} incidents"
    usual = "" if signal.usual is None else f", usually {signal.usual:.1f}"
    return f"{many} of {signal.indicator.gloss} in {signal.indicator.window} days{usual}"
