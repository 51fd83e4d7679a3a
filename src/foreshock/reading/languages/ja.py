"""Japanese: GiNZA (spaCy, UniDic short units) for words and a tree, our own chunk grammar for clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foreshock.errors import ReadingError
from foreshock.model import Depth, Sentence
from foreshock.reading.languages.base import Parse
from foreshock.reading.languages.japanese.chunks import Scene, chunks
from foreshock.reading.languages.japanese.clauses import clauses
from foreshock.reading.languages.japanese.lexicon import Lexicon, lexicon
from foreshock.reading.languages.japanese.links import attach
from foreshock.reading.languages.japanese.predicates import predicates
from foreshock.reading.languages.japanese.sentences import split
from foreshock.reading.languages.japanese.words import tokens, words
from foreshock.reading.languages.matrices import use_numpy

MODEL = "ja_ginza"
_BATCH = 32


def _pipeline() -> Any:
    try:
        import spacy  # noqa: PLC0415 - heavy: only a text of this language needs it

        return use_numpy(spacy.load(MODEL, exclude=["compound_splitter", "bunsetu_recognizer"]))
    except (ImportError, OSError) as error:
        raise ReadingError(f"no parser for Japanese: {MODEL} ({error})", remedy="pip install foreshock[ja]") from error


@dataclass(slots=True)
class Japanese:
    """The Japanese reader; the parser is loaded on the first parse and kept by this object."""

    table: Mapping[str, Any]
    code: str = "ja"
    depth: Depth = "parsed"
    _lexicon: Lexicon | None = field(default=None, repr=False)
    _parser: Any = field(default=None, repr=False)

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of the sentences of one paragraph."""
        return split(text)

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence.

        Raises:
            ReadingError: GiNZA or its model is not installed.
        """
        if not sentences:
            return []
        if self._parser is None:
            self._parser = _pipeline()
        if self._lexicon is None:
            self._lexicon = lexicon(self.table)
        documents = self._parser.pipe((one.text for one in sentences), batch_size=_BATCH)
        return [_parse(one, document, self._lexicon) for one, document in zip(sentences, documents, strict=True)]


def _parse(sentence: Sentence, document: Any, knowledge: Lexicon) -> Parse:
    found = words(document)
    cut = predicates(sentence.text, found, chunks(sentence.text, found, knowledge), knowledge)
    scene = Scene(sentence.text, found, cut, knowledge, sentence.start)
    attach(scene)
    return Parse(sentence, tokens(found, sentence.start), clauses(scene))


def build(table: Mapping[str, Any]) -> Japanese:
    """Return the reader of Japanese over its table (ja.yaml)."""
    return Japanese(table)
