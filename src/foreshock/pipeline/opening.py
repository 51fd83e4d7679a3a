"""Open: documents of a ledger with their claims as persons left them, private persons by role, ready for a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from foreshock.briefs.discretion import Discretion
from foreshock.incidents.judgements.judged import apply, standing
from foreshock.incidents.origins import links_of
from foreshock.incidents.origins.graph import joins
from foreshock.ledger import Ledger
from foreshock.ledger.listing import Listing, Version, Wanted
from foreshock.ledger.search_documents import Found
from foreshock.model import Claim, Coding, Document, Judgement, Link, Report
from foreshock.pipeline.exporting import codings_of

HEADLINE = 300
HEAD = 1_500  # characters of a text that a list may show of its beginning
ON_CLAIMS = frozenset({"confirm", "reject", "amend"})


@dataclass(frozen=True, slots=True)
class Opened:
    """One version of a document, private persons by role: in its text ``█`` for each letter, so that every offset holds.

    Attributes:
        document: with the date under which it was read.
        coder: that coded it, also where it found nothing.
        known_at: since when this is known.
        claims: in the order of the text, amended where a person did so; those that a person rejected are among them.
        coded: claim id -> the claim as the coder left it.
        bare: claim id -> the claim as persons left it with its names: to judge by, never to show.
        bare_coded: the same as the coder left it.
        rejected, confirmed, amended: claim id -> the judgement that makes it so.
        history: claim id -> everything that persons decided of it, the earliest first.
        standing: ids of the judgements that were not taken back.
        versions: every coding of the document, the earliest first.
        held: what is withheld.
    """

    document: Document
    coder: str
    known_at: str
    claims: tuple[Claim, ...]
    coded: Mapping[str, Claim]
    bare: Mapping[str, Claim]
    bare_coded: Mapping[str, Claim]
    rejected: Mapping[str, Judgement]
    confirmed: Mapping[str, Judgement]
    amended: Mapping[str, Judgement]
    history: Mapping[str, tuple[Judgement, ...]]
    standing: frozenset[str]
    versions: tuple[Version, ...]
    held: tuple[Discretion, ...] = ()

    def told(self, claim: Claim) -> Claim:
        """Return a claim of this document as it may be shown."""
        for one in self.held:
            claim = one.claim(claim)
        return replace(claim, text=self.document.text[claim.start : claim.end])


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a list: the beginning of its text or what a search found, its claims counted, and whom it carries.

    ``text`` is a part of the document's text from ``start`` on; ``marks`` count from there. ``head`` is the beginning of
    the text. ``standings`` and ``kinds`` count claims that no person rejected.
    """

    document: Document
    text: str
    start: int
    marks: tuple[tuple[int, int], ...]
    claims: int
    standings: Mapping[str, int]
    kinds: Mapping[str, int]
    damaged: bool
    edited: bool
    head: str = ""
    carries: Link | None = None
    carried: str | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of a list and where the next one begins; ``total`` is None where it was not counted."""

    rows: tuple[Row, ...]
    next: int | None
    looked_back: bool
    total: int | None = field(default=None)


def open_document(
    ledger: Ledger,
    document_id: str,
    *,
    now: datetime,
    as_of: str | None = None,
    version: str | None = None,
    beside: Discretion | None = None,
) -> Opened | None:
    """Return a document as it was known at ``as_of``; None where it, or the version, was not known.

    Args:
        ledger: open for reading at least.
        document_id: the document.
        now: an aware moment.
        as_of: ISO prefix.
        version: another version than the latest.
        beside: what is withheld of other documents too, such as the full names of victims.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    versions = Listing(ledger).versions(document_id, as_of=as_of)
    wanted = [one for one in versions if version in (None, one.version)]
    if not wanted:
        return None
    # The latest coding is the last that was kept; one that was superseded is read where its version is asked for.
    latest = ledger.arrivals([document_id], as_of=as_of)
    arrival = latest[-1] if version is None and latest else wanted[-1].arrival
    coding = next(codings_of(ledger, [arrival]))
    judgements = ledger.judgements(as_of)
    held = Discretion.of([coding], now=now, judgements=judgements, sites=False)
    return _opened(coding, judgements, versions, [held, beside] if beside else [held])


def list_documents(
    ledger: Ledger, wanted: Wanted, *, now: datetime, after: int | None = None, limit: int = 30, count: bool = True
) -> Rows:
    """Return a page of a list of documents, private persons by role.

    Raises:
        LedgerError: the words are no search, a date is none, or the ledger cannot be read.
    """
    listing = Listing(ledger)
    page = listing.page(wanted, after=after, limit=limit)
    codings = list(codings_of(ledger, page.arrivals))
    judgements = ledger.judgements(wanted.as_of)
    held = Discretion.of(codings, now=now, judgements=judgements, sites=False)
    carried = _carried(ledger, [one.document.id for one in codings], wanted.as_of)
    rows = {one.document.id: _row(one, page.found.get(one.document.id), judgements, held, carried) for one in codings}
    order = list(page.found) or [one.document.id for one in reversed(codings)]
    total = len(rows) if after is None and page.next is None else None
    if total is None and count and wanted.countable:
        total = listing.count(wanted, dense=page.dense)
    return Rows(tuple(rows[one] for one in order if one in rows), page.next, page.looked_back, total)


