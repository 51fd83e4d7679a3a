"""The surface reader: sentences and words of any language, without a grammar and so without clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.model import Depth, Sentence
from foreshock.reading.languages.base import Language, Parse, Token
from foreshock.reading.segment import split

# A word keeps its inner hyphens, apostrophes and decimal marks: "al-Burhan", "l’état", "1.200,5".
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’\-][^\W\d_]+)*|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Surface:
    """The reader of a language without a grammar of its own.

    Attributes:
        table: the cues, numbers and dates that can be read without grammar.
        of: the language of the text, whose rules for the end of a sentence are used.
        code: always ``und``, so that the output says which reader it was.
    """

    table: Mapping[str, Any]
    of: str = "und"
    code: str = "und"
    depth: Depth = "surface"

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of sentences in one paragraph, in order, without the white space between them."""
        return split(text, language=self.of)

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence: words with lower-case lemmas, each its own head, and no clauses."""
        return [Parse(sentence, _tokens(sentence), ()) for sentence in sentences]


def _tokens(sentence: Sentence) -> tuple[Token, ...]:
    found = enumerate(WORD.finditer(sentence.text))
    return tuple(
        Token(index, sentence.start + m.start(), sentence.start + m.end(), m[0], m[0].lower(), _upos(m[0]), "", index)
        for index, m in found
    )


def _upos(word: str) -> str:
    if word[0].isdigit():
        return "NUM"
    return "X" if word[0].isalnum() else "PUNCT"


def build(table: Mapping[str, Any]) -> Language:
    """Return the surface reader with ``table``; the text's own language is not known to it."""
    return Surface(table)
