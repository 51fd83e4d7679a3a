"""Figures: what is counted, by whom, on which day; low, best and high as bars, over time, and nothing summed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.briefs.locale import Reader
from foreshock.briefs.numbers import HEADINGS
from foreshock.briefs.quotes import safe
from foreshock.briefs.receipts import standing
from foreshock.briefs.setting import Bar, bar
from foreshock.briefs.sorting import KEY_FIGURES
from foreshock.dates import day_of
from foreshock.model import Report, Tally, TallyPoint
from foreshock.web import wording
from foreshock.web.locale import reader as reader_of
from foreshock.web.picture import Picture
from foreshock.web.receipts.ids import tally_id
from foreshock.web.screen import looked_at, settled

router = APIRouter()
WIDTH, HEIGHT, EDGE = 640.0, 150.0, 14.0  # of the view over time, in pixels


@dataclass(frozen=True, slots=True)
class Given:
    """A number that a holder gave; ``holder`` says who, ``origin`` what it goes back to."""

    claim_id: str
    amount: str
    state: str
    bar: Bar | None
    holder: str
    origin: str
    source: str
    language: str
    words: str
    raw: str
    about: str
    told: str
    standing: str
    status: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A number on the view over time, in pixels: from ``top`` to ``bottom`` what was said, ``best`` where one was given."""

    x: float
    top: float
    bottom: float
    best: float | None
    open_up: bool
    label: str
    claim_id: str


@dataclass(frozen=True, slots=True)
class View:
    """A tally over time: marks, the days at both ends, and the highest value; only where it has two days."""

    marks: tuple[Mark, ...]
    first: str
    last: str
    highest: str


@dataclass(frozen=True, slots=True)
class Counted:
    """A tally ready to be shown; ``lost`` counts the numbers that cannot be read, ``dated`` says
    that one tells by when it was so."""

    id: str
    matter: str
    span: str
    agreed: bool
    holders: int
    origins: int
    lost: int
    dated: bool
    given: tuple[Given, ...]
    view: View | None
    highest: str


@router.get("/figures", response_class=HTMLResponse)
def figures(request: Request, what: str = "") -> HTMLResponse:
    """Show the tallies of the scope."""
    _, picture, language = looked_at(request)
    reader = reader_of(language)
    groups = picture.part(("figures", language), lambda: _groups(reader, picture))
    chosen = what if any(name == what for name, _, _ in groups) else ""
    return settled(
        request,
        "figures.html.j2",
        picture,
        groups=[group for group in groups if not chosen or group[0] == chosen],
        every=[(name, title, len(rows)) for name, title, rows in groups],
        chosen=chosen,
    )


def _groups(reader: Reader, picture: Picture) -> list[tuple[str, str, list[Counted]]]:
    """Return the tallies by what they count: those of people first, the most told first."""
    order = {what: n for n, what in enumerate(KEY_FIGURES)}
    rows = sorted(picture.shown.tallies, key=lambda one: (order.get(one.what, len(order)), one.what, -len(one.points)))
    return [
        (what, reader.say(HEADINGS[what]), [_counted(reader, picture, one) for one in some])
        for what, some in groupby(rows, key=lambda one: one.what)
    ]


def _counted(reader: Reader, picture: Picture, one: Tally) -> Counted:
    highest = max((value for point in one.points for value in _values(point)), default=0.0)
    ordered = sorted(one.points, key=lambda point: (point.as_of or point.published or "", point.holder), reverse=True)
    return Counted(
        id=tally_id(one),
        matter=wording.matter(reader, one),
        span=wording.span(reader, one),
        agreed=one.best is not None,
        holders=len({point.holder for point in one.points}),
        origins=len({point.origin for point in one.points}),
        dated=any(point.as_of for point in one.points),
        lost=sum(point.state != "read" for point in one.points),
        given=tuple(_given(reader, point, picture.shown.reports.get(point.claim_id), highest) for point in ordered),
        view=_view(reader, one.points, highest),
        highest=reader.number(highest),
    )


def _values(point: TallyPoint) -> list[float]:
    return [value for value in (point.low, point.best, point.high) if value is not None] if point.state == "read" else []


def _given(reader: Reader, point: TallyPoint, report: Report | None, highest: float) -> Given:
    claim = report.claim if report else None
    return Given(
        claim_id=point.claim_id,
        amount=wording.amount(reader, point),
        state=point.state,
        bar=bar(point, highest),
        holder=safe(point.holder),
        origin=point.origin,
        source=safe(report.source) if report else "",
        language=claim.language if claim else "",
        words=wording.words(claim, 220) if claim else safe(point.raw),
        raw=safe(point.raw),
        about=reader.date(point.as_of) if point.as_of else "",
        told=reader.date(point.published) if point.published else "",
        standing=standing(reader, claim.status, negated=claim.negated) if claim else "",
        status=claim.status if claim else "unknown",
        candidates=tuple(reader.number(value) for value in point.candidates),
    )


def _view(reader: Reader, points: Sequence[TallyPoint], highest: float) -> View | None:
    """Return the numbers on an axis of days, each where it was so, else where it was told; None on fewer than two days."""
    dated = [(day, point) for point in points if _values(point) and (day := day_of(point.as_of) or day_of(point.published))]
    days = sorted({day for day, _ in dated})
    if len(days) < 2 or highest <= 0:
        return None
    span = (days[-1] - days[0]).days

    def y(value: float) -> float:
        return round(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / highest, 1)

    seen: dict[object, int] = {}
    marks = []
    for day, point in sorted(dated, key=lambda row: (row[0], row[1].holder)):
        values = _values(point)
        beside = seen[day] = seen.get(day, -1) + 1  # numbers of one day stand beside one another
        x = EDGE + (WIDTH - 2 * EDGE) * (day - days[0]).days / span
        shift = 7.0 * beside if day != days[-1] else -7.0 * beside
        label = f"{safe(point.holder)}: {wording.amount(reader, point)}, {reader.date(day.isoformat())}"
        best = y(point.best) if point.best is not None else None
        up = point.bound in {"at_least", "over", "dozens", "hundreds", "thousands"}
        marks.append(Mark(round(x + shift, 1), y(max(values)), y(min(values)), best, up, label, point.claim_id))
    return View(tuple(marks), reader.date(days[0].isoformat()), reader.date(days[-1].isoformat()), reader.number(highest))
