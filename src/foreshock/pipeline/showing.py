"""Show: what the ledger holds, with private persons by role, for people who look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import TypeVar

from foreshock.briefs.discretion import Discretion
from foreshock.ledger import Ledger, Query
from foreshock.ledger.compare import Change
from foreshock.ledger.naming import naming
from foreshock.ledger.search_documents import Found
from foreshock.model import Claim, Coding, Condition, Dispute, Grade, Incident, Link, Report, Tally
from foreshock.pipeline.exporting import codings_of, discretion_of
from foreshock.pipeline.situation import Situation

Record = TypeVar("Record")
TOGETHER = 500


@dataclass
class Shown:
    """A situation whose private persons are told by role; exact sites stay, since who reads a ledger is an analyst."""

    found: Situation
    discretion: Discretion

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """Claim id -> its report."""
        return {claim: self.discretion.report(report) for claim, report in self.found.reports.items()}

    @cached_property
    def incidents(self) -> list[Incident]:
        """The incidents, the latest first."""
        return tellable(self.discretion.incident(one) for one in self.found.incidents)

    @cached_property
    def tallies(self) -> list[Tally]:
        """The tallies of the scope."""
        return tellable(self.discretion.tally(one) for one in self.found.tallies)

    @cached_property
    def disputes(self) -> list[Dispute]:
        """What cannot both hold."""
        return tellable(self.discretion.dispute(one) for one in self.found.disputes)

    @cached_property
    def conditions(self) -> list[Condition]:
        """What is or was in force."""
        return tellable(self.discretion.condition(one) for one in self.found.conditions)

    @cached_property
    def grades(self) -> list[Grade]:
        """How reliable each source has been."""
        return [self.discretion.grade(one) for one in self.found.grades]

    @cached_property
    def links(self) -> list[Link]:
        """Which documents carry which."""
        return [self.discretion.link(one) for one in self.found.links]

    @property
    def document_names(self) -> Mapping[str, tuple[str, str | None]]:
        """Document id -> its source and date of publication."""
        return self.found.document_names


def show(ledger: Ledger, found: Situation, *, now: datetime) -> Shown:
    """Return a situation as it may be shown."""
    return Shown(found, discretion_of(ledger, found, now=now, sites=False))


def shown_claims(ledger: Ledger, query: Query, *, now: datetime) -> Generator[Claim, None, None]:
    """Yield the claims of a query, in its order, with private persons by role; what an analyst released stays.

    Raises:
        LedgerError: the ledger cannot be read, or the query asks for what cannot be.
    """
    with closing(shown_reports(ledger, query, now=now)) as reports:
        yield from (report.claim for report in reports)


def shown_reports(ledger: Ledger, query: Query, *, now: datetime) -> Generator[Report, None, None]:
    """Yield the same, each with what joining must know of its document.

    Raises:
        LedgerError: as :func:`shown_claims`.
    """
    judgements = ledger.judgements(query.as_of)
    reports = ledger.reports(query)
    try:
        while some := list(islice(reports, TOGETHER)):
            codings = naming(ledger, {report.arrival for report in some})
            held = Discretion.of(codings, now=now, judgements=judgements, sites=False)
            yield from (held.report(report) for report in some)
    finally:
        reports.close()


def shown_documents(ledger: Ledger, found: Iterable[Found], *, now: datetime, as_of: str | None = None) -> list[Found]:
    """Return what a search found with private persons by role; every mark stays where it is."""
    rows = list(found)
    codings = naming(ledger, ledger.arrivals([one.document.id for one in rows], as_of=as_of))
    held = Discretion.of(codings, now=now, judgements=ledger.judgements(as_of), sites=False)
    return [replace(one, document=held.document(one.document)) for one in rows]


def shown_changes(ledger: Ledger, document_id: str, *, now: datetime, as_of: str | None = None) -> list[Change]:
    """Return what the last edit of a document did to its claims, with private persons by role.

    Raises:
        LedgerError: the document is not known, or has no second version.
    """
    changes = ledger.diff(document_id, as_of=as_of)
    judgements = ledger.judgements(as_of)
    # A name may stand in one version only, so each is veiled by its own codings.
    versions: dict[str, list[Coding]] = defaultdict(list)
    for coding in codings_of(ledger, ledger.arrivals([document_id], every=True)):
        versions[coding.document.version].append(coding)
    held = {one: Discretion.of(rows[-1:], now=now, judgements=judgements, sites=False) for one, rows in versions.items()}

    def veiled(claim: Claim | None) -> Claim | None:
        return held[claim.version].claim(claim) if claim else None

    return [replace(one, before=veiled(one.before), after=veiled(one.after)) for one in changes]


def tellable(records: Iterable[Record | None]) -> list[Record]:
    """Return the records that may be told; a discretion gives None for one that may not."""
    return [one for one in records if one is not None]
