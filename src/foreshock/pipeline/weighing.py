"""Weigh: what a ledger knew of a country becomes estimates of every scenario, with their reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from functools import cached_property

from foreshock.coding.rules import RulesCoder
from foreshock.dates import first_day, last_day
from foreshock.errors import CatalogueError, LedgerError
from foreshock.ledger import Ledger
from foreshock.model import Blind, Estimate, Happening, StartState, Tier
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.pipeline.happenings import covered, happenings, unplaced
from foreshock.pipeline.silence import silences
from foreshock.pipeline.situation import Situation, situation
from foreshock.scenarios.board import Board, Change, board, changes
from foreshock.scenarios.check import Finding, check
from foreshock.scenarios.precedents.record import Precedent
from foreshock.scenarios.scenario import catalogue as scenario_catalogue
from foreshock.scenarios.scenario import load_scenarios
from foreshock.scenarios.scenario_record import Scenario
from foreshock.scenarios.silence import silence_lines
from foreshock.scenarios.weigh import Subject, Tables, Weighing, weigh

STALE = 30  # days without a report of a country after which it is not weighed as of today
MEMORY = 1100  # days looked back at: two years of a feed's habits, and the year before them that tells the tier


@dataclass(frozen=True)
class Reckoning:
    """What was weighed of one country, and everything that explains it.

    Attributes:
        weighing: the estimates with their signals, start and blind stretches.
        tables: scenarios and measured numbers that it stands on.
        happenings: those of the country, counted or not, known by the moment.
        unplaced: incidents of the ledger that name no country and count for none.
        found: the joined picture that it was made of.
        nearest: the past crises that are nearest, where they were looked for; no number stands on them.
    """

    weighing: Weighing
    tables: Tables
    happenings: tuple[Happening, ...]
    unplaced: int
    found: Situation | None = field(default=None, repr=False, compare=False)
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
    return Reckoning(made, on.tables, tuple(told), unplaced(found), found)


def weigh_ledger(
    ledger: Ledger,
    *,
    now: datetime,
    country: str | None = None,
    crisis: str | None = None,
    as_of: str | None = None,
    published: bool = False,
    stand: Stand | None = None,
    actors: ActorCatalogue | None = None,
) -> list[Reckoning]:
    """Return the reckonings of a country, or of each country of a crisis, as of a moment.

    Args:
        ledger: open for reading at least.
        now: the moment of reading.
        country: ISO 3166 alpha-3.
        crisis: a saved filter; each of its countries is weighed.
        as_of: ISO prefix; without it the day of ``now``, or, where the last report of the country is older than ``STALE`` days,
            the day of that report.
        published: take what was published by ``as_of``, whenever it was kept: for archives that were read later. What joined
            those reports may have been learnt from later ones.
        stand, actors: what it stands on; those of the package.

    Raises:
        LedgerError: nothing was known by then, there is no such crisis, or it names no country.
        CatalogueError: the country is no ISO 3166 alpha-3 code.
    """
    known_by = None if published else as_of
    found = situation(ledger, now=now, as_of=known_by, catalogue=actors)
    today = now.astimezone(UTC).date()
    day = min(last_day(as_of), today) if as_of else None
    if published and day:
        found = by_publication(found, day)
    if not found.reports:
        raise LedgerError(f"nothing was {'published' if published else 'known'} by {day or today}", remedy=_first_known(ledger))
    countries = [country] if country else countries_of(ledger, crisis, known_by)
    arrival = ledger.last_arrival(known_by)
    return [
        weigh_situation(
            found, country=one, as_of=day or fresh_day(found, one, today), arrival=arrival, name=crisis or one, stand=stand
        )
        for one in countries
    ]


def by_publication(found: Situation, day: date) -> Situation:
    """Return the part of a situation that was published by the end of a day; undated reports count by when they were kept."""
    told = [one for one in found.told if first_day(one.published or one.known_at) <= day]
    return replace(found, told=told, today=min(found.today, day))


def fresh_day(found: Situation, country: str, today: date) -> date:
    """Return today, or the day of the last report of a country where that is long ago: what was not read is no calm."""
    last = max(covered(found, country=country), default=today)
    return last if (today - last).days > STALE else today


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


def countries_of(ledger: Ledger, crisis: str | None, as_of: str | None) -> Sequence[str]:
    """Return the countries of a saved crisis.

    Raises:
        LedgerError: none is given, there is no such crisis, or it names no country.
    """
    known = {one.name: one for one in ledger.crises(as_of)}
    if crisis is None:
        raise LedgerError("neither a country nor a crisis is given", remedy="give --country KAZ, or --crisis NAME")
    if crisis not in known:
        raise LedgerError(f"there is no crisis {crisis!r}", remedy=f"those known: {', '.join(sorted(known)) or 'none yet'}")
    if not known[crisis].countries:
        raise LedgerError(f"the crisis {crisis!r} names no country", remedy="give --country, or keep the crisis with countries")
    return known[crisis].countries


def _first_known(ledger: Ledger) -> str:
    days = [one.published for one in ledger.documents() if one.published]
    if not days:
        return "the ledger holds no dated document: foreshock ingest, then foreshock join"
    first = min(days, key=first_day)
    return f"the first document was published on {first}; give a later --as-of, or --published for what was read later"
