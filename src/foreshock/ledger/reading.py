"""What is read back: claims, reports, codings and documents, as they were known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foreshock.errors import LedgerError
from foreshock.ledger.query import Query, claims_query, counts_query, few, in_force, moment, reports_query
from foreshock.ledger.rows import CLAIM, claim_of, document_of, persons_of
from foreshock.ledger.tables import table
from foreshock.model import Claim, Coding, Document, Report

if TYPE_CHECKING:
    from sqlalchemy import Connection

# Rows are fetched as they are asked for, on both engines.
STREAM: dict[str, Any] = {"stream_results": True, "yield_per": 500}


def claims(connection: Connection, query: Query) -> Iterator[Claim]:
    """Yield the claims of a query."""
    for row in connection.execute(claims_query(query)):
        yield claim_of(row)


def reports(connection: Connection, query: Query) -> Iterator[Report]:
    """Yield the claims of a query, each with its document's source and dates."""
    for row in connection.execute(reports_query(query)):
        yield Report(claim_of(row), row.source, row.published or None, row.known_at, row.arrival)


def codings(connection: Connection, after: int, *, most: int) -> list[Coding]:
    """Return the next codings after an arrival, with their documents and claims."""
    from sqlalchemy import select

    kept, documents, of = table("codings"), table("documents"), table("claims")
    same = (documents.c.id == kept.c.document_id) & (documents.c.version == kept.c.version)
    wanted = select(kept, documents.c.record).join(documents, same).where(kept.c.arrival > after).order_by(kept.c.arrival)
    rows = connection.execute(wanted.limit(most)).all()
    if not rows:
        return []
    found: dict[int, list[Claim]] = defaultdict(list)
    those = select(*(of.c[name] for name in CLAIM)).where(of.c.arrival.between(rows[0].arrival, rows[-1].arrival))
    for row in connection.execute(those.order_by(of.c.no)):
        found[row.arrival].append(claim_of(row))
    return [
        Coding(
            document=replace(document_of(row.record), published=row.published or None, published_by=row.published_by),
            claims=tuple(found[row.arrival]), coder=row.coder, sequence=row.sequence, arrival=row.arrival,
            known_at=row.known_at, persons=persons_of(row.persons),
        )
        for row in rows
    ]  # fmt: skip


def two_versions(
    connection: Connection, document_id: str, versions: tuple[str, str] | None, as_of: str | None
) -> tuple[list[Claim], list[Claim]]:
    """Return the claims of two versions of a document, each by the last coding of it that was known.

    Raises:
        LedgerError: there are no two such versions.
    """
    from sqlalchemy import select

    kept, of = table("codings"), table("claims")
    wanted = select(kept.c.version, kept.c.arrival).where(kept.c.document_id == document_id).order_by(kept.c.arrival)
    if as_of is not None:
        wanted = wanted.where(kept.c.known_at <= moment(as_of))
    latest: dict[str, int] = {row.version: row.arrival for row in connection.execute(wanted)}
    asked = versions or tuple(sorted(latest, key=lambda one: latest[one])[-2:])
    if len(asked) < 2 or not set(asked) <= set(latest):
        known = ", ".join(latest) or "none"
        raise LedgerError(
            f"document {document_id} has no two such versions; known: {known}", remedy="name a document that was edited"
        )
    found = []
    for version in asked:
        rows = select(*(of.c[name] for name in CLAIM)).where(of.c.arrival == latest[version]).order_by(of.c.no)
        found.append([claim_of(row) for row in connection.execute(rows)])
    return found[0], found[1]


def last_arrival(connection: Connection, as_of: str | None) -> int:
    """Return the arrival of the last coding known at a moment; 0 where none was."""
    from sqlalchemy import func, select

    kept = table("codings")
    wanted = select(func.max(kept.c.arrival))
    if as_of is not None:
        wanted = wanted.where(kept.c.known_at <= moment(as_of))
    return int(connection.execute(wanted).scalar() or 0)


def arrivals(connection: Connection, ids: Collection[str], as_of: str | None, *, every: bool) -> list[int]:
    """Return the arrivals of the latest codings of documents known at a moment, or of every one, in order."""
    from sqlalchemy import select

    kept = table("codings")
    wanted = select(kept.c.arrival).where(kept.c.document_id.in_(few(ids)))
    if not every:
        wanted = wanted.where(in_force(kept.c.arrival, as_of))
    return list(connection.execute(wanted.order_by(kept.c.arrival)).scalars())


def documents(connection: Connection, as_of: str | None) -> Iterator[Document]:
    """Yield every document version, in the order in which they became known."""
    from sqlalchemy import select

    of = table("documents")
    wanted = select(of.c.record).order_by(of.c.known_at, of.c.id, of.c.version)
    if as_of is not None:
        wanted = wanted.where(of.c.known_at <= moment(as_of))
    for row in connection.execute(wanted):
        yield document_of(row.record)


def counts(connection: Connection, query: Query) -> dict[tuple[str, str], int]:
    """Return how many claims of a query have each kind and status."""
    return {(row.kind, row.status): int(row.n) for row in connection.execute(counts_query(query))}


def latest_documents(
    connection: Connection, as_of: str | None, ids: Collection[str] | None
) -> Iterator[tuple[Document, str, Any]]:
    """Yield the document of each latest coding with that coding's date and what it is based on, in order of ids."""
    from sqlalchemy import select

    of, kept = table("documents"), table("codings")
    same = (of.c.id == kept.c.document_id) & (of.c.version == kept.c.version)
    wanted = (
        select(of.c.record, kept.c.published, kept.c.published_by)
        .join(kept, same)
        .where(in_force(kept.c.arrival, as_of))
        .order_by(of.c.id)
    )
    if ids is not None:
        wanted = wanted.where(kept.c.document_id.in_(few(ids)))
    for row in connection.execute(wanted):
        yield document_of(row.record), row.published, row.published_by
