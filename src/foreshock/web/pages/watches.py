"""Alerts: what watches raised, the watches with their thresholds, and how deliveries went."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foreshock import pipeline
from foreshock.briefs.exports.alert_feed import alert_feed
from foreshock.briefs.exports.cap import cap_xml
from foreshock.dates import utc_stamp
from foreshock.errors import ForeshockError
from foreshock.ledger.outbox import Outbox
from foreshock.ledger.watches import Watches
from foreshock.model import record_id
from foreshock.pipeline.thresholds import FORMS
from foreshock.web.auth import Viewer, audit, require
from foreshock.web.desk import desk_of
from foreshock.web.locale import language_of
from foreshock.web.templating import page
from foreshock.web.watching import COMMON, shown_channel, watch_of

router = APIRouter()
SHOWN = 100
Analyst = Annotated[Viewer, Depends(require("analyst"))]


async def typed_form(request: Request) -> FormData:
    """Return the fields of a form, those given more than once too."""
    return await request.form(max_files=0, max_fields=100)


Typed = Annotated[FormData, Depends(typed_form)]


@router.get("/watches", response_class=HTMLResponse)
def watches(request: Request, watch: Annotated[str, Query()] = "", told: Annotated[str, Query()] = "") -> HTMLResponse:
    """Show the alerts of one watch or of all, the latest first."""
    return _shown(request, watch=watch, told=told)


@router.post("/watches", response_class=HTMLResponse)
def keep(request: Request, _: Analyst, typed: Typed) -> Response:
    """Keep a watch, or change the one of its name; what was typed stays where it cannot be."""
    desk = desk_of(request)
    given = {name: [str(value) for value in typed.getlist(name)] for name in typed}
    language = language_of(request, desk.bench.settings.language)
    try:
        made = watch_of(given, desk.bench.settings, desk.ledger, language=language)
        new = Watches(desk.ledger).keep(made, now=desk.now())
        # Its first look takes note of what is there, so that only what comes from now on is news.
        pipeline.raise_alerts(desk.ledger, desk.bench, now=desk.now(), names=[made.name])
    except ForeshockError as error:
        return _shown(request, fault=str(error), typed=given, status=422)
    audit(request, "watch-add", made.name)
    return RedirectResponse(f"/watches?told={'kept' if new else 'known'}", 303)


@router.post("/watches/drop")
def drop(request: Request, _: Analyst, name: Annotated[str, Form(max_length=500)]) -> RedirectResponse:
    """Drop a watch; its alerts stay."""
    gone = Watches(desk_of(request).ledger).drop(name, now=desk_of(request).now())
    audit(request, "watch-drop", name)
    return RedirectResponse(f"/watches?told={'dropped' if gone else 'none'}", 303)


@router.post("/watches/revive")
def revive(request: Request, _: Analyst) -> RedirectResponse:
    """Give deliveries that were given up another round of tries."""
    Outbox(desk_of(request).ledger).revive(now=desk_of(request).now())
    audit(request, "watch-revive", "deliveries")
    return RedirectResponse("/watches?told=revived", 303)


@router.get("/watches/alerts.atom")
def feed(request: Request, watch: Annotated[str, Query()] = "") -> Response:
    """Hand out the alerts of a watch, or of all, as an Atom feed."""
    desk = desk_of(request)
    found = Watches(desk.ledger).alerts(watch or None, limit=SHOWN)
    made = alert_feed(watch or "Foreshock", found, key=record_id("watch", watch), updated=utc_stamp(desk.now()))
    return Response(made, media_type="application/atom+xml; charset=utf-8")


@router.get("/watches/alerts/{alert_id}.cap.xml")
def cap(request: Request, alert_id: str) -> Response:
    """Hand out one alert as a draft in the Common Alerting Protocol 1.2."""
    made = cap_xml(Watches(desk_of(request).ledger).alert(alert_id), sender="foreshock")
    return Response(
        made, media_type="application/cap+xml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{alert_id[:16]}.cap.xml"'},
    )  # fmt: skip


def _shown(request: Request, *, watch: str = "", status: int = 200, **values: object) -> HTMLResponse:
    desk = desk_of(request)
    store = Watches(desk.ledger)
    kept = [(one, store.state(one.name), [pipeline.trigger_text(trigger) for trigger in one.triggers]) for one in store.every()]
    deliveries = Outbox(desk.ledger).deliveries(limit=1000)
    given: dict[str, Any] = {"fault": "", "typed": {}, "told": ""} | values
    return page(
        request,
        "watches.html.j2",
        status=status,
        alerts=store.alerts(watch or None, limit=SHOWN),
        watches=kept,
        watch=watch,
        states=Counter(one.state for one in deliveries),
        dead=[one for one in deliveries if one.state == "dead"],
        forms=FORMS,
        common=COMMON,
        channel=shown_channel,
        **given,
    )
