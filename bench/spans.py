"""Spans by their exact words, and how two sets of spans agree; shared by the benches of attribution and standing.

A gold table names words, not offsets: the words as they stand in the text, with "#2" behind them for their second occurrence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import product
from typing import TypeVar

NUMBERED = re.compile(r"(?s)(.*)#(\d+)\Z")
Span = tuple[int, int]
A = TypeVar("A")
B = TypeVar("B")


def locate(text: str, words: str) -> Span:
    """Return the offsets of words in a text.

    Raises:
        ValueError: the text does not hold them (as often).
    """
    numbered = NUMBERED.fullmatch(words)
    wanted, nth = (numbered[1], int(numbered[2])) if numbered else (words, 1)
    at = -1
    for _ in range(nth):
        at = text.find(wanted, at + 1)
        if at < 0:
            raise ValueError(f"{words!r} is not in {text[:60]!r}...")
    return at, at + len(wanted)


def characters(spans: Iterable[Span]) -> set[int]:
    """Return the offsets that spans cover."""
    return {offset for start, end in spans for offset in range(start, end)}


def jaccard(one: set[int], other: set[int]) -> float:
    """Return shared over all offsets; 0 where both are empty."""
    both = len(one | other)
    return len(one & other) / both if both else 0.0


def paired(ours: Sequence[A], theirs: Sequence[B], likeness: Callable[[A, B], float], least: float) -> list[tuple[int, int]]:
    """Return index pairs, one to one, the likest first, of those at least this like."""
    scored = sorted(
        ((likeness(ours[i], theirs[j]), i, j) for i, j in product(range(len(ours)), range(len(theirs)))), key=lambda one: -one[0]
    )
    left, right, pairs = set(range(len(ours))), set(range(len(theirs))), []
    for score, i, j in scored:
        if score < least:
            break
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((i, j))
    return pairs


def f1(both: float, ours: float, theirs: float) -> float:
    """Return the harmonic mean of precision and recall from counts."""
    return 2 * both / (ours + theirs) if ours + theirs else 0.0
