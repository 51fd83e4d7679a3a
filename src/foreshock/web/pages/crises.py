"""Crises: saved filters with names; what was known under a name before it changed stays."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foreshock.dates import parse
from foreshock.model import Crisis
from foreshock.web.ask import Ask
from foreshock.web.auth import Viewer, audit, require
from foreshock.web.desk import desk_of
from foreshock.web.templating import page

router = APIRouter()
Analyst = Annotated[Viewer, Depends(require("analyst"))]
LONGEST = 120


@router.get("/crises", response_class=HTMLResponse)
def crises(request: Request, edit: str = "") -> HTMLResponse:
    """List the crises, with a form to name one or change one."""
    return _page(request, edit)


@router.post("/crises")
def keep(
    request: Request,
    who: Analyst,  # noqa: ARG001 - who may do it
    name: Annotated[str, Form()] = "",
    countries: Annotated[str, Form()] = "",
    since: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    words: Annotated[str, Form()] = "",
) -> Response:
    """Keep a crisis under its name from now on."""
    typed = {"name": name, "countries": countries, "since": since, "until": until, "words": words}
    made, wrong = _read(typed)
    if made is None:
        return _page(request, "", typed=typed, wrong=wrong)
    desk = desk_of(request)
    desk.ledger.keep_crisis(made, desk.now())
    audit(request, "crisis-keep", made.name)
    return RedirectResponse(f"/?{urlencode({'crisis': made.name})}", 303)


@router.post("/crises/drop")
def drop(request: Request, who: Analyst, name: Annotated[str, Form()]) -> Response:  # noqa: ARG001 - who may do it
    """Drop a name from now on; the claims stay."""
    desk = desk_of(request)
    desk.ledger.drop_crisis(name, desk.now())
    audit(request, "crisis-drop", name)
    return RedirectResponse("/crises", 303)


def _page(request: Request, edit: str, *, typed: dict[str, str] | None = None, wrong: str = "") -> HTMLResponse:
    known = desk_of(request).ledger.crises()
    chosen = next((one for one in known if one.name == edit), None)
    fields = typed or _fields(chosen)
    values = {"known": known, "fields": fields, "wrong": wrong, "edit": chosen}
    return page(request, "crises.html.j2", Ask(), status=422 if wrong else 200, **values)


def _fields(one: Crisis | None) -> dict[str, str]:
    if one is None:
        return {"name": "", "countries": "", "since": "", "until": "", "words": ""}
    return {
        "name": one.name,
        "countries": " ".join(one.countries),
        "since": one.since or "",
        "until": one.until or "",
        "words": ", ".join(one.words),
    }


def _read(typed: dict[str, str]) -> tuple[Crisis | None, str]:
    """Return the crisis of a form, or the message that says what does not fit."""
    name = " ".join(typed["name"].split())
    countries = tuple(one.upper() for one in re.split(r"[\s,;]+", typed["countries"]) if one)
    if not name or len(name) > LONGEST:
        return None, "Give it a name of at most 120 characters."
    if any(not re.fullmatch("[A-Z]{3}", one) for one in countries):
        return None, "Countries are codes of three letters, such as KAZ."
    days = [parse(typed[field]) if typed[field].strip() else None for field in ("since", "until")]
    if any(day is None and typed[field].strip() for day, field in zip(days, ("since", "until"), strict=True)):
        return None, "Give days as ISO dates, such as 2022-01-08 or 2022-01."
    words = tuple(one.strip() for one in typed["words"].split(",") if one.strip())
    return Crisis(name, countries, days[0], days[1], words), ""
