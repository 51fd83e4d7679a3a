"""What would change the reading, and the board of hypotheses and evidence: a display, not the arithmetic.

The board is that of the analysis of competing hypotheses (Heuer 1999, ch. 8): scenarios in rows, indicators in columns. An
indicator is diagnostic as far as its nats differ between scenarios; one that weighs alike everywhere tells none apart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foreshock.model import Estimate, Evidence
from foreshock.scenarios.combine import combine
from foreshock.scenarios.evidence import evidence_for
from foreshock.scenarios.signals import Signal, SignalState
from foreshock.scenarios.weigh import Tables, Weighing
from foreshock.scenarios.words import band, percent


@dataclass(frozen=True, slots=True)
class Change:
    """What a scenario's probability would be if one indicator turned: seen if it is not, no longer seen if it is."""

    scenario: str
    horizon: int
    indicator: str
    turned: SignalState
    probability: float
    other_band: bool
    why: str


@dataclass(frozen=True, slots=True)
class Board:
    """Nats by scenario and indicator at one horizon, the most diagnostic indicators first; None where nothing is weighed."""

    horizon: int
    scenarios: tuple[str, ...]
    indicators: tuple[str, ...]
    nats: tuple[tuple[float | None, ...], ...]
    diagnosticity: tuple[float, ...]


def changes(weighing: Weighing, tables: Tables) -> list[Change]:
    """Return what would move each estimate, the strongest first; indicators that weigh nothing move nothing."""
    found = [one for estimate in weighing.estimates for one in _changes(estimate, weighing, tables)]
    return sorted(found, key=lambda one: -one.probability)


def _changes(estimate: Estimate, weighing: Weighing, tables: Tables) -> list[Change]:
    if estimate.probability is None or estimate.prior is None or estimate.weight is None:
        return []
    found = []
    for one in estimate.evidence:
        if one.state not in ("seen", "unseen"):
            continue
        turned: SignalState = "unseen" if one.state == "seen" else "seen"
        others = [_turned(estimate, weighing, tables, one, turned) if it is one else it for it in estimate.evidence]
        p = combine(estimate.prior, others, estimate.weight).probability
        gloss = tables.indicators[one.indicator].gloss
        what = f"no more {gloss} than usual" if turned == "unseen" else f"more {gloss} than usual"
        why = f"With {what}, it would be {percent(p)} rather than {percent(estimate.probability)}."
        moved = band(p) != band(estimate.probability)
        found.append(Change(estimate.scenario, estimate.horizon, one.indicator, turned, p, moved, why))
    return found


def _turned(estimate: Estimate, weighing: Weighing, tables: Tables, one: Evidence, turned: SignalState) -> Evidence:
    """Return the evidence of an indicator as it would be in the other state."""
    signal: Signal = replace(weighing.signals[one.indicator], state=turned)
    scenario = replace(tables.scenarios[estimate.scenario], indicators=(one.indicator,))
    made = evidence_for(
        scenario, estimate.horizon, {one.indicator: signal}, ratios=tables.ratios, bridges=tables.bridges,
        coder=weighing.subject.coder, tier=weighing.start.tier, state=weighing.start.state,
    )  # fmt: skip
    return made[0]


def board(estimates: Sequence[Estimate], horizon: int) -> Board:
    """Return the board of the estimates of one horizon."""
    rows = [one for one in estimates if one.horizon == horizon]
    cells: Mapping[tuple[str, str], Evidence] = {(one.scenario, it.indicator): it for one in rows for it in one.evidence}
    weighed = ("seen", "unseen")
    names = dict.fromkeys(name for (_, name), it in cells.items() if it.state in weighed)

    def nats(scenario: str, name: str) -> float | None:
        it = cells.get((scenario, name))
        return it.nats if it is not None and it.state in weighed else None

    def spread(name: str) -> float:
        column = [nats(one.scenario, name) or 0.0 for one in rows]
        return round(max(column) - min(column), 6)

    ordered = tuple(sorted(names, key=lambda name: (-spread(name), name)))
    return Board(
        horizon=horizon,
        scenarios=tuple(one.scenario for one in rows),
        indicators=ordered,
        nats=tuple(tuple(nats(one.scenario, name) for name in ordered) for one in rows),
        diagnosticity=tuple(spread(name) for name in ordered),
    )
