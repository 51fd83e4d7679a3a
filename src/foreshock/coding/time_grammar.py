"""The ``dates`` table of a language, compiled: which words make a point in time and what may stand between them.

A pattern of the table is a regular expression in which ``{name}`` stands for a table of words or a shape and becomes the named
group ``name``, ``{to_day=day}`` for the shape ``day`` under another name, and ``{~name}`` for the same without a group.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from foreshock.coding.numbers import NEVER, Identity, Numbers, alternatives, numbers_of, value_of
from foreshock.errors import CodingError

_MACRO = re.compile(r"\{(?P<quiet>~)?(?:(?P<alias>[a-z_]+)=)?(?P<name>[a-z_]+)\}")
_QUIET = re.compile(r"\{~([a-z_]+)\}")
NESTING = 3  # shapes may be made of shapes, so deep
_AGAIN = "__"  # a group is field__table__number: a field may be read by another field's words, and stand in several alternatives
PIVOT = 40  # a year in two digits below this is of the 21st century
Fields = dict[str, int | str]


@dataclass(frozen=True, slots=True)
class PointRule:
    """One shape of a point in time: a pattern and what holds whenever it matches."""

    pattern: re.Pattern[str]
    fixed: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class RangeRule:
    """Two points with ``between`` in the middle and, where asked, ``open`` before and ``close`` after."""

    open: re.Pattern[str]
    between: re.Pattern[str]
    close: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class BoundRule:
    """Words before or after a point that leave one end open: ``since``, ``until``, ``after``, ``before``."""

    kind: str
    before: re.Pattern[str]
    after: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class DateGrammar:
    """A language's ``dates``, ready to run."""

    words: Mapping[str, Mapping[str, int | str]]
    numbers: Numbers
    points: tuple[PointRule, ...]
    masks: tuple[re.Pattern[str], ...]
    glue: re.Pattern[str]
    ranges: tuple[RangeRule, ...]
    bounds: tuple[BoundRule, ...]
    offsets: tuple[tuple[re.Pattern[str], int, bool], ...]
    forward_before: re.Pattern[str]
    forward_after: re.Pattern[str]
    lost_before: re.Pattern[str]
    lost_after: re.Pattern[str]
    main: re.Pattern[str]


class _Expander:
    def __init__(self, table: Mapping[str, Any], numbers: Numbers) -> None:
        self.words: dict[str, dict[str, int | str]] = {
            str(name): {str(word).lower(): value for word, value in words.items()}
            for name, words in (table.get("words") or {}).items()
        }
        self.shapes = {str(name): str(shape) for name, shape in (table.get("shapes") or {}).items()}
        for _ in range(NESTING):
            self.shapes = {name: _QUIET.sub(self._shape, shape) for name, shape in self.shapes.items()}
        self.shapes.setdefault("n", numbers.pattern)
        self.shapes["lost"] = numbers.lost.pattern

    def _shape(self, match: re.Match[str]) -> str:
        return f"(?:{self.shapes[match[1]]})" if match[1] in self.shapes else match[0]

    def source(self, pattern: str) -> str:
        used: dict[str, int] = {}

        def put(match: re.Match[str]) -> str:
            name = match["name"]
            if name in self.words:
                inner = alternatives(self.words[name])
            elif name in self.shapes:
                inner = self.shapes[name]
            else:
                raise CodingError(f"dates: {pattern!r} uses {{{name}}}", remedy="name it under dates.words or dates.shapes")
            if match["quiet"] or name == "lost":
                return f"(?:{inner})"
            group = match["alias"] or name
            used[group] = used.get(group, 0) + 1
            return f"(?P<{group}{_AGAIN}{name}{_AGAIN}{used[group]}>{inner})"

        return _MACRO.sub(put, pattern)

    def compile(self, pattern: str | None) -> re.Pattern[str]:
        source = self.source(pattern) if pattern else NEVER
        try:
            return re.compile(source, re.IGNORECASE)
        except re.error as error:
            raise CodingError(
                f"dates: {pattern!r} is no pattern: {error}", remedy="correct it in the language's table"
            ) from error


def _quiet(pattern: str) -> str:
    return _MACRO.sub(lambda match: "{~" + match["name"] + "}", pattern)


