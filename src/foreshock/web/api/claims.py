"""/api/v1/claims: the claims of the ledger, one of them, and how many there are."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from foreshock.ledger.head import head
from foreshock.web.answers import claims as answers
from foreshock.web.answers.answer import Answer, answer
from foreshock.web.api.asked import ClaimFilter, Id, Moment, Paged
from foreshock.web.api.problems import not_found
from foreshock.web.api.replying import lists, record
from foreshock.web.api.routing import routes, told
from foreshock.web.api.schemas import one, page
from foreshock.web.desk import desk_of

router = routes("claims")
Order = Literal["text", "newest", "relevance"]


class ClaimsAsked(ClaimFilter, Paged):
    """What may be asked of claims."""

    order: Order | None = Field(
        None,
        description="By document and place in it (text), by what was kept last (newest), or by how well the words are answered "
        "(relevance; one page). Of a search newest, else text, where not given.",
    )


@router.get("/claims", **told("list_claims", page("Claim"), stream="Claim"))
def claims(request: Request, asked: Annotated[ClaimsAsked, Query()]) -> Response:
    """List claims: who gives what content which standing, in which words.

    They are as coded, field for field as `foreshock code --format jsonl` prints them; what persons decided of them is in their
    receipts. Private persons are told by role.
    """
    desk = desk_of(request)
    present = head(desk.ledger)
    query = asked.query(desk, order=asked.order or ("newest" if asked.words else "text"))
    return lists(
        request, present, asked.format, as_of=asked.as_of,
        page=lambda: answers.claims(desk, query, limit=asked.limit, cursor=asked.cursor),
        every=lambda: answers.every_claim(desk, query),
    )  # fmt: skip


@router.get("/counts", **told("count_claims", one("Counts")))
def counts(request: Request, asked: Annotated[ClaimFilter, Query()]) -> Response:
    """Count claims by kind and standing, with the filters of claims."""
    desk = desk_of(request)
    present = head(desk.ledger)

    def made() -> Answer:
        found = answers.counts(desk, asked.query(desk))
        return answer(desk, [{"claims": sum(row["claims"] for row in found), "counts": found}], (), as_of=asked.as_of)

    return record(request, present, made)


@router.get("/claims/{claim_id}", **told("get_claim", one("Claim"), missing=True))
def claim(request: Request, claim_id: Id, asked: Annotated[Moment, Query()]) -> Response:
    """Get one claim, of the latest coding of its document."""
    desk = desk_of(request)
    present = head(desk.ledger)

    def made() -> Answer:
        found = answers.claim(desk, claim_id, as_of=asked.as_of)
        if found is None:
            raise not_found("claim", claim_id, remedy="list them at /api/v1/claims; one of an edited document needs as_of")
        return answer(desk, [answers.claim_values(found.claim)], [claim_id], as_of=asked.as_of)

    return record(request, present, made)
