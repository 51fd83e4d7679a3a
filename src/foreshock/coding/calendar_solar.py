"""Days and months of the Solar Hijri calendar: "15 Dey", "7 Saur 1357", "Mehr 1415"."""

from __future__ import annotations

from datetime import timedelta

from foreshock.coding.calendar_spans import Point, Setting, Span, day_span, nearest, number_in, whole_span
from foreshock.reading.solar_hijri import gregorian, month_days

BEFORE = 621  # by which a year of the calendar is behind that of the Gregorian one in which it begins


def solar_span(point: Point, setting: Setting) -> Span:
    """Return the day or the month that a point names; without a year it is one near the document's date.

    A month of this calendar is no month of ours: it is given by its first and last day.
    """
    month, day, today = number_in(point, "solar"), number_in(point, "solar_day", 1), setting.today
    if "solar_year" in point:
        years = [number_in(point, "solar_year")]
    else:
        years = [] if today is None else [today.year - BEFORE + add for add in (-2, -1, 0, 1)]
    days = {first: year for year in years if (first := gregorian(year, month, day)) is not None}
    first = next(iter(days), None) if "solar_year" in point else nearest(list(days), setting)
    if "solar_day" in point or first is None:
        return day_span(first, point) if "solar_day" in point else Span(None, None, "range")
    return whole_span(first, first + timedelta(days=month_days(days[first], month) - 1), "range")
