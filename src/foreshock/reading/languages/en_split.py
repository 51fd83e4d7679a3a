"""Sentences of English."""

from __future__ import annotations

from collections.abc import Iterable

from foreshock.reading.segment import split as _split


def split(text: str) -> Iterable[tuple[int, int]]:
    """Yield half-open spans of the sentences of one paragraph."""
    return _split(text, language="en")
