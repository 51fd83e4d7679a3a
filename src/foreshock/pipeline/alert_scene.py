"""What the alerts of a watch are told from: the joined picture of its scope as it may leave the desk, and contexts of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property

from foreshock.briefs.alerts import Told
from foreshock.briefs.context import Context
from foreshock.briefs.discretion import Discretion, mask_reading
from foreshock.briefs.locale import reader as reader_of
from foreshock.briefs.records import Records
from foreshock.briefs.sorting import latest_first
from foreshock.briefs.weighed import Weighed
from foreshock.errors import LedgerError
from foreshock.incidents.parties import Parties
from foreshock.ledger import Ledger, Query
from foreshock.model import Claim, Condition, Crisis, Dispute, Incident, Reading, Report, Tally, Watch
from foreshock.pipeline.exporting import discretion_of
from foreshock.pipeline.joining import not_joined
from foreshock.pipeline.ledger_brief import Readings, reading_of
from foreshock.pipeline.noticing import News
from foreshock.pipeline.showing import tellable
from foreshock.pipeline.situation import Situation, of_store
from foreshock.pipeline.situation import situation as whole_situation
from foreshock.pipeline.weighing import Reckoning
from foreshock.pipeline.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Item:
    """News, how it is put into words, and where it is."""

    news: News
    told: Callable[[], Told]
    country: str | None = None
    place: str | None = None
    probability: float | None = None


@dataclass
class Scenes:
    """The scenes of one round of evaluations; what several watches look at is made once.

    Attributes:
        ledger: open for writing where alerts are kept.
        bench: codebook, actors and settings.
        now: the moment of the round.
        joined: the last coding that was joined; later ones are not looked at, since each claim would be an incident of its own.
        reckoned: country -> what was weighed of it in this round.
    """

    ledger: Ledger
    bench: Workbench
    now: datetime
    joined: int = field(init=False)
    _found: dict[tuple[Crisis | None, str | None], Situation] = field(default_factory=dict)
    _scenes: dict[tuple[Crisis | None, str | None, str], Scene] = field(default_factory=dict)
    _readings: dict[tuple[str, str], Reading] = field(default_factory=dict)
    reckoned: dict[str, Reckoning] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.joined = self.ledger.last_arrival() - not_joined(self.ledger)

    @property
    def today(self) -> date:
        """The day that ages count to."""
        return self.now.astimezone(UTC).date()

    @cached_property
    def whole(self) -> Situation:
        """The joined picture of the whole ledger, which weighing reads."""
        return whole_situation(self.ledger, now=self.now, catalogue=self.bench.catalogue)

    def of(self, watch: Watch) -> Scene:
        """Return the scene of a watch.

        Raises:
            LedgerError: its crisis is not there.
        """
        scope, words = scope_of(self.ledger, watch)
        if (scope, words) not in self._found:
            self._found[scope, words] = self._situation(scope, words)
        found = self._found[scope, words]
        key = (scope, words, watch.language)
        if key not in self._scenes:
            held = discretion_of(self.ledger, found, now=self.now, language=watch.language)
            self._scenes[key] = Scene(self.ledger, self.bench, self.now, watch.language, found, held, self._readings)
        return self._scenes[key]

    def _situation(self, scope: Crisis | None, words: str | None) -> Situation:
        reports = [one for one in self.ledger.reports(Query(crisis=scope, words=words)) if one.arrival <= self.joined]
        judgements = self.ledger.judgements()
        with self.ledger.joined() as store:
            found = of_store(reports, store, judgements=judgements, today=self.today, crisis=scope)
        return replace(found, parties=Parties(self.bench.catalogue))


@dataclass
class Scene:
    """The joined picture of a scope, as it may leave the desk in one language."""

    ledger: Ledger
    bench: Workbench
    now: datetime
    language: str
    found: Situation
    held: Discretion
    known: Readings

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """Claim id -> its report, of all that may be told now."""
        return {key: self.held.report(one) for key, one in self.found.reports.items() if key not in self.held.late}

    @cached_property
    def incidents(self) -> Sequence[Incident]:
        """The incidents."""
        return tellable(self.held.incident(one) for one in self.found.incidents)

    @cached_property
    def disputes(self) -> Sequence[Dispute]:
        """What cannot both hold."""
        return tellable(self.held.dispute(one) for one in self.found.disputes)

    @cached_property
    def conditions(self) -> Sequence[Condition]:
        """What is or was in force."""
        return tellable(self.held.condition(one) for one in self.found.conditions)

    @cached_property
    def tallies(self) -> Sequence[Tally]:
        """The tallies of the scope."""
        return tellable(self.held.tally(one) for one in self.found.tallies)

    def context(
        self,
        claim_ids: Iterable[str],
        *,
        disputes: Sequence[Dispute] = (),
        conditions: Sequence[Condition] = (),
        weighed: Weighed | None = None,
    ) -> Context:
        """Return the context of sentences on some claims; of those that may not be told now it has none."""
        own: dict[str, list[Claim]] = defaultdict(list)
        for key in claim_ids:
            if key in self.reports:
                own[self.found.reports[key].claim.document_id].append(self.found.reports[key].claim)
        readings: dict[str, Reading] = {}
        claims: list[Claim] = []
        for document in self.ledger.latest_documents(ids=list(own)) if own else ():
            reading = reading_of(document, self.bench, self.known)
            readings[document.id], masked = mask_reading(reading, own[document.id], self.held)
            claims += masked
        ids = {claim.id for claim in claims}
        incidents = [one for one in self.incidents if ids & set(one.claim_ids)]
        records = Records(incidents, disputes, conditions, [self.held.link(one) for one in self.found.links], weighed=weighed)
        ordered = latest_first(claims, readings)
        return Context(reader_of(self.language), readings, ordered, self.bench.codebook, self.found.today, records)


def scope_of(ledger: Ledger, watch: Watch) -> tuple[Crisis | None, str | None]:
    """Return the scope of a watch: its crisis narrowed by its own countries, and a search for its own words.

    Raises:
        LedgerError: there is no such crisis.
    """
    scope = Crisis("")
    if watch.crisis is not None:
        known = {one.name: one for one in ledger.crises()}
        if watch.crisis not in known:
            raise LedgerError(
                f"the watch {watch.name!r} is on the crisis {watch.crisis!r}, which is not kept",
                remedy=f"keep it with foreshock crises add, or change the watch; known: {', '.join(sorted(known)) or 'none'}",
            )
        scope = known[watch.crisis]
    if watch.countries:
        both = tuple(one for one in watch.countries if not scope.countries or one in scope.countries)
        scope = replace(scope, countries=both or ("",))
    words = " OR ".join('"' + word.replace('"', " ") + '"' for word in watch.words) or None
    return (None if scope == Crisis("") else scope), words
