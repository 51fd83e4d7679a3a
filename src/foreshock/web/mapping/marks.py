"""What the map marks: incidents and conditions as rows, each with its sort, standing, days, and its place if one is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from foreshock.briefs.charts.timeline import LABELS, standing
from foreshock.briefs.locale import Reader
from foreshock.briefs.tables import table
from foreshock.dates import first_day, last_day
from foreshock.knowledge import load_table
from foreshock.model import Condition, Incident, Place, Report, When
from foreshock.model.values import record_id
from foreshock.pipeline import Shown
from foreshock.web import wording

CONDITION = "condition"
OVER = frozenset({"lifted", "lapsed"})
AT_ONCE = timedelta(days=1)  # what took longer has no day of its own


@dataclass(frozen=True, slots=True)
class Group:
    """A sort of kinds: its name in addresses, its heading, its shape, and whether it is of what happens."""

    name: str
    heading: str
    shape: str
    happening: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """An incident or a condition as the map and its table tell it.

    Attributes:
        id, sort: of its receipt: "incident" or "condition".
        group: name of a :class:`Group`, "condition" of conditions.
        title, when, where: in the reader's language, "" where not told.
        standing: a key of :data:`foreshock.briefs.charts.timeline.LABELS`; of a condition its state.
        told: the standing in the reader's language.
        first, last: ISO days between which it can have been; None where it is open or nothing is told.
        day: the ISO day that it stands at, None where it has none of its own.
        origins: how many independent ones tell it; of a condition how many holders.
        place: id of its place, None where none is told.
        moved: from where to where, None where that is not told.
    """

    id: str
    sort: str
    group: str
    title: str
    when: str
    where: str
    standing: str
    told: str
    first: str | None
    last: str | None
    day: str | None
    origins: int
    place: str | None
    moved: tuple[Place, Place] | None = None

    @property
    def dated(self) -> bool:
        """Whether anything is told of its time."""
        return self.first is not None or self.last is not None

    def within(self, first: str | None, last: str | None) -> bool:
        """Whether it can have been between two days (ISO, ends included); what is undated is in no window."""
        if first is None and last is None:
            return True
        return self.dated and (self.last or "9999") >= (first or "") and (self.first or "") <= (last or "9999")


@cache
def groups() -> tuple[Group, ...]:
    """Return the sorts of kinds in the order of a brief."""
    known = load_table("foreshock.web.mapping", "groups.yaml")
    return tuple(
        Group(known[heading]["name"], heading, known[heading]["shape"], known[heading].get("happening", True))
        for heading in table("topics.yaml")
    )


def shapes() -> Mapping[str, str]:
    """Return the shape of each sort by its name, that of conditions too."""
    return {**{one.name: one.shape for one in groups()}, CONDITION: "lock"}


def place_id(place: Place) -> str:
    """Return the id of a place: the same for all that is told of it, whatever the word for it."""
    return record_id(place.name, place.country, place.precision, place.lat, place.lon)[:10]


def marks_of(shown: Shown, reader: Reader) -> tuple[Mark, ...]:
    """Return all incidents and then all conditions of a picture, the latest first, those without a day last."""
    reports = shown.reports
    contested = frozenset(one for dispute in shown.disputes for side in dispute.positions for one in side.claim_ids)
    incidents = [_incident(one, reports, contested, reader) for one in shown.incidents]
    return *incidents, *(_condition(one, reports, reader) for one in shown.conditions)


def places_of(shown: Shown) -> Mapping[str, Place]:
    """Return each place that is told of an incident or a condition, by its id."""
    told: Sequence[Incident | Condition] = (*shown.incidents, *shown.conditions)
    return {place_id(one.place): one.place for one in told if one.place}


def _incident(one: Incident, reports: Mapping[str, Report], contested: frozenset[str], reader: Reader) -> Mark:
    first, last = _days(one.when)
    stands = standing(one, [reports[claim].claim for claim in one.claim_ids], contested)
    return Mark(
        id=one.id,
        sort="incident",
        group=_group(one.kind),
        title=wording.title(reader, one, reports),
        when=wording.when(reader, one),
        where=wording.place(reader, one, reports),
        standing=stands,
        told=reader.say(LABELS[stands]),
        first=first,
        last=last,
        day=_day(one.when),
        origins=len(one.origins),
        place=place_id(one.place) if one.place else None,
        moved=_moved(one, reports),
    )


def _condition(one: Condition, reports: Mapping[str, Report], reader: Reader) -> Mark:
    ended = max((step.day for step in one.steps if step.day and step.state == one.state), default=None)
    last = ended if one.state in OVER else one.until
    since = reader.date(one.since) if one.since else ""
    return Mark(
        id=one.id,
        sort=CONDITION,
        group=CONDITION,
        title=wording.condition_name(reader, one),
        when=reader.say("since {date}", date=since) if since else "",
        where=wording.place(reader, one, reports),
        standing=one.state,
        told=wording.state(reader, one.state),
        first=first_day(one.since).isoformat() if one.since else None,
        last=last_day(last).isoformat() if last else None,
        day=None,
        origins=len(one.held_by),
        place=place_id(one.place) if one.place else None,
    )


@cache
def _topics() -> Mapping[str, str]:
    return {kind: one.name for one in groups() for kind in table("topics.yaml")[one.heading]}


def _group(kind: str) -> str:
    return _topics().get(kind, groups()[-1].name)


def _days(when: When | None) -> tuple[str | None, str | None]:
    start, end = (when.start, when.end) if when else (None, None)
    return first_day(start).isoformat() if start else None, last_day(end).isoformat() if end else None


def _day(when: When | None) -> str | None:
    if when is None or when.start is None or when.end is None or len(when.start) < len("2022-01-07"):
        return None
    first, last = first_day(when.start), last_day(when.end)
    return first.isoformat() if last - first <= AT_ONCE else None


def _moved(one: Incident, reports: Mapping[str, Report]) -> tuple[Place, Place] | None:
    """Return from where to where, as the incident or the first of its claims says it; both ends are told, and not the same."""
    for place in (one.place, *(reports[claim].claim.place for claim in one.claim_ids)):
        if place and place.origin and place.destination and place_id(place.origin) != place_id(place.destination):
            return place.origin, place.destination
    return None
