"""The reading view: the text as it was published, claims and damage marked, the card of each claim beside it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock import pipeline
from foreshock.errors import LedgerError
from foreshock.ledger.head import head
from foreshock.web.ask import Ask
from foreshock.web.desk import desk_of
from foreshock.web.locale import language_of, reader
from foreshock.web.reading.beside import beside_of
from foreshock.web.reading.cards import card
from foreshock.web.reading.view import headline, opened_at, view
from foreshock.web.templating import page, remembered

router = APIRouter()


@router.get("/documents/{document_id}", response_class=HTMLResponse)
def reading(
    request: Request,
    document_id: str,
    version: Annotated[str | None, Query(max_length=64)] = None,
    part: Annotated[int | None, Query(ge=1, le=100_000)] = None,
    claim: Annotated[str | None, Query(max_length=64)] = None,
    q: Annotated[str, Query(max_length=500)] = "",
) -> HTMLResponse:
    """Show a document, as it was known on the day that is asked for."""
    ask, desk = Ask.of(request.query_params), desk_of(request)
    found = opened_at(desk, ask, document_id, version)
    if found is None:
        raise HTTPException(404, f"No document has the id {document_id!r} in what was known then.")
    told = reader(language_of(request, desk.bench.settings.language))
    made = view(desk, *found, told, part=part, claim=claim, words=q)
    _, picture = found
    stands = (ask, head(desk.ledger), picture.head, picture.made)
    return remembered(request, "reading.html.j2", stands, ask, {"view": made, "version": version, "words": q, "chosen": claim})


@router.get("/documents/{document_id}/changes", response_class=HTMLResponse)
def changes(request: Request, document_id: str) -> HTMLResponse:
    """Show which claims the last edit of a document added, changed or dropped."""
    ask, desk = Ask.of(request.query_params), desk_of(request)
    found = opened_at(desk, ask, document_id)
    if found is None:
        raise HTTPException(404, f"No document has the id {document_id!r} in what was known then.")
    opened, _ = found
    try:
        rows = pipeline.shown_changes(desk.ledger, document_id, now=desk.now(), as_of=ask.as_of)
    except LedgerError as error:
        raise HTTPException(404, str(error)) from error
    template = "reading_changes_part.html.j2" if "hx-request" in request.headers else "reading_changes.html.j2"
    name = headline(opened.document.title, opened.document.text)
    answer = page(request, template, ask, opened=opened, changes=rows, headline=name)
    answer.headers["Vary"] = "HX-Request"
    return answer


def card_of(request: Request, claim_id: str, ask: Ask | None = None) -> tuple[HTMLResponse, str] | None:
    """Return the card of a claim as a part of a page, and the id of its document; None where no such claim is read."""
    scope, desk = ask or Ask(), desk_of(request)
    place = pipeline.place_of_claim(desk.ledger, claim_id, as_of=scope.as_of)
    found = opened_at(desk, scope, place[0]) if place else None
    if found is None:
        return None

    opened, picture = found
    told = reader(language_of(request, desk.bench.settings.language))
    number = next(n for n, one in enumerate(opened.claims, 1) if one.id == claim_id)
    made = card(opened, opened.claims[number - 1], number, reader=told, bench=desk.bench, beside=beside_of(picture))
    return page(request, "reading_card_part.html.j2", scope, card=made, opened=opened, open=True), opened.document.id
