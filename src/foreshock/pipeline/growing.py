"""A situation that grows by the day: what arrives is joined to what was there, and only what it touches is made anew.

It is the situation that :func:`foreshock.pipeline.situation.of_store` makes of the same codings, without judgements of persons,
and with only those conditions that can hide what happens. A day costs what is new, and one pass over the claims so far.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from foreshock.dates import last_day
from foreshock.incidents.assignment import ASSIGNMENTS
from foreshock.incidents.cluster import INCIDENTS
from foreshock.incidents.compose import compose_incident
from foreshock.incidents.conditions.register import conditions_of
from foreshock.incidents.conditions.words import said_of
from foreshock.incidents.disputes.matters import family
from foreshock.incidents.disputes.register import disputes_of
from foreshock.incidents.disputes.words import table
from foreshock.incidents.origins import links_of, origin_of
from foreshock.incidents.origins.graph import link_entry
from foreshock.incidents.parties import Parties, shipped
from foreshock.incidents.store import MemoryStore
from foreshock.model import Coding, Dispute, Incident, Link, Report
from foreshock.pipeline.joining import Vectors, join_codings
from foreshock.pipeline.silence import hiding_types
from foreshock.pipeline.situation import Situation


@dataclass
class Growing:
    """The joined picture of what has arrived so far.

    Attributes:
        vectors: sentences to unit vectors, for copies in translation.
        parties: who is who.
    """

    vectors: Vectors
    parties: Parties = field(default_factory=shipped)
    store: MemoryStore = field(default_factory=MemoryStore)
    reports: dict[str, Report] = field(default_factory=dict)
    _links: dict[str, Link] = field(default_factory=dict)
    _of_document: dict[str, list[str]] = field(default_factory=dict)
    _root: dict[str, str] = field(default_factory=dict)
    _groups: dict[str, dict[str, Report]] = field(default_factory=lambda: defaultdict(dict))
    _incidents: dict[str, Incident] = field(default_factory=dict)
    _disputes: dict[str, list[Dispute]] = field(default_factory=lambda: defaultdict(list))
    _hiding: dict[str, None] = field(default_factory=dict)

    def add(self, codings: Sequence[Coding]) -> None:
        """Join codings, later ones than all before, in order of arrival."""
        join_codings(codings, self.store, vectors=self.vectors)
        touched: set[str] = set()
        for coding in codings:
            touched |= self._drop(coding.document.id) | self._take(coding)
        touched |= self._linked([one.document.id for one in codings])
        for incident in touched:
            self._compose(incident)
        self._dispute({one for one in touched if one in self._incidents})

    def situation(self, *, today: date) -> Situation:
        """Return what is known at the end of a day; it is not changed by what is added later."""
        found = Situation(
            told=list(self.reports.values()), links=[self._links[key] for key in sorted(self._links)], assignments={}, founded={},
            judgements=(), today=today, parties=self.parties,
        )  # fmt: skip
        hiding = [report for document in self._hiding for report in self._told(document)]
        incidents = sorted(self._incidents.values(), key=_latest, reverse=True)
        found.__dict__.update(
            reports=dict(self.reports),
            incidents=incidents,
            grouped={one.id: list(self._groups[one.id].values()) for one in incidents},
            disputes=[dispute for one in self._incidents for dispute in self._disputes[one]],
            conditions=[one for one in conditions_of(hiding, today=today, parties=self.parties) if one.type in hiding_types()],
        )
        return found

    def _told(self, document: str) -> list[Report]:
        return [self.reports[claim] for claim in self._of_document[document]]

    def _drop(self, document: str) -> set[str]:
        """Forget an earlier version of a document; return the incidents that it told of."""
        touched = set()
        for claim in self._of_document.pop(document, ()):
            del self.reports[claim]
            incident = self._root.pop(claim)
            self._groups[incident].pop(claim)
            touched.add(incident)
        if touched:
            self._links = {key: one for key, one in self._links.items() if document not in (one.carrier, one.source)}
        self._hiding.pop(document, None)
        return touched

    def _take(self, coding: Coding) -> set[str]:
        """Take in the claims of a coding; return the incidents that they tell of, those that were merged by it included."""
        document = coding.document
        reports = [Report(one, document.source, document.published, coding.known_at, coding.arrival) for one in coding.claims]
        self._of_document[document.id] = [one.claim.id for one in reports]
        self.reports |= {one.claim.id: one for one in reports}
        if any(said.type in hiding_types() for one in reports for said in said_of(one)):
            self._hiding[document.id] = None
        assigned = self.store.get(ASSIGNMENTS, [one.claim.id for one in reports])
        touched = set()
        for report in reports:
            entry = assigned.get(report.claim.id)
            incident = self._stands(str(entry.value["incident"])) if entry else report.claim.id
            self._root[report.claim.id] = incident
            self._groups[incident][report.claim.id] = report
            touched.add(incident)
        return touched | {gone for incident in list(touched) for gone in self._merge(incident)}

    def _stands(self, incident: str) -> str:
        """Return the incident that one is part of now."""
        while into := self.store.get(INCIDENTS, [incident])[incident].value.get("merged_into"):
            incident = str(into)
        return incident

    def _merge(self, incident: str) -> list[str]:
        """Bring what was merged into an incident under its id; return what is gone."""
        entry = self.store.get(INCIDENTS, [incident]).get(incident)
        gone = [one for one in (entry.value["merged"] if entry else ()) if self._groups.get(one)]
        for one in gone:
            moved = self._groups.pop(one)
            self._groups[incident] |= moved
            self._root |= dict.fromkeys(moved, incident)
        return gone

    def _linked(self, documents: Sequence[str]) -> set[str]:
        """Take in the links of documents; return the incidents of those at the other ends, whose origins may have changed."""
        ends = set()
        for link in links_of(self.store, documents):
            key = link_entry(link, 0, "").id
            if self._links.get(key) != link:
                self._links[key] = link
                ends |= {link.carrier, link.source}
        return {self._root[claim] for one in ends for claim in self._of_document.get(one, ())}

    def _compose(self, incident: str) -> None:
        """Make an incident of its reports; one without any is none."""
        reports = sorted(self._groups[incident].values(), key=lambda one: (one.arrival, one.claim.start, one.claim.id))
        if not reports:
            del self._groups[incident]
            self._incidents.pop(incident, None)
            self._disputes.pop(incident, None)
            return
        self._groups[incident] = {one.claim.id: one for one in reports}
        links = links_of(self.store, list(dict.fromkeys(one.claim.document_id for one in reports)))
        made = compose_incident(incident, reports, links=links, parties=self.parties)
        if made:
            self._incidents[incident] = made

    def _dispute(self, touched: set[str]) -> None:
        """Find the disputes of incidents. A denial that names no day or place may deny what is told elsewhere."""
        denials = {one: days for one in self._incidents if (days := _days(filter(_is_bare_denial, self._groups[one].values())))}
        changed = set(touched)
        for one in touched & denials.keys():
            denied = {_act(report) for report in self._groups[one].values() if _is_bare_denial(report)}
            changed |= {other for other in self._incidents if denied & {_act(report) for report in self._groups[other].values()}}
        told = {day for one in changed for day in _days(self._groups[one].values())}
        asked = [one for one in self._groups if one in changed or (one in denials and _near(denials[one], told))]
        origins = {claim: origin for one in asked for claim, origin in origin_of(self._incidents[one].origins).items()}
        made = disputes_of([(one, list(self._groups[one].values())) for one in asked], origins)
        for one in changed:
            self._disputes[one] = [dispute for dispute in made if dispute.incident_id == one]


def _days(reports: Iterable[Report]) -> set[int]:
    """Return the ordinals of the days on which reports were published; that of no day at all is 0."""
    return {last_day(one.published).toordinal() if one.published else 0 for one in reports}


def _near(some: set[int], others: set[int]) -> bool:
    days = int(table()["answer_days"])
    return any(abs(one - other) <= days or 0 in (one, other) for one in some for other in others)


def _act(report: Report) -> tuple[str, str | None]:
    return family(report.claim), report.claim.mode


def _is_bare_denial(report: Report) -> bool:
    claim = report.claim
    return claim.status == "denied" and claim.when is None and claim.place is None


def _latest(incident: Incident) -> str:
    return (incident.when.end or incident.when.start or "") if incident.when else ""


def by_day(codings: Iterable[Coding]) -> dict[str, list[Coding]]:
    """Return codings by the ISO day at the end of which they were known, in order."""
    found: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings:
        found[coding.known_at[:10]].append(coding)
    return dict(sorted(found.items()))
