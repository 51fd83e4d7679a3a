"""What the layout says of who speaks: quotations over several sentences, and bylines in brackets after a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from foreshock.model import Sentence

STRAIGHT, DOUBLED, SINGLE = '"', "''", "’"
PAIRS = {"「": "」", "『": "』", "“": "”", "«": "»", "„": "“", "‘": SINGLE}
MARK = re.compile("|".join([DOUBLED, *map(re.escape, sorted({*PAIRS, *PAIRS.values(), STRAIGHT}))]))
# A bracket that closes a paragraph: at most 80 characters, nothing but punctuation after it.
BRACKET = re.compile(r"[(（]([^()（）\n]{2,80})[)）]\s*[。.]*\s*$")
ENDED = re.compile(r"[。.!?！？」”\"…]\s*$")
NAME = re.compile(r"[A-ZÀ-ÞА-ЯЁ][\w'’.-]+(?:\s+[\w'’.-]+){0,4}|[ァ-ヶー・]{3,}(?:\s+[ァ-ヶー・]{3,})*")
SPLIT = re.compile(r"\s*[、,，;/|]\s*")
SHORT_QUOTE = 12


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of quoted words, offsets without the quotation marks; ``closed`` is false where the mark is missing."""

    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Byline:
    """The names in a bracket after a paragraph, in order; where it starts; whether a stop stands before it and commas inside."""

    start: int
    names: tuple[str, ...]
    after_stop: bool
    listed: bool


def paragraph_spans(sentences: Sequence[Sentence]) -> dict[int, tuple[int, int]]:
    """Return the span of each paragraph, from its first sentence's start to its last one's end."""
    spans: dict[int, tuple[int, int]] = {}
    for one in sentences:
        start, end = spans.get(one.paragraph, (one.start, one.end))
        spans[one.paragraph] = (min(start, one.start), max(end, one.end))
    return spans


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the quotations of a paragraph, outermost only; one that is never closed runs to the paragraph's end.

    A straight mark opens before a word and closes after one; two that open in a row are two quotations, the first cut off.
    Two apostrophes in a row are one mark; a single mark closes a quotation only where no letter follows.
    """
    found: list[Quotation] = []
    opened, closer, depth = None, "", 0
    for hit in MARK.finditer(text, start, end):
        mark, at, after = hit[0], hit.start(), hit.end()
        follows = text[after : after + 1] if after < end else ""
        if opened is None:
            if mark in PAIRS or (mark in (STRAIGHT, DOUBLED) and follows and not follows.isspace()):
                opened, closer, depth = after, PAIRS.get(mark, mark), 0
        elif mark == closer and depth:
            depth -= 1
        elif mark == closer and not (mark == SINGLE and follows.isalnum()):
            if mark in (STRAIGHT, DOUBLED) and text[at - 1].isspace() and follows.isalnum():
                found.append(Quotation(opened, at, closed=False))
                opened = after
            else:
                found.append(Quotation(opened, at, closed=True))
                opened = None
        elif mark != closer and PAIRS.get(mark) == closer and closer != SINGLE:
            depth += 1
    if opened is not None and end - opened > SHORT_QUOTE:
        found.append(Quotation(opened, end, closed=False))
    return [one for one in found if one.end > one.start]


def byline(text: str, start: int, end: int) -> Byline | None:
    """Return the bracketed byline that closes a paragraph, or None.

    "(Lena Marsh, The Harbour Post)" gives both names; "(KyivPostのVolodymyrFesenko)" is split at の, and so is "X of Y" at "of".
    """
    match = BRACKET.search(text[start:end])
    if not match or match.start() == 0:
        return None
    inside = match[1].strip()
    names = [part for part in SPLIT.split(inside) if part]
    listed = len(names) > 1
    if not listed:
        names = [
            part
            for part in re.split(r"(?<=\w)の(?=[A-ZÀ-Þァ-ヶ])|\s+(?:of|for|dans|en|для|из)\s+(?=[A-ZÀ-ÞА-ЯЁ])", inside)
            if part
        ]
    return Byline(
        start + match.start(),
        tuple(name.strip() for name in names),
        bool(ENDED.search(text[start : start + match.start()])),
        listed,
    )


def looks_like_name(text: str) -> bool:
    """Whether a phrase is written as a name: capitals, or a run of katakana."""
    return bool(NAME.fullmatch(text.strip()))


def looks_like_person(text: str) -> bool:
    """Whether a phrase is written as a person's name in Latin script: two or three capitalised words without an article."""
    words = text.strip().split()
    articles = ("the", "le", "la", "el", "der", "die")
    return 2 <= len(words) <= 3 and all(word[:1].isupper() for word in words) and words[0].lower() not in articles
