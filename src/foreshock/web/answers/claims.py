"""Claims as programs are told them: those of the ledger, as ``foreshock claims`` prints them, with private persons by role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import fields, replace
from typing import Any

from foreshock.errors import LedgerError
from foreshock.ledger import Query
from foreshock.model import Claim, Report, to_json
from foreshock.pipeline.showing import shown_reports
from foreshock.web.answers.answer import Answer, answer
from foreshock.web.answers.cursor import pack, question_of, unpack
from foreshock.web.desk import Desk

TOGETHER = 1_000  # claims that a stream reads at once
LIKE = ("", 0, "", 0)  # document, start, id and arrival of the last claim of a page
_PLAIN = tuple(field.name for field in fields(Claim))
_EMPTY = ("actor", "recipient", "place")


def claim_values(claim: Claim) -> dict[str, Any]:
    """Return a claim for the encoder, which knows the records: the JSON is that of :func:`foreshock.model.to_json`, sooner."""
    told = {name: getattr(claim, name) for name in _PLAIN}
    told |= {name: {} for name in _EMPTY if told[name] is None}
    if claim.place is not None:
        told["place"] = to_json(claim.place)
    return told


def claims(desk: Desk, query: Query, *, limit: int, cursor: str | None = None) -> Answer:
    """Return a page of claims.

    Args:
        desk: whose ledger is asked.
        query: filters and order, without a page.
        limit: claims on a page.
        cursor: of the page before.

    Raises:
        LedgerError: the query asks for what cannot be.
        CursorError: the cursor is none, or that of another query.
    """
    question = question_of("claims", _asked(query))
    after = unpack(cursor, question, LIKE)
    if after is not None and query.order == "relevance":
        raise LedgerError("an order by relevance has one page", remedy="raise the limit, or order by newest")
    found = _page(desk, _after(query, after), limit + 1)
    shown, last = found[:limit], found[limit - 1 : limit]
    more = len(found) > limit and query.order != "relevance"
    ids = [one.claim.id for one in shown]
    return answer(
        desk,
        [claim_values(one.claim) for one in shown],
        ids,
        as_of=query.as_of,
        cursor=pack(question, _place(last[0])) if more else None,
    )


def every_claim(desk: Desk, query: Query) -> Iterator[dict[str, Any]]:
    """Yield all claims of a query, some read at a time: nothing is held open while whoever reads them is slow.

    Raises:
        LedgerError: the query asks for what cannot be.
    """
    asked, most = query, TOGETHER if query.order != "relevance" else query.limit or TOGETHER
    while found := _page(desk, asked, most):
        yield from (claim_values(one.claim) for one in found)
        if len(found) < most or query.order == "relevance":
            return
        asked = _after(query, _place(found[-1]))


def claim(desk: Desk, claim_id: str, *, as_of: str | None = None) -> Report | None:
    """Return a claim of the latest coding of its document, with its report; None where there is none."""
    found = _page(desk, Query(ids=(claim_id,), as_of=as_of), 1)
    return found[0] if found else None


def counts(desk: Desk, query: Query) -> list[dict[str, Any]]:
    """Return how many claims of a query have each kind and status."""
    found = desk.ledger.counts(query)
    return [{"kind": kind, "status": status, "claims": n} for (kind, status), n in sorted(found.items())]


def _page(desk: Desk, query: Query, most: int) -> list[Report]:
    with closing(shown_reports(desk.ledger, replace(query, limit=most), now=desk.now())) as found:
        return list(found)


def _after(query: Query, place: tuple[Any, ...] | None) -> Query:
    if place is None:
        return query
    document, start, claim_id, arrival = place
    return replace(query, after=(document, start, claim_id), after_arrival=arrival)


def _place(report: Report) -> tuple[str, int, str, int]:
    return report.claim.document_id, report.claim.start, report.claim.id, report.arrival


def _asked(query: Query) -> Mapping[str, object]:
    return {one.name: getattr(query, one.name) for one in fields(query) if one.name not in ("limit", "after", "after_arrival")}
