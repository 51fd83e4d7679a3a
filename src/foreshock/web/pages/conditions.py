"""The register of conditions: what is in force, since when, by whose word, and how old that word is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.dates import day_of, first_day, last_day
from foreshock.model import Condition, ConditionStep, Report
from foreshock.web import wording
from foreshock.web.locale import reader as reader_of
from foreshock.web.picture import Picture
from foreshock.web.screen import looked_at, settled

router = APIRouter()
WIDTH, EDGE = 320.0, 8.0  # of a line of time, in pixels
OVER = frozenset({"lifted", "lapsed"})
# The order of the register, and what each part is called.
PARTS = {
    "recent": "In force by recent word",
    "unknown": "In force, its age not known",
    "ageing": "Not confirmed for long",
    "past": "Past the stated end",
    "over": "Lifted or lapsed",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing said of a condition; ``x`` is its place on the line of time, None where no day is told."""

    said: str
    state: str
    day: str
    holder: str
    claim_id: str
    source: str
    language: str
    words: str
    x: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """The line of time of a condition, in pixels: told to be in force, then not confirmed, then its stated end."""

    start: float
    confirmed: float
    end: float
    until: float | None
    now: float
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A condition ready to be shown."""

    id: str
    part: str
    name: str
    place: str
    code: str
    state: str
    freshness: str
    fresh: str
    declared_by: str
    party: str
    since: str
    until: str
    confirmed: str
    age: str
    held_by: tuple[str, ...]
    steps: tuple[Step, ...]
    line: Line | None


@router.get("/conditions", response_class=HTMLResponse)
def conditions(request: Request, type: str = "") -> HTMLResponse:
    """Show the register of the scope."""
    _, picture, language = looked_at(request)
    reader = reader_of(language)
    kept = picture.part(("conditions", language), lambda: _kept(reader, picture))
    types = {one.type: wording.condition_name(reader, one) for one in picture.shown.conditions}
    chosen = types.get(type, "")
    rows = [one for one in kept if not chosen or one.name == chosen]
    parts = [(name, reader.say(title), [one for one in rows if one.part == name]) for name, title in PARTS.items()]
    return settled(
        request,
        "conditions.html.j2",
        picture,
        register=[(name, title, some) for name, title, some in parts if some],
        types=sorted(types.items(), key=lambda row: row[1]),
        chosen=type if chosen else "",
    )


def _kept(reader: Reader, picture: Picture) -> tuple[Kept, ...]:
    shown = picture.shown
    ordered = sorted(shown.conditions, key=lambda one: one.last_confirmed or "", reverse=True)
    return tuple(_one(reader, one, shown.reports, shown.found.today) for one in ordered)


def _one(reader: Reader, one: Condition, reports: Mapping[str, Report], today: date) -> Kept:
    over = one.state in OVER
    age = reader.count("{n} day ago", "{n} days ago", one.age_days) if one.age_days else reader.say("today")
    scale = Scale.of(one, today)
    return Kept(
        id=one.id,
        part="over" if over else one.freshness,
        name=wording.condition_name(reader, one),
        place=wording.place(reader, one, reports),
        code=f"{one.kind}/{one.mode}" if one.mode else one.kind,
        state=wording.state(reader, one.state),
        freshness="over" if over else one.freshness,
        fresh=wording.state(reader, one.state) if over else reader.say(wording.FRESHNESS[one.freshness]),
        declared_by=wording.declared_by(reader, one, reports),
        party=safe(one.party.name) if one.party and one.party != one.declared_by else "",
        since=reader.date(one.since) if one.since else "",
        until=reader.date(one.until) if one.until else "",
        confirmed=reader.date(one.last_confirmed) if one.last_confirmed else "",
        age=age if one.age_days is not None else "",
        held_by=tuple(safe(name) for name in one.held_by),
        steps=_steps(reader, one, reports, scale),
        line=_line(reader, one, today, scale) if scale else None,
    )


def _steps(reader: Reader, one: Condition, reports: Mapping[str, Report], scale: Scale | None) -> tuple[Step, ...]:
    found = []
    for step in one.steps:
        report, day = reports[step.claim_id], step.day or step.published
        at = day_of(day)
        found.append(
            Step(
                said=wording.step_said(reader, step),
                state=step.state,
                day=reader.date(day) if day else "",
                holder=safe(step.holder),
                claim_id=step.claim_id,
                source=safe(report.source),
                language=report.claim.language,
                words=wording.words(report.claim, 240),
                x=scale.x(at) if at and scale else None,
            )
        )
    return tuple(found)


def _days(steps: Sequence[ConditionStep], *others: str | None) -> list[date]:
    every = [*(step.day or step.published for step in steps), *others]
    return [first_day(day) for day in every if day]


@dataclass(frozen=True, slots=True)
class Scale:
    """Days on the line of time of a condition: from the first that is told to today, or to a stated end not far behind it."""

    first: date
    last: date

    @staticmethod
    def of(one: Condition, today: date) -> Scale | None:
        """Return the scale of a condition; None where no day of it is told."""
        known = _days(one.steps, one.since, one.last_confirmed)
        if not known:
            return None
        first = min(known)
        longest = max((today - first).days, 1) * 2
        end = last_day(one.until) if one.until else today
        return Scale(first, max(today, end if (end - first).days <= longest else today))

    def x(self, day: date) -> float:
        """Return the place of a day, in pixels; one outside stands at the edge."""
        share = (min(max(day, self.first), self.last) - self.first).days / max((self.last - self.first).days, 1)
        return round(EDGE + (WIDTH - 2 * EDGE) * share, 1)


def _line(reader: Reader, one: Condition, today: date, scale: Scale) -> Line:
    start = scale.x(first_day(one.since)) if one.since else scale.x(scale.first)
    confirmed = max(scale.x(last_day(one.last_confirmed)), start) if one.last_confirmed else start
    ends = [day for step in one.steps if step.state in OVER and (day := day_of(step.day or step.published))]
    over = scale.x(max(ends)) if one.state in OVER and ends else None
    return Line(
        start=start,
        confirmed=confirmed,
        end=over if over is not None else max(scale.x(today), confirmed),
        until=scale.x(last_day(one.until)) if one.until and last_day(one.until) <= scale.last else None,
        now=scale.x(today),
        first=reader.date(scale.first.isoformat()),
        last=reader.date(scale.last.isoformat()),
    )
