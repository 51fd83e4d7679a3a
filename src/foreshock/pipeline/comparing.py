"""Compare: what was known when the last brief was made, against what is known now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from foreshock.briefs.before import Before
from foreshock.briefs.discretion import Discretion, mask_reading
from foreshock.dates import last_day
from foreshock.incidents.parties import Parties
from foreshock.ledger import Ledger, Query
from foreshock.ledger.compare import compare
from foreshock.model import Claim, Document, Reading
from foreshock.pipeline.briefing import weighed_in
from foreshock.pipeline.exporting import discretion_of
from foreshock.pipeline.showing import Shown
from foreshock.pipeline.situation import Situation, of_store
from foreshock.pipeline.workbench import Workbench

Read = Callable[[Document], Reading]


@dataclass
class Became:
    """What became of the claims of an earlier moment, by their ids; see :class:`foreshock.briefs.before.Before`."""

    new: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    rejected: set[str] = field(default_factory=set)
    recoded: set[str] = field(default_factory=set)


def before_of(ledger: Ledger, shown: Shown, bench: Workbench, *, since: str, now: datetime, language: str, read: Read) -> Before:
    """Return what was known of the scope of a situation at an earlier moment, and what its claims have become.

    Args:
        ledger: that the situation was made of.
        shown: the situation of now.
        bench: actors, and the user's scenarios.
        since: ISO prefix or stamp of the earlier moment.
        now: the moment of reading.
        language: of the brief.
        read: gives the sentences of a document.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    found = shown.found
    then = _then(ledger, found, bench, since=since, now=now)
    held = discretion_of(ledger, then, now=now, language=language, sites=False)
    earlier = Shown(then, held)
    latest = ledger.latest_documents(as_of=since, ids=list(then.document_names) if found.crisis else None)
    documents = {one.id: one for one in latest}
    became = became_of(then, found)
    masked, readings = _told(then, documents, {*became.dropped, *became.changed, *became.rejected}, held, read)
    return Before(
        moment=since,
        incidents=earlier.incidents,
        disputes=earlier.disputes,
        conditions=earlier.conditions,
        tallies=earlier.tallies,
        now=shown.tallies,
        weighed=weighed_in(earlier, bench, today=then.today, nearest=0) if then.reports else None,
        documents={one.id: one.version for one in latest},
        sources=frozenset(one.source for one in latest),
        new=frozenset(became.new),
        told=masked,
        readings=readings,
        dropped=frozenset(became.dropped & masked.keys()),
        rejected=frozenset(became.rejected & masked.keys()),
        recoded=frozenset(became.recoded),
    )


def _then(ledger: Ledger, found: Situation, bench: Workbench, *, since: str, now: datetime) -> Situation:
    """Return the situation of the same scope as it was known at an earlier moment; the scope is that of now."""
    reports = list(ledger.reports(Query(crisis=found.crisis, as_of=since)))
    today = min(last_day(since), now.astimezone(UTC).date())
    with ledger.joined() as store:
        then = of_store(reports, store, judgements=ledger.judgements(since), today=today, as_of=since, crisis=found.crisis)
    return replace(then, parties=Parties(bench.catalogue))


def became_of(then: Situation, now: Situation) -> Became:
    """Return what became of the claims of an earlier moment, document by document.

    A text that only another coder read is no news: of it nothing is new and nothing gone.
    """
    made, before, after = Became(), _by_document(then), _by_document(now)
    coded = {report.claim.document_id: report.claim for report in now.told}
    for document, claims in after.items():
        olds = before.get(document, [])
        if not olds:
            made.new |= {one.id for one in claims}
        elif olds[0].version != claims[0].version:
            for change in compare(olds, claims):
                made.new |= {change.after.id} if change.after else set()
                if change.before:
                    (made.changed if change.after else made.dropped).add(change.before.id)
        elif olds[0].coder != claims[0].coder:
            made.recoded.add(document)
        else:
            made.new |= {one.id for one in claims} - {one.id for one in olds}
    known = {report.claim.id for report in now.told}
    for document, olds in before.items():
        gone = {one.id for one in olds} - now.reports.keys()
        made.rejected |= gone & known  # coded as before, and a person took it out of what counts
        if document not in after and document in coded and coded[document].version != olds[0].version:
            made.dropped |= gone - known
    return made


def _by_document(found: Situation) -> Mapping[str, list[Claim]]:
    claims: dict[str, list[Claim]] = defaultdict(list)
    for report in found.reports.values():
        claims[report.claim.document_id].append(report.claim)
    return claims


def _told(
    then: Situation, documents: Mapping[str, Document], ids: Iterable[str], held: Discretion, read: Read
) -> tuple[dict[str, Claim], dict[tuple[str, str], Reading]]:
    """Return claims of then with private persons by role, and the readings of the versions that they stand in."""
    of_document: dict[str, list[Claim]] = defaultdict(list)
    for one in sorted(ids):
        claim = then.reports[one].claim
        if claim.document_id in documents:
            of_document[claim.document_id].append(claim)
    claims: dict[str, Claim] = {}
    readings: dict[tuple[str, str], Reading] = {}
    for document, some in of_document.items():
        reading, own = mask_reading(read(documents[document]), some, held)
        readings[document, reading.document.version] = reading
        claims |= {one.id: one for one in own}
    return claims, readings
