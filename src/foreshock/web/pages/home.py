"""The first page: what this ledger holds, and its crises."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.web.ask import Ask
from foreshock.web.desk import desk_of
from foreshock.web.templating import page

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def home(request: Request) -> HTMLResponse:
    """Show the crises, each with what is in it."""
    ask = Ask.of(request.query_params)
    picture = desk_of(request).pictures.of(ask)
    return page(request, "home.html.j2", ask, picture=picture)
