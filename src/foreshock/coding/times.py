"""Times in a text: which words say when, and what calendar date they mean against the document's date.

One engine reads the ``dates`` table of a language (:mod:`foreshock.coding.time_grammar`): it finds points ("Friday", "evening",
"5 January"), joins neighbours into one point, pairs points into ranges, reads bounds ("since", 以来) and resolves the result
(:mod:`foreshock.coding.calendar_rules`). A relative date without a reference, and a date that lost a number, keep their words and
have no start: the publication date never stands in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from foreshock import dates
from foreshock.coding.calendar_rules import CALENDAR, Setting, Span, moved, resolve
from foreshock.coding.numbers import fold
from foreshock.coding.time_grammar import DateGrammar, Fields, PointRule, fields_of, grammar_of
from foreshock.coding.time_table import und_table
from foreshock.model import When
from foreshock.reading.languages.base import Clause, Parse

__all__ = ["TimeMention", "find_times", "time_of_clause", "und_table"]

WINDOW = 90
LATE_PARTS = {"afternoon", "evening", "night"}
_CLASSES = {
    "T": {"part", "hour", "minute", "second", "zone"},
    "D": {"day", "easter"},
    "W": {"weekday", "weekday_shift", "weekday_near"},
    "N": {"nth"},
    "R": {"relday", "ago", "last_n"},
    "M": {"month", "month_shift", "month_of_year_shift", "week_of", "whole_week"},
    "E": {"third", "edge"},
    "K": {"week_shift", "weekend"},
    "Y": {"year", "year_shift"},
    "S": {"season", "season_shift", "quarter", "half", "quarter_shift"},
    "X": {"decade", "decade_shift", "century"},
}
_JOINABLE = frozenset(map(frozenset, (
    "TD", "TW", "TR", "TDM", "TDMY", "TDW", "TDWM", "TDWMY", "DY", "DM", "DMY", "DW", "DWM", "DWMY", "MY", "SY", "WK", "TWK",
    "WKDM", "WKDMY", "TWKDM", "WR", "TWR", "NM", "NMY", "NWM", "NWMY", "NW", "EM", "EMY", "EY", "TK", "RK", "EK",
    "ES", "ESY", "EX",
)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words of a document that say when: ``document.text[start:end] == when.raw``."""

    start: int
    end: int
    when: When


@dataclass(frozen=True, slots=True)
class _Point:
    start: int
    end: int
    fields: Fields


def find_times(text: str, *, offset: int, table: Mapping[str, Any], reference: str | None) -> tuple[TimeMention, ...]:
    """Return the times that a text names, in order, without overlaps.

    Args:
        text: one sentence or paragraph.
        offset: where it starts in the document; the mentions' offsets are absolute.
        table: a language's table with a ``dates`` key (and ``numbers``), or what :func:`und_table` built.
        reference: the document's date as an ISO prefix; None where it is not known.

    Raises:
        CodingError: the table holds a wrong pattern.
    """
    grammar = grammar_of(table)
    folded = fold(text)
    points = _join(_points(folded, grammar), folded, grammar)
    setting = _setting(reference)
    mentions: list[TimeMention] = []
    index = 0
    while index < len(points):
        if mentions and points[index].start < mentions[-1].end - offset:
            index += 1
            continue
        used, start, end, span = _read(points, index, folded, grammar, setting)
        index += used
        day = dates.day_of(span.start)
        if day is not None:
            setting = replace(setting, anchor=day)
        when = When(span.start, span.end, span.precision, text[start:end])
        mentions.append(TimeMention(offset + start, offset + end, when))
    return tuple(mentions)


def _setting(reference: str | None) -> Setting:
    known = dates.parse(reference) if reference else None
    minute = datetime.fromisoformat(known) if known and len(known) == 16 else None
    return Setting(dates.day_of(known), int(known[:4]) if known else None, minute=minute)


