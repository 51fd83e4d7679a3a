"""A text cut where marks begin and end, so that spans that overlap or lie in each other can all be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from foreshock.model import Span


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of a text under one set of marks, half-open, in code points of the text.

    ``names`` are those of the marks over it, the shortest mark first; ``begins`` are those that begin with it.
    """

    start: int
    end: int
    names: tuple[str, ...]
    begins: tuple[str, ...]


def segments(start: int, end: int, marks: Mapping[str, Sequence[Span]]) -> list[Segment]:
    """Return the segments of a part of a text, in order; they touch and cover the part, and none is empty.

    Args:
        start, end: the part.
        marks: name -> its spans; what lies outside the part is left out, of a span that crosses its edge the rest.

    Two marks (0, 10) "a" and (4, 12) "b" on the part (0, 20) give a, a and b, b, none.
    """
    opened: dict[int, list[str]] = {}
    closed: dict[int, list[str]] = {}
    length: dict[str, int] = {}
    first: dict[str, int] = {}
    for name, spans in marks.items():
        for low, high in spans:
            if high <= start or low >= end or low >= high:
                continue
            opened.setdefault(max(low, start), []).append(name)
            closed.setdefault(min(high, end), []).append(name)
            length[name] = max(length.get(name, 0), high - low)
            first[name] = min(first.get(name, low), low)
    cuts = sorted({start, end, *opened, *closed})
    return list(_swept(cuts, opened, closed, length, first)) if end > start else []


def _swept(
    cuts: Sequence[int],
    opened: Mapping[int, Sequence[str]],
    closed: Mapping[int, Sequence[str]],
    length: Mapping[str, int],
    first: Mapping[str, int],
) -> Iterator[Segment]:
    active: dict[str, int] = {}  # a mark whose own spans overlap is open more than once
    order: tuple[str, ...] = ()
    for at, following in pairwise(cuts):
        for name in closed.get(at, ()):
            active[name] -= 1
            if not active[name]:
                del active[name]
        for name in opened.get(at, ()):
            active[name] = active.get(name, 0) + 1
        if at in opened or at in closed:
            order = tuple(sorted(active, key=lambda name: (length[name], name)))
        begins = tuple(name for name in order if first[name] == at)
        yield Segment(at, following, order, begins)
