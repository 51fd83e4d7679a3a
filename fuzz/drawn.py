"""Inputs of targets that read texts of a language: a byte that says the language, then the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from corpus import LANGUAGES, read_all

CODES = (*LANGUAGES, "und")


def language_and_text(data: bytes) -> tuple[str, str]:
    """Return the language and the text of an input."""
    code = CODES[data[0] % len(CODES)] if data else "en"
    return code, data[1:].decode("utf-8", "replace")


def written(language: str, text: str) -> bytes:
    """Return the input of a language and a text."""
    return bytes([CODES.index(language)]) + text.encode()


@cache
def _texts(language: str) -> tuple[str, ...]:
    return tuple(document.text for document in read_all(languages=[language])[0])


def corpus_seeds(each: int = 6) -> Iterator[bytes]:
    """Yield texts of the corpus, some of each language."""
    for language in LANGUAGES:
        texts = _texts(language)
        for text in texts[:: max(1, len(texts) // each)]:
            yield written(language, text)


def split(data: bytes, parts: int) -> list[bytes]:
    """Return an input as so many parts, cut at 0xff, which no UTF-8 holds; missing ones are empty."""
    found = data.split(b"\xff", parts - 1)
    return [*found, *[b""] * (parts - len(found))]
