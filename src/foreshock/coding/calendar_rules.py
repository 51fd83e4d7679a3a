"""From what words say of a time to calendar dates: the arithmetic behind :mod:`foreshock.coding.times`.

A point is a mapping of what was said: ``year``, ``month``, ``day``, ``weekday`` (0 = Monday), ``part``, ``hour`` and so on. What
was not said is missing and is found from the reference date only by a rule stated here; without a reference it stays unknown.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from foreshock import dates
from foreshock.coding.calendar_spans import CALENDAR, Point, Setting, Span, day_span, number_in, prefix_span, real_day, whole_span
from foreshock.coding.easter import easter_of
from foreshock.model import WhenPrecision

__all__ = ["CALENDAR", "Setting", "Span", "moved", "resolve"]

FAR_PAST_DAYS = 300
CLOSE_DAYS = 31  # 05/01/2022 is read only where one order lies so close to the document's date
APART_DAYS = 62  # and the other lies so far from it
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
UNIT_DAYS = {"day": 1, "week": 7}
MOST = {  # units away from today; more of them are no time that a text means, and leave the calendar
    "minute": 100_000, "hour": 100_000, "day": 20_000, "week": 20_000, "month": 1_000, "year": 1_000, "decade": 50, "century": 5,
    "None": 0,
}  # fmt: skip


def _nearest(candidates: list[date | None], setting: Setting) -> date | None:
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


def resolve(point: Point, setting: Setting) -> Span:
    """Return the span that a point means in its setting; unknown ends where the setting does not bear the answer."""
    if not CALENDAR & point.keys():
        return Span(None, None, "part_of_day")
    if point.get("unresolved"):
        return Span(None, None, _said_precision(point))
    for key, rule in _RULES:
        if key in point:
            return rule(point, setting)
    return _years(point, setting)


def _said_precision(point: Point) -> WhenPrecision:
    unit = str(point.get("unit", ""))
    if "year" in point and not point.keys() & {"month", "day", "season", "half", "quarter"}:
        return "year"
    if unit in {"hour", "minute"}:
        return "part_of_day"
    if unit in {"year", "month"}:
        return "year" if unit == "year" else "month"
    return "month" if "month" in point and "day" not in point else "day"


def _year_of(point: Point, setting: Setting) -> int | None:
    if "year" in point:
        return int(point["year"])
    if "year_shift" in point and setting.year is not None:
        return setting.year + number_in(point, "year_shift")
    return None


def _relative_day(point: Point, setting: Setting) -> Span:
    base = setting.anchor if point.get("anchored") else setting.today
    return day_span(None if base is None else base + timedelta(days=number_in(point, "relday")), point)


def _ago(point: Point, setting: Setting) -> Span:
    """ "three days ago" is a day, "two weeks ago" a day too, "two months ago" only a month, "two years ago" only a year."""
    unit, count = str(point["unit"]), number_in(point, "ago") * number_in(point, "n", 1)
    base = setting.anchor if point.get("anchored") else setting.today
    if unit == "year" and not point.get("anchored") and setting.year is not None and "month" not in point:
        return prefix_span(f"{setting.year + count:04d}", "year")
    if unit in {"hour", "minute"}:
        known = setting.minute if not point.get("anchored") and abs(count) < 100_000 else None
        shifted = None if known is None else (known + timedelta(minutes=count * (60 if unit == "hour" else 1))).isoformat()[:16]
        return Span(shifted, shifted, "part_of_day")
    if base is None or abs(count) > MOST[unit]:
        return Span(None, None, _said_precision(point))
    if unit in UNIT_DAYS:
        more = str(point.get("more_unit", "day"))
        if more not in UNIT_DAYS or number_in(point, "more_n") > MOST[more]:
            return Span(None, None, "day")
        further = number_in(point, "ago") * number_in(point, "more_n") * UNIT_DAYS[more]
        return day_span(base + timedelta(days=count * UNIT_DAYS[unit] + further), point)
    moved = (
        dates.shift(base, months=count) if unit == "month" else dates.shift(base, years=count * (10 if unit == "decade" else 1))
    )
    return prefix_span(
        moved.isoformat()[:7] if unit == "month" else moved.isoformat()[:4], "month" if unit == "month" else "year"
    )


def moved(span: Span, unit: str, count: int) -> Span:
    """Return a day moved by so many units ("three days after 5 January"); of what is no day nothing is known."""
    day = dates.day_of(span.start)
    if day is None or span.start != span.end or unit not in {*UNIT_DAYS, "month", "year"}:
        return Span(None, None, "day")
    if unit in UNIT_DAYS:
        return day_span(day + timedelta(days=count * UNIT_DAYS[unit]), {})
    return day_span(dates.shift(day, months=count * (1 if unit == "month" else 12)), {})


def _last_n(point: Point, setting: Setting) -> Span:
    """ "the last three days" runs from three days back to today, "the next three days" from today on."""
    unit, count = str(point.get("unit")), number_in(point, "last_n") * number_in(point, "n", 1)
    if setting.today is None or abs(count) > MOST[unit]:
        return Span(None, None, "range")
    if unit in UNIT_DAYS:
        other = setting.today + timedelta(days=count * UNIT_DAYS[unit])
    elif unit in {"month", "year", "decade"}:
        factor = {"month": 1, "year": 12, "decade": 120}[unit]
        other = dates.shift(setting.today, months=count * factor)
    else:
        return Span(None, None, "range")
    return whole_span(min(other, setting.today), max(other, setting.today), "range")


def _weekday(point: Point, setting: Setting) -> Span:
    """A bare weekday is the last such day up to the document's date; with a shift it is that of last, this or next week."""
    today, weekday = setting.today, number_in(point, "weekday")
    if today is None:
        return day_span(None, point)
    monday = today - timedelta(days=today.weekday())
    if "weekday_near" in point:
        near = number_in(point, "weekday_near")
        return day_span(today + timedelta(days=near * ((near * (weekday - today.weekday()) - 1) % 7 + 1)), point)
    if "week_shift" in point or "weekday_shift" in point:
        shift = number_in(point, "week_shift", number_in(point, "weekday_shift"))
        return day_span(monday + timedelta(days=weekday, weeks=shift), point)
    if setting.forward:
        return day_span(today + timedelta(days=(weekday - today.weekday()) % 7), point)
    return day_span(today - timedelta(days=(today.weekday() - weekday) % 7), point)


