"""What may be the same event as a claim tells: incidents of its kind that are near it in time, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foreshock.briefs.locale import Reader
from foreshock.dates import first_day
from foreshock.model import Incident, Report
from foreshock.web import wording
from foreshock.web.picture import Picture

MOST = 12
NEAR = 4  # days


@dataclass(frozen=True, slots=True)
class Candidate:
    """An incident that may be the same, by the claim that founded it."""

    claim_id: str
    title: str
    place: str
    when: str
    source: str
    language: str
    words: str


def candidates(picture: Picture, claim_id: str, reader: Reader) -> list[Candidate]:
    """Return the incidents of a claim's kind within some days of it, those at its place and its mode first; [] without it."""
    shown = picture.shown
    report = shown.reports.get(claim_id)
    if report is None:
        return []
    day, name = _day(report), report.claim.place.name if report.claim.place else None
    found: list[tuple[tuple[int, int, int, str], Incident, Report]] = []
    for one in shown.incidents:
        if one.kind != report.claim.kind or claim_id in one.claim_ids:
            continue
        other = shown.reports[one.claim_ids[0]]
        there = _day(other)
        apart = abs((there - day).days) if there and day else NEAR
        if apart <= NEAR:
            elsewhere = int(name is None or one.place is None or one.place.name != name)
            found.append(((elsewhere, int(one.mode != report.claim.mode), apart, one.id), one, other))
    found.sort(key=lambda row: row[0])
    return [
        Candidate(
            other.claim.id,
            wording.title(reader, one, shown.reports),
            wording.place(reader, one, shown.reports),
            wording.when(reader, one),
            other.source,
            other.claim.language,
            wording.words(other.claim, 160),
        )
        for _, one, other in found[:MOST]
    ]


def _day(report: Report) -> date | None:
    when = report.claim.when
    told = (when.start or when.end if when else None) or report.published
    return first_day(told) if told else None
