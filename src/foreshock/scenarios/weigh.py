"""Weigh: from one country's happenings to the estimates of every scenario, with the reasons for each.

The posterior is made anew from the prior at each moment, never from yesterday's. An incident counts once, however many
report it. What the steps mean is in docs/weighing.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from foreshock.model import Blind, Estimate, Evidence, Happening, Prior, Provenance, StartState, Tier, record_id
from foreshock.scenarios.bridge import Bridge, load_bridges
from foreshock.scenarios.combine import Combined, combine
from foreshock.scenarios.evidence import evidence_for
from foreshock.scenarios.first import comes_first, moved_shares
from foreshock.scenarios.indicators import Indicator, load_indicators
from foreshock.scenarios.prior import Hazards, load_hazards, prior
from foreshock.scenarios.ratio import Ratio, load_ratios
from foreshock.scenarios.scenario import load_scenarios
from foreshock.scenarios.scenario_record import Scenario
from foreshock.scenarios.signals import Signal, signals
from foreshock.scenarios.silence import tier_under_silence, visible
from foreshock.scenarios.steady import steadied
from foreshock.scenarios.tiers import start_of

METHOD = "weighing@1"
AT_FIRST = 0.1


@dataclass(frozen=True, slots=True)
class Subject:
    """What is weighed: one country as of the end of a day, on what one ledger knew by then.

    Attributes:
        country: ISO 3166 alpha-3.
        as_of: the last day that counts.
        since: the first day on which the feed covers the country; None where it has told nothing.
        coder: the coder whose incidents the evidence is taken from, by name and version.
        arrival: the last coding that was known; 0 without a ledger.
        name: that of the crisis, or the country again.
    """

    country: str
    as_of: date
    since: date | None
    coder: str
    arrival: int = 0
    name: str = ""


@dataclass(frozen=True, slots=True)
class Tables:
    """What weighing stands on: those of the package where not given."""

    scenarios: Mapping[str, Scenario] = field(default_factory=load_scenarios)
    hazards: Hazards = field(default_factory=load_hazards)
    ratios: Sequence[Ratio] = field(default_factory=load_ratios)
    bridges: Sequence[Bridge] = field(default_factory=load_bridges)
    indicators: Mapping[str, Indicator] = field(default_factory=load_indicators)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a country stands: its state and tier, the tier that was seen in fact, and why."""

    state: StartState
    tier: Tier
    seen: Tier
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weighing:
    """The estimates of one country at one moment, one for each scenario and horizon, and what they have in common.

    ``first`` is horizon -> scenario -> share of coming first, of the exclusive question; empty where none of it is measured.
    """

    subject: Subject
    start: Start
    signals: Mapping[str, Signal]
    estimates: tuple[Estimate, ...]
    first: Mapping[int, Mapping[str, float]]
    blind: tuple[Blind, ...]


def weigh(
    subject: Subject,
    happenings: Iterable[Happening],
    *,
    blind: Sequence[Blind] = (),
    tables: Tables | None = None,
    weights: Mapping[tuple[str, int], float] | None = None,
    state: StartState | None = None,
    tier: Tier | None = None,
) -> Weighing:
    """Return what history and the news together say of every scenario.

    Args:
        subject: country and moment.
        happenings: incidents of the country, each once; those that were not known by the moment are left out here.
        blind: stretches in which it could not be seen.
        tables: scenarios and measured numbers; those of the package.
        weights: (scenario, horizon) -> the weight that the evidence has earned, 0 to 1; .1 where nothing is known of it.
        state, tier: where the user knows better than what was read.

    Raises:
        CatalogueError: a scenario names a history or outcome that is not there, or shares do not sum to 1.
    """
    stands_on = tables or Tables()
    day = subject.as_of.isoformat()
    known = [one for one in happenings if one.day <= day and one.known_at[:10] <= day]
    now_blind = tuple(one for one in blind if one.since <= day)

    pairs = [(one, days) for one in stands_on.scenarios.values() if not one.outcomes for days in one.horizons]

    def looked(of: Sequence[Happening]) -> tuple[Start, dict[str, Signal]]:
        return _start(of, subject, now_blind, state, tier), _signals(of, subject, now_blind, stands_on)

    def made(start: Start, found: Mapping[str, Signal]) -> list[Estimate]:
        return [_estimate(*pair, subject, start, found, now_blind, stands_on, weights or {}) for pair in pairs]

    start, found = looked(known)
    estimates = made(start, found)
    # Numbers hang on the start and on the states alone, and most sources change neither.
    before = {_standing(start, found): estimates}

    def again(of: Sequence[Happening]) -> Sequence[Estimate]:
        other = looked(of)
        key = _standing(*other)
        if key not in before:
            before[key] = made(*other)
        return before[key]

    estimates = steadied(estimates, known, again)
    return Weighing(subject, start, found, tuple(estimates), _first(estimates, stands_on), now_blind)


