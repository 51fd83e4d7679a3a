"""Where in a text the words of a search stand, in code points of the text itself."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from foreshock.ledger.search_terms import Term, Terms
from foreshock.ledger.tokens import cut, fold, hardened, letters, parted
from foreshock.model import Span

MOST_MARKS = 100
# A snippet is about so long; it begins and ends between words where there are any.
BEFORE, LENGTH = 60, 240
# What composes with the character before it, so that both are folded together.
_CLUSTER = re.compile(
    "(?s).[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u09bc-\u09d7"
    "\u0b3e-\u0b57\u0bbe-\u0bd7\u0cbc-\u0cd6\u0d3e-\u0d57\u0dca-\u0ddf\u102b-\u103e\u1160-\u11ff\u1b34-\u1b44\u1dc0-\u1dff"
    "\u20d0-\u20ff\u3099\u309a\uff9e\uff9f\ufe20-\ufe2f\U000110b0-\U000110ba\U00011127\U0001133e-\U00011357\U000114b0-\U000114bd"
    "\U000115af]*"
)


def spans(text: str) -> list[tuple[str, int, int]]:
    """Return the tokens of a text, as :func:`foreshock.ledger.tokens.tokens` makes them, each with its span.

    >>> spans("Ｋyiv’s 自衛隊")[0], spans("Ｋyiv’s 自衛隊")[-1]
    (('kyiv', 0, 4), ('隊', 9, 10))
    """
    if text.isascii():
        return cut(fold(text))
    folded: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(hardened(text)):
        for char in _folded(cluster[0]):
            folded.append(char)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return [(token, starts[first], ends[last - 1]) for token, first, last in cut(parted("".join(folded)))]


def marks(text: str, asked: Terms) -> tuple[Span, ...]:
    """Return the spans of a text that answer a search, in order and apart from each other, at most a hundred."""
    found = spans(text)
    names = [token for token, _, _ in found]
    wanted = [one for group in asked.required for one in group]
    hits = sorted(
        (found[at][1], _end(found, at + len(one.tokens) - 1, prefix=one.prefix)) for one in wanted for at in _places(names, one)
    )
    joined: list[Span] = []
    for start, end in hits:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined[:MOST_MARKS])


def snippet(text: str, marked: Sequence[Span]) -> Span:
    """Return the part of a text to be shown: where the marks are densest, the beginning where there is none."""
    starts = [start for start, _ in marked]
    dense = max(starts, key=lambda one: (bisect_right(starts, one + LENGTH - BEFORE) - bisect_left(starts, one), -one), default=0)
    start = max(0, dense - BEFORE)
    end = min(len(text), start + LENGTH)
    if start and (space := re.search(r"\s", text[start:dense])):
        start += space.end()
    if end < len(text) and (space := re.search(r"\s\S{0,20}$", text[max(dense + 1, end - 40) : end])):
        end = max(dense + 1, end - 40) + space.start()
    return (start, end)


@lru_cache(maxsize=1 << 14)
def _folded(cluster: str) -> str:
    return letters(cluster)


def _end(found: Sequence[tuple[str, int, int]], last: int, *, prefix: bool) -> int:
    """Return where a hit ends; of a pair of characters that is found by its first one, before the second."""
    _, start, end = found[last]
    following = found[last + 1][1] if last + 1 < len(found) else end
    return min(end, following) if prefix and following > start else end


def _places(names: Sequence[str], one: Term) -> Iterator[int]:
    *first, last = one.tokens
    for at in range(len(names) - len(first)):
        end = names[at + len(first)]
        if (end.startswith(last) if one.prefix else end == last) and names[at : at + len(first)] == first:
            yield at
