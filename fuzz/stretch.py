"""What grows too fast: each input, or its end, repeated to a few kilobytes and to four times as many."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

from fuzz import Target

SHORT, TIMES = 6_000, 4
# Linear is 4; twice that leaves room for what the machine does besides.
MOST = 8.5
FROM = 0.25  # seconds, below which nothing is said


def stretched(target: Target, inputs: Sequence[bytes]) -> list[str]:
    """Return what grows too fast, in words: the input, how it was repeated, and the seconds of both lengths."""
    found = []
    for data in inputs:
        for how, short, long in _shapes(data):
            before, after = _seconds(target, short), _seconds(target, long)
            if after > FROM and after > MOST * max(before, 0.01) and _again(target, short, long):
                found.append(f"{how} of {data[:60]!a}: {before:.2f} s for {len(short)} bytes, {after:.2f} s for {len(long)}")
    return found


def _shapes(data: bytes) -> Iterator[tuple[str, bytes, bytes]]:
    head, body = data[:2], data[2:]
    pieces = {"all": body, "the last eight bytes": body[-8:], "the middle": body[len(body) // 3 : len(body) // 2][:40]}
    for how, piece in pieces.items():
        if piece:
            times = max(1, SHORT // len(piece))
            start = head if how == "all" else data[: len(data) // 3]
            yield how, start + piece * times, start + piece * times * TIMES


def _again(target: Target, short: bytes, long: bytes) -> bool:
    return _seconds(target, long) > MOST * max(_seconds(target, short), 0.01)


def _seconds(target: Target, data: bytes) -> float:
    begun = time.thread_time()
    with suppress(Exception):
        target.check(data)
    return time.thread_time() - begun