@lru_cache(maxsize=64)
def _compile(key: Identity) -> DateGrammar:
    table = key.table.get("dates") or {}
    numbers = numbers_of(key.table)
    expand = _Expander(table, numbers)
    wall = ("(?<![0-9A-Za-z_])", "(?![0-9A-Za-z_])") if table.get("spaced", True) is False else (r"(?<!\w)", r"(?!\w)")
    left, right = table.get("walls") or wall
    points = tuple(
        PointRule(expand.compile(f"{left}(?:{rule['like']}){right}"), dict(rule.get("set") or {}))
        for rule in table.get("points") or ()
    )
    forward, lost = table.get("forward") or {}, table.get("lost") or {}
    return DateGrammar(
        words=expand.words,
        numbers=numbers,
        points=points,
        masks=tuple(expand.compile(_quiet(mask)) for mask in table.get("masks") or ()),
        glue=expand.compile(table.get("glue") or " ?"),
        ranges=tuple(
            RangeRule(
                expand.compile(f"(?:{rule['open']})$" if rule.get("open") else "$"),
                expand.compile(rule["between"]),
                expand.compile(rule.get("close") or "(?:)"),
            )
            for rule in table.get("ranges") or ()
        ),
        bounds=tuple(
            BoundRule(
                str(rule["kind"]),
                expand.compile(f"(?:{rule['before']})$" if rule.get("before") else None),
                expand.compile(rule.get("after")),
            )
            for rule in table.get("bounds") or ()
        ),
        offsets=tuple(
            (expand.compile(f"(?:{rule['before']})$" if "before" in rule else rule["after"]), int(rule["sign"]), "before" in rule)
            for rule in table.get("offsets") or ()
        ),
        forward_before=expand.compile(forward.get("before")),
        forward_after=expand.compile(forward.get("after")),
        lost_before=expand.compile(f"(?:{lost['before']})$" if lost.get("before") else None),
        lost_after=expand.compile(lost.get("after")),
        main=expand.compile(table.get("main")),
    )


def grammar_of(table: Mapping[str, Any]) -> DateGrammar:
    """Return the compiled ``dates`` key of a language's table.

    Raises:
        CodingError: a pattern of the table is wrong; the message names it.
    """
    return _compile(Identity(table))


def fields_of(match: re.Match[str], rule: PointRule, grammar: DateGrammar) -> Fields | None:
    """Return what a match of a rule says, None where a number in it cannot be read or is out of range."""
    fields: Fields = dict(rule.fixed)
    for group, text in match.groupdict().items():
        if text is None:
            continue
        name, _, source = group.partition(_AGAIN)
        value = _value(name, source.partition(_AGAIN)[0] or name, text.strip(), grammar)
        if value is None:
            return None
        fields[name] = value
    return _settle(fields)


def _value(name: str, source: str, text: str, grammar: DateGrammar) -> int | str | None:
    if name == "year" and source == "spoken_year":
        return spoken_year(text, grammar.numbers)
    words = grammar.words.get(source) or grammar.words.get(name)
    if words is not None and text.lower() in words:
        return words[text.lower()]
    number = value_of(text, grammar.numbers)
    return int(number) if number is not None and number == int(number) else None


def spoken_year(text: str, numbers: Numbers) -> int | None:
    """Return a year said in words: "nineteen eighty-six", "two thousand and five", "twenty twenty-two"."""
    words = re.split(r"[ -]+", text.lower())
    if "thousand" in words or "hundred" in words:
        whole = value_of(text, numbers)
        return None if whole is None else int(whole)
    century, rest = value_of(words[0], numbers), value_of(" ".join(words[1:]), numbers)
    return None if century is None or rest is None else int(century * 100 + rest)


def _settle(fields: Fields) -> Fields | None:
    """Fold era years, direction words and clock halves into plain fields."""
    if "era" in fields:
        fields["year"] = int(fields.pop("era")) + int(fields.pop("era_year", 1))
    if "either" in fields:
        fields["day"], fields["month"] = fields["either"], fields["other"]
    if isinstance(fields.get("year"), int) and 0 <= int(fields["year"]) < 100:
        fields["year"] = int(fields["year"]) + (2000 if int(fields["year"]) < PIVOT else 1900)
    if "monthnum" in fields:
        fields["month"] = fields.pop("monthnum")
    if "to_monthnum" in fields:
        fields["to_month"] = fields.pop("to_monthnum")
    if "shift" in fields:
        shift, unit = int(fields.pop("shift")), str(fields.pop("unit", fields.pop("of", "")))
        fields[f"{unit}_shift"] = shift
    if "meridiem" in fields and "hour" in fields:
        half, hour = fields.pop("meridiem"), int(fields["hour"])
        if hour <= 12:
            fields["hour"] = hour % 12 + (12 if half == "pm" else 0)
    fields.pop("meridiem", None)
    limits = {
        "month": (1, 12),
        "other": (1, 12),
        "century": (1, 22),
        "day": (1, 31),
        "to_day": (1, 31),
        "hour": (0, 24),
        "minute": (0, 59),
        "quarter": (1, 4),
        "half": (1, 2),
    }
    for name, (low, high) in limits.items():
        if name in fields and not low <= int(fields[name]) <= high:
            return None
    return fields
