"""The first page: the brief of the scope, live; of an empty ledger what to do first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.briefs.locale import Reader
from foreshock.briefs.sorting import KEY_FIGURES
from foreshock.dates import parse
from foreshock.model import Condition, Tally
from foreshock.web.ask import Ask
from foreshock.web.disputed import question_of
from foreshock.web.locale import reader as reader_of
from foreshock.web.picture import Picture
from foreshock.web.receipts.ids import tally_id
from foreshock.web.screen import looked_at, screen
from foreshock.web.telling import compared_with, title_of, told_of, told_within
from foreshock.web.templating import page
from foreshock.web.wording import condition_name, matter, place, span, title

router = APIRouter()
FEW = 6
SOON = 0.7  # seconds that a browser waits for a brief before it is shown the frame
IN_FORCE = frozenset({"announced", "in_effect", "extended", "breached"})


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the side column: what, the kind and id of its receipt, and a number or a word beside it."""

    text: str
    kind: str
    id: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class New:
    """What arrived on the latest day with arrivals: the day, how many documents and claims, and what is new by them."""

    day: str
    documents: int
    claims: int
    told: tuple[Told, ...]


@router.get("/", response_class=HTMLResponse)
def home(request: Request, changes: str = "") -> HTMLResponse:
    """Show the brief of the scope, with what changed since the day ``changes``."""
    desk, picture, language = looked_at(request)
    if not picture.shown.found.told:
        return _empty(request, picture)
    reader = reader_of(language)
    # A browser that comes first is shown the frame at once, and fetches the brief when it is there; whatever else asks waits.
    browser = request.headers.get("sec-fetch-mode") == "navigate" and "wait" not in request.query_params
    since = parse(changes) if changes.strip() else None
    told = told_within(desk, picture, language, since, seconds=SOON) if browser else told_of(desk, picture, language, since)
    return screen(
        request,
        "home.html.j2",
        picture,
        title=title_of(picture.ask, language),
        told=told,
        since=(since or picture.part("compared with", lambda: compared_with(desk, picture)) or "")[:10],
        numbers=picture.part(("key numbers", language), lambda: _numbers(reader, picture.shown.tallies)),
        counts=picture.part("counts", lambda: _counts(picture)),
        new=picture.part(("new", language), lambda: _new(reader, picture)),
    )


def _empty(request: Request, picture: Picture) -> HTMLResponse:
    if picture.ask != Ask():
        return screen(request, "brief/nothing.html.j2", picture)
    return page(request, "brief/welcome.html.j2", picture.ask)


def _counts(picture: Picture) -> dict[str, int]:
    """Return what is confirmed, disputed and in force."""
    shown = picture.shown
    return {
        "confirmed": sum(one.credibility == 1 for one in shown.incidents),
        "open": sum(one.state == "open" for one in shown.disputes),
        "in_force": sum(_holds(one) for one in shown.conditions),
    }


def _holds(one: Condition) -> bool:
    return one.state in IN_FORCE and one.freshness != "past"


def _numbers(reader: Reader, tallies: Sequence[Tally]) -> tuple[Told, ...]:
    """Return for each thing that is counted the tally that most holders gave a number for; nothing is summed."""
    found = []
    for what in KEY_FIGURES:
        read = [one for one in tallies if one.what == what and span(reader, one)]
        if read:
            most = max(read, key=lambda one: (len(one.points), one.scope is not None))
            found.append(Told(span(reader, most), "tally", tally_id(most), matter(reader, most)))
    return tuple(found[:FEW])


def _new(reader: Reader, picture: Picture) -> New | None:
    """Return what the latest day with arrivals brought: incidents, disputes and conditions that no earlier claim told of."""
    shown = picture.shown
    days = {claim: report.known_at[:10] for claim, report in shown.reports.items()}
    if not days:
        return None
    last = max(days.values())
    fresh = {claim for claim, day in days.items() if day == last}
    rows: list[Told] = []
    for dispute in shown.disputes:
        if sum(any(claim not in fresh for claim in one.claim_ids) for one in dispute.positions) < 2:
            rows.append(Told(question_of(reader, dispute, shown.reports), "dispute", dispute.id, reader.say("dispute")))
    for condition in shown.conditions:
        if fresh.issuperset(condition.claim_ids):
            rows.append(
                Told(condition_name(reader, condition), "condition", condition.id, place(reader, condition, shown.reports))
            )
    for incident in sorted(shown.incidents, key=lambda one: (one.credibility, -len(one.claim_ids))):
        if fresh.issuperset(incident.claim_ids) and incident.credibility < 3:
            rows.append(
                Told(title(reader, incident, shown.reports), "incident", incident.id, place(reader, incident, shown.reports))
            )
    documents = {shown.reports[claim].claim.document_id for claim in fresh}
    return New(last, len(documents), len(fresh), tuple(rows[: FEW + 2]))
