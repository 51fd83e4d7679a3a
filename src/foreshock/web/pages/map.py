"""The map: what is told of a place, drawn no more exactly than it was told, with a timeline and a table of all of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from foreshock.briefs.charts.timeline import LABELS
from foreshock.dates import first_day, last_day, parse
from foreshock.errors import LedgerError
from foreshock.model import Place
from foreshock.web.data import answered
from foreshock.web.locale import reader as reader_of
from foreshock.web.mapping.days import days_of
from foreshock.web.mapping.features import drawn, is_drawn, name_of, note_of, word_of
from foreshock.web.mapping.marks import CONDITION, Mark, groups, marks_of, places_of, shapes
from foreshock.web.picture import Picture
from foreshock.web.screen import looked_at, settled

router = APIRouter()
MOST_ROWS = 200  # of a page of the table
Day = Annotated[str, Query(max_length=10)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a picture is shown: a window of ISO days, sorts (of :func:`groups`, and "condition"), a place; None means any."""

    first: str | None
    last: str | None
    groups: frozenset[str]
    place: str | None

    def has(self, mark: Mark) -> bool:
        """Whether a mark is shown."""
        right = mark.group in self.groups and (self.place is None or mark.place == self.place)
        return right and mark.within(self.first, self.last)


@router.get("/map", response_class=HTMLResponse)
def show(
    request: Request,
    first: Annotated[Day, Query(alias="from")] = "",
    last: Annotated[Day, Query(alias="to")] = "",
    group: Annotated[list[str] | None, Query()] = None,
    place: Annotated[str, Query(max_length=20)] = "",
    page: Annotated[int, Query(ge=1, le=10_000)] = 1,
) -> HTMLResponse:
    """Show the map of the scope, the timeline, and the table of what both show."""
    _, picture, language = looked_at(request)
    reader = reader_of(language)
    marks, places = _marks(picture, language)
    chosen = Chosen(_day(first, "from"), _day(last, "to", end=True), _sorts(group), place if place in places else None)
    shown = [one for one in marks if chosen.has(one)]
    incidents = [one for one in shown if one.sort != CONDITION]
    pages = max(1, -(-len(incidents) // MOST_ROWS))
    at = min(page, pages)
    # The timeline has all days, so that others can be chosen; the window does not narrow it.
    everything = Chosen(None, None, chosen.groups, chosen.place)
    of_scope = picture.ask
    return settled(
        request,
        "map.html.j2",
        picture,
        chosen=chosen,
        groups=groups(),
        shapes=shapes(),
        standings=LABELS,
        counts=Counter(one.group for one in marks if one.within(chosen.first, chosen.last)),
        incidents=incidents[(at - 1) * MOST_ROWS : at * MOST_ROWS],
        conditions=[one for one in shown if one.sort == CONDITION],
        total=len(incidents),
        unplaced=sum(one.place is None or not is_drawn(places[one.place]) for one in incidents),
        days=days_of(
            (one for one in marks if everything.has(one)),
            since=first_day(of_scope.since).isoformat() if of_scope.since else None,
            until=last_day(of_scope.until).isoformat() if of_scope.until else None,
            first=chosen.first,
            last=chosen.last,
        ),
        exactness={one: word_of(places[one], reader) for one in {mark.place for mark in shown if mark.place}},
        here=(name_of(places[chosen.place], reader), note_of(places[chosen.place], reader)) if chosen.place else None,
        at=at,
        pages=pages,
        asked=_asked(chosen),
    )


@router.get("/data/places.json", include_in_schema=False)
def places_json(request: Request) -> Response:
    """Return what the map of the scope draws, as GeoJSON; persons by role, places as exact as the desk shows them."""
    _, picture, language = looked_at(request)

    marks, places = _marks(picture, language)
    body = picture.part(("places", language), lambda: msgspec.json.encode(drawn(marks, places, reader_of(language))))
    return answered(request, body)


def _marks(picture: Picture, language: str) -> tuple[Sequence[Mark], Mapping[str, Place]]:
    return picture.part(("marks", language), lambda: (marks_of(picture.shown, reader_of(language)), places_of(picture.shown)))


def _sorts(named: Sequence[str] | None) -> frozenset[str]:
    """Return the sorts that are shown; without a name all that happens, and the conditions."""
    known = {CONDITION, *(one.name for one in groups())}
    return frozenset(known & set(named or ())) or frozenset({CONDITION, *(one.name for one in groups() if one.happening)})


def _day(given: str, name: str, *, end: bool = False) -> str | None:
    known = parse(given) if given.strip() else None
    if known is None and given.strip():
        raise LedgerError(f"{name} is {given!r}, no day", remedy="give an ISO date such as 2022-01-08")
    return (last_day if end else first_day)(known).isoformat() if known else None


def _asked(chosen: Chosen) -> dict[str, object]:
    """Return the fields of an address that ask for the same."""
    usual = chosen.groups == _sorts(None)
    return {"from": chosen.first, "to": chosen.last, "group": None if usual else sorted(chosen.groups), "place": chosen.place}
