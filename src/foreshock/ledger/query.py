"""Filters of claims, and the statement that they make."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from foreshock.dates import first_day, last_day, parse
from foreshock.errors import LedgerError
from foreshock.ledger.hints import sorted_late, unindexed
from foreshock.ledger.rows import CLAIM, folded
from foreshock.ledger.scope import scoped
from foreshock.ledger.search import matches, newest, relevance, rowids
from foreshock.ledger.search_index import CLAIMS, words_table
from foreshock.ledger.search_terms import terms
from foreshock.ledger.tables import table
from foreshock.model import Crisis

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, ScalarSelect, Select

EQUAL = ("kind", "mode", "status", "language", "country", "damaged")
PARTS = {"holder": "holders", "place": "place"}
Order = Literal["text", "newest", "relevance"]
MOST_IDS = 20_000  # SQLite takes 32,766 values in one statement


@dataclass(frozen=True, slots=True)
class Query:
    """Filters of claims; None means any.

    Attributes:
        kind, mode, status, language, country: equal to these; the country is that of the place, ISO 3166 alpha-3.
        countries: one of these.
        holder: a part of a holder's name, as given or as the text has it, in any case and width.
        place: a part of the place's name, likewise.
        damaged: whether the claim's words touch damage.
        words: a search of the claims' words, see :mod:`foreshock.ledger.search_terms`.
        document: id of the document.
        ids: ids of claims, at most 20,000.
        since, until: ISO prefixes, both ends included: what can have happened then, by as much of its date as is known. A claim
            whose own date is not known is left out.
        as_of: ISO prefix: only what was known by its last moment counts.
        crisis: only what belongs to it, see :mod:`foreshock.ledger.scope`.
        order: "text" by document and place in it, "newest" by what was kept last, "relevance" by how well the words are answered
            among the newest 5,000 that answer, then likewise.
        after: the document, start and id of the last claim of the page before; an order by relevance has one page.
        after_arrival: the arrival of that claim, so that a page by "newest" goes on although its document was coded again since.
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
    mode: str | None = None
    countries: tuple[str, ...] | None = None
    place: str | None = None
    damaged: bool | None = None
    words: str | None = None
    ids: tuple[str, ...] | None = None
    crisis: Crisis | None = None
    order: Order = "text"
    after: tuple[str, int, str] | None = None
    after_arrival: int | None = None


def moment(as_of: str) -> str:
    """Return the last second of an ISO prefix, as ``known_at`` is written; such a stamp itself as it is.

    Raises:
        LedgerError: it is no date.
    """
    if len(as_of) == 20 and as_of.endswith("Z") and parse(as_of[:16]):
        return as_of
    known = _date(as_of)
    return f"{known}:59Z" if "T" in known else f"{last_day(known).isoformat()}T23:59:59Z"


def in_force(arrival: ColumnElement[Any], as_of: str | None) -> ColumnElement[bool]:
    """Return the condition that a row is of its document's latest coding, as far as was known at ``as_of``."""
    from sqlalchemy import func, select

    superseded, codings = table("superseded"), table("codings")
    earlier = select(superseded.c.arrival)
    if as_of is None:
        return arrival.not_in(earlier)
    # What arrived later was known no earlier, and indexes hold arrivals.
    known = select(codings.c.arrival).where(codings.c.known_at <= moment(as_of))
    last = known.order_by(codings.c.known_at.desc(), codings.c.arrival.desc()).limit(1).scalar_subquery()
    return (arrival <= func.coalesce(last, 0)) & arrival.not_in(earlier.where(superseded.c.known_at <= moment(as_of)))


def claims_query(query: Query) -> Select[Any]:
    """Return the statement for the claims of a query: all columns that :func:`foreshock.ledger.rows.claim_of` reads.

    Raises:
        LedgerError: a date of it is no date, its words are no search, or it asks for a page that cannot be told.
    """
    from sqlalchemy import select

    claims = table("claims")
    return filtered(select(*(claims.c[name] for name in CLAIM)), query)


def reports_query(query: Query) -> Select[Any]:
    """Return the statement for the claims of a query with the source of each."""
    from sqlalchemy import select

    claims, codings, documents = table("claims"), table("codings"), table("documents")
    same = (documents.c.id == codings.c.document_id) & (documents.c.version == codings.c.version)
    wanted = select(*(claims.c[name] for name in CLAIM), documents.c.source)
    return filtered(wanted.join(codings, codings.c.arrival == claims.c.arrival).join(documents, same), query)


def counts_query(query: Query) -> Select[Any]:
    """Return the statement for how many claims of a query, whatever its order and page, have each kind and status."""
    from sqlalchemy import func, select

    claims = table("claims")
    wanted = filtered(select(claims.c.kind, claims.c.status, func.count().label("n")), replace(query, after=None, limit=None))
    return wanted.order_by(None).group_by(claims.c.kind, claims.c.status)


