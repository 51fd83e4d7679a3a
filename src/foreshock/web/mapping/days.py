"""The timeline beside the map: how many incidents each day has, as bars; a bar is some days where there are too many of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.web.mapping.marks import CONDITION, Mark

USUAL = 60  # days up to the last one that has an incident, where the scope names no window
MOST_BARS = 120
WIDTH, HEIGHT = 10.0, 60.0  # of a bar and of the highest one, in units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """The incidents of some days, ends included: how many, and the bar that says so."""

    first: str
    last: str
    count: int
    x: float
    height: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The timeline.

    Attributes:
        bars: from the first day to the last, without gaps.
        step: days in a bar.
        most: the highest count.
        before, after: incidents of days outside the timeline.
        long: those that took longer than into the next day, or are open at an end.
        undated: those of which no time is told.
    """

    bars: tuple[Bar, ...]
    step: int
    most: int
    before: int
    after: int
    long: int
    undated: int

    @property
    def width(self) -> float:
        """Of the drawing."""
        return WIDTH * len(self.bars)


def days_of(
    marks: Iterable[Mark], *, since: str | None, until: str | None, first: str | None = None, last: str | None = None
) -> Days | None:
    """Return the timeline of marks, None where no incident has a day.

    Args:
        marks: conditions among them are left out.
        since, until: ISO days that the scope begins and ends with, None where it does not say.
        first, last: ISO days of the window that is chosen.
    """
    incidents = [one for one in marks if one.sort != CONDITION]
    of_day = Counter(one.day for one in incidents if one.day)
    if not of_day:
        return None
    end = date.fromisoformat(min(max(of_day), until or "9999-12-31"))
    begin = max(date.fromisoformat(min(of_day)), date.fromisoformat(since) if since else end - timedelta(days=USUAL - 1))
    begin = min(begin, end)
    step = -(-((end - begin).days + 1) // MOST_BARS)
    counts = []
    at = begin
    while at <= end:
        own = [(at + timedelta(days=n)).isoformat() for n in range(step)]
        counts.append((own[0], own[-1], sum(of_day[one] for one in own)))
        at += timedelta(days=step)
    most = max(count for _, _, count in counts) or 1
    windowed = first is not None or last is not None
    bars = tuple(
        Bar(one, other, count, n * WIDTH, HEIGHT * count / most, windowed and (first or "") <= other and one <= (last or "9999"))
        for n, (one, other, count) in enumerate(counts)
    )
    undated = sum(not one.dated for one in incidents)
    return Days(
        bars=bars,
        step=step,
        most=most,
        before=sum(count for day, count in of_day.items() if day < bars[0].first),
        after=sum(count for day, count in of_day.items() if day > bars[-1].last),
        long=len(incidents) - of_day.total() - undated,
        undated=undated,
    )