def _points(text: str, grammar: DateGrammar) -> list[_Point]:
    """Return the points of a text, leftmost first and of those the longest; the table's order breaks ties."""
    masked = [match.span() for mask in grammar.masks for match in mask.finditer(text)]
    waiting = {rank: _next(rule, text, 0, masked, grammar) for rank, rule in enumerate(grammar.points)}
    points: list[_Point] = []
    while found := [(point.start, -point.end, rank) for rank, point in waiting.items() if point is not None]:
        best = waiting[min(found)[2]]
        if best is None:
            break
        points.append(best)
        for rank, point in waiting.items():
            if point is not None and point.start < best.end:
                waiting[rank] = _next(grammar.points[rank], text, best.end, masked, grammar)
    return points


def _next(rule: PointRule, text: str, low: int, masked: list[tuple[int, int]], grammar: DateGrammar) -> _Point | None:
    """Return the first match of a rule from ``low`` on that lies outside every mask and can be read."""
    while (match := rule.pattern.search(text, low)) is not None:
        low = max(match.end(), match.start() + 1)
        if match.end() == match.start() or any(start < match.end() and match.start() < end for start, end in masked):
            continue
        fields = fields_of(match, rule, grammar)
        if fields is not None:
            return _Point(match.start(), match.end(), fields)
    return None


def _classes(fields: Fields) -> frozenset[str]:
    return frozenset(name for name, keys in _CLASSES.items() if keys & fields.keys())


def _together(left: Fields, right: Fields) -> Fields | None:
    """Return both points as one where they say different things about one time, else None."""
    shared = (left.keys() & right.keys()) - {"unit", "n"}
    if shared or any(key.startswith("to_") for key in (*left, *right)):
        return None
    if _classes(left) & _classes(right) - {"T"}:
        return None
    union = _classes(left) | _classes(right)
    if union != frozenset("T") and union not in _JOINABLE:
        return None
    return {**left, **right}


def _join(points: list[_Point], text: str, grammar: DateGrammar) -> list[_Point]:
    joined: list[_Point] = []
    for point in points:
        if joined and grammar.glue.fullmatch(text, joined[-1].end, point.start):
            both = _together(joined[-1].fields, point.fields)
            if both is not None:
                joined[-1] = _Point(joined[-1].start, point.end, both)
                continue
        joined.append(point)
    dated = [point for point in joined if "bare" not in point.fields or point.fields.keys() & (CALENDAR | {"part"})]
    return [replace(point, fields=_clock(point.fields)) for point in dated]


def _clock(fields: Fields) -> Fields:
    hour = fields.get("hour")
    if isinstance(hour, int) and fields.get("part") in LATE_PARTS and not fields.get("sure_hour") and 4 <= hour < 12:
        return {**fields, "hour": hour + 12}
    if hour == 24:
        return {**fields, "hour": 23, "minute": 59}
    return fields


def _forward(start: int, end: int, text: str, grammar: DateGrammar) -> bool:
    before, after = text[max(0, start - WINDOW) : start], text[end : end + WINDOW]
    return grammar.forward_before.search(before) is not None or grammar.forward_after.match(after) is not None


def _damaged(point: _Point, text: str, grammar: DateGrammar) -> bool:
    """Whether a number beside the point is gone that would have said its year or month."""
    if point.fields.keys() & {"year", "year_shift", "relday", "ago", "decade"}:
        return False
    before = text[max(0, point.start - 24) : point.start]
    return grammar.lost_before.search(before) is not None or grammar.lost_after.match(text, point.end) is not None


def _read(points: Sequence[_Point], index: int, text: str, grammar: DateGrammar, setting: Setting) -> tuple[int, int, int, Span]:
    """Return how many points were used, the span of words, and what they mean."""
    point = points[index]
    setting = replace(setting, forward=_forward(point.start, point.end, text, grammar))
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
    span = resolve(point.fields, setting)
    if _damaged(point, text, grammar):
        return 1, start, end, Span(None, None, span.precision)
    return 1, start, end, _open(span, kind)