def _nth_weekday(point: Point, setting: Setting) -> Span:
    month = _month(point, setting) if "month" in point else _month_shift(point, setting)
    if month.start is None or not point.keys() & {"month", "month_shift"} or "weekday" not in point:
        return day_span(None, point)
    year, number, nth = int(month.start[:4]), int(month.start[5:7]), number_in(point, "nth")
    days = [
        day
        for day in range(1, calendar.monthrange(year, number)[1] + 1)
        if date(year, number, day).weekday() == number_in(point, "weekday")
    ]
    place = nth - 1 if nth > 0 else nth
    return day_span(date(year, number, days[place]) if -len(days) <= place < len(days) else None, point)


def _day(point: Point, setting: Setting) -> Span:
    if "either" in point:
        return day_span(_ordered(point, setting), point)
    day, year = number_in(point, "day"), _year_of(point, setting)
    if "month" in point and year is not None:
        return day_span(real_day(year, number_in(point, "month"), day), point)
    if setting.today is None:
        return day_span(None, point)
    today = setting.today
    if "month" in point:
        return day_span(
            _nearest([real_day(today.year + add, number_in(point, "month"), day) for add in (-1, 0, 1)], setting), point
        )
    if "month_shift" in point:
        month = dates.shift(today.replace(day=1), months=number_in(point, "month_shift"))
        return day_span(real_day(month.year, month.month, day), point)
    reach = 12 if "weekday" in point else 2
    months = [dates.shift(today.replace(day=1), months=add) for add in range(-reach, reach + 1)]
    days = [real_day(one.year, one.month, day) for one in months]
    if "weekday" in point:
        fitting = [one for one in days if one is not None and one.weekday() == number_in(point, "weekday")]
        return day_span(min(fitting, key=lambda one: abs((one - today).days), default=None), point)
    return day_span(_nearest(days, setting), point)


