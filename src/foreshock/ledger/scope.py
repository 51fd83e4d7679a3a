"""Which claims belong to a crisis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foreshock.dates import first_day, last_day
from foreshock.ledger.hints import unindexed
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
    claims = table("claims")
    if crisis.words:
        wanted = wanted.where(_words(crisis))
    if crisis.countries or crisis.since or crisis.until:
        wanted = wanted.where(claims.c.no.in_(_there_and_then(crisis)))
    return wanted


def _there_and_then(crisis: Crisis) -> Any:
    """Return the statement for the numbers of claims of the countries and the window, each part answered by one index."""
    from sqlalchemy import select, true, union_all

    claims = table("claims")
    there: ColumnElement[bool] = true()
    anywhere: ColumnElement[bool] = true()
    elsewhere: ColumnElement[bool] = true()
    if crisis.countries:
        other = claims.alias("others")
        telling = select(other.c.document_id).where(other.c.country.in_(crisis.countries))
        there = claims.c.country.in_(crisis.countries)
        anywhere = unindexed(claims.c.country).in_(crisis.countries)
        elsewhere = unindexed(claims.c.country).is_(None) & unindexed(claims.c.document_id).in_(telling)
    dated, undated = _window(crisis)
    parts = [there & dated, elsewhere & dated, (anywhere | elsewhere) & undated] if crisis.countries else [dated, undated]
    return union_all(*(select(claims.c.no).where(one) for one in parts))


def _window(crisis: Crisis) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that a claim with a date of its own, and one without, can be of the window."""
    claims = table("claims")
    dated: ColumnElement[bool] = claims.c.happened.is_not(None)
    undated: ColumnElement[bool] = claims.c.happened.is_(None)
    if crisis.since or crisis.until:
        undated &= claims.c.published != ""
    if crisis.since:
        first = first_day(crisis.since).isoformat()
        dated &= claims.c.happened_to >= first
        undated &= claims.c.published >= first
    if crisis.until:
        last = last_day(crisis.until).isoformat()
        dated &= claims.c.happened <= last
        undated &= claims.c.published <= f"{last}~"  # any hour of that day
    return dated, undated


def _words(crisis: Crisis) -> ColumnElement[bool]:
    asked = " OR ".join('"' + word.replace('"', " ") + '"' for word in crisis.words)
    return table("claims").c.no.in_(rowids(CLAIMS, terms(asked)))
