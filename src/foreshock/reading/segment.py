"""Paragraphs and sentences with exact offsets.

The law: the spans, in order and without overlap, cover every character of the text that is not white space.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from foreshock.knowledge import load_table

CLOSERS = '」』】〉》）)\\]}"”’»'
# An ASCII stop ends a sentence among Han and kana only beside white space, the end, a closer or another stop: not in "U.S.軍".
EAST_END = re.compile(
    rf"(?:[。｡．！？]|[.!?](?=[\s。.{CLOSERS}]|$)|(?<=[^\x00-\x7f])[.!?])[。｡．.！？!?…]*(?:\s(?:[。.](?=\s|$))+)?[{CLOSERS}]*"
)
# What follows a closed quotation and makes it part of the sentence: 「...。」と述べた.
QUOTATIVE = re.compile(r"\s*(?:と|って|など|の|を|は|が|に|も|、|，|,|说|說|等|的)")
PAIRS = {"「": "」", "『": "』", "（": "）", "(": ")", "“": "”", "《": "》"}
SHORT_QUOTE = 60
LAST_WORD = re.compile(r"(?<![^\s(\[«“\"'—-])([^\s(\[«“\"'—]{1,8})\.\s*$")
LETTERS = re.compile(r"\w")
TAIL_OPENER = re.compile(r"(?<=\s)[\"“«„‘(\[¿¡-]+\s*$")
LEADING_CLOSER = re.compile(r"[)\]}”’»]+[.。,;]*\s*|[.。…!?]+(?:\s+[.。…!?]+)*(?=\s|$)\s*")
WRAPPED_FROM = 50
WINDOW = 8_000  # characters of a paragraph that are cut at once; hardly one is longer
# More opening marks than this at the end of a proposed sentence are not opening marks.
OPENERS = 12
EAST = frozenset({"ja", "zh", "yue"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of lines that belong together; offsets half-open, without surrounding white space."""

    index: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence before it is given to a document: half-open offsets and the index of its paragraph."""

    start: int
    end: int
    paragraph: int


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a text: a line break ends one, unless the line was only wrapped.

    A line counts as wrapped if it is long, has no final punctuation, and the next line goes on in lower case.
    """
    found: list[tuple[int, int]] = []
    offset = 0
    open_line = False
    for line in text.splitlines(keepends=True):
        body = line.strip()
        start = offset + len(line) - len(line.lstrip())
        end = start + len(body)
        offset += len(line)
        if not body:
            open_line = False
            continue
        if open_line and body[0].islower():
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
        open_line = len(body) >= WRAPPED_FROM and (body[-1].isalnum() or body[-1] in ",-–")
    return tuple(Paragraph(index, start, end) for index, (start, end) in enumerate(found))


def segment(text: str, *, split: Callable[[str], Iterable[tuple[int, int]]]) -> tuple[Span, ...]:
    """Return the sentences of a text, paragraph by paragraph, cut by ``split`` (spans within the paragraph it is given).

    Whatever ``split`` leaves out or overlaps is mended, so that the law of this module holds for any language.
    """
    return tuple(
        Span(paragraph.start + start, paragraph.start + end, paragraph.index)
        for paragraph in paragraphs(text)
        for start, end in _lawful(text[paragraph.start : paragraph.end], split(text[paragraph.start : paragraph.end]))
    )


def split(text: str, *, language: str) -> Iterator[tuple[int, int]]:
    """Yield half-open spans of the sentences in one paragraph, in order, without the white space between them.

    Japanese and Chinese are cut by the rules here. Other languages are cut by sentencex, and mended: a stop that follows an
    abbreviation, stands alone after another stop (".. .") or before a closing bracket does not begin a sentence.
    """
    if language in EAST:
        yield from _trimmed(text, _east_cuts(text))
    else:
        yield from _trimmed(text, _mended(text, _proposed(text, language), language))


