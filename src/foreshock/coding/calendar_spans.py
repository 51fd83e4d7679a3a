"""What the rules of the calendar work on: a point as said, the setting it is read in, and the span of dates it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from foreshock import dates
from foreshock.model import WhenPrecision

FAR_PAST_DAYS = 300
# What dates of Python raise beyond the years 1 and 9999.
OUT_OF_CALENDAR = (ValueError, OverflowError)
UNIT_DAYS = {"day": 1, "week": 7}
Point = Mapping[str, int | str]
CALENDAR = frozenset({
    "year", "month", "day", "weekday", "nth", "relday", "anchored", "month_shift", "year_shift", "week_shift", "weekend",
    "season", "decade", "quarter", "half", "ago", "last_n", "weekday_shift", "season_shift", "month_of_year_shift",
    "decade_shift", "third", "feast", "weekday_near", "week_of", "whole_week", "century", "quarter_shift", "either", "week_no",
    "lasting", "running", "solar",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """First and last ISO prefix of a time, both None where it is not known, and how precisely it was said."""

    start: str | None
    end: str | None
    precision: WhenPrecision


@dataclass(frozen=True, slots=True)
class Setting:
    """What a time is read against.

    Attributes:
        today: the document's date, None where it is not known.
        year: the document's year, where that or more is known.
        forward: the words around look ahead ("will", "next", 予定): a bare weekday is then the coming one.
        anchor: the last day that the text itself has named, for "the next day", 翌日.
        minute: the document's time, where its date carries one: "two hours ago" is known only then.
        pointed: the words are known to say when, so a time of day without a date is one of the anchor or today.
        order: how dates in digits are read, "dmy" or "mdy"; None where both orders are in use.
    """

    today: date | None
    year: int | None
    forward: bool = False
    anchor: date | None = None
    minute: datetime | None = None
    order: str | None = None
    pointed: bool = False


def number_in(point: Point, key: str, default: int = 0) -> int:
    """Return a field as a whole number, ``default`` where the point does not say it."""
    return int(point.get(key, default))


def day_span(day: date | None, point: Point) -> Span:
    """Return the span of one day, to the minute where the point says an hour."""
    precision: WhenPrecision = "part_of_day" if "part" in point or "hour" in point else "day"
    if day is None:
        return Span(None, None, precision)
    text = day.isoformat()
    if "hour" in point:
        text = f"{text}T{number_in(point, 'hour'):02d}:{number_in(point, 'minute'):02d}"
    return Span(text, text, precision)


def whole_span(start: date | None, end: date | None, precision: WhenPrecision) -> Span:
    """Return the span from the first day to the last, unknown where either is."""
    if start is None or end is None:
        return Span(None, None, precision)
    return Span(start.isoformat(), end.isoformat(), precision)


def real_day(year: int, month: int, day: int) -> date | None:
    """Return the day, None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def prefix_span(text: str, precision: WhenPrecision) -> Span:
    """Return the span of one month or year as an ISO prefix."""
    return Span(text, text, precision)


def nearest(candidates: list[date | None], setting: Setting) -> date | None:
    """Return the last candidate up to today, or the first after it where the words look ahead or the past one is far.

    "10 February" in a text of 8 January that says no year is this year's: eleven months back would need the year to be said, and
    so would eleven months ahead ("until 5 January" in that text).
    """
    days = sorted(day for day in candidates if day is not None)
    if setting.today is None or not days:
        return None
    past = [day for day in days if day <= setting.today]
    coming = [day for day in days if day >= setting.today]
    far = bool(past) and (setting.today - past[-1]).days > FAR_PAST_DAYS
    remote = bool(past and coming) and (coming[0] - setting.today).days > FAR_PAST_DAYS
    if coming and ((setting.forward and not remote) or not past or far):
        return coming[0]
    return past[-1] if past else None


def year_of(point: Point, setting: Setting) -> int | None:
    """Return the year that a point says ("2021", "last year"), None where it says none."""
    if "year" in point:
        return int(point["year"])
    if "year_shift" in point and setting.year is not None:
        return setting.year + number_in(point, "year_shift")
    return None


def exists(prefix: str | None) -> bool:
    """Return whether the year of a prefix is one of those from 1 to 9999."""
    return prefix is None or (prefix[:4].isdecimal() and prefix[:4] > "0000" and prefix[4:5] in ("", "-"))


def moved(span: Span, unit: str, count: int) -> Span:
    """Return a day moved by so many units ("three days after 5 January"); of what is no day nothing is known."""
    day = dates.day_of(span.start)
    if day is None or span.start != span.end or unit not in {*UNIT_DAYS, "month", "year"}:
        return Span(None, None, "day")
    try:
        if unit in UNIT_DAYS:
            return day_span(day + timedelta(days=count * UNIT_DAYS[unit]), {})
        return day_span(dates.shift(day, months=count * (1 if unit == "month" else 12)), {})
    except OUT_OF_CALENDAR:
        return Span(None, None, "day")
