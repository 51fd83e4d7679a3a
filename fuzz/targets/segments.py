"""Paragraphs and sentences, languages, and what stands in the first lines."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.reading import identify, languages
from foreshock.reading.segment import paragraphs, segment
from fuzz.drawn import corpus_seeds, language_and_text, written
from fuzz.laws import in_time, must, must_stand, same

MODULES = ("foreshock.reading.segment", "foreshock.reading.identify", "foreshock.reading.languages.en_split")
WORDS = (
    "。", "「", "」と述べた", "Mr. ", "U.S. ", "... ", ". .", "!", "?)", '."', "\n", "\n\n", "\u2028", "\x85", "\r\n", "。。",
    "（", "）", "NUMX. ", "г. ", "т.е. ", "“", "”", "\u3000", "\u200b", "\x1c",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield texts of the corpus, and rows of stops and brackets."""
    yield from corpus_seeds(3)
    yield written(
        "en", 'Mr. A. B. Smith of the U.S. Army said: "We left." He left.. . (Yes.) NUMX. people? “No!” he said.\n\nNext\x85line'
    )
    yield written("ja", "「はい。」と述べた。（え？）U.S.軍。。。「「「。」」」\u3000終わり！\n次")
    yield written("ru", "В 2033 г. министр т.е. А. Б. Иванов сказал: «Нет.» И ушёл... .")


def check(data: bytes) -> None:
    """Sentences cover every character that is not white space, once and in order, each within its paragraph."""
    language, text = language_and_text(data)
    with in_time(data):
        lines = paragraphs(text)
        spans = segment(text, split=languages.load(language).split)
        codes = identify.by_paragraph(text, [(one.start, one.end) for one in spans], code=language)
        if text.strip():
            identify.identify(text, declared=None)
    must_stand(text, [(one.start, one.end, text[one.start : one.end]) for one in lines])
    must_stand(text, [(one.start, one.end, text[one.start : one.end]) for one in spans])
    same("".join("".join(text[one.start : one.end].split()) for one in spans), "".join(text.split()), "sentences lose text")
    must(len(codes) == len(spans), "a sentence without a language", len(codes), len(spans))
    for one in spans:
        around = lines[one.paragraph]
        must(around.start <= one.start < one.end <= around.end, "a sentence leaves its paragraph", one, around)
        must(text[one.start : one.end].strip() == text[one.start : one.end], "a sentence has blanks at its ends", one)