def _ordered(point: Point, setting: Setting) -> date | None:
    """Return the day of 05/01/2022 where the document's date says which number is the day: one order is close, the other far."""
    year, one, other = number_in(point, "year"), number_in(point, "either"), number_in(point, "other")
    if setting.today is None:
        return None
    today = setting.today
    near, far = sorted((date(year, other, one), date(year, one, other)), key=lambda day: abs((day - today).days))
    return near if abs((near - today).days) <= CLOSE_DAYS and abs((far - today).days) > APART_DAYS else None


def _easter(point: Point, setting: Setting) -> Span:
    year = _year_of(point, setting)
    years = [year] if year is not None else [] if setting.year is None else [setting.year + add for add in (-1, 0, 1)]
    days: list[date | None] = [easter_of(one) + timedelta(days=number_in(point, "easter")) for one in years if 1582 < one < 9999]
    return day_span(days[0] if year is not None and days else _nearest(days, setting), point)


def _week_of(point: Point, setting: Setting) -> Span:
    """ "the first week of May" runs from the Monday of the week that holds the first day of it; the last holds its last day."""
    whole = _month(point, setting) if "month" in point else _month_shift(point, setting) if "month_shift" in point else None
    if whole is None:
        whole = _years(point, setting)
    if whole.start is None or whole.end is None:
        return Span(None, None, "range")
    nth = number_in(point, "week_of")
    day = dates.first_day(whole.start) if nth > 0 else dates.last_day(whole.end)
    return _week_around(day + timedelta(weeks=nth - 1 if nth > 0 else nth + 1))


def _week_around(day: date) -> Span:
    monday = day - timedelta(days=day.weekday())
    return whole_span(monday, monday + timedelta(days=6), "range")


def _whole_week(point: Point, setting: Setting) -> Span:
    day = dates.day_of(_day(point, setting).start)
    return Span(None, None, "range") if day is None else _week_around(day)


def _month(point: Point, setting: Setting) -> Span:
    year = _year_of(point, setting)
    number = number_in(point, "month")
    if "month_of_year_shift" in point and setting.today is not None:
        shift = number_in(point, "month_of_year_shift")
        passed = number < setting.today.month if shift < 0 else number <= setting.today.month
        year = setting.today.year + (
            shift + (1 if passed else 0) if shift < 0 else shift - (0 if passed else 1) if shift > 0 else 0
        )
    if year is None and setting.today is not None:
        candidates: list[date | None] = [date(setting.today.year + add, number, 1) for add in (-1, 0, 1)]
        if setting.forward and number == setting.today.month:
            candidates = [date(setting.today.year, number, setting.today.day)]
        near = _nearest(candidates, setting)
        year = None if near is None else near.year
    if year is None:
        return Span(None, None, "month")
    return _third(year, number, point)


def _third(year: int, month: int, point: Point) -> Span:
    """上旬, 中旬 and 下旬 are days 1-10, 11-20 and 21 to the end by definition; "early" and "late" narrow nothing."""
    if "third" not in point:
        return prefix_span(f"{year:04d}-{month:02d}", "month")
    first, last = {1: (1, 10), 2: (11, 20), 3: (21, calendar.monthrange(year, month)[1])}[number_in(point, "third")]
    return whole_span(date(year, month, first), date(year, month, last), "range")