def filtered(wanted: Select[Any], query: Query) -> Select[Any]:
    """Return a statement on ``claims`` with the filters, the order and the page of a query."""
    claims = table("claims")
    # A page in order of the text ends long before what arrived by a day is sorted.
    by_text = query.order == "text" and query.limit is not None
    wanted = wanted.where(in_force(unindexed(claims.c.arrival) if by_text else claims.c.arrival, query.as_of))
    looked_up = _looked_up(query)
    for column in EQUAL:
        if (value := getattr(query, column)) is not None:
            of = claims.c[column] if column in looked_up else unindexed(claims.c[column])
            wanted = wanted.where(of == value)
    for name, column in PARTS.items():
        if (value := getattr(query, name)) is not None:
            wanted = wanted.where(claims.c[column].contains(folded(value), autoescape=True))
    if query.document is not None:
        wanted = wanted.where(claims.c.document_id == query.document)
    if query.countries is not None:
        wanted = wanted.where(claims.c.country.in_(query.countries))
    if query.ids is not None:
        wanted = wanted.where(claims.c.id.in_(few(query.ids)))
    if query.crisis is not None:
        wanted = scoped(wanted, query.crisis)
    return _page(_worded(_within(wanted, query), query), query).limit(query.limit)


def _looked_up(query: Query) -> frozenset[str]:
    """Return the equal columns that may be looked up in an index: those that leave least to be read."""
    few_left = (query.country, query.countries, query.since, query.until, query.document, query.ids, query.crisis)
    if any(one is not None for one in few_left):
        return frozenset({"country"})
    if query.kind is not None and query.status is not None and query.words is None:
        return frozenset({"kind", "status"})
    # The first page of a common kind is found soonest by going through the claims in order.
    return frozenset() if query.limit is not None else frozenset(EQUAL)


def _worded(wanted: Select[Any], query: Query) -> Select[Any]:
    if query.order == "relevance":
        if query.words is None or query.after is not None:
            raise LedgerError("relevance is of words, and has one page", remedy="give words, or another order")
        asked, words = terms(query.words), words_table(CLAIMS)
        wanted = wanted.join(words, words.c.rowid == table("claims").c.no).where(matches(CLAIMS, asked), newest(CLAIMS, asked))
        return wanted.order_by(relevance(CLAIMS, asked).desc())
    if query.words is None:
        return wanted
    return wanted.where(table("claims").c.no.in_(rowids(CLAIMS, terms(query.words))))


def few(ids: Collection[str]) -> Collection[str]:
    """Return ids that fit into one statement.

    Raises:
        LedgerError: there are too many.
    """
    if len(ids) > MOST_IDS:
        raise LedgerError(f"{len(ids)} ids are too many for one query", remedy=f"ask for at most {MOST_IDS} at a time")
    return ids


def _page(wanted: Select[Any], query: Query) -> Select[Any]:
    from sqlalchemy import literal, tuple_

    claims = table("claims")
    if query.order == "text":
        place = (claims.c.document_id, claims.c.start, claims.c.id)
        if query.after is not None:
            wanted = wanted.where(tuple_(*place) > tuple_(*(literal(one) for one in query.after)))
        return wanted.order_by(*place)
    if query.after is not None:
        wanted = wanted.where(claims.c.no < _number(query.after[2], query.after_arrival, query.as_of))
    # Both orders are one; the first is that of the index of kinds.
    by_kind = query.order == "newest" and "kind" in _looked_up(query)
    # Those of a kind are in order in an index; others that have the words are filtered first.
    some_of_the_found = query.words is not None and query.kind is None and any(getattr(query, name) is not None for name in EQUAL)
    number = sorted_late(claims.c.no) if some_of_the_found else claims.c.no
    return wanted.order_by(*((claims.c.arrival.desc(),) if by_kind else ()), number.desc())


def _number(claim_id: str, arrival: int | None, as_of: str | None) -> ScalarSelect[Any]:
    """Return the number of the claim after which a page begins."""
    from sqlalchemy import func, select

    last = table("claims").alias("last")
    wanted = select(func.max(last.c.no)).where(last.c.id == claim_id)
    that = in_force(last.c.arrival, as_of) if arrival is None else last.c.arrival == arrival
    return wanted.where(that).scalar_subquery()


def _within(wanted: Select[Any], query: Query) -> Select[Any]:
    claims = table("claims")
    # A claim without a date has neither day, and no comparison with nothing is true.
    if query.since is not None:
        wanted = wanted.where(claims.c.happened_to >= first_day(_date(query.since)).isoformat())
    if query.until is not None:
        wanted = wanted.where(claims.c.happened <= last_day(_date(query.until)).isoformat())
    return wanted


def _date(prefix: str) -> str:
    known = parse(prefix)
    if known is None:
        raise LedgerError(f"{prefix!r} is no date", remedy="give an ISO date such as 2022-01-08 or 2022-01-08T12:00")
    return known
