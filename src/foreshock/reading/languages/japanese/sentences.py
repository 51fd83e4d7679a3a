"""Sentences of Japanese: split at 。！？ and at a damaged full stop, not inside a quotation that the words after it report."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOP = re.compile(r"[。．！？!?]+[\s。．.]*|(?<=[^\x00-\x7f])\.+[\s。．.]*|(?<=[^\x00-\x7f])\s*\.{2,}。?|\n+")
_PAIRS = {"「": "」", "『": "』", "“": "”"}
_REPORTS = re.compile(r"[\s、]*(?:と|など|って|に対し|を|が|は|の|に)")
_LONGEST_QUOTATION = 400
_TRAILING = frozenset("」』”’)）")


def split(text: str) -> Iterator[tuple[int, int]]:
    """Yield half-open spans of the sentences of a paragraph, in order, without the white space between them."""
    closed = _reported(text)
    start = 0
    for match in _STOP.finditer(text):
        end = match.end()
        if match.start() < start or any(first < match.start() < last for first, last in closed):
            continue
        while end < len(text) and text[end] in _TRAILING and not _REPORTS.match(text, end + 1):
            end += 1
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def _reported(text: str) -> list[tuple[int, int]]:
    """Return the spans of quotations that the words after them report (「…。…」と述べた): these are not cut."""
    spans = []
    for match in re.finditer(r"[「『“]", text):
        close = text.find(_PAIRS[match.group()], match.end())
        if 0 <= close <= match.end() + _LONGEST_QUOTATION and _REPORTS.match(text, close + 1):
            spans.append((match.start(), close + 1))
    return spans


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
