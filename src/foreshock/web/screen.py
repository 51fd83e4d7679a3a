"""A screen of a crisis: a page with the day that it looks at."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.web.ask import Ask
from foreshock.web.asof import asof_of
from foreshock.web.desk import Desk, desk_of
from foreshock.web.locale import language_of
from foreshock.web.picture import Picture
from foreshock.web.templating import page, remembered


def looked_at(request: Request) -> tuple[Desk, Picture, str]:
    """Return the desk, the picture of the scope in the address, and the language to answer in.

    Raises:
        ForeshockError: the scope asks for what is not there.
    """
    desk = desk_of(request)
    return desk, desk.pictures.of(Ask.of(request.query_params)), language_of(request, desk.bench.settings.language)


def screen(request: Request, template: str, picture: Picture, **values: Any) -> HTMLResponse:
    """Return a page that extends ``screen.html.j2``; it gets ``picture``, ``asof`` and the values."""
    return page(request, template, picture.ask, picture=picture, asof=asof_of(request, picture), **values)


def settled(request: Request, template: str, picture: Picture, **values: Any) -> HTMLResponse:
    """Return the same, written once: for a screen whose values come from the picture and the address alone."""
    values |= {"picture": picture, "asof": asof_of(request, picture)}
    return remembered(request, template, (picture.ask, picture.head, picture.made), picture.ask, values)
