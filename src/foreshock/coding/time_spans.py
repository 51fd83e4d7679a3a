"""From points in a text to spans of dates: ranges of two points, open ends ("since", 以来), amounts before or after a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from foreshock import dates
from foreshock.coding.calendar_rules import CALENDAR, Setting, Span, moved, resolve
from foreshock.coding.time_fields import Fields, fields_of
from foreshock.coding.time_grammar import DateGrammar, PointRule
from foreshock.coding.time_points import CLASSES, Point, classes_of

WINDOW = 90


def _forward(start: int, end: int, text: str, grammar: DateGrammar) -> bool:
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    return grammar.forward_before.search(before) is not None or grammar.forward_after.match(after) is not None


def _damaged(point: Point, text: str, grammar: DateGrammar) -> bool:
    """Whether a number beside the point is gone that would have said its year or month."""
    if point.fields.keys() & {"year", "year_shift", "relday", "ago", "decade"}:
        return False
    before = text[max(0, point.start - 24) : point.start]
    return grammar.lost_before.search(before) is not None or grammar.lost_after.match(text, point.end) is not None


def read_span(
    points: Sequence[Point], index: int, text: str, grammar: DateGrammar, setting: Setting
) -> tuple[int, int, int, Span]:
    """Return how many points were used, the span of words, and what they mean."""
    point = points[index]
    setting = replace(setting, forward=setting.forward or _forward(point.start, point.end, text, grammar))
    shifted = _offset(point, text, grammar, setting)
    if shifted is not None:
        return 1, *shifted
    if index + 1 < len(points):
        pair = _range(point, points[index + 1], text, grammar, setting)
        if pair is not None:
            return 2, *pair
    if any(key.startswith("to_") for key in point.fields):
        span = _inner_range(point.fields, setting)
        return 1, point.start, point.end, Span(None, None, "range") if _damaged(point, text, grammar) else span
    start, end, kind = _bound(point, text, grammar)
    if kind in {"until", "before"}:
        setting = replace(setting, forward=setting.forward or kind == "until")
    fields = point.fields
    if setting.pointed and kind == "until" and fields.get("hour") == 0:  # "until midnight" is the end of the day
        fields = {**fields, "hour": 23, "minute": 59}
    span = resolve(fields, setting)
    if _damaged(point, text, grammar):
        return 1, start, end, Span(None, None, span.precision)
    clock = "part" in fields or "hour" in fields
    if clock and span.precision == "part_of_day":
        return 1, start, end, _open_hour(span, kind, setting, dated=bool(CALENDAR & fields.keys()))
    return 1, start, end, _open(span, kind)


def _open_hour(span: Span, kind: str, setting: Setting, *, dated: bool) -> Span:
    """Return the span of a time of day with its bound: "before dawn on Tuesday" and "after midnight on Tuesday" are of that day.

    What is still to come before an hour has until then; so has what lasts until an hour of a day that was named.
    """
    if kind == "after" or (kind == "before" and not setting.forward):
        return span
    if kind in {"until", "before"}:
        return span if setting.pointed and not dated else Span(None, span.end, "range")
    return _open(span, kind)


def _offset(point: Point, text: str, grammar: DateGrammar, setting: Setting) -> tuple[int, int, Span] | None:
    """Return the day that lies so many units before or after a point: "two days after 5 January"."""
    for pattern, sign, leads in grammar.offsets:
        low = max(0, point.start - 40)
        match = pattern.search(text[low : point.start]) if leads else pattern.match(text, point.end)
        if match is None:
            continue
        said = fields_of(match, PointRule(pattern.pattern, {}), grammar)
        if said is None or said.get("unit") not in {"day", "week", "month", "year"}:
            continue
        span = moved(resolve(point.fields, setting), str(said["unit"]), sign * int(said.get("n", 1)))
        return (low + match.start(), point.end, span) if leads else (point.start, match.end(), span)
    return None


def _bound(point: Point, text: str, grammar: DateGrammar) -> tuple[int, int, str]:
    for rule in grammar.bounds:
        before = rule.before.search(text[max(0, point.start - 30) : point.start])
        if before is not None:
            return point.start - len(before[0]), point.end, rule.kind
        after = rule.after.match(text, point.end)
        if after is not None:
            return point.start, after.end(), rule.kind
    return point.start, point.end, ""


def _open(span: Span, kind: str) -> Span:
    """Return the span with one end open as the bound says; "after" and "before" a day or year leave that itself out."""
    if not kind or (span.start is None and span.end is None):
        return span
    if kind == "since":
        return Span(span.start, None, "range")
    if kind == "until":
        return Span(None, span.end, "range")
    step = 1 if kind == "after" else -1
    edge = span.end if kind == "after" else span.start
    day = dates.day_of(edge)
    if edge is not None and day is not None and len(edge) == 10:
        edge = (day + timedelta(days=step)).isoformat()
    elif edge is not None and len(edge) == 4:
        edge = f"{int(edge) + step:04d}"
    return Span(edge, None, "range") if kind == "after" else Span(None, edge, "range")


def _range(left: Point, right: Point, text: str, grammar: DateGrammar, setting: Setting) -> tuple[int, int, Span] | None:
    for rule in grammar.ranges:
        opening = rule.open.search(text[max(0, left.start - 30) : left.start])
        between = rule.between.fullmatch(text, left.end, right.start)
        closing = rule.close.match(text, right.end)
        if opening is None or between is None or closing is None:
            continue
        if _scale(left.fields) != _scale(right.fields) and not _shares(left.fields, right.fields):
            continue
        start, end = left.start - len(opening[0]), closing.end()
        if _damaged(left, text, grammar) or _damaged(right, text, grammar):
            return start, end, Span(None, None, "range")
        return start, end, _between(left.fields, right.fields, setting)
    return None


def _scale(fields: Fields) -> str:
    for name in "TDWRNKEMSYX":
        if name in classes_of(fields):
            return "D" if name in "WRN" else "M" if name == "E" else name
    return ""


def _shares(left: Fields, right: Fields) -> bool:
    return ("T" in classes_of(left) and not right.keys() & CALENDAR) or {_scale(left), _scale(right)} <= {"T", "D", "R"}


def _lend(poor: Fields, rich: Fields) -> Fields:
    """Return a point with the year, month or week that only the other end of its range says."""
    lent = dict(poor)
    if not poor.keys() & CALENDAR:
        return {**{key: value for key, value in rich.items() if key in CALENDAR or key == "unit"}, **poor}
    if "day" in poor and not classes_of(poor) & {"M"}:
        lent.update({key: value for key, value in rich.items() if key in CLASSES["M"]})
    if poor.keys() & {"day", "month"} and not classes_of(poor) & {"Y"}:
        lent.update({key: value for key, value in rich.items() if key in CLASSES["Y"]})
    if "weekday" in poor and not poor.keys() & {"day", "week_shift", "weekday_shift"}:
        lent.update({key: value for key, value in rich.items() if key in {"week_shift"}})
    return lent


def _between(left: Fields, right: Fields, setting: Setting) -> Span:
    first = resolve(_lend(left, right), setting)
    later = _after(first, setting)
    last = resolve(_lend(right, left), setting)
    if last.end is not None and first.start is not None and (_floating(right) or last.end < first.start[: len(last.end)]):
        last = resolve(_lend(right, left), later)
        if last.end is not None and last.end < first.start[: len(last.end)]:
            last = Span(None, None, "range")
    if first.start is None or last.end is None:
        return Span(None, None, "range")
    return Span(first.start, last.end, "range")


def _floating(fields: Fields) -> bool:
    return "weekday" in fields and not fields.keys() & {"day", "week_shift", "weekday_shift"}


def _after(first: Span, setting: Setting) -> Setting:
    day = dates.first_day(first.start) if first.start else None
    return setting if day is None else Setting(day, day.year, forward=True, anchor=setting.anchor)


def _inner_range(fields: Fields, setting: Setting) -> Span:
    """Return the range of a point that names both ends at once: "2-5 January", "2014-2018"."""
    left = {key: value for key, value in fields.items() if not key.startswith("to_")}
    right = {**left, **{key[3:]: value for key, value in fields.items() if key.startswith("to_")}}
    return _between(left, right, setting)
