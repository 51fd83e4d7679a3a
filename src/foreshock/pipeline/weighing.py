"""Weigh: what a ledger knew of a country becomes estimates of every scenario, with their reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property

from foreshock.coding.rules import RulesCoder
from foreshock.errors import CatalogueError
from foreshock.model import Blind, Estimate, Happening, StartState, Tier
from foreshock.pipeline.happenings import covered, happenings, unplaced
from foreshock.pipeline.silence import silences
from foreshock.pipeline.situation import Situation
from foreshock.scenarios.board import Board, Change, board, changes
from foreshock.scenarios.check import Finding, check
from foreshock.scenarios.precedents.record import Precedent
from foreshock.scenarios.scenario import catalogue as scenario_catalogue
from foreshock.scenarios.scenario import load_scenarios
from foreshock.scenarios.scenario_record import Scenario
from foreshock.scenarios.silence import silence_lines
from foreshock.scenarios.weigh import Subject, Tables, Weighing, weigh

MEMORY = 1100  # days looked back at: two years of a feed's habits, and the year before them that tells the tier


@dataclass(frozen=True)
class Reckoning:
    """What was weighed of one country, and everything that explains it.

    Attributes:
        weighing: the estimates with their signals, start and blind stretches.
        tables: scenarios and measured numbers that it stands on.
        happenings: those of the country, counted or not, known by the moment.
        unplaced: incidents of the ledger that name no country and count for none.
        nearest: the past crises that are nearest, where they were looked for; no number stands on them.
    """

    weighing: Weighing
    tables: Tables
    happenings: tuple[Happening, ...]
    unplaced: int
    nearest: tuple[Precedent, ...] = ()

    @property
    def estimates(self) -> tuple[Estimate, ...]:
        """One for each scenario and horizon."""
        return self.weighing.estimates

    @cached_property
    def changes(self) -> list[Change]:
        """What would change the reading."""
        return changes(self.weighing, self.tables)

    def board(self, horizon: int) -> Board:
        """Return hypotheses against evidence at a horizon."""
        return board(self.estimates, horizon)

    @cached_property
    def hidden(self) -> list[str]:
        """What could not have been seen, one sentence each."""
        return silence_lines(self.weighing.blind)


@dataclass(frozen=True)
class Stand:
    """What weighing stands on beside the ledger.

    Attributes:
        tables: scenarios and measured numbers; those of the package where not given.
        registered: blind stretches from a register of shutdowns.
        weights: (country, scenario, horizon) -> the weight that evidence has earned by then; .1 where none is known.
        state, tier: what the user knows better than the ledger.
    """

    tables: Tables = field(default_factory=Tables)
    registered: Sequence[Blind] = ()
    weights: Mapping[tuple[str, str, int], float] = field(default_factory=dict)
    state: StartState | None = None
    tier: Tier | None = None


def weigh_situation(
    found: Situation, *, country: str, as_of: date, arrival: int = 0, name: str = "", stand: Stand | None = None
) -> Reckoning:
    """Return the reckoning of a country from the joined picture of the whole ledger, as it was known at the end of ``as_of``.

    Raises:
        CatalogueError: the country is no ISO 3166 alpha-3 code.
    """
    if not re.fullmatch("[A-Z]{3}", country):
        raise CatalogueError(f"{country!r} is no country", remedy="give its ISO 3166 alpha-3 code, such as KAZ")
    on = stand or Stand()
    days = covered(found, country=country)
    since = min(days, default=None)
    first = max(since or as_of, date.fromordinal(as_of.toordinal() - MEMORY))
    blind = silences(found, country=country, since=first, until=as_of, registered=on.registered)
    told = happenings(found, country=country, blind=blind)
    subject = Subject(country, as_of, since, coder_of(found, on.tables), arrival, name or country)
    weights = {(scenario, days): one for (where, scenario, days), one in on.weights.items() if where == country}
    made = weigh(subject, told, blind=blind, tables=on.tables, weights=weights, state=on.state, tier=on.tier)
    return Reckoning(made, on.tables, tuple(told), unplaced(found))


def coder_of(found: Situation, tables: Tables) -> str:
    """Return the coder whose incidents evidence is taken from: the one on which ratios were measured, else the most active."""
    active = Counter(report.claim.coder for report in found.reports.values())
    measured = [one for one in active if any(ratio.coder == one for ratio in tables.ratios)]
    return max(measured or active, key=lambda one: (active[one], one), default="none")


def tables_with(own: Iterable[Scenario] = ()) -> Tables:
    """Return the tables of the package with a user's own scenarios beside its own.

    Raises:
        CatalogueError: two scenarios have one id.
    """
    return replace(Tables(), scenarios=scenario_catalogue([*load_scenarios().values(), *own]))


def check_scenarios(tables: Tables, *, only: Iterable[str] = (), coder: str | None = None) -> list[Finding]:
    """Return what each scenario stands on and what of it is unmeasured; of some of them where they are named.

    Args:
        tables: scenarios and measured numbers.
        only: ids of scenarios.
        coder: whose incidents evidence is taken from; where not given, our own coder on which most ratios were measured.

    Raises:
        CatalogueError: there is no scenario of that name.
    """
    wanted = list(only)
    if unknown := [one for one in wanted if one not in tables.scenarios]:
        raise CatalogueError(f"there is no scenario {unknown[0]!r}", remedy=f"known are {', '.join(tables.scenarios)}")
    chosen = [one for name, one in tables.scenarios.items() if not wanted or name in wanted]
    ours = Counter(one.coder for one in tables.ratios if one.coder.startswith("rules"))
    name = coder or max(ours, key=lambda one: (ours[one], one), default=_newest("rules-en"))
    return check(chosen, hazards=tables.hazards, ratios=tables.ratios, bridges=tables.bridges, coder=name)


def _newest(coder: str) -> str:
    """Return the name of a rules coder with the version that codes today."""
    return f"{coder}@{next(one.default for one in fields(RulesCoder) if one.name == 'version')}"
