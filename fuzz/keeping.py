"""Which inputs are kept: the smallest that together reach every line of our code that all of them reach."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Any

from fuzz import Target

MOST, MOST_BYTES = 60, 40_000
Place = tuple[str, int, int]


def smallest(target: Target, inputs: Sequence[bytes]) -> list[bytes]:
    """Return some of the inputs, at most MOST of MOST_BYTES together, the smallest first.

    An input is kept where it steps from one line to another as no smaller one does.
    """
    parts = tuple(f"/{one.replace('.', '/')}" for one in target.modules)
    seen: set[Place] = set()
    kept: list[bytes] = []
    for data in sorted(inputs, key=lambda one: (len(one), one)):
        new = steps(target, data, parts) - seen
        if new and len(kept) < MOST and sum(map(len, kept)) + len(data) <= MOST_BYTES:
            seen |= new
            kept.append(data)
    return kept


def steps(target: Target, data: bytes, parts: tuple[str, ...]) -> set[Place]:
    """Return the steps from line to line that an input takes in the target's modules."""
    found: set[Place] = set()
    last: dict[str, int] = {}

    def line(frame: FrameType, event: str, _: Any) -> Any:
        name = frame.f_code.co_filename
        if event == "line":
            found.add((name, last.get(name, 0), frame.f_lineno))
            last[name] = frame.f_lineno
        return line

    def call(frame: FrameType, _: str, __: Any) -> Any:
        return line if any(one in frame.f_code.co_filename for one in parts) else None

    sys.settrace(call)
    try:
        with suppress(Exception):
            target.check(data)
    finally:
        sys.settrace(None)
    return found
