"""Which claims belong to a crisis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foreshock.dates import first_day, last_day
from foreshock.ledger.search import rowids
from foreshock.ledger.search_index import CLAIMS
from foreshock.ledger.search_terms import terms
from foreshock.ledger.tables import table
from foreshock.model import Crisis

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Select


def scoped(wanted: Select[Any], crisis: Crisis) -> Select[Any]:
    """Return a statement on ``claims`` with the filter of a crisis.

    Of its countries is what was in one of them; a claim whose place is not known counts with its document, where that tells of
    one of them. In its window is what can have happened then; a claim without a date of its own counts by that of its document.

    Raises:
        LedgerError: its words are no search.
    """
    for condition in (_countries(crisis), _window(crisis), _words(crisis)):
        if condition is not None:
            wanted = wanted.where(condition)
    return wanted


def _countries(crisis: Crisis) -> ColumnElement[bool] | None:
    from sqlalchemy import and_, or_, select

    if not crisis.countries:
        return None
    claims = table("claims")
    there = claims.c.country.in_(crisis.countries)
    other = claims.alias("others")
    telling = select(other.c.document_id).where(other.c.country.in_(crisis.countries))
    return or_(there, and_(claims.c.country.is_(None), claims.c.document_id.in_(telling)))


def _window(crisis: Crisis) -> ColumnElement[bool] | None:
    from sqlalchemy import and_, func, or_

    claims = table("claims")
    start, end, published = claims.c.happened, claims.c.happened_to, func.substr(claims.c.published, 1, 10)
    dated, undated = [or_(start.is_not(None), end.is_not(None))], [start.is_(None), end.is_(None), published != ""]
    if crisis.since is not None:
        first = first_day(crisis.since).isoformat()
        dated.append(or_(end.is_(None), end >= first))
        undated.append(published >= first)
    if crisis.until is not None:
        last = last_day(crisis.until).isoformat()
        dated.append(or_(start.is_(None), start <= last))
        undated.append(published <= last)
    if crisis.since is None and crisis.until is None:
        return None
    return or_(and_(*dated), and_(*undated))


def _words(crisis: Crisis) -> ColumnElement[bool] | None:
    if not crisis.words:
        return None
    asked = " OR ".join('"' + word.replace('"', " ") + '"' for word in crisis.words)
    return table("claims").c.no.in_(rowids(CLAIMS, terms(asked)))
