"""Feeds: what is watched and how it is doing; subscribe, drop, and OPML in and out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foreshock import pipeline
from foreshock.errors import LedgerError, ReadingError, SourceError
from foreshock.ledger.feeds import Feeds
from foreshock.model import FeedHealth
from foreshock.web.auth import Viewer, audit, require
from foreshock.web.desk import desk_of
from foreshock.web.templating import page

router = APIRouter()
STATES = ("failing", "gone", "new", "ok")
MAX_OPML = 5_000_000
Analyst = Annotated[Viewer, Depends(require("analyst"))]


@router.get("/sources/feeds", response_class=HTMLResponse)
def feeds(
    request: Request, state: Annotated[str, Query()] = "", told: Annotated[str, Query(max_length=300)] = ""
) -> HTMLResponse:
    """Show what is watched, what goes wrong first."""
    return _shown(request, state=state, told=told)


@router.post("/sources/feeds", response_class=HTMLResponse)
def add(
    request: Request,
    _: Analyst,
    address: Annotated[str, Form(max_length=2000)],
    name: Annotated[str, Form(max_length=200)] = "",
    kind: Annotated[str, Form()] = "feed",
    minutes: Annotated[float, Form(ge=1, le=10_080)] = 15,
) -> Response:
    """Watch a feed or page; what was typed stays where it cannot be."""
    typed = {"address": address, "name": name, "kind": kind, "minutes": minutes}
    try:
        # A path would be one of the server's own: only web addresses are subscribed from a browser.
        chosen = "page" if kind == "page" else "feed"
        feed = pipeline.feed_at(address.strip(), kind=chosen, name=name, every=round(minutes * 60))  # type: ignore[arg-type]
    except SourceError as error:
        return _shown(request, fault=str(error), typed=typed, status=422)
    new = pipeline.subscribe(desk_of(request).ledger, feed, now=desk_of(request).now())
    audit(request, "feed-add", feed.id, address=feed.address)
    return RedirectResponse(f"/sources/feeds?told={'added' if new else 'known'}", 303)


@router.post("/sources/feeds/opml", response_class=HTMLResponse)
def import_list(request: Request, _: Analyst, file: UploadFile, pages: Annotated[bool, Form()] = False) -> Response:
    """Watch every feed of an OPML list."""
    data = file.file.read(MAX_OPML + 1)
    try:
        found = pipeline.import_opml(desk_of(request).ledger, data, now=desk_of(request).now(), pages=pages)
    except (SourceError, ReadingError) as error:
        return _shown(request, fault=str(error), status=422)
    audit(request, "feed-add", "opml", added=found.added, known=found.known)
    return _shown(request, imported=found)


@router.post("/sources/feeds/{feed_id}/drop")
def drop(request: Request, _: Analyst, feed_id: str) -> RedirectResponse:
    """Watch a feed no more; its documents stay."""
    if not Feeds(desk_of(request).ledger).drop(feed_id, now=desk_of(request).now()):
        raise LedgerError(f"no feed {feed_id!r} is watched", remedy="it may have been dropped already")
    audit(request, "feed-drop", feed_id)
    return RedirectResponse("/sources/feeds?told=dropped", 303)


@router.get("/sources/feeds.opml")
def export_list(request: Request) -> Response:
    """Hand out all feeds and pages as OPML."""
    data = pipeline.export_opml(desk_of(request).ledger, now=desk_of(request).now())
    return Response(
        data, media_type="text/x-opml; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="foreshock.opml"'}
    )


def _shown(request: Request, *, state: str = "", status: int = 200, **values: object) -> HTMLResponse:
    health = Feeds(desk_of(request).ledger).health()
    counts = {one: sum(row.state == one for row in health) for one in STATES}
    rows = [one for one in health if state not in STATES or one.state == state]
    given: dict[str, Any] = {"fault": "", "typed": {}, "told": "", "imported": None} | values
    return page(
        request, "feeds.html.j2", status=status, rows=sorted(rows, key=_worst_first), counts=counts, state=state, **given
    )  # fmt: skip


def _worst_first(one: FeedHealth) -> tuple[int, str]:
    return STATES.index(one.state), one.feed.name or one.feed.address
