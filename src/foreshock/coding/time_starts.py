"""What a regular expression can begin with, so that a table of many patterns is tried only where one of them can match.

The answer comes from the parse tree that the standard library's ``re`` makes of a pattern. Where that tree says nothing certain
(or the library has no such tree), the answer is "anything": then a pattern is tried everywhere, which is slower and never wrong.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import lru_cache
from types import ModuleType
from typing import Any

DEEP = 5  # characters that are looked at
# Beginnings of one pattern; of more of them only so many characters are told, and with more still it is tried everywhere.
MOST, SHORT = 2_000, 2
DIGIT = "0"  # stands for every digit: which one it is tells little of what follows
# Digits, and characters that re.IGNORECASE holds equal and lower() does not.
_TWINS = str.maketrans("123456789ıſς", f"{DIGIT * 9}isσ")


def _parser() -> ModuleType | None:
    try:
        return importlib.import_module("re._parser")
    except ImportError:  # another Python than CPython 3.11 and later
        return None


PARSER = _parser()


def folded(char: str) -> str:
    """Return the character as patterns that ignore case see it, "0" for any digit.

    >>> folded("İ"), folded("Ж"), folded("7")
    ('i', 'ж', '0')
    """
    return char.lower()[:1].translate(_TWINS)


def folded_text(text: str) -> str:
    """Return the text with every character folded; its length does not change."""
    low = text.lower()
    return low.translate(_TWINS) if len(low) == len(text) else "".join(map(folded, text))


@lru_cache(maxsize=4096)
def beginnings(source: str) -> frozenset[str]:
    """Return what a match of the pattern can begin with, folded: five characters, or fewer where anything can follow them.

    >>> sorted(beginnings("(?:le )?[23]x|(?<=a)B"))
    ['0x', 'b', 'le 0x']

    Raises:
        re.error: it is no pattern.
    """
    if PARSER is None:
        re.compile(source, re.IGNORECASE)
        return frozenset({""})
    found = _sequence(PARSER.parse(source, re.IGNORECASE))
    return frozenset(text for text, _ in found)


# What a part of a pattern can begin with: the characters, and whether nothing is known of what follows them. Of a part that ends
# after fewer than DEEP characters the next part says what follows.
_Found = set[tuple[str, bool]]
_ANYTHING: _Found = {("", True)}
_NOTHING: _Found = {("", False)}


def _then(first: _Found, second: _Found) -> _Found:
    found: _Found = set()
    for text, open_end in first:
        if open_end or len(text) >= DEEP:
            found.add((text, open_end))
        else:
            found |= {((text + more)[:DEEP], more_open and len(text + more) < DEEP) for more, more_open in second}
        if len(found) > 2 * MOST:
            found = _bounded(found)
    return _bounded(found)


def _bounded(found: _Found) -> _Found:
    if len(found) > MOST:
        found = {(text[:SHORT], open_end or len(text) > SHORT) for text, open_end in found}
    return found if len(found) <= MOST else _ANYTHING


def _sequence(items: Iterable[tuple[Any, Any]]) -> _Found:
    found = _NOTHING
    for code, value in items:
        if all(open_end or len(text) >= DEEP for text, open_end in found):
            break
        found = _then(found, _one(str(code), value))
    return found


def _one(code: str, value: Any) -> _Found:
    if code in {"ASSERT", "ASSERT_NOT", "AT"}:
        return _NOTHING
    if code == "LITERAL":
        return {(folded(chr(value)), False)}
    if code == "IN":
        return _class(value)
    if code == "SUBPATTERN":
        return _sequence(value[3])
    if code == "ATOMIC_GROUP":
        return _sequence(value)
    if code == "BRANCH":
        return _bounded(set().union(*map(_sequence, value[1])))
    if code in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        return _repeated(*value)
    return _ANYTHING


def _repeated(least: int, most: int, body: Any) -> _Found:
    """Return what a repeated part can begin with: after DEEP times its beginnings are full."""
    once = _sequence(body)
    found: _Found = set(_NOTHING) if least == 0 else set()
    run = _NOTHING
    for times in range(1, min(int(most), DEEP) + 1):
        run = _then(run, once)
        if times >= min(least, DEEP):
            found |= run
    return _bounded(found)


def _class(items: Iterable[tuple[Any, Any]]) -> _Found:
    chars: set[str] = set()
    for code, value in items:
        if str(code) == "LITERAL":
            chars.add(folded(chr(value)))
        elif str(code) == "RANGE" and value[1] - value[0] < MOST:
            chars |= {folded(chr(one)) for one in range(value[0], value[1] + 1)}
        elif str(code) == "CATEGORY" and str(value) == "CATEGORY_DIGIT":
            chars.add(DIGIT)  # texts are folded: they hold no other digits
        else:
            return _ANYTHING
    return {(char, False) for char in chars}
