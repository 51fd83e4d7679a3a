"""What joining makes of the claims within a scope, as it was known at a moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property

from foreshock.dates import last_day
from foreshock.errors import LedgerError
from foreshock.incidents.compose import compose_incident
from foreshock.incidents.conditions.register import conditions_of
from foreshock.incidents.disputes.register import disputes_of
from foreshock.incidents.grades.source import grades_of
from foreshock.incidents.judgements.judged import Judged, apply, standing
from foreshock.incidents.membership import Membership, joined_of, memberships
from foreshock.incidents.origins import links_of, origin_of, origins_of
from foreshock.incidents.parties import Parties, shipped
from foreshock.incidents.store import Store
from foreshock.incidents.tallies import tallies_of
from foreshock.ledger import Ledger, Query
from foreshock.ledger.query import moment
from foreshock.model import Condition, Crisis, Dispute, Entry, Grade, Incident, Judgement, Link, Report, Tally
from foreshock.ontology.actor_catalogue import ActorCatalogue

ASSIGNMENT, INCIDENT = "assignment", "incident"


@dataclass
class Situation:
    """The joined picture of a scope; each part is made when it is first asked for.

    Attributes:
        told: the reports in scope as coded, in order of document and text.
        links: between their documents, and those that are one report with them.
        assignments: claim id -> its latest assignment; a claim without one is an incident of its own.
        founded: incident id -> what is remembered of it: merges and splits.
        judgements: what persons decided by then.
        today: the day that ages are counted to.
        document_names: document id -> source and date of publication, of documents in scope.
        parties: who is who, by the actors of the package and those of the user.
    """

    told: Sequence[Report]
    links: Sequence[Link]
    assignments: Mapping[str, Entry]
    founded: Mapping[str, Entry]
    judgements: Sequence[Judgement]
    today: date
    as_of: str | None = None
    crisis: Crisis | None = None
    document_names: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    parties: Parties = field(default_factory=shipped)

    @cached_property
    def judged(self) -> Judged:
        """The reports as persons left them: amended, and without those that were rejected."""
        return apply(self.told, self.judgements)

    @cached_property
    def reports(self) -> dict[str, Report]:
        """Claim id -> its report, of all that count."""
        return {report.claim.id: report for report in self.judged.effective}

    @cached_property
    def members(self) -> list[Membership]:
        """Which reports are one incident, in the order in which their first ones arrived."""
        ordered = sorted(self.reports.values(), key=lambda one: (one.arrival, one.claim.start, one.claim.id))
        return memberships(ordered, self.assignments, self.founded, judgements=self.judgements)

    @cached_property
    def grouped(self) -> dict[str, list[Report]]:
        """Incident id -> its reports."""
        return {one.id: [self.reports[claim] for claim in one.claim_ids] for one in self.members}

    @cached_property
    def incidents(self) -> list[Incident]:
        """The incidents, the latest first; those without a date last."""
        made = [
            compose_incident(
                one.id,
                self.grouped[one.id],
                links=self.links,
                joined=joined_of(one.claim_ids, self.assignments),
                merged=one.merged,
                split_from=one.split_from,
                judgements=self.judgements,
                parties=self.parties,
            )
            for one in self.members
        ]
        return sorted(filter(None, made), key=_latest, reverse=True)

    @cached_property
    def origins(self) -> dict[str, str]:
        """Claim id -> the id of its origin within its incident."""
        return {claim: origin for one in self.incidents for claim, origin in origin_of(one.origins).items()}

    @cached_property
    def tallies(self) -> tuple[Tally, ...]:
        """The tallies of the whole scope; definitions and scopes stay apart, nothing is summed."""
        reports = list(self.reports.values())
        return tallies_of(reports, origin_of(origins_of(reports, self.links)))

    @cached_property
    def disputes(self) -> list[Dispute]:
        """What cannot both hold."""
        return disputes_of(self.grouped.items(), self.origins, self.judgements)

    @cached_property
    def conditions(self) -> list[Condition]:
        """What is or was in force."""
        reports = list(self.reports.values())
        return conditions_of(reports, today=self.today, judgements=self.judgements, parties=self.parties)

    @cached_property
    def grades(self) -> list[Grade]:
        """How reliable each source has been."""
        return grades_of(
            self.incidents, list(self.reports.values()), disputes=self.disputes, judgements=self.judgements, parties=self.parties
        )


def situation(
    ledger: Ledger,
    *,
    now: datetime,
    crisis: str | None = None,
    country: str | None = None,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
    catalogue: ActorCatalogue | None = None,
) -> Situation:
    """Return what joining makes of a ledger's claims within a scope.

    Args:
        ledger: open for reading at least.
        now: the moment of reading; ages count to it, or to the end of ``as_of`` where that is earlier.
        crisis: the name of a saved filter.
        country: ISO 3166 alpha-3; narrows the crisis.
        since, until: ISO prefixes; narrow the crisis.
        as_of: ISO prefix: only what was known by its last moment counts.
        catalogue: actors by which parties are known; those of the package where not given.

    Raises:
        LedgerError: there is no such crisis, or the ledger cannot be read.
    """
    scope = scope_of(ledger, crisis=crisis, country=country, since=since, until=until, as_of=as_of)
    reports = list(ledger.reports(Query(crisis=scope, as_of=as_of)))
    today = now.astimezone(UTC).date() if as_of is None else min(last_day(as_of), now.astimezone(UTC).date())
    with ledger.joined() as store:
        found = of_store(reports, store, judgements=ledger.judgements(as_of), today=today, as_of=as_of, crisis=scope)
    return found if catalogue is None else replace(found, parties=Parties(catalogue))


def of_store(
    reports: Sequence[Report],
    store: Store,
    *,
    judgements: Sequence[Judgement],
    today: date,
    as_of: str | None = None,
    crisis: Crisis | None = None,
) -> Situation:
    """Return the situation of reports whose joining a store remembers."""
    stamp = moment(as_of) if as_of else None
    documents = {report.claim.document_id: (report.source, report.published) for report in reports}
    assignments = store.get(ASSIGNMENT, [report.claim.id for report in reports], as_of=stamp)
    return Situation(
        told=reports,
        links=links_of(store, list(documents), as_of=stamp),
        assignments=assignments,
        founded=_founded(store, {str(entry.value["incident"]) for entry in assignments.values()}, stamp),
        judgements=standing(judgements),
        today=today,
        as_of=as_of,
        crisis=crisis,
        document_names=documents,
    )


def _latest(incident: Incident) -> str:
    return (incident.when.end or incident.when.start or "") if incident.when else ""


def _founded(store: Store, ids: set[str], stamp: str | None) -> dict[str, Entry]:
    """Return what is remembered of incidents and of those that they were merged into."""
    found: dict[str, Entry] = {}
    while wanted := sorted(ids - found.keys()):
        new = store.get(INCIDENT, wanted, as_of=stamp)
        if not new:
            break
        found |= new
        ids = {str(entry.value["merged_into"]) for entry in new.values() if entry.value.get("merged_into")}
    return found


def scope_of(
    ledger: Ledger,
    *,
    crisis: str | None = None,
    country: str | None = None,
    since: str | None = None,
    until: str | None = None,
    as_of: str | None = None,
) -> Crisis | None:
    """Return a crisis narrowed to a country and a window, as :func:`situation` takes it; None where nothing is asked.

    Raises:
        LedgerError: there is no such crisis.
    """
    found, name = Crisis(""), crisis
    if name is not None:
        known = {one.name: one for one in ledger.crises(as_of)}
        if name not in known:
            listed = ", ".join(sorted(known)) or "none is kept yet"
            raise LedgerError(f"there is no crisis {name!r}", remedy=f"those known: {listed}; keep one with foreshock crises add")
        found = known[name]
    if country is not None:
        found = replace(found, countries=(country,) if not found.countries or country in found.countries else ("",))
    if since is not None:
        found = replace(found, since=max(since, found.since or since))
    if until is not None:
        found = replace(found, until=min(until, found.until or until))
    return None if found == Crisis("") else found
