"""Numbers that a language says in words within dates: "treinta y uno", "zweiundzwanzigsten", "mil novecientos noventa y dos".

A table names the simple words only; the compound ones follow from them. ``count`` holds ``ones`` (1-19 where they are one word),
``tens``, ``join`` (a pattern between both) and ``flip: true`` where the ones stand first. ``ordinal`` holds the last words of
ordinals in the same way, ``hundreds`` what a year begins with ("mil novecientos": 1900).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foreshock.coding.numbers import NEVER, alternatives


@dataclass(frozen=True, slots=True)
class Said:
    """One composition of number words: ``source`` matches them, :meth:`value` reads what was matched."""

    source: str
    parts: re.Pattern[str]
    tens: Mapping[str, int]
    ones: Mapping[str, int]
    whole: Mapping[str, int]

    def value(self, text: str) -> int | None:
        """Return what the words are worth, None where they are none of these.

        >>> said({"ones": {"uno": 1}, "tens": {"treinta": 30}, "join": " y "}).value("treinta y uno")
        31
        """
        text = text.lower()
        if text in self.whole:
            return self.whole[text]
        match = self.parts.fullmatch(text)
        return None if match is None else self.tens[match["tens"]] + self.ones[match["ones"]]


def said(count: Mapping[str, Any], ordinal: Mapping[str, Any] | None = None) -> Said:
    """Return the composition of a ``count`` table; with ``ordinal``, that of its ordinals."""
    last = count if ordinal is None else ordinal
    flip = bool(count.get("flip", False))
    ones = _words((count if flip else last).get("ones"))
    tens = _words((last if flip else count).get("tens"))
    whole = {**_words(last.get("tens")), **_words(last.get("ones"))}
    join = str(count.get("join", " "))
    first, second = ("ones", "tens") if flip else ("tens", "ones")
    words = {"ones": alternatives(ones), "tens": alternatives(tens)}
    compound = rf"(?:{words[first]})(?:{join})(?:{words[second]})" if ones and tens else NEVER
    named = rf"(?P<{first}>{words[first]})(?:{join})(?P<{second}>{words[second]})" if ones and tens else NEVER
    source = rf"(?:{compound}|{alternatives(whole)})"
    return Said(source, re.compile(named, re.IGNORECASE), tens, ones, whole)


@dataclass(frozen=True, slots=True)
class SaidYear:
    """Years in words: ``hundreds`` and, where more was said, a number below a hundred."""

    source: str
    hundreds: Mapping[str, int]
    join: re.Pattern[str]
    rest: tuple[Said, ...]

    def value(self, text: str) -> int | None:
        """Return the year, None where the words are no year."""
        text = text.lower()
        if text in self.hundreds:
            return self.hundreds[text]
        for word in sorted(self.hundreds, key=len, reverse=True):
            if text.startswith(word):
                rest = text[len(word) :]
                joined = self.join.match(rest)
                rest = rest[joined.end() :] if joined else rest
                known = next((value for one in self.rest if (value := one.value(rest)) is not None), None)
                if known is not None:
                    return self.hundreds[word] + known
        return None


def said_year(table: Mapping[str, Any], rest: tuple[Said, ...]) -> SaidYear:
    """Return the years of a ``hundreds`` table ({"mil novecientos": 1900}); ``join`` may stand before the rest."""
    hundreds = _words(table.get("words"))
    join = str(table.get("join", "[ -]?"))
    below = "|".join(one.source for one in rest) or NEVER
    source = rf"(?:{alternatives(hundreds)})(?:(?:{join})(?:{below}))?" if hundreds else NEVER
    return SaidYear(source, hundreds, re.compile(join, re.IGNORECASE), rest)


def _words(words: Mapping[str, Any] | None) -> dict[str, int]:
    return {str(word).lower(): int(value) for word, value in (words or {}).items()}
