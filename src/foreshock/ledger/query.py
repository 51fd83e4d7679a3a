"""Filters of claims, and the statement that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foreshock.dates import first_day, last_day, parse
from foreshock.errors import LedgerError
from foreshock.ledger.rows import folded
from foreshock.ledger.tables import table

if TYPE_CHECKING:
    from sqlalchemy import Select, Subquery

EQUAL = ("kind", "status", "language", "country")


@dataclass(frozen=True, slots=True)
class Query:
    """Filters of claims; None means any.

    Attributes:
        kind, status, language, country: equal to these; the country is that of the place, ISO 3166 alpha-3.
        holder: a part of a holder's name, as given or as the text has it, in any case and width.
        document: id of the document.
        since, until: ISO prefixes, both ends included: what can have happened then, by as much of its date as is known. A claim
            whose own date is not known is left out.
        as_of: ISO prefix: only what was known by its last moment counts.
        limit: at most so many.
    """

    kind: str | None = None
    status: str | None = None
    language: str | None = None
    country: str | None = None
    holder: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    limit: int | None = None


def moment(as_of: str) -> str:
    """Return the last second of an ISO prefix, as ``known_at`` is written.

    Raises:
        LedgerError: it is no date.
    """
    known = _date(as_of)
    return f"{known}:59Z" if "T" in known else f"{last_day(known).isoformat()}T23:59:59Z"


def newest_codings(as_of: str | None) -> Subquery:
    """Return the latest coding of each document, as far as it was known at ``as_of``."""
    from sqlalchemy import func, select

    codings = table("codings")
    latest = select(codings.c.document_id, func.max(codings.c.sequence).label("sequence")).group_by(codings.c.document_id)
    if as_of is not None:
        latest = latest.where(codings.c.known_at <= moment(as_of))
    return latest.subquery("newest")


def claims_query(query: Query) -> Select[Any]:
    """Return the statement for the claims of a query, in order of document and text.

    Raises:
        LedgerError: a date of it is no date.
    """
    from sqlalchemy import select

    claims, newest = table("claims"), newest_codings(query.as_of)
    latest = (newest.c.document_id == claims.c.document_id) & (newest.c.sequence == claims.c.sequence)
    wanted = select(claims.c.record).join(newest, latest).order_by(claims.c.document_id, claims.c.start, claims.c.id)
    for column in EQUAL:
        if (value := getattr(query, column)) is not None:
            wanted = wanted.where(claims.c[column] == value)
    if query.document is not None:
        wanted = wanted.where(claims.c.document_id == query.document)
    if query.holder is not None:
        wanted = wanted.where(claims.c.holders.contains(folded(query.holder), autoescape=True))
    return _within(wanted, query).limit(query.limit)


def _within(wanted: Select[Any], query: Query) -> Select[Any]:
    from sqlalchemy import or_

    claims = table("claims")
    start, end = claims.c.happened, claims.c.happened_to
    if query.since is not None or query.until is not None:
        wanted = wanted.where(or_(start.is_not(None), end.is_not(None)))
    if query.since is not None:
        wanted = wanted.where(or_(end.is_(None), end >= first_day(_date(query.since)).isoformat()))
    if query.until is not None:
        wanted = wanted.where(or_(start.is_(None), start <= last_day(_date(query.until)).isoformat()))
    return wanted


def _date(prefix: str) -> str:
    known = parse(prefix)
    if known is None:
        raise LedgerError(f"{prefix!r} is no date", remedy="give an ISO date such as 2022-01-08 or 2022-01-08T12:00")
    return known
