"""Spans of pieces as spans of words: whole words where a language writes blanks, no punctuation around."""

from __future__ import annotations

from foreshock.model.values import Span

# Languages whose words are not told by blanks, or (Korean) whose particles are written onto names and are no part of them.
UNSPACED = frozenset({"ja", "zh", "ko"})
AROUND = " \t\r\n\u00a0\u200b\u3000\"'“”„‟«»‹›「」『』《》()（）[]【】,.;:!?،؛؟、。，；：！？…·–—-|"
PARTICLES = frozenset("はがをにへでと")
# A bracket or quotation mark is kept where its partner is inside.
PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "「": "」", "『": "』", "《": "》", "“": "”", "„": "“", "«": "»", '"': '"'}


def snapped(text: str, span: Span, language: str) -> Span:
    """Return a span moved to the ends of its words and without the punctuation around; empty where nothing else was in it.

    >>> snapped("the rebels' camp, he said", (6, 17), "en")
    (4, 16)
    """
    start, end = span
    if language not in UNSPACED:
        while start and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1
        while end < len(text) and end > start and text[end].isalnum() and text[end - 1].isalnum():
            end += 1
    start, end = stripped(text, (start, end))
    return _without_particle(text, (start, end)) if language == "ja" else (start, end)


def _without_particle(text: str, span: Span) -> Span:
    """Return a Japanese span without the particle that a piece has joined to its last word: 人を, 市長は."""
    start, end = span
    while end - start > 1 and text[end - 1] in PARTICLES and not _is_hiragana(text[end - 2]):
        end -= 1
    return start, end


def _is_hiragana(char: str) -> bool:
    return "\u3040" <= char <= "\u309f"


def stripped(text: str, span: Span) -> Span:
    """Return a span without blanks and punctuation at its ends, but with a bracket or mark whose partner is inside."""
    start, end = span
    while start < end and text[start] in AROUND and not _closes(text, start, end):
        start += 1
    while start < end and text[end - 1] in AROUND and not _opens(text, end - 1, start):
        end -= 1
    return start, end


def _closes(text: str, at: int, end: int) -> bool:
    return text[at] in PAIRS and PAIRS[text[at]] in text[at + 1 : end]


def _opens(text: str, at: int, start: int) -> bool:
    return any(closing == text[at] and opening in text[start:at] for opening, closing in PAIRS.items())
