"""Receipts: what a number, a pin or a sentence stands on, in the drawer beside a page or as a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.web.ask import Ask
from foreshock.web.desk import desk_of
from foreshock.web.locale import language_of, reader
from foreshock.web.receipts.claim import claim
from foreshock.web.receipts.estimate import estimate
from foreshock.web.receipts.joined import condition, dispute, incident, origin, tally
from foreshock.web.receipts.scene import Scene
from foreshock.web.receipts.sheet import Sheet
from foreshock.web.receipts.source import document, grade
from foreshock.web.templating import page

router = APIRouter()
Kind = Literal["claim", "incident", "dispute", "condition", "tally", "estimate", "origin", "grade", "document"]
MAKERS: Mapping[str, Callable[[Scene, str], Sheet | None]] = {
    "claim": claim, "incident": incident, "dispute": dispute, "condition": condition, "tally": tally, "estimate": estimate,
    "origin": origin, "grade": grade, "document": document,
}  # fmt: skip


@router.get("/receipts/{kind}/{name:path}", response_class=HTMLResponse)
def receipt(request: Request, kind: Kind, name: str) -> HTMLResponse:
    """Show a receipt; htmx gets what the drawer holds, a browser the whole page."""
    desk, ask = desk_of(request), Ask.of(request.query_params)
    told = reader(language_of(request, desk.bench.settings.language))
    sheet = MAKERS[kind](Scene(desk, desk.pictures.of(ask), told), name)
    if sheet is None:
        raise HTTPException(404, f"No {kind} {name!r} is known in this scope on this day.")
    drawer = "hx-request" in request.headers
    answer = page(request, "receipts/drawer.html.j2" if drawer else "receipts/page.html.j2", ask, sheet=sheet, drawer=drawer)
    answer.headers["Vary"] = "HX-Request"
    return answer
