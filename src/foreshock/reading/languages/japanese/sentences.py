"""Sentences of Japanese: split at 。！？ and at a damaged full stop, not inside a quotation that the words after it report."""

from __future__ import annotations

import re
from collections.abc import Iterator

_STOP = re.compile(r"[。．！？!?]+[\s。．.]*|(?<=[^\x00-\x7f])\.+[\s。．.]*|(?<=[^\x00-\x7f])\s*\.{2,}。?|\n+")
# A question mark after these stands where a number was: 約?人.
_LOST = re.compile(r"(?:少なくとも|およそ|約|合計|総勢|最大|ほぼ|第)\s?$")
# A headline of several statements sets them apart by a wide blank.
_WIDE = re.compile(r"(?<=\S)\u3000+(?=\S)")
_HEADLINE = 80
_STATEMENT = 4
_PAIRS = {"「": "」", "『": "』", "“": "”"}
_REPORTS = re.compile(r"[\s、]*(?:と|など|って|に対し|を|が|は|の|に)")
_LONGEST_QUOTATION = 400
_TRAILING = frozenset("」』”’)）")


def split(text: str) -> Iterator[tuple[int, int]]:
    """Yield half-open spans of the sentences of a paragraph, in order, without the white space between them."""
    closed = _reported(text)
    start = 0
    if len(text) <= _HEADLINE and not _STOP.search(text) and _is_headline(text):
        for wide in _WIDE.finditer(text):
            yield from _trimmed(text, start, wide.start())
            start = wide.end()
    for match in _STOP.finditer(text):
        end = match.end()
        if match.start() < start or any(first < match.start() < last for first, last in closed):
            continue
        if match.group()[0] in "?？" and _LOST.search(text, max(0, match.start() - 8), match.start()):
            continue
        while end < len(text) and text[end] in _TRAILING and not _REPORTS.match(text, end + 1):
            end += 1
        yield from _trimmed(text, start, end)
        start = end
    yield from _trimmed(text, start, len(text))


def _is_headline(text: str) -> bool:
    """Return whether wide blanks part statements of some length, and stand in no quotation; a dateline is none."""
    parts = _WIDE.split(text)
    balanced = all(
        part.count(opening) == part.count(closing) for part in parts for opening, closing in (*_PAIRS.items(), ("（", "）"))
    )
    return len(parts) > 1 and balanced and all(len(part) > _STATEMENT for part in parts) and not re.search(r"\d年\d", text)


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
