"""Words of likelihood by ICD 203, from the number alone, and the rule that they never stand with confidence in one sentence.

Source of the bands: ICD 203, Analytic Standards (2015), D.6.e.2. Worked: .06 is "very unlikely" (5 to 20 %), .0004 is said as
"less than 1 %": the scale has no word below one in a hundred, where "almost no chance" would make .9 % and .01 % one thing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table

_END = re.compile(r"[.!?](?=\s|$)|[。！？]|\n")


@dataclass(frozen=True, slots=True)
class Band:
    """A word with the probabilities that it stands for: from ``low`` up to, but for the last, below ``high``."""

    word: str
    low: float
    high: float
    ja: str


@cache
def bands() -> tuple[Band, ...]:
    """Return the bands in order; they cover 0 to 1.

    Raises:
        CatalogueError: the table does not begin at 0 or does not rise.
    """
    rows = _table()["bands"]
    edges = [float(row["from"]) for row in rows] + [1.0]
    if edges[0] != 0 or any(one >= other for one, other in pairwise(edges)):
        raise CatalogueError(f"words.yaml: bands from {edges}", remedy="begin at 0 and rise to below 1")
    return tuple(Band(row["word"], low, high, row["ja"]) for row, (low, high) in zip(rows, pairwise(edges), strict=True))


def band(p: float) -> Band:
    """Return the band of a probability; one on an edge belongs to the band above it, .99 to "more than 99 %" only beyond.

    >>> band(0.06).word, band(0.05).word, band(0.99).word
    ('very unlikely', 'very unlikely', 'almost certain')

    Raises:
        CatalogueError: it is outside 0 to 1.
    """
    if not 0 <= p <= 1:
        raise CatalogueError(f"a probability of {p}", remedy="give a number from 0 to 1")
    known = bands()
    if p == known[-1].low:
        return known[-2]
    return next(one for one in reversed(known) if p >= one.low)


def spanned(low: float, high: float) -> tuple[Band, ...]:
    """Return the bands that an interval touches, the lowest first: one word only where the interval lies within its band."""
    if low > high:
        raise CatalogueError(f"an interval from {low} to {high}", remedy="give the lower end first")
    first, last = bands().index(band(low)), bands().index(band(high))
    return bands()[first : last + 1]


def percent(p: float) -> str:
    """Return a probability as per cent with two digits that count, never as 0 % or 100 % where it is neither.

    >>> percent(0.064), percent(0.0004), percent(0.5), percent(0.9996)
    ('6.4 %', '0.04 %', '50 %', '99.96 %')
    """
    share = 100 * p
    if share <= 50:
        shown = f"{share:.2g}" if share >= 0.01 else "0" if share == 0 else "less than 0.01"
    else:
        rest = 100 - share
        places = 0 if rest >= 10 else 1 if rest >= 1 else 2
        shown = f"{share:.{places}f}" if rest >= 0.01 else "100" if rest == 0 else "more than 99.99"
    return f"{shown} %"


def scales_met(text: str, *, language: str = "en") -> tuple[str, str] | None:
    """Return a word of likelihood and one of confidence that stand in one sentence of a text; None where none do.

    >>> scales_met("A coup attempt is unlikely. We say so with low confidence.")
    >>> scales_met("It is unlikely, with low confidence.")
    ('unlikely', 'confidence')
    """
    found = _table()
    for sentence in _END.split(text):
        likely, sure = (_first(found[scale][language], sentence.casefold()) for scale in ("likelihood", "confidence"))
        if likely and sure:
            return likely, sure
    return None


def _first(words: list[str], sentence: str) -> str | None:
    return next((one for one in words if _stands(one, sentence)), None)


def _stands(word: str, sentence: str) -> bool:
    # Scripts without blanks have no word ends to look for.
    return bool(re.search(rf"\b{re.escape(word)}\b", sentence)) if word.isascii() else word in sentence


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = load_table(__package__, "words.yaml")
    return found
