"""Silence: what could not have been seen, who fell quiet, what nobody confirms, what was damaged, and what was dropped."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.briefs.setting import groups
from foreshock.web import wording
from foreshock.web.locale import reader as reader_of
from foreshock.web.picture import Picture
from foreshock.web.quiet import by_day, dark, quiet
from foreshock.web.screen import looked_at, settled
from foreshock.web.telling import told_of
from foreshock.web.weighing import countries_of

router = APIRouter()
GRAVE = frozenset({"HARM", "ASSAULT", "COERCE", "MOBILIZE", "CONTROL", "OFFICE"})
MOST = 24
DAYS = 60

Lone = tuple[str, str, str, str, str]


@router.get("/silence", response_class=HTMLResponse)
def silence(request: Request) -> HTMLResponse:
    """Show what is missing."""
    desk, picture, language = looked_at(request)
    reader = reader_of(language)
    told = told_of(desk, picture, language)
    missing = next((one for one in told.brief.sections if one.id == "gaps"), None) if told.brief else None
    lone = picture.part(("lone", language), lambda: _lone(reader, picture))
    tongues, days = picture.part(("by day", language), lambda: by_day(picture, reader))
    return settled(
        request,
        "silence.html.j2",
        picture,
        told=told,
        dark=picture.part(("dark", language), lambda: dark(reader, picture, countries_of(picture))),
        quiet=picture.part(("quiet", language), lambda: quiet(reader, picture)),
        lone=lone[:MOST],
        lone_all=len(lone),
        stale=picture.part(("stale", language), lambda: _stale(reader, picture)),
        missing=groups(missing) if missing else [],
        rejected=picture.part("rejected", lambda: _rejected(picture)),
        erased=len(desk.ledger.tombstones()),
        tongues=tongues,
        days=days[:DAYS],
        more_days=max(len(days) - DAYS, 0),
    )


def _lone(reader: Reader, picture: Picture) -> list[Lone]:
    """Return grave incidents that one origin alone tells: id, what, where, when, and that origin."""
    reports = picture.shown.reports
    return [
        (one.id, wording.title(reader, one, reports), wording.place(reader, one, reports), wording.when(reader, one), safe(name))
        for one in picture.shown.incidents
        if one.kind in GRAVE and len(one.origins) == 1 and one.credibility > 1
        for name in (one.origins[0].name,)
    ]


def _stale(reader: Reader, picture: Picture) -> list[tuple[str, str, str, str]]:
    """Return conditions that nobody confirms any more: id, what, where, and how it stands."""
    reports = picture.shown.reports
    return [
        (
            one.id,
            wording.condition_name(reader, one),
            wording.place(reader, one, reports),
            reader.say(wording.FRESHNESS[one.freshness]),
        )
        for one in picture.shown.conditions
        if one.freshness in ("ageing", "past") and one.state not in ("lifted", "lapsed")
    ]


def _rejected(picture: Picture) -> list[tuple[str, str, str]]:
    """Return the claims that persons rejected: id, by whom, why."""
    return [
        (one.subjects[0], safe(one.by), safe(one.why)) for one in picture.shown.found.judgements if one.verdict == "reject"
    ]  # fmt: skip