def _opened(coding: Coding, judgements: Sequence[Judgement], versions: Sequence[Version], held: Sequence[Discretion]) -> Opened:
    document = coding.document
    for one in held:
        document = one.document(document)
    bare_coded = {claim.id: claim for claim in coding.claims}
    bare, rejected, confirmed, amended = _judged(coding, judgements)
    made = Opened(
        document=document,
        coder=coding.coder,
        known_at=coding.known_at,
        claims=(),
        coded={},
        bare=bare,
        bare_coded=bare_coded,
        rejected=rejected,
        confirmed=confirmed,
        amended=amended,
        history=_history(bare_coded, judgements, document.id, held),
        standing=frozenset(one.id for one in standing(judgements)),
        versions=tuple(versions),
        held=tuple(held),
    )
    claims = sorted(map(made.told, bare.values()), key=lambda one: (one.start, -one.end, one.id))
    return replace(made, claims=tuple(claims), coded={name: made.told(claim) for name, claim in bare_coded.items()})


def _judged(
    coding: Coding, judgements: Sequence[Judgement]
) -> tuple[dict[str, Claim], dict[str, Judgement], Mapping[str, Judgement], Mapping[str, Judgement]]:
    """Return the claims as persons left them, and by which judgements; one that was rejected stands as it was coded."""
    source = coding.document.source
    reports = [Report(one, source, coding.document.published, coding.known_at, coding.arrival) for one in coding.claims]
    found = apply(reports, judgements)
    bare = {one.claim.id: one.claim for one in [*found.effective, *found.rejected]}
    gone = {one.claim.id for one in found.rejected}
    rejected = {
        claim: one
        for one in standing(judgements)
        if one.subject == "claim" and one.verdict == "reject"
        for claim in one.subjects
        if claim in gone
    }
    return bare, rejected, found.confirmed, found.amended


def _history(
    claims: Mapping[str, Claim], judgements: Sequence[Judgement], document_id: str, held: Sequence[Discretion]
) -> dict[str, tuple[Judgement, ...]]:
    found: dict[str, list[Judgement]] = {}
    for one in judgements:
        if one.subject != "claim" or one.verdict == "withdraw":
            continue
        for claim in one.subjects:
            if claim in claims:
                told = one
                for discretion in held:
                    told = discretion.judgement(told, [document_id])
                found.setdefault(claim, []).append(told)
    return {claim: tuple(rows) for claim, rows in found.items()}


def _row(
    coding: Coding,
    found: Found | None,
    judgements: Sequence[Judgement],
    held: Discretion,
    carried: Mapping[str, tuple[Link, str]],
) -> Row:
    document = coding.document
    end = HEAD if found is None else found.snippet[1]
    start = 0 if found is None else found.snippet[0]
    shown = held.document(replace(document, text=document.text[:end]))
    bare, rejected, _, _ = _judged(coding, judgements)
    claims = [claim for claim in bare.values() if claim.id not in rejected]
    marks = tuple((max(a, start) - start, min(b, end) - start) for a, b in found.marks if a < end and b > start) if found else ()
    link, name = carried.get(document.id, (None, None))
    return Row(
        document=replace(shown, text=""),
        text=shown.text[start:],
        start=start,
        marks=marks,
        claims=len(claims),
        standings=Counter("negated" if one.negated and one.status == "asserted" else one.status for one in claims),
        kinds=Counter(one.kind for one in claims),
        damaged=bool(document.damage or document.translated or any(one.damage for one in claims)),
        edited=coding.sequence > 1,
        head=shown.text[:HEADLINE],
        carries=held.link(link) if link else None,
        carried=name,
    )


def _carried(ledger: Ledger, ids: Sequence[str], as_of: str | None) -> dict[str, tuple[Link, str]]:
    """Return document id -> the strongest link by which it only carries another text, with the name of that text's outlet."""
    with ledger.joined() as store:
        links = [one for one in links_of(store, ids, as_of=as_of) if joins(one) and one.carrier in set(ids)]
    sources = ledger.latest_documents(ids=sorted({one.source for one in links}), as_of=as_of) if links else []
    names = {one.id: one.source for one in sources}
    found: dict[str, tuple[Link, str]] = {}
    for link in sorted(links, key=lambda one: one.score):
        if link.source in names:
            found[link.carrier] = (link, names[link.source])
    return found