def _offset(point: _Point, text: str, grammar: DateGrammar, setting: Setting) -> tuple[int, int, Span] | None:
    """Return the day that lies so many units before or after a point: "two days after 5 January"."""
    for pattern, sign, leads in grammar.offsets:
        low = max(0, point.start - 40)
        match = pattern.search(text[low : point.start]) if leads else pattern.match(text, point.end)
        if match is None:
            continue
        said = fields_of(match, PointRule(pattern, {}), grammar)
        if said is None or said.get("unit") not in {"day", "week", "month", "year"}:
            continue
        span = moved(resolve(point.fields, setting), str(said["unit"]), sign * int(said.get("n", 1)))
        return (low + match.start(), point.end, span) if leads else (point.start, match.end(), span)
    return None


def _bound(point: _Point, text: str, grammar: DateGrammar) -> tuple[int, int, str]:
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


def _range(left: _Point, right: _Point, text: str, grammar: DateGrammar, setting: Setting) -> tuple[int, int, Span] | None:
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
        if name in _classes(fields):
            return "D" if name in "WRN" else "M" if name == "E" else name
    return ""


def _shares(left: Fields, right: Fields) -> bool:
    return ("T" in _classes(left) and not right.keys() & CALENDAR) or {_scale(left), _scale(right)} <= {"T", "D", "R"}


def _lend(poor: Fields, rich: Fields) -> Fields:
    """Return a point with the year, month or week that only the other end of its range says."""
    lent = dict(poor)
    if not poor.keys() & CALENDAR:
        return {**{key: value for key, value in rich.items() if key in CALENDAR or key == "unit"}, **poor}
    if "day" in poor and not _classes(poor) & {"M"}:
        lent.update({key: value for key, value in rich.items() if key in _CLASSES["M"]})
    if poor.keys() & {"day", "month"} and not _classes(poor) & {"Y"}:
        lent.update({key: value for key, value in rich.items() if key in _CLASSES["Y"]})
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


def time_of_clause(mentions: Sequence[TimeMention], clause: Clause, parse: Parse) -> When | None:
    """Return the time of a clause: the mention in its own words that is nearest to its predicate, None where it has none.

    A mention in a relative, content or other embedded clause is that clause's. A mention before everything else in the sentence
    ("On Friday, ...") holds for the main clause and those joined to it, where they name no other. A resolved date is preferred
    to a time of day without a date.
    """
    own = [one for one in mentions if _owner(one, parse, clause) == clause.index]
    if not own:
        own = _leading(mentions, clause, parse)
    if not own:
        return None
    centre = _predicate_start(clause, parse)
    best = min(own, key=lambda one: (one.when.start is None and one.when.end is None, _gap(one, centre)))
    return best.when


def _predicate_start(clause: Clause, parse: Parse) -> int:
    return parse.tokens[clause.predicate[0]].start if clause.predicate else clause.start


def _gap(mention: TimeMention, centre: int) -> int:
    return max(0, mention.start - centre, centre - mention.end)


def _owner(mention: TimeMention, parse: Parse, clause: Clause) -> int | None:
    """Return the clause whose own tokens the mention covers; without tokens, the innermost clause around it."""
    covered = {token.index for token in parse.tokens if token.start < mention.end and token.end > mention.start}
    shares = [(len(covered.intersection(one.tokens)), one.index) for one in parse.clauses]
    best = max(shares, default=(0, -1))
    if best[0]:
        return clause.index if (best[0], clause.index) in shares else best[1]
    around = [one for one in parse.clauses if one.start <= mention.start and mention.end <= one.end]
    return min(around, key=lambda one: one.end - one.start).index if around else None


def _leading(mentions: Sequence[TimeMention], clause: Clause, parse: Parse) -> list[TimeMention]:
    """Return the mention that opens the sentence where the clause is a root or joined to one."""
    by_index = {one.index: one for one in parse.clauses}
    top: Clause | None = clause
    while top is not None and top.relation == "coordinate" and top.parent is not None:
        top = by_index.get(top.parent)
    if top is None or top.relation not in {"root", "coordinate"}:
        return []
    first = min((one.start for one in parse.clauses), default=clause.start)
    return [one for one in mentions if one.start - parse.sentence.start <= 8 and one.start <= first + 4][:1]
