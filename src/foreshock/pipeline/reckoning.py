"""What the doors ask of weighing: settings become tables, estimates become words, and estimates are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from foreshock.dates import last_day, utc_stamp
from foreshock.ledger import Ledger
from foreshock.model import Estimate, Outcome, StartState, Tier, to_json
from foreshock.pipeline.asked import asked
from foreshock.pipeline.precedents import Search, precedents_in
from foreshock.pipeline.showing import Shown, show
from foreshock.pipeline.weighing import Reckoning, Stand, tables_with, weigh_situation
from foreshock.pipeline.workbench import Workbench
from foreshock.scenarios.histories.shutdowns import load_shutdowns
from foreshock.scenarios.mixture import Past, next_weight
from foreshock.scenarios.precedents.record import Precedent
from foreshock.scenarios.scenario import user_scenarios
from foreshock.scenarios.scoring.resolve import resolve
from foreshock.scenarios.weigh import Tables
from foreshock.scenarios.words import band, percent
from foreshock.settings import Settings

NEAREST = 3
# An estimate that was made longer after its day than this knew too much to be scored as a forecast.
IN_TIME = timedelta(days=7)

__all__ = [
    "Said",
    "as_data",
    "earned",
    "keep_estimates",
    "only_scenarios",
    "percent",
    "said_of",
    "scenario_ids",
    "weigh",
    "weighing_tables",
]


@dataclass(frozen=True, slots=True)
class Said:
    """An estimate as it is said: numbers as per cent, and the ICD 203 word of the probability alone."""

    probability: str
    low: str
    high: str
    word: str
    prior: str
    base_rate: str


def said_of(estimate: Estimate) -> Said | None:
    """Return how an estimate is said; None where the scenario is unmeasured."""
    one, before = estimate, estimate.prior
    if one.probability is None or one.low is None or one.high is None or before is None:
        return None
    return Said(
        probability=percent(one.probability),
        low=percent(one.low),
        high=percent(one.high),
        word=band(one.probability).word,
        prior=percent(before.probability),
        base_rate=percent(before.base_rate),
    )


def weighing_tables(settings: Settings, files: Iterable[Path] = ()) -> Tables:
    """Return the tables of the package with the user's scenarios, of the settings and of files, beside its own.

    Raises:
        CatalogueError: one does not fit, or two have one id.
    """
    paths = [*([settings.scenarios] if settings.scenarios else []), *files]
    own = {one.id: one for path in paths for one in user_scenarios(path)}
    return tables_with(own.values())


def scenario_ids(path: Path) -> list[str]:
    """Return the ids of the scenarios of a file or folder."""
    return [one.id for one in user_scenarios(path)]


def weigh(
    ledger: Ledger,
    bench: Workbench,
    *,
    now: datetime,
    country: str | None = None,
    crisis: str | None = None,
    as_of: str | None = None,
    published: bool = False,
    state: StartState | None = None,
    tier: Tier | None = None,
    data: Path | None = None,
) -> list[Reckoning]:
    """Return the reckonings that ``foreshock weigh`` prints; ``data`` holds a register of shutdowns.

    Raises:
        LedgerError: nothing was known by then, or there is no such crisis.
        CatalogueError: a scenario does not fit, or the register cannot be read.
    """
    tables, registered = weighing_tables(bench.settings), load_shutdowns(data) if data else ()
    what = asked(ledger, now=now, country=country, crisis=crisis, as_of=as_of, published=published, actors=bench.catalogue)
    shown = show(ledger, what.found, now=now)
    made = []
    for one, day in what.days.items():
        stand = Stand(tables, registered, earned(ledger, made=day.isoformat(), as_of=as_of), state, tier)
        weighed = weigh_situation(what.found, country=one, as_of=day, arrival=what.arrival, name=crisis or one, stand=stand)
        made.append(replace(weighed, nearest=nearest_to(weighed, shown, bench, limit=NEAREST)))
    return made


def nearest_to(one: Reckoning, shown: Shown, bench: Workbench, *, limit: int) -> tuple[Precedent, ...]:
    """Return the past crises nearest to what was weighed, at the state and tier that it took."""
    subject, start = one.weighing.subject, one.weighing.start
    # Of a short ledger peace and quiet are not known, only not denied.
    state, tier = (None if start.state == "peace" else start.state), (None if start.tier == "quiet" else start.tier)
    search = Search(limit=limit, state=state, tier=tier)
    return precedents_in(shown, bench, country=subject.country, as_of=subject.as_of, search=search).nearest


def earned(ledger: Ledger, *, made: str, as_of: str | None = None) -> dict[tuple[str, str, int], float]:
    """Return the weight that evidence has earned by past estimates whose outcome was known, by country, scenario and horizon.

    Only estimates that were kept within a week of their day count: one made later may have known what came of it.

    Args:
        ledger: holds estimates and outcomes.
        made: the ISO day of the forecast that the weights are for.
        as_of: ISO prefix: only what was known by then counts.
    """
    outcomes: dict[tuple[str, str], list[tuple[str, Outcome]]] = defaultdict(list)
    for known_at, outcome in ledger.outcomes_since(as_of):
        outcomes[outcome.scenario, outcome.country].append((known_at, outcome))
    past: dict[tuple[str, str, int], list[Past]] = defaultdict(list)
    for known_at, one in ledger.estimates_since(as_of):
        day = last_day(one.as_of)
        if one.evidence_model is None or one.prior is None or last_day(known_at[:10]) - day > IN_TIME:
            continue
        found = resolve(one, outcomes[one.scenario, one.country])
        known = found.known_at[:10] if found.known_at else None
        key = (one.country, one.scenario, one.horizon)
        past[key].append(Past(one.as_of, one.prior.probability, one.evidence_model, found.share, known))
    return {key: next_weight(forecasts, made=made)[0] for key, forecasts in past.items()}


def only_scenarios(one: Reckoning, names: Sequence[str]) -> Reckoning:
    """Return a reckoning with some scenarios, or all where none is named; that nothing breaks is always there."""
    if not names:
        return one
    kept = tuple(it for it in one.estimates if it.scenario in names or one.tables.scenarios[it.scenario].calm)
    return replace(one, weighing=replace(one.weighing, estimates=kept))


def as_data(one: Reckoning) -> dict[str, Any]:
    """Return a reckoning as plain values, ready for JSON, field for field; a signal without the definition of its indicator."""
    made = one.weighing
    signals = {
        name: {
            "state": signal.state,
            "count": signal.count,
            "usual": signal.usual,
            "happenings": [to_json(it) for it in signal.happenings],
            "ignored": [to_json(it) for it in signal.ignored],
        }
        for name, signal in made.signals.items()
    }
    return {
        "subject": {
            field.name: value.isoformat() if isinstance(value := getattr(made.subject, field.name), date) else value
            for field in fields(made.subject)
        },
        "start": to_json(made.start),
        "estimates": [to_json(it) for it in made.estimates],
        "signals": signals,
        "first": {str(days): dict(shares) for days, shares in made.first.items()},
        "blind": [to_json(it) for it in made.blind],
        "hidden": list(one.hidden),
        "changes": [to_json(it) for it in one.changes],
        "precedents": [_past(it) for it in one.nearest],
        "unplaced": one.unplaced,
    }


def _past(one: Precedent) -> dict[str, Any]:
    crisis = one.crisis
    return {
        "id": crisis.id, "name": crisis.name, "countries": list(crisis.countries), "start": crisis.start, "end": crisis.end,
        "score": one.score, "rank": one.rank, "of": one.of, "summary": one.summary,
        "alike": [it.text for it in one.alike], "differ": [it.text for it in one.differ], "unknown": list(one.unknown),
        "ended": [to_json(it) for it in one.endings], "after": crisis.after, "sources": list(crisis.sources),
    }  # fmt: skip


def keep_estimates(ledger: Ledger, reckonings: Iterable[Reckoning], *, now: datetime) -> int:
    """Keep estimates, to be scored once their horizon has passed; return how many are new."""
    every = [one for reckoning in reckonings for one in reckoning.estimates]
    return ledger.keep_estimates(every, known_at=utc_stamp(now))
