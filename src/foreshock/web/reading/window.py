"""A long text is shown a window at a time: ten megabytes on one line must not be one page."""

from __future__ import annotations

from dataclasses import dataclass

SIZE = 120_000  # characters
SLACK = 2_000  # a window ends at a line, else at a blank, within so many characters before its full size


@dataclass(frozen=True, slots=True)
class Window:
    """A part of a text, half-open, in code points; ``number`` counts from 1 to ``of``."""

    start: int
    end: int
    number: int
    of: int


def windows(text: str, *, size: int = SIZE) -> list[Window]:
    """Return the windows of a text in order; they touch and cover it. A short text has one."""
    edges = [0]
    while len(text) - edges[-1] > size:
        last = edges[-1] + size
        slack = max(edges[-1] + 1, last - SLACK)
        line = text.rfind("\n", slack, last)
        blank = line if line >= 0 else text.rfind(" ", slack, last)
        edges.append(blank + 1 if blank >= 0 else last)
    ends = [*edges[1:], len(text)]
    return [Window(start, end, number, len(edges)) for number, (start, end) in enumerate(zip(edges, ends, strict=True), 1)]


def window_at(text: str, at: int, *, size: int = SIZE) -> Window:
    """Return the window that holds a place of a text; the last one for a place behind its end."""
    found = windows(text, size=size)
    return next((one for one in found if one.start <= at < one.end), found[-1])
