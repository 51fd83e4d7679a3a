"""Points in time that a text names: where they stand, which neighbours make one point, what hour of the day they say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from foreshock.coding.calendar_spans import CALENDAR
from foreshock.coding.time_fields import Fields, fields_of
from foreshock.coding.time_grammar import DateGrammar, PointRule
from foreshock.coding.time_starts import DEEP, folded_text

CLASSES = {
    "T": {"part", "hour", "minute", "second", "zone"},
    "D": {"day", "either", "feast", "solar_day"},
    "W": {"weekday", "weekday_shift", "weekday_near"},
    "N": {"nth"},
    "R": {"relday", "ago", "last_n"},
    "M": {"month", "either", "month_shift", "month_of_year_shift", "whole_week", "solar"},
    "E": {"third", "edge"},
    "K": {"week_shift", "weekend", "week_of", "week_no"},
    "Y": {"year", "year_shift", "occurrence", "solar_year"},
    "S": {"season", "season_shift", "quarter", "half", "quarter_shift"},
    "X": {"decade", "decade_shift", "century"},
    "P": {"lasting", "running"},
}
_JOINABLE = frozenset(map(frozenset, (
    "TD", "TW", "TR", "TDM", "TDMY", "TDW", "TDWM", "TDWMY", "DY", "DM", "DMY", "DW", "DWM", "DWMY", "MY", "SY", "WK", "TWK",
    "WKDM", "WKDMY", "TWKDM", "WR", "TWR", "NM", "NMY", "NWM", "NWMY", "NW", "EM", "EMY", "EY", "TK", "RK", "EK",
    "ES", "ESY", "EX", "KM", "KMY", "KY", "WKM", "WKMY", "WKY", "TWKM", "TNWM", "TNWMY", "TWRK",
)))  # fmt: skip

ASKED = 256  # texts whose points are remembered
SIZES = range(DEEP, -1, -1)  # of the beginnings that a text is looked up by, the longest first
LATE_FROM = {"afternoon": 1, "evening": 3, "night": 6}  # from this hour on "3 in the afternoon" is 15; "3 at night" stays
_FREE = {"unit", "n", "bare", "sure_hour"}  # what two parts of one point may both carry


@dataclass(frozen=True, slots=True)
class Point:
    """Words that name a point in time, by offsets into the text, and what they say."""

    start: int
    end: int
    fields: Fields


@lru_cache(maxsize=ASKED)
def find_points(text: str, grammar: DateGrammar) -> tuple[Point, ...]:
    """Return the points of a folded text in order, neighbours that say one time joined; figures ask again what times asked."""
    return tuple(_join(_points(text, grammar), text, grammar))


def _points(text: str, grammar: DateGrammar) -> list[Point]:
    """Return the points of a text, leftmost first and of those the longest; the table's order breaks ties."""
    masked: list[tuple[int, int]] | None = None
    points: list[Point] = []
    low, starts, search = folded_text(text), grammar.starts, grammar.wall.search
    position = 0
    while (place := search(text, position)) is not None:
        position = place.start()
        rules = next(rules for size in SIZES if (rules := starts.get(low[position : position + size])) is not None)
        fitting = [rule for rule in rules if rule.pattern.match(text, position) is not None]
        if fitting and masked is None:
            masked = _united([match.span() for mask in grammar.masks for match in mask.finditer(text)])
        best = _longest(fitting, text, position, masked or [], grammar) if fitting else None
        if best is None:
            position += 1
        else:
            points.append(best)
            position = best.end
    return points


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the same stretches in order, those that meet made one: a point is then looked up among them in a few steps."""
    united: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _longest(
    rules: Sequence[PointRule], text: str, start: int, masked: list[tuple[int, int]], grammar: DateGrammar
) -> Point | None:
    """Return the longest match of the rules at ``start`` that lies outside every mask and can be read."""
    best: Point | None = None
    for rule in rules:
        match = rule.pattern.match(text, start)
        if match is None or match.end() <= (start if best is None else best.end):
            continue
        before = bisect_right(masked, (match.end(), -1)) - 1
        if before >= 0 and masked[before][1] > start:
            continue
        fields = fields_of(match, rule, grammar)
        if fields is not None:
            best = Point(start, match.end(), fields)
    return best


def classes_of(fields: Fields) -> frozenset[str]:
    """Return the letters of ``CLASSES`` that a point says something of: a day, a month, a year and so on."""
    return frozenset(name for name, keys in CLASSES.items() if keys & fields.keys())


def _together(left: Fields, right: Fields) -> Fields | None:
    """Return both points as one where they say different things about one time, else None."""
    shared = (left.keys() & right.keys()) - _FREE
    if shared or any(key.startswith("to_") for key in (*left, *right)):
        return None
    if classes_of(left) & classes_of(right) - {"T"}:
        return None
    union = classes_of(left) | classes_of(right)
    if union != frozenset("T") and union not in _JOINABLE:
        return None
    return {**left, **right}


def _join(points: list[Point], text: str, grammar: DateGrammar) -> list[Point]:
    joined: list[Point] = []
    for point in points:
        if joined and grammar.glue.fullmatch(text, joined[-1].end, point.start):
            both = _together(joined[-1].fields, point.fields)
            if both is not None:
                joined[-1] = Point(joined[-1].start, point.end, both)
                continue
        joined.append(point)
    dated = [
        point for point in joined if grammar.pointed or "bare" not in point.fields or point.fields.keys() & (CALENDAR | {"part"})
    ]
    return [replace(point, fields=_clock(point.fields)) for point in dated]


def _clock(fields: Fields) -> Fields:
    """Return the point with the hour of a full day: "8 in the evening" is 20, "a quarter to nine" is 8:45."""
    hour = fields.get("hour")
    if not isinstance(hour, int):
        return fields
    least = LATE_FROM.get(str(fields.get("part")), 12)
    if not fields.get("sure_hour") and least <= hour < 12:
        hour += 12
    if hour == 24:
        return {**fields, "hour": 23, "minute": 59}
    if "minus" in fields:
        minutes = (hour * 60 - int(fields["minus"])) % (24 * 60)
        return {**fields, "hour": minutes // 60, "minute": minutes % 60}
    return {**fields, "hour": hour}
