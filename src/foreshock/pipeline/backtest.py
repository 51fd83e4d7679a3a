"""Backtest: an archive of dated documents replayed day by day, and the path that each probability would have taken.

On each day only what was published by its end is there: documents are read once, coded once, and joined in the order of their
dates, so nothing that was published later has a part in an earlier day. What a model of our time knows (words, names, ratios that
were fitted on those very years) it knows on every day: a path shows how the method moves, and is no proof of foresight.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from foreshock.dates import last_day
from foreshock.errors import CatalogueError, SourceError
from foreshock.incidents.parties import Parties, shipped
from foreshock.model import Coding, Document, Reading
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.pipeline.flow import code, read
from foreshock.pipeline.growing import Growing
from foreshock.pipeline.joining import Vectors, sentence_vectors
from foreshock.pipeline.reckoning import weighing_tables
from foreshock.pipeline.situation import Situation
from foreshock.pipeline.weighing import Reckoning, Stand, weigh_situation
from foreshock.pipeline.workbench import Workbench
from foreshock.scenarios.histories.shutdowns import load_shutdowns

Weigher = Callable[[Situation, date], Reckoning]
Coder = Callable[[Reading], Coding]


@dataclass(frozen=True, slots=True)
class Step:
    """One day of a replay: the documents read so far and on the day, and what was weighed at its end."""

    day: date
    documents: int
    new: int
    reckoning: Reckoning


@dataclass
class Archive:
    """Documents in the order in which they were out.

    Attributes:
        readings: those with a date, by the last day that it can mean; each document and version once.
        undated: how many were left out for want of a date.
    """

    readings: list[Reading] = field(default_factory=list)
    undated: int = 0

    @property
    def first(self) -> date:
        """The day of the first document."""
        return _day(self.readings[0])

    @property
    def last(self) -> date:
        """The day of the last document."""
        return _day(self.readings[-1])


def archive(documents: Iterable[Document], bench: Workbench, *, now: datetime) -> Archive:
    """Return an archive of documents; what has no date of publication is left out and counted.

    Raises:
        SourceError: no document has a date.
    """
    found: dict[tuple[str, str], Reading] = {}
    undated = 0
    for document in documents:
        reading = read(document, bench, now=now)
        if reading.document.published is None:
            undated += 1
        else:
            found.setdefault((document.id, document.version), reading)
    if not found:
        raise SourceError(
            f"none of {undated} documents has a date of publication",
            remedy="give dated documents: a dateline, metadata, or JSON Lines with published",
        )
    order = sorted(found.values(), key=lambda one: (_day(one), one.document.published or ""))
    return Archive(order, undated)


def span(archived: Archive, *, since: str | None, until: str | None) -> tuple[date, date]:
    """Return the first and the last day of a replay: those of the archive where not given.

    Raises:
        SourceError: the first day is before the first document, or after the last day.
    """
    first = last_day(since) if since else archived.first
    last = last_day(until) if until else max(archived.last, first)
    if first < archived.first:
        raise SourceError(
            f"nothing was published by {first.isoformat()}: the first document is of {archived.first.isoformat()}",
            remedy=f"begin on {archived.first.isoformat()} or later",
        )
    if last < first:
        raise SourceError(f"{last.isoformat()} is before {first.isoformat()}", remedy="end on the day of the beginning or later")
    return first, last


def backtest(
    archived: Archive,
    coder: Coder,
    weigher: Weigher,
    *,
    since: date,
    until: date,
    vectors: Vectors | None = None,
    actors: ActorCatalogue | None = None,
) -> Iterator[Step]:
    """Yield each day of a span with what was weighed at its end.

    Args:
        archived: the documents; those after ``until`` are not even coded.
        coder: a reading to its coding (:func:`coder_of_day`).
        weigher: a situation and its day to a reckoning (:func:`weigher_of`).
        since, until: the first and the last day; documents before ``since`` are joined and not weighed.
        vectors: sentences to unit vectors, for copies in translation; :func:`sentence_vectors` where not given.
        actors: by which parties are known; those of the package where not given.

    A day costs what is new on it, and one pass over the incidents so far; nothing is read, coded or joined twice.
    """
    growing = Growing(vectors or sentence_vectors(), Parties(actors) if actors else shipped())
    waiting = list(reversed(archived.readings))
    arrival = 0
    day = min(since, archived.first)
    while day <= until:
        codings = []
        while waiting and _day(waiting[-1]) <= day:
            arrival += 1
            codings.append(replace(coder(waiting.pop()), arrival=arrival, known_at=f"{day.isoformat()}T23:59:59Z"))
        if codings:
            growing.add(codings)
        if day >= since:
            yield Step(day, arrival, len(codings), weigher(growing.situation(today=day), day))
        day += timedelta(days=1)


def coder_of_day(bench: Workbench, *, coder: str = "auto") -> Coder:
    """Return what codes a reading; names of private persons are not looked for, as no text is printed."""

    def coded(reading: Reading) -> Coding:
        claims = code(reading, bench, coder=coder)
        return Coding(reading.document, claims, claims[0].coder if claims else "none", 1, 0, "")

    return coded


@dataclass(frozen=True, slots=True)
class CountryWeigher:
    """Weighs one country as of a day; :func:`weigher_of` makes it."""

    country: str
    stand: Stand

    def __call__(self, found: Situation, day: date) -> Reckoning:
        """Return what was weighed of a situation at the end of its day."""
        return weigh_situation(found, country=self.country, as_of=day, stand=self.stand)

    @property
    def titles(self) -> dict[str, str]:
        """Scenario -> what it is about, in a few words."""
        return {name: one.short for name, one in self.stand.tables.scenarios.items()}

    def check(self, scenarios: Sequence[str], horizon: int) -> None:
        """Refuse a country, a scenario or a horizon that is not there.

        Raises:
            CatalogueError: there is none of that name, or none has that horizon; the country is no ISO 3166 alpha-3 code.
        """
        if not re.fullmatch("[A-Z]{3}", self.country):
            raise CatalogueError(f"{self.country!r} is no country", remedy="give its ISO 3166 alpha-3 code, such as KAZ")
        known = self.stand.tables.scenarios
        for name in scenarios:
            if name not in known or known[name].outcomes:
                raise CatalogueError(f"there is no scenario {name!r}", remedy=f"known are {', '.join(self._asked())}")
        horizons = sorted({days for name in scenarios or self._asked() for days in known[name].horizons})
        if horizon not in horizons:
            raise CatalogueError(f"no scenario looks {horizon} days ahead", remedy=f"give one of {', '.join(map(str, horizons))}")

    def _asked(self) -> list[str]:
        return [name for name, one in self.stand.tables.scenarios.items() if not one.outcomes]


def weigher_of(country: str, bench: Workbench, *, data: Path | None = None) -> CountryWeigher:
    """Return what weighs a country as of a day; ``data`` holds a register of shutdowns.

    Raises:
        CatalogueError: a scenario of the user does not fit, or the register cannot be read.
    """
    return CountryWeigher(country, Stand(weighing_tables(bench.settings), load_shutdowns(data) if data else ()))


def rows_of(step: Step, *, scenarios: Sequence[str] = ()) -> Iterator[dict[str, Any]]:
    """Yield a day's estimates as plain values, one a scenario and horizon; of some scenarios where they are named."""
    start = step.reckoning.weighing.start
    blind = [one for one in step.reckoning.weighing.blind if one.until is None or last_day(one.until) >= step.day]
    for one in step.reckoning.estimates:
        if scenarios and one.scenario not in scenarios:
            continue
        yield {
            "day": step.day.isoformat(), "country": one.country, "scenario": one.scenario, "horizon": one.horizon,
            "probability": one.probability, "low": one.low, "high": one.high,
            "prior": one.prior.probability if one.prior else None, "base_rate": one.prior.base_rate if one.prior else None,
            "evidence_model": one.evidence_model, "weight": one.weight, "state": one.state, "tier": one.tier,
            "tier_seen": start.seen, "evidence": {it.indicator: it.nats for it in one.evidence if it.nats},
            "blind": [it.cause for it in blind if it.whole], "documents": step.documents, "new": step.new,
            "unmeasured": one.unmeasured, "method": one.method,
        }  # fmt: skip


def _day(reading: Reading) -> date:
    """Return the day at whose end a dated document was out, whatever part of its date is known."""
    return last_day(str(reading.document.published))
