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

from foreshock.coding.numbers import NEVER, Identity, Numbers, alternatives, numbers_of
from foreshock.coding.time_starts import beginnings
from foreshock.coding.time_words import Said, SaidYear, said, said_year
from foreshock.errors import CodingError
from foreshock.reading import languages

_MACRO = re.compile(r"\{(?P<quiet>~)?(?:(?P<alias>[a-z_]+)=)?(?P<name>[a-z_]+)\}")
_QUIET = re.compile(r"\{~([a-z_]+)\}")
NESTING = 3  # shapes may be made of shapes, so deep
AGAIN = "__"  # a group is field__table__number: a field may be read by another field's words, and stand in several alternatives


@dataclass(frozen=True, slots=True)
class PointRule:
    """One shape of a point in time: the source of its pattern and what holds whenever it matches.

    It is compiled when a text first goes on as it can begin: a language has hundreds of shapes, and a text meets few.
    """

    source: str
    fixed: Mapping[str, int | str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern."""
        return _pattern(self.source)


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


@dataclass(frozen=True, slots=True, eq=False)
class DateGrammar:
    """A language's ``dates``, ready to run.

    Attributes:
        points: the shapes of a point; ``starts`` holds them by what they can begin with: at most DEEP characters.
        wall: matches where a point can begin, with no width.
        order: that of day and month in digits, "dmy" or "mdy"; None where both are in use.
        pointed: for words that are known to say when, where an hour needs nothing beside it.
    """

    words: Mapping[str, Mapping[str, int | str]]
    numbers: Numbers
    points: tuple[PointRule, ...]
    starts: Mapping[str, tuple[PointRule, ...]]
    wall: re.Pattern[str]
    masks: tuple[re.Pattern[str], ...]
    glue: re.Pattern[str]
    ranges: tuple[RangeRule, ...]
    bounds: tuple[BoundRule, ...]
    offsets: tuple[tuple[re.Pattern[str], int, bool], ...]
    said: tuple[Said, ...]
    years: SaidYear
    order: str | None
    forward_before: re.Pattern[str]
    forward_after: re.Pattern[str]
    lost_before: re.Pattern[str]
    lost_after: re.Pattern[str]
    main: re.Pattern[str]
    pointed: bool = False


class _Expander:
    def __init__(self, table: Mapping[str, Any], numbers: Numbers) -> None:
        self.words: dict[str, dict[str, int | str]] = {
            str(name): {str(word).lower(): value for word, value in words.items()}
            for name, words in (table.get("words") or {}).items()
        }
        self.shapes = {str(name): str(shape) for name, shape in (table.get("shapes") or {}).items()}
        for _ in range(NESTING):
            self.shapes = {name: _QUIET.sub(self._shape, shape) for name, shape in self.shapes.items()}
        count, ordinal = table.get("count") or {}, table.get("ordinal")
        self.said = (said(count), said(count, ordinal or {}))
        self.years = said_year(table.get("hundreds") or {}, self.said)
        self.shapes |= {"counted": self.said[0].source, "ordinal": self.said[1].source, "said_year": self.years.source}
        self.shapes.setdefault("n", f"{self.said[0].source}|{numbers.pattern}" if count else numbers.pattern)
        self.shapes["lost"] = numbers.lost.pattern

    def _shape(self, match: re.Match[str]) -> str:
        if match[1] in self.words:
            return f"(?:{alternatives(self.words[match[1]])})"
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
            return f"(?P<{group}{AGAIN}{name}{AGAIN}{used[group]}>{inner})"

        return _MACRO.sub(put, pattern)

    def compile(self, pattern: str | None) -> re.Pattern[str]:
        source = self.source(pattern) if pattern else NEVER
        try:
            return re.compile(source, re.IGNORECASE)
        except re.error as error:
            raise _no_pattern(pattern, error) from error

    def checked(self, pattern: str) -> str:
        """Return the source of a pattern that will compile."""
        source = self.source(pattern)
        try:
            beginnings(source)
        except re.error as error:
            raise _no_pattern(pattern, error) from error
        return source


def _no_pattern(pattern: str | None, error: re.error) -> CodingError:
    return CodingError(f"dates: {pattern!r} is no pattern: {error}", remedy="correct it in the language's table")


@lru_cache(maxsize=4096)
def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


def _inherited(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a ``dates`` table joined with the one it extends: its own words and shapes first, the points and masks of both.

    A point of the other table that ``needs`` sets of words holds only where the language has them.
    """
    if not table.get("extends"):
        return table
    base = _inherited(languages.topic(str(table["extends"]), "dates").get("dates") or {})
    words = {**(base.get("words") or {}), **(table.get("words") or {})}
    known = {name for name, values in words.items() if values} | {"count", "ordinal", "hundreds"} & table.keys()
    shapes = {**(base.get("shapes") or {}), **(table.get("shapes") or {})}
    points = [rule for rule in base.get("points") or () if known.issuperset(rule.get("needs") or ())]
    bold = [rule for rule in base.get("pointed") or () if known.issuperset(rule.get("needs") or ())]
    return {
        **base,
        **table,
        "words": words,
        "shapes": shapes,
        "points": [*(table.get("points") or ()), *points],
        "pointed": [*(table.get("pointed") or ()), *bold],
        "masks": [*(base.get("masks") or ()), *(table.get("masks") or ())],
    }


def _quiet(pattern: str) -> str:
    return _MACRO.sub(lambda match: "{~" + match["name"] + "}", pattern)


def _by_start(points: tuple[PointRule, ...]) -> dict[str, tuple[PointRule, ...]]:
    """Return the rules to try where a text goes on with a key, by the longest key that it goes on with; "" is one of them."""
    begun: dict[str, set[int]] = {"": set()}
    for number, rule in enumerate(points):
        for first in beginnings(rule.source):
            begun.setdefault(first, set()).add(number)
    return {
        key: tuple(points[number] for number in sorted(set().union(*(begun.get(key[:size], ()) for size in range(len(key) + 1)))))
        for key in begun
    }


@lru_cache(maxsize=64)
def _compile(key: Identity, pointed: bool) -> DateGrammar:
    table = _inherited(key.table.get("dates") or {})
    if pointed:  # what is known to say when needs no mask
        table = {**table, "points": [*(table.get("pointed") or ()), *(table.get("points") or ())], "masks": []}
    numbers = numbers_of(key.table)
    expand = _Expander(table, numbers)
    wall = ("(?<![0-9A-Za-z_])", "(?![0-9A-Za-z_])") if table.get("spaced", True) is False else (r"(?<!\w)", r"(?!\w)")
    left, right = table.get("walls") or wall
    points = tuple(
        PointRule(expand.checked(f"{left}(?:{rule['like']}){right}"), dict(rule.get("set") or {}))
        for rule in table.get("points") or ()
    )
    forward, lost = table.get("forward") or {}, table.get("lost") or {}
    return DateGrammar(
        words=expand.words,
        numbers=numbers,
        points=points,
        starts=_by_start(points),
        wall=expand.compile(rf"{left}(?=\S)"),
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
        said=expand.said,
        years=expand.years,
        order=table.get("order"),
        forward_before=expand.compile(forward.get("before")),
        forward_after=expand.compile(forward.get("after")),
        lost_before=expand.compile(f"(?:{lost['before']})$" if lost.get("before") else None),
        lost_after=expand.compile(lost.get("after")),
        main=expand.compile(table.get("main")),
        pointed=pointed,
    )


def grammar_of(table: Mapping[str, Any], *, pointed: bool = False) -> DateGrammar:
    """Return the compiled ``dates`` key of a language's table.

    Args:
        table: that table.
        pointed: for words that are known to say when: with the points of ``pointed``, which would be too bold in running text
            ("8", "for nine days"), and without masks.

    Raises:
        CodingError: a pattern of the table is wrong; the message names it.
    """
    return _compile(Identity(table), pointed)
