"""fragment: a clause that lost a part: it begins with a particle, ends on a conjunction, or opens a bracket for ever."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from foreshock.model import Damage, Sentence
from foreshock.reading.damage.page import Page, one_of, rules

BRACKETS = {"(": ")", "（": "）", "「": "」", "『": "』", "“": "”", "«": "»", "[": "]"}
QUOTES = {"「", "『", "“", "«"}
# Two stops' worth of dots between words without space: a list or clause that was cut out.
JOINED = re.compile(r"(?<=[\u3041-\u30ff\u4e00-\u9fff])(?:…|\.\.\.)(?=[\u30a1-\u30ff\u4e00-\u9fff])")
PARTICLE_VERB = re.compile(r"[\u30a1-\u30ff\u4e00-\u9fff]")
OPEN_ENDED = re.compile(r"[.。]$")


def find(page: Page) -> Iterator[Damage]:
    """Yield fragments; what was lost is nowhere in the text, so there is no proposal."""
    opening, closing = _edges(page.language)
    damaged = any(one.kind in ("lost_number", "doubled_punctuation", "mojibake") for one in page.found)
    unclosed = _unclosed(page)
    for sentence in page.sentences:
        start = opening.match(sentence.text)
        if start and len(sentence.text) > 4:
            why = f"the sentence begins with the particle {start[0]}: the word before it was lost"
            yield _fragment(sentence.start, start[0], why)
        end = closing.search(sentence.text) if damaged else None
        if end:
            yield _fragment(
                sentence.start + end.start(), end[0], "the sentence ends on a word that calls for another: the rest was lost"
            )
        if page.language in ("ja", "zh") and damaged:
            for match in JOINED.finditer(sentence.text):
                yield _fragment(
                    sentence.start + match.start(),
                    match[0],
                    "dots join two words without a break: what stood between them was lost",
                )
    for offset in unclosed:
        yield _fragment(
            offset, page.text[offset], "a bracket or quotation is opened here and never closed, or closed and never opened"
        )


@functools.cache
def _edges(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a sentence cannot begin with, and what it cannot end with."""
    cues = rules("grammar", language)
    opening = re.compile(rf"(?:{one_of(cues.get('opening') or ())})(?=[\u30a1-\u30ff\u4e00-\u9fff])")
    return opening, re.compile(rf"(?<![\w-])(?:{one_of(cues.get('closing') or ())})[.。]+$")


def _fragment(start: int, raw: str, why: str) -> Damage:
    return Damage("fragment", start, start + len(raw), raw, None, why)


def _unclosed(page: Page) -> list[int]:
    """Return offsets of marks without a partner in their paragraph; a quotation over paragraphs opens again in each."""
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in page.sentences:
        paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    found: list[int] = []
    spans = [(group[0].start, group[-1].end) for group in paragraphs.values()]
    for index, (start, end) in enumerate(spans):
        lonely = _lonely(page.text, start, end)
        following = page.text[spans[index + 1][0]] if index + 1 < len(spans) else ""
        found.extend(offset for offset in lonely if not (page.text[offset] in QUOTES and following == page.text[offset]))
    return found


def _lonely(text: str, start: int, end: int) -> list[int]:
    stack: list[int] = []
    lonely: list[int] = []
    closers = {value: key for key, value in BRACKETS.items()}
    for offset in range(start, end):
        char = text[offset]
        if char in BRACKETS:
            stack.append(offset)
        elif char == '"' and stack and text[stack[-1]] in "“«":
            # Keyboards close a curly quotation with a straight mark.
            stack.pop()
        elif char in closers:
            if stack and text[stack[-1]] == closers[char]:
                stack.pop()
            # "1)" numbers a list; a lonely closing quotation mark is an apostrophe, or carries over from the paragraph before.
            elif char in ")）" and not re.match(r"(?:^|\s)\w{1,2}$", text[max(start, offset - 3) : offset]):
                lonely.append(offset)
    # A quotation mark that serves as an opening one in German („ “) has no partner here.
    return sorted(lonely + [offset for offset in stack if text[offset] != "“" or "„" not in text[start:end]])
