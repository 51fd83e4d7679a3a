"""What fell silent: sources, languages and places whose reports stopped, by the habit that each had before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.dates import day_of
from foreshock.model import Blind
from foreshock.pipeline.happenings import covered
from foreshock.pipeline.silence import silences
from foreshock.web.picture import Picture

SHORT = 3  # the fewest days without a report that can be unusual
TIMES = 2.0  # how many times its usual interval something must have been quiet
FEWEST = 3  # days with reports by which a habit can be told
MEMORY = 1100  # days looked back at, as in weighing


@dataclass(frozen=True, slots=True)
class Quiet:
    """How long something has been quiet: since its last report, beside the interval that was usual, both in days."""

    name: str
    documents: int
    last: str
    days: int
    usual: float | None
    unusual: bool


@dataclass(frozen=True, slots=True)
class Dark:
    """A stretch in which a country, or a part of it, could not be seen."""

    country: str
    cause: str
    since: str
    until: str
    whole: bool
    source: str
    claim_ids: tuple[str, ...]


def dark(reader: Reader, picture: Picture, countries: Iterable[str]) -> tuple[Dark, ...]:
    """Return the stretches in which the countries of a scope could not be seen, the earliest first."""
    found = picture.shown.found
    told: list[Dark] = []
    for country in countries:
        since = max(min(covered(found, country=country), default=found.today), found.today - timedelta(days=MEMORY))
        stretches = silences(found, country=country, since=since, until=found.today)
        told += [_dark(reader, one) for one in stretches]
    return tuple(told)


def _dark(reader: Reader, one: Blind) -> Dark:
    return Dark(
        country=reader.country(one.country) or one.country,
        cause=reader.say(one.cause),
        since=reader.date(one.since),
        until=reader.date(one.until) if one.until else "",
        whole=one.whole,
        source=reader.say(one.source),
        claim_ids=one.claim_ids,
    )


def quiet(reader: Reader, picture: Picture) -> Mapping[str, tuple[Quiet, ...]]:
    """Return how long each source, language and place of a scope has been quiet, the longest first."""
    found = picture.shown.found
    days: dict[str, dict[str, dict[str, date]]] = {"sources": {}, "languages": {}, "places": {}}
    for report in picture.shown.reports.values():
        claim = report.claim
        published = day_of(report.published)
        if published is None:
            continue
        keys = [("sources", safe(report.source)), ("languages", reader.tongue(claim.language))]
        if claim.place and claim.place.precision not in (None, "country"):
            keys.append(("places", safe(claim.place.name)))
        for sort, name in keys:
            days[sort].setdefault(name, {})[claim.document_id] = published
    return {sort: _quiet(reader, rows, found.today) for sort, rows in days.items()}


def _quiet(reader: Reader, rows: Mapping[str, Mapping[str, date]], today: date) -> tuple[Quiet, ...]:
    made = []
    for name, documents in rows.items():
        days = sorted(set(documents.values()))
        steps = [(after - before).days for before, after in pairwise(days)]
        usual = float(median(steps)) if len(days) >= FEWEST else None
        silent = max((today - days[-1]).days, 0)
        unusual = usual is not None and silent >= SHORT and silent > TIMES * usual
        made.append(Quiet(name, len(documents), reader.date(days[-1].isoformat()), silent, usual, unusual))
    return tuple(sorted(made, key=lambda one: (-one.unusual, -one.days, -one.documents, one.name)))


def by_day(picture: Picture, reader: Reader) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    """Return how many documents of which day and language tell something: languages, and for each day their counts."""
    counts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    tongues: dict[str, None] = {}
    for report in picture.shown.reports.values():
        day = day_of(report.published)
        tongue = reader.tongue(report.claim.language)
        tongues.setdefault(tongue)
        counts[day.isoformat() if day else ""][tongue].add(report.claim.document_id)
    names = tuple(sorted(tongues))
    days = sorted((day for day in counts if day), reverse=True)
    ordered = [*days, *([""] if "" in counts else [])]
    return names, tuple((reader.date(day) if day else "", tuple(len(counts[day][name]) for name in names)) for day in ordered)