def _trimmed(text: str, cuts: Iterable[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in (*cuts, len(text)):
        piece = text[start:cut]
        body = piece.strip()
        if body:
            left = start + len(piece) - len(piece.lstrip())
            yield left, left + len(body)
        start = max(cut, start)


def _lawful(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans made into cuts: what no span covers goes to the one before it."""
    starts = sorted({start for start, _ in spans if 0 < start < len(text)})
    return _trimmed(text, starts)


def _east_cuts(text: str) -> Iterator[int]:
    inside = _short_quotes(text)
    for match in EAST_END.finditer(text):
        cut = match.end()
        if cut < len(text) and inside[match.start()] and inside[cut - 1] and inside[cut]:
            continue
        if match[0][-1:] in CLOSERS and QUOTATIVE.match(text, cut) and not text[cut:].startswith((" ", "　")):
            continue
        yield cut


def _short_quotes(text: str) -> bytearray:
    """Return a mask of what stands in closed quotations and brackets short enough to be part of the sentence around them."""
    mask = bytearray(len(text))
    stack: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if char in PAIRS:
            stack.append((PAIRS[char], index))
        elif stack and char == stack[-1][0]:
            _, start = stack.pop()
            if index - start <= SHORT_QUOTE:
                mask[start : index + 1] = b"\x01" * (index + 1 - start)
    return mask


def _proposed(text: str, language: str) -> list[int]:
    """Return where sentences end, asked for a window at a time: of a run of quotation marks the library takes the square."""
    import sentencex  # noqa: PLC0415  (heavy import)

    known = language if re.fullmatch(r"[a-z]{2,3}", language) and language != "und" else "en"
    found, start = list[int](), 0
    while start < len(text):
        piece = text[start : start + WINDOW]
        ends = [start + int(one["end_index"]) for one in sentencex.get_sentence_boundaries(known, piece)]
        if start + len(piece) == len(text):
            return found + ends
        # The last one was cut off by the window: the next begins with it.
        found += ends[:-1]
        start = max(ends[-2], start + 1) if len(ends) > 1 else start + len(piece)
    return found


def _mended(text: str, cuts: Iterable[int], language: str) -> Iterator[int]:
    start = seen = 0
    worded = False
    for proposed in cuts:
        cut = proposed
        if cut <= seen:
            continue
        opener = TAIL_OPENER.search(text, max(seen, cut - OPENERS), cut)
        if opener and cut < len(text):
            cut = opener.start()
        closer = LEADING_CLOSER.match(text, cut)
        if closer:
            cut = closer.end()
        # Each stretch is searched for letters once, so that a long run of stops costs no more than its length.
        worded = worded or LETTERS.search(text, seen, cut) is not None
        seen = max(seen, cut)
        if not worded or cut <= start or _goes_on(text, start, cut, language):
            continue
        yield cut
        start, worded = cut, False


def _goes_on(text: str, start: int, cut: int, language: str) -> bool:
    """Return whether the stop before ``cut`` belongs to an abbreviation or an initial rather than to the sentence."""
    last = LAST_WORD.search(text, max(start, cut - 14), cut)
    following = text[cut : cut + 40].lstrip()
    if not last or not following:
        return False
    word = last[1]
    if "NUMX" in word and following[0].islower():
        return True
    rules = _abbreviations().get(language, {})
    if word in rules.get("before", ()):
        return following[0].isalnum()
    if len(word) == 1 and word.isupper() and following[0].isupper():
        return True
    if word in rules.get("inside", ()):
        first = re.match(r"\w+", following)
        return first is not None and first[0] not in rules.get("starters", ())
    return False


@functools.cache
def _abbreviations() -> Mapping[str, Mapping[str, frozenset[str]]]:
    table = load_table("foreshock.reading", "abbreviations.yaml")
    return {
        code: {
            key: frozenset(form for word in words for form in (word, word[0].upper() + word[1:])) for key, words in rules.items()
        }
        for code, rules in table.items()
    }
