"""Disputes: what cannot both hold, side by side, until a person settles it."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.web.disputed import matrices
from foreshock.web.locale import reader as reader_of
from foreshock.web.screen import looked_at, settled

router = APIRouter()


@router.get("/disputes", response_class=HTMLResponse)
def disputes(request: Request, state: str = "") -> HTMLResponse:
    """Show the disputes of the scope as matrices."""
    _, picture, language = looked_at(request)
    found = picture.part(("disputes", language), lambda: matrices(reader_of(language), picture))
    chosen = state if state in ("open", "settled") else ""
    return settled(
        request,
        "disputes.html.j2",
        picture,
        matrices=[one for one in found if not chosen or one.state == chosen],
        every=found,
        chosen=chosen,
    )
