"""Receipts: what a number, a pin or a sentence stands on, in the drawer beside a page or as a page of its own."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.web.ask import Ask
from foreshock.web.templating import page

router = APIRouter()
Kind = Literal["claim", "incident", "dispute", "condition", "tally", "estimate", "origin", "grade", "document"]


@router.get("/receipts/{kind}/{name:path}", response_class=HTMLResponse)
def receipt(request: Request, kind: Kind, name: str) -> HTMLResponse:
    """Show a receipt; htmx gets what the drawer holds, a browser the whole page."""
    ask = Ask.of(request.query_params)
    template = "receipts/drawer.html.j2" if "hx-request" in request.headers else "receipts/page.html.j2"
    answer = page(request, template, ask, kind=kind, name=name)
    answer.headers["Vary"] = "HX-Request"
    return answer
