"""From what words say of a time to calendar dates: the arithmetic behind :mod:`foreshock.coding.times`.

A point is a mapping of what was said: ``year``, ``month``, ``day``, ``weekday`` (0 = Monday), ``part``, ``hour`` and so on. What
was not said is missing and is found from the reference date only by a rule stated here; without a reference it stays unknown.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from foreshock import dates
from foreshock.coding.calendar_feasts import feast_day
from foreshock.coding.calendar_periods import (
    century_span,
    decade_span,
    quarter_shift_span,
    quarter_span,
    season_span,
    third_of_month,
    week_around,
    week_number_span,
    week_shift_span,
    weekend_span,
)
from foreshock.coding.calendar_solar import solar_span
from foreshock.coding.calendar_spans import (
    CALENDAR,
    OUT_OF_CALENDAR,
    UNIT_DAYS,
    Point,
    Setting,
    Span,
    day_span,
    exists,
    moved,
    nearest,
    number_in,
    prefix_span,
    real_day,
    whole_span,
    year_of,
)
from foreshock.model import WhenPrecision

__all__ = ["CALENDAR", "Setting", "Span", "moved", "resolve"]

CLOSE_DAYS = 31  # 05/01/2022 is read only where one order lies so close to the document's date
APART_DAYS = 62  # and the other lies so far from it
HALF_YEAR = 183  # days
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}
MOST = {  # units away from today; more of them are no time that a text means, and leave the calendar
    "second": 100_000, "minute": 100_000, "hour": 100_000, "day": 20_000, "week": 20_000, "month": 1_000, "quarter": 300,
    "year": 1_000, "decade": 50, "century": 5,
}  # fmt: skip


def resolve(point: Point, setting: Setting) -> Span:
    """Return the span that a point means in its setting; unknown ends where that or the calendar (years 1 to 9999) has none."""
    try:
        span = _resolved(point, setting)
    except OUT_OF_CALENDAR:
        span = Span("", "", _said_precision(point))
    return span if exists(span.start) and exists(span.end) else Span(None, None, span.precision)


def _resolved(point: Point, setting: Setting) -> Span:
    if not CALENDAR & point.keys():
        return _time_of_day(point, setting) if setting.pointed else Span(None, None, "part_of_day")
    if point.get("unresolved"):
        return Span(None, None, _said_precision(point))
    if "occurrence" in point:
        return _occurrence(point, setting)
    if "night_to" in point:
        return _night_to(point, setting)
    for key, rule in _RULES:
        if key in point:
            return rule(point, setting)
    return _years(point, setting)


def _time_of_day(point: Point, setting: Setting) -> Span:
    """A time of day alone is one of the day that the text has named, else of today; looking ahead, a morning is the next one.

    A night begins in the evening, so one that is past is the last one, from yesterday to today.
    """
    if point.get("part") == "night" and "hour" not in point and setting.today is not None:
        first = setting.today - timedelta(days=0 if setting.forward else 1)
        return Span(first.isoformat(), (first + timedelta(days=1)).isoformat(), "part_of_day")
    base = setting.today if setting.anchor is None else setting.anchor
    if base is None:
        return Span(None, None, "part_of_day")
    early = point.get("part") == "morning" or ("hour" in point and number_in(point, "hour") == 0)
    if setting.forward and early:
        return day_span(base + timedelta(days=1), point)
    return day_span(base, point)


def _night_to(point: Point, setting: Setting) -> Span:
    """ "в ночь на 5 января" begins in the evening of the 4th and ends in the morning of the 5th."""
    day = dates.day_of(resolve({key: value for key, value in point.items() if key != "night_to"}, setting).start)
    return whole_span(None if day is None else day - timedelta(days=1), day, "range")


def _occurrence(point: Point, setting: Setting) -> Span:
    """ "last Easter" is the one before today, "next Easter" the one after it, "this Easter" that of the year."""
    rest = {key: value for key, value in point.items() if key != "occurrence"}
    if setting.today is None:
        return Span(None, None, _said_precision(point))
    turn, today = number_in(point, "occurrence"), setting.today
    spans = [resolve({**rest, "year": today.year + add}, setting) for add in (-1, 0, 1)]
    if turn == 0:
        return spans[1]
    days = [(day, span) for span in spans if (day := dates.day_of(span.start)) is not None and turn * (day - today).days > 0]
    return min(days, key=lambda one: abs((one[0] - today).days), default=(today, Span(None, None, "day")))[1]


def _said_precision(point: Point) -> WhenPrecision:
    unit = str(point.get("unit", ""))
    if "year" in point and not point.keys() & {"month", "day", "season", "half", "quarter"}:
        return "year"
    if unit in {"hour", "minute", "second"}:
        return "part_of_day"
    if unit in {"year", "month"}:
        return "year" if unit == "year" else "month"
    return "month" if "month" in point and "day" not in point else "day"


def _base(point: Point, setting: Setting) -> date | None:
    """Return the day that a point is told from: the one that the text has named last for "the next day", else today."""
    if not point.get("anchored"):
        return setting.today
    return setting.today if setting.anchor is None and setting.pointed else setting.anchor


def _relative_day(point: Point, setting: Setting) -> Span:
    base = _base(point, setting)
    return day_span(None if base is None else base + timedelta(days=number_in(point, "relday")), point)


def _ago(point: Point, setting: Setting) -> Span:
    """ "three days ago" is a day, "two weeks ago" a day too, "two months ago" only a month, "two years ago" only a year."""
    unit, count = str(point["unit"]), number_in(point, "ago") * number_in(point, "n", 1)
    base = _base(point, setting)
    if abs(count) > MOST.get(unit, 0):
        return Span(None, None, _said_precision(point))
    if unit == "year" and not point.get("anchored") and setting.year is not None and "month" not in point:
        return _year_span(setting.year + count)
    if unit in {"hour", "minute", "second"}:
        here = not point.get("anchored") or setting.anchor == setting.today
        known = setting.minute if here else None
        if known is None and setting.pointed and base is not None:
            days = timedelta(**{f"{unit}s": count}).total_seconds() / 86_400
            return day_span(base + timedelta(days=int(days)), {"part": ""})
        shifted = None if known is None else (known + timedelta(**{f"{unit}s": count})).isoformat()[:16]
        return Span(shifted, shifted, "part_of_day")
    if base is None:
        return Span(None, None, _said_precision(point))
    if unit in UNIT_DAYS:
        more = str(point.get("more_unit", "day"))
        if more not in UNIT_DAYS or number_in(point, "more_n") > MOST[more]:
            return Span(None, None, "day")
        further = number_in(point, "ago") * number_in(point, "more_n") * UNIT_DAYS[more]
        day = base + timedelta(days=count * UNIT_DAYS[unit] + further)
        if unit == "week" and "weekday" in point:  # "Monday two weeks from now" is in that week
            day += timedelta(days=number_in(point, "weekday") - day.weekday())
        return day_span(day, point)
    if unit in {"month", "quarter"}:
        return prefix_span(dates.shift(base, months=count * (3 if unit == "quarter" else 1)).isoformat()[:7], "month")
    return _year_span(base.year + count * {"decade": 10, "century": 100}.get(unit, 1))


def _year_span(year: int) -> Span:
    return prefix_span(f"{year:04d}", "year") if 0 < year < 9999 else Span(None, None, "year")


def _last_n(point: Point, setting: Setting) -> Span:
    """ "the last three days" runs to today, "the next three days" from tomorrow on, "within three days" from today."""
    unit, count = str(point.get("unit")), number_in(point, "last_n") * number_in(point, "n", 1)
    today = setting.today
    if today is None or abs(count) > MOST.get(unit, 0):
        return Span(None, None, "range")
    if unit in UNIT_DAYS:
        other = today + timedelta(days=count * UNIT_DAYS[unit])
    elif unit in _MONTHS:
        other = dates.shift(today, months=count * _MONTHS[unit])
    elif setting.pointed and unit in {"hour", "minute"}:
        other = today + timedelta(days=round(count / (24 if unit == "hour" else 1440)))
    else:
        return Span(None, None, "range")
    tomorrow = today if "within" in point or count <= 0 else today + timedelta(days=1)
    return whole_span(min(other, tomorrow), max(other, tomorrow), "range")


def _lasting(point: Point, setting: Setting) -> Span:
    """ "for nine days" ends today, or begins today where it is still to come; hours are rounded to days."""
    turn = {"last_n": 1, "within": 1} if setting.forward else {"last_n": -1}
    return _last_n({**turn, "unit": point.get("unit", ""), "n": number_in(point, "n", 1)}, setting)


def _running(point: Point, setting: Setting) -> Span:
    """ "the third day running" began two days ago; a third week, month or year has begun within the third one back."""
    unit, count, today = str(point.get("unit")), number_in(point, "running"), setting.today
    if today is None or not 0 < count <= MOST.get(unit, 0):
        return Span(None, None, "range")
    if unit in UNIT_DAYS:
        return whole_span(today - timedelta(days=count * UNIT_DAYS[unit] - 1), today, "range")
    if unit not in _MONTHS:
        return Span(None, None, "range")
    first = dates.shift(today, months=-_MONTHS[unit] * (count - 1)).isoformat()
    return Span(first[: 7 if unit == "month" else 4], today.isoformat(), "range")


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
    if not -len(days) <= place < len(days):
        return day_span(None, point)
    return day_span(date(year, number, days[place]) + timedelta(days=number_in(point, "plus")), point)


def _day(point: Point, setting: Setting) -> Span:
    if "either" in point:
        settled = _ordered(point, setting)
        return day_span(None, point) if settled is None else _day(settled, setting)
    day, year = number_in(point, "day"), year_of(point, setting)
    if "month" in point and year is not None:
        return day_span(real_day(year, number_in(point, "month"), day), point)
    if setting.today is None:
        return day_span(None, point)
    today = setting.today
    if "month" in point:
        month = number_in(point, "month")
        reach = 8 if (month, day) == (2, 29) else 1
        return day_span(nearest([real_day(today.year + add, month, day) for add in range(-reach, reach + 1)], setting), point)
    if "month_shift" in point:
        first = dates.shift(today.replace(day=1), months=number_in(point, "month_shift"))
        return day_span(real_day(first.year, first.month, day), point)
    reach = 12 if "weekday" in point else 2
    months = [dates.shift(today.replace(day=1), months=add) for add in range(-reach, reach + 1)]
    days = [real_day(one.year, one.month, day) for one in months]
    if "weekday" in point:
        fitting = [one for one in days if one is not None and one.weekday() == number_in(point, "weekday")]
        return day_span(min(fitting, key=lambda one: abs((one - today).days), default=None), point)
    return day_span(nearest(days, setting), point)


def _ordered(point: Point, setting: Setting) -> Point | None:
    """Return 05/01/2022 with its day and month told apart.

    A number above 12 is the day; else the order of the document or language says; else the document's date does, where one
    reading is close to it and the other far; else both readings stand, and none is given.
    """
    one, other = number_in(point, "either"), number_in(point, "other")
    rest = {key: value for key, value in point.items() if key not in {"either", "other"}}
    if one > 12 and other > 12:
        return None
    if one > 12 or other > 12 or one == other or setting.order is not None:
        day_first = one > 12 or (other <= 12 and setting.order != "mdy")
        return {**rest, "day": one if day_first else other, "month": other if day_first else one}
    if "weekday" in point and setting.today is not None and "year" not in point:
        return _by_weekday(rest, one, other, setting.today)
    if setting.today is None or "year" not in point:
        return None
    today, year = setting.today, number_in(point, "year")
    near, far = sorted((date(year, other, one), date(year, one, other)), key=lambda day: abs((day - today).days))
    if abs((near - today).days) > CLOSE_DAYS or abs((far - today).days) <= APART_DAYS:
        return None
    return {**rest, "day": near.day, "month": near.month}


def _by_weekday(rest: Point, one: int, other: int, today: date) -> Point | None:
    """Return Friday 7.6 in the only order of day and month that is a Friday within half a year of today."""
    weekday = number_in(rest, "weekday")
    found = [
        (day, month, year)
        for day, month in ((one, other), (other, one))
        for year in (today.year - 1, today.year, today.year + 1)
        if (known := real_day(year, month, day)) is not None
        and known.weekday() == weekday
        and abs((known - today).days) <= HALF_YEAR
    ]
    if len(found) != 1:
        return None
    day, month, year = found[0]
    return {**rest, "day": day, "month": month, "year": year}


def _feast(point: Point, setting: Setting) -> Span:
    year, name, plus = year_of(point, setting), str(point["feast"]), timedelta(days=number_in(point, "plus"))
    years = [year] if year is not None else [] if setting.year is None else [setting.year + add for add in (-1, 0, 1)]
    days = [None if feast is None else feast + plus for one in years if (feast := feast_day(name, one)) or year is not None]
    return day_span(days[0] if year is not None and days else nearest(days, setting), point)


def _week_of(point: Point, setting: Setting) -> Span:
    """ "the first week of May" is, as ISO 8601 counts weeks, the first that has its Thursday in May; the last one, the last."""
    whole = _month(point, setting) if "month" in point else _month_shift(point, setting) if "month_shift" in point else None
    if whole is None:
        whole = _years(point, setting)
    if whole.start is None or whole.end is None:
        return Span(None, None, "range")
    nth = number_in(point, "week_of")
    day = dates.first_day(whole.start) if nth > 0 else dates.last_day(whole.end)
    to_thursday = (3 - day.weekday()) % 7 if nth > 0 else -((day.weekday() - 3) % 7)
    thursday = day + timedelta(days=to_thursday, weeks=nth - 1 if nth > 0 else nth + 1)
    if "weekday" in point:
        return day_span(thursday + timedelta(days=number_in(point, "weekday") - 3), point)
    return week_around(thursday)


def _whole_week(point: Point, setting: Setting) -> Span:
    day = dates.day_of(_day(point, setting).start)
    return Span(None, None, "range") if day is None else week_around(day)


def _month(point: Point, setting: Setting) -> Span:
    year = year_of(point, setting)
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
        near = nearest(candidates, setting)
        year = None if near is None else near.year
    if year is None:
        return Span(None, None, "month")
    return third_of_month(year, number, point)


def _month_shift(point: Point, setting: Setting) -> Span:
    if setting.today is None:
        return Span(None, None, "month")
    moved = dates.shift(setting.today.replace(day=1), months=number_in(point, "month_shift"))
    return third_of_month(moved.year, moved.month, point)


def _years(point: Point, setting: Setting) -> Span:
    year = year_of(point, setting)
    return Span(None, None, "year") if year is None else prefix_span(f"{year:04d}", "year")


_RULES = (
    ("lasting", _lasting),
    ("running", _running),
    ("ago", _ago),
    ("last_n", _last_n),
    ("relday", _relative_day),
    ("feast", _feast),
    ("whole_week", _whole_week),
    ("week_of", _week_of),
    ("week_no", week_number_span),
    ("nth", _nth_weekday),
    ("solar", solar_span),
    ("day", _day),
    ("either", _day),
    ("weekday", _weekday),
    ("month", _month),
    ("month_shift", _month_shift),
    ("weekend", weekend_span),
    ("week_shift", week_shift_span),
    ("season", season_span),
    ("quarter", quarter_span),
    ("half", quarter_span),
    ("quarter_shift", quarter_shift_span),
    ("century", century_span),
    ("decade", decade_span),
    ("decade_shift", decade_span),
)
