"""Stretches of the calendar that have a name or a number: weeks, weekends, seasons, quarters, halves, decades, centuries."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from foreshock import dates
from foreshock.coding.calendar_spans import Point, Setting, Span, nearest, number_in, prefix_span, whole_span, year_of

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def week_shift_span(point: Point, setting: Setting) -> Span:
    """ "last week", "next weekend": whole weeks from Monday, their Saturday and Sunday."""
    if setting.today is None:
        return Span(None, None, "range")
    monday = setting.today - timedelta(days=setting.today.weekday()) + timedelta(weeks=number_in(point, "week_shift"))
    first, last = (5, 6) if "weekend" in point else (0, 6)
    return whole_span(monday + timedelta(days=first), monday + timedelta(days=last), "range")


def weekend_span(point: Point, setting: Setting) -> Span:
    """A weekend without a week is the last one that has begun; looking ahead, the one of this week."""
    if setting.today is None:
        return Span(None, None, "range")
    if "week_shift" in point:
        return week_shift_span(point, setting)
    begun = setting.today.weekday() >= 5 or setting.forward
    return week_shift_span({"week_shift": 0 if begun else -1, "weekend": 1}, setting)


def season_span(point: Point, setting: Setting) -> Span:
    """Seasons are the meteorological ones of the northern half; a winter belongs to the year in which it begins."""
    first = SEASONS[str(point["season"])]
    year = year_of(point, setting)
    if "season_shift" in point and setting.today is not None:
        year = setting.today.year + number_in(point, "season_shift")
    if year is None and setting.today is not None:
        near = nearest([date(setting.today.year + add, first, 1) for add in (-1, 0, 1)], setting)
        year = None if near is None else near.year
    if year is None:
        return Span(None, None, "season")
    end = dates.shift(date(year, first, 1), months=2)
    return Span(f"{year:04d}-{first:02d}", end.isoformat()[:7], "season")


def quarter_span(point: Point, setting: Setting) -> Span:
    """A quarter or half of the year that is said, else of the document's."""
    year = year_of(point, setting)
    if year is None:
        year = setting.year
    if year is None:
        return Span(None, None, "range")
    size, number = (3, number_in(point, "quarter")) if "quarter" in point else (6, number_in(point, "half"))
    return Span(f"{year:04d}-{(number - 1) * size + 1:02d}", f"{year:04d}-{number * size:02d}", "range")


def week_number_span(point: Point, setting: Setting) -> Span:
    """ "week 31" is that of ISO 8601, of the year that is said or the document's."""
    year = year_of(point, setting)
    year = setting.year if year is None else year
    if year is None:
        return Span(None, None, "range")
    try:
        monday = date.fromisocalendar(year, number_in(point, "week_no"), 1)
    except ValueError:
        return Span(None, None, "range")
    return whole_span(monday, monday + timedelta(days=6), "range")


def week_around(day: date) -> Span:
    """Return the week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return whole_span(monday, monday + timedelta(days=6), "range")


def quarter_shift_span(point: Point, setting: Setting) -> Span:
    """ "last quarter" is the quarter before the document's."""
    if setting.today is None:
        return Span(None, None, "range")
    this = setting.today.replace(month=(setting.today.month - 1) // 3 * 3 + 1, day=1)
    first = dates.shift(this, months=3 * number_in(point, "quarter_shift"))
    return Span(first.isoformat()[:7], dates.shift(first, months=2).isoformat()[:7], "range")


def century_span(point: Point, _: Setting) -> Span:
    """The 20th century is written as the years 1900 to 1999; the first one begins with the year 1, for there is no year 0."""
    first = (number_in(point, "century") - 1) * 100
    return Span(f"{max(1, first):04d}", f"{first + 99:04d}", "range")


def decade_span(point: Point, setting: Setting) -> Span:
    """The 1990s are the years 1990 to 1999."""
    if "decade_shift" in point:
        if setting.year is None:
            return Span(None, None, "range")
        first = setting.year // 10 * 10 + 10 * number_in(point, "decade_shift")
    else:
        first = number_in(point, "decade")
    return Span(f"{first:04d}", f"{first + 9:04d}", "range")


def third_of_month(year: int, month: int, point: Point) -> Span:
    """上旬, 中旬 and 下旬 are days 1-10, 11-20 and 21 to the end by definition; "early" and "late" narrow nothing."""
    if "third" not in point:
        return prefix_span(f"{year:04d}-{month:02d}", "month")
    first, last = {1: (1, 10), 2: (11, 20), 3: (21, calendar.monthrange(year, month)[1])}[number_in(point, "third")]
    return whole_span(date(year, month, first), date(year, month, last), "range")