def _month_shift(point: Point, setting: Setting) -> Span:
    if setting.today is None:
        return Span(None, None, "month")
    moved = dates.shift(setting.today.replace(day=1), months=number_in(point, "month_shift"))
    return _third(moved.year, moved.month, point)


def _week_shift(point: Point, setting: Setting) -> Span:
    if setting.today is None:
        return Span(None, None, "range")
    monday = setting.today - timedelta(days=setting.today.weekday()) + timedelta(weeks=number_in(point, "week_shift"))
    first, last = (5, 6) if "weekend" in point else (0, 6)
    return whole_span(monday + timedelta(days=first), monday + timedelta(days=last), "range")


def _weekend(point: Point, setting: Setting) -> Span:
    """A weekend without a week is the last one that has begun; looking ahead, the one of this week."""
    if setting.today is None:
        return Span(None, None, "range")
    if "week_shift" in point:
        return _week_shift(point, setting)
    begun = setting.today.weekday() >= 5 or setting.forward
    return _week_shift({"week_shift": 0 if begun else -1, "weekend": 1}, setting)


def _season(point: Point, setting: Setting) -> Span:
    """Seasons are the meteorological ones of the northern half; a winter belongs to the year in which it begins."""
    first = SEASONS[str(point["season"])]
    year = _year_of(point, setting)
    if "season_shift" in point and setting.today is not None:
        year = setting.today.year + number_in(point, "season_shift")
    if year is None and setting.today is not None:
        near = _nearest([date(setting.today.year + add, first, 1) for add in (-1, 0, 1)], setting)
        year = None if near is None else near.year
    if year is None:
        return Span(None, None, "season")
    end = dates.shift(date(year, first, 1), months=2)
    return Span(f"{year:04d}-{first:02d}", end.isoformat()[:7], "season")


def _quarter(point: Point, setting: Setting) -> Span:
    year = _year_of(point, setting)
    if year is None:
        year = setting.year
    if year is None:
        return Span(None, None, "range")
    size, number = (3, number_in(point, "quarter")) if "quarter" in point else (6, number_in(point, "half"))
    return Span(f"{year:04d}-{(number - 1) * size + 1:02d}", f"{year:04d}-{number * size:02d}", "range")


def _quarter_shift(point: Point, setting: Setting) -> Span:
    if setting.today is None:
        return Span(None, None, "range")
    this = setting.today.replace(month=(setting.today.month - 1) // 3 * 3 + 1, day=1)
    first = dates.shift(this, months=3 * number_in(point, "quarter_shift"))
    return Span(first.isoformat()[:7], dates.shift(first, months=2).isoformat()[:7], "range")


def _century(point: Point, _: Setting) -> Span:
    first = (number_in(point, "century") - 1) * 100
    return Span(f"{first:04d}", f"{first + 99:04d}", "range")


def _decade(point: Point, setting: Setting) -> Span:
    if "decade_shift" in point:
        if setting.year is None:
            return Span(None, None, "range")
        first = setting.year // 10 * 10 + 10 * number_in(point, "decade_shift")
    else:
        first = number_in(point, "decade")
    return Span(f"{first:04d}", f"{first + 9:04d}", "range")


def _years(point: Point, setting: Setting) -> Span:
    year = _year_of(point, setting)
    return Span(None, None, "year") if year is None else prefix_span(f"{year:04d}", "year")


_RULES = (
    ("ago", _ago),
    ("last_n", _last_n),
    ("relday", _relative_day),
    ("easter", _easter),
    ("whole_week", _whole_week),
    ("week_of", _week_of),
    ("nth", _nth_weekday),
    ("day", _day),
    ("weekday", _weekday),
    ("month", _month),
    ("month_shift", _month_shift),
    ("weekend", _weekend),
    ("week_shift", _week_shift),
    ("season", _season),
    ("quarter", _quarter),
    ("half", _quarter),
    ("quarter_shift", _quarter_shift),
    ("century", _century),
    ("decade", _decade),
    ("decade_shift", _decade),
)