def _start(
    known: Sequence[Happening], subject: Subject, blind: Sequence[Blind], state: StartState | None, tier: Tier | None
) -> Start:
    """Return the start state and tier; a user's own word stands, whatever was seen or hidden."""
    seen_state, seen_tier, reasons = start_of(visible(known, blind), _day(subject))
    if tier is not None:
        taken, reasons = tier, (*reasons, f"The tier {tier!r} was given.")
    else:
        taken, why = tier_under_silence(seen_tier, [one for one in blind if one.until is None or one.until >= _day(subject)])
        reasons = (*reasons, why) if why else tuple(reasons)
    if state is not None:
        reasons = (*reasons, f"The starting state {state!r} was given.")
    return Start(state or seen_state, taken, seen_tier if tier is None else tier, tuple(reasons))


def _standing(start: Start, found: Mapping[str, Signal]) -> tuple[str, ...]:
    return (start.state, start.tier, start.seen, *(one.state for one in found.values()))


def _day(subject: Subject) -> str:
    return subject.as_of.isoformat()


def _signals(known: Sequence[Happening], subject: Subject, blind: Sequence[Blind], tables: Tables) -> dict[str, Signal]:
    """Return the signals of the coder's own feed: another coder's incidents have another base rate."""
    mine = [one for one in known if not one.coders or subject.coder in one.coders]
    return signals(mine, tables.indicators, as_of=subject.as_of, since=subject.since, blind=blind)


def _estimate(
    scenario: Scenario,
    horizon: int,
    subject: Subject,
    start: Start,
    found: Mapping[str, Signal],
    blind: tuple[Blind, ...],
    tables: Tables,
    weights: Mapping[tuple[str, int], float],
) -> Estimate:
    before = _prior(scenario, horizon, subject, start, tables)
    evidence = evidence_for(
        scenario, horizon, found, ratios=tables.ratios, bridges=tables.bridges, coder=subject.coder,
        tier=start.tier, state=start.state,
    )  # fmt: skip
    weight = weights.get((scenario.id, horizon), AT_FIRST)
    result = combine(before, evidence, weight) if before else None
    return _record(scenario, horizon, subject, start, before, result, weight, evidence, blind)


def _record(
    scenario: Scenario,
    horizon: int,
    subject: Subject,
    start: Start,
    before: Prior | None,
    result: Combined | None,
    weight: float,
    evidence: tuple[Evidence, ...],
    blind: tuple[Blind, ...],
) -> Estimate:
    name = subject.name or subject.country
    values = (scenario.id, name, subject.country, _day(subject), str(horizon), str(subject.arrival), METHOD)
    # Rounded, so that another order of the same sums is the same estimate.
    numbers = f"{result.probability:.9g} {result.low:.9g} {result.high:.9g} {weight:.9g}" if result else ""
    unmeasured = None if result else scenario.unmeasured or f"no history of {scenario.short} was measured"
    return Estimate(
        id=record_id("estimate", *values, start.state, start.tier, numbers),
        scenario=scenario.id,
        subject=name,
        country=subject.country,
        as_of=_day(subject),
        horizon=horizon,
        state=start.state,
        tier=start.tier,
        probability=result.probability if result else None,
        low=result.low if result else None,
        high=result.high if result else None,
        prior=before,
        evidence_model=result.evidence_model if result else None,
        weight=weight if result else None,
        evidence=evidence,
        blind=blind,
        arrival=subject.arrival,
        method=METHOD,
        unmeasured=unmeasured,
    )


def _prior(scenario: Scenario, horizon: int, subject: Subject, start: Start, tables: Tables) -> Prior | None:
    """Return a scenario's prior; under silence the worse of those of the tier seen and the tier taken, over both intervals."""
    if scenario.given is not None:
        p = scenario.given[horizon]
        by = scenario.given_by or ""
        return Prior(p, p, p, p, f"Given, not measured: {by}.", Provenance((by,), "", 0, 0, "", "given"))
    if scenario.history is None:
        return None
    found = [
        prior(
            tables.hazards, scenario.history, country=subject.country, state=start.state, tier=tier,
            on=subject.as_of, horizon=horizon,
        )
        for tier in dict.fromkeys((start.tier, start.seen))
    ]  # fmt: skip
    measured = [one for one in found if one is not None]
    if not measured:
        return None
    # What could not be seen may be the worst, and a higher tier is not the worse one for every scenario.
    worst = (min if scenario.calm else max)(measured, key=lambda one: one.probability)
    return replace(worst, low=min(one.low for one in measured), high=max(one.high for one in measured))


def _first(estimates: Sequence[Estimate], tables: Tables) -> dict[int, dict[str, float]]:
    """Return the exclusive question's shares by horizon, over those of its scenarios that have a number."""
    found: dict[int, dict[str, float]] = {}
    for question in (one for one in tables.scenarios.values() if one.outcomes):
        for days in question.horizons:
            mine = {one.scenario: one for one in estimates if one.horizon == days and one.scenario in question.outcomes}
            if question.shares:
                nats = {name: (one.weight or 0.0) * sum(it.nats for it in one.evidence) for name, one in mine.items()}
                found[days] = moved_shares(question.shares, nats)
            elif numbers := {name: one.probability for name, one in mine.items() if one.probability is not None}:
                found[days] = comes_first(numbers)
    return found
