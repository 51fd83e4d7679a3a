"""Incidents: what happened, as all claims of it together tell; a list with filters, and one of them whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.dates import first_day, last_day, parse
from foreshock.errors import LedgerError
from foreshock.model import Incident
from foreshock.web import wording
from foreshock.web.incident import told_incident
from foreshock.web.locale import reader as reader_of
from foreshock.web.picture import Picture
from foreshock.web.screen import looked_at, settled

router = APIRouter()
# What is said of a crisis without anything happening.
BACKGROUND = frozenset({"STATE", "ASSESS", "LIKEN"})
PAGE = 60
WORDS = 180


@dataclass(frozen=True, slots=True)
class Row:
    """An incident in the list, ready to be shown; ``since`` and ``until`` are ISO days, "" where none is told."""

    id: str
    kind: str
    title: str
    place: str
    when: str
    since: str
    until: str
    credibility: int
    origins: int
    claims: int
    actors: tuple[str, ...]
    language: str
    words: str
    disputed: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; "" and 0 are any."""

    kind: str = ""
    place: str = ""
    credibility: int = 0
    since: str = ""
    until: str = ""
    everything: bool = False

    def keep(self, row: Row) -> bool:
        """Whether a row is shown; one without a day is shown where no day is asked for."""
        if self.kind and row.kind != self.kind:
            return False
        if not self.kind and not self.everything and row.kind in BACKGROUND:
            return False
        if (self.place and row.place != self.place) or (self.credibility and row.credibility != self.credibility):
            return False
        if self.since and (not row.until or row.until < first_day(self.since).isoformat()):
            return False
        return not (self.until and (not row.since or row.since > last_day(self.until).isoformat()))


@router.get("/incidents", response_class=HTMLResponse)
def incidents(
    request: Request,
    kind: str = "",
    place: str = "",
    credibility: str = "",
    after: Annotated[str, Query(description="happened on this day or later")] = "",
    before: Annotated[str, Query(description="happened on this day or earlier")] = "",
    everything: bool = False,
    at: Annotated[int, Query(ge=1, description="page")] = 1,
) -> HTMLResponse:
    """List the incidents of the scope, the latest first."""
    _, picture, language = looked_at(request)
    reader = reader_of(language)
    rows = picture.part(("incident rows", language), lambda: _rows(reader, picture))
    grade = int(credibility) if credibility in {"1", "2", "3", "4", "5", "6"} else 0
    chosen = Filters(kind.upper(), place, grade, _day(after), _day(before), everything)
    found = [row for row in rows if chosen.keep(row)]
    kinds = Counter(row.kind for row in rows)
    places = Counter(row.place for row in rows if row.place)
    return settled(
        request,
        "incidents.html.j2",
        picture,
        rows=found[(at - 1) * PAGE : at * PAGE],
        total=len(found),
        background=0 if chosen.kind or everything else sum(row.kind in BACKGROUND for row in rows),
        chosen=chosen,
        kinds=[(name, wording.kind_label(reader, name), n) for name, n in kinds.most_common()],
        places=places.most_common(),
        grades=wording.CREDIBILITY,
        at=at,
        last=max(1, -(-len(found) // PAGE)),
        narrowed=chosen != Filters(everything=everything),
    )


@router.get("/incidents/{name}", response_model=None)
def incident(request: Request, name: str) -> HTMLResponse | RedirectResponse:
    """Show one incident whole; an id that was merged into another leads there."""
    desk, picture, language = looked_at(request)
    shown = picture.shown
    found = next((one for one in shown.incidents if one.id == name or name in one.merged), None)
    if found is None:
        found = next((one for one in shown.incidents if name in one.claim_ids), None)
    if found is None:
        raise HTTPException(404, f"No incident {name!r} is known in this scope on this day.")
    if found.id != name:
        return RedirectResponse(f"/incidents/{found.id}{picture.ask.query()}", 307)
    told = picture.part(("incident", found.id, language), lambda: told_incident(reader_of(language), desk, picture, found))
    return settled(request, "incident.html.j2", picture, told=told, one=found)


def _day(given: str) -> str:
    if not given.strip():
        return ""
    known = parse(given)
    if known is None:
        raise LedgerError(f"the day is {given!r}, no date", remedy="give an ISO date such as 2022-01-08 or 2022-01")
    return known


def _rows(reader: Reader, picture: Picture) -> Sequence[Row]:
    disputed = {one.incident_id for one in picture.shown.disputes}
    rows = [(_day_of(one, picture), _row(reader, picture, one, one.id in disputed)) for one in picture.shown.incidents]
    return [row for _, row in sorted(rows, key=lambda row: row[0], reverse=True)]


def _day_of(one: Incident, picture: Picture) -> str:
    """Return the day by which an incident stands in the list: of its beginning, else the last on which it was told."""
    if one.when and one.when.start:
        return one.when.start
    return max((picture.shown.reports[claim].published or "" for claim in one.claim_ids), default="")


def _row(reader: Reader, picture: Picture, one: Incident, disputed: bool) -> Row:
    reports = picture.shown.reports
    first = reports[one.claim_ids[0]].claim
    days = [day for day in ((one.when.start, one.when.end) if one.when else ()) if day]
    return Row(
        id=one.id,
        kind=one.kind,
        title=wording.title(reader, one, reports),
        place=wording.place(reader, one, reports),
        when=wording.when(reader, one),
        since=first_day(min(days)).isoformat() if days else "",
        until=last_day(max(days)).isoformat() if days else "",
        credibility=one.credibility,
        origins=len(one.origins),
        claims=len(one.claim_ids),
        actors=tuple(dict.fromkeys(safe(who.actor.name) for who in one.attributed_to)),
        language=first.language,
        words=wording.words(first, WORDS),
        disputed=disputed,
    )
