"""Japanese: Sudachi for words, a small spaCy pipeline for a tree and names, our own chunk grammar for clauses.

The pipeline (``models/ja``, made by ``training/train_ja.py``) is shipped with the package; its MODEL_CARD says what it was
trained on and how well it does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
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
from foreshock.reading.languages.japanese.tokenizer import WORDS, Tokenizer, prepare
from foreshock.reading.languages.japanese.words import tokens, words
from foreshock.reading.languages.matrices import use_numpy
from foreshock.reading.languages.vocabulary import Held
from foreshock.reading.weights import checked

MODEL = Path(__file__).resolve().parents[2] / "models" / "ja"
_BATCH = 32


@dataclass(frozen=True, slots=True)
class _Parser:
    """The pipeline and the tokenizer over its vocabulary."""

    pipeline: Any
    tokenize: Callable[[str], Any]

    @property
    def vocab(self) -> Any:
        """The words of both."""
        return self.pipeline.vocab


def _load() -> _Parser:
    try:
        import spacy  # noqa: PLC0415 - heavy: only a text of this language needs it

        parser = use_numpy(spacy.load(checked(MODEL), exclude=["tokenizer"]))
        prepare(parser.vocab)
        known = frozenset((MODEL / WORDS).read_text(encoding="utf-8").splitlines())
        return _Parser(parser, Tokenizer(parser.vocab, known))
    except (ImportError, OSError) as error:
        raise ReadingError(f"no parser for Japanese ({error})", remedy="pip install foreshock[ja]") from error


@dataclass(slots=True)
class Japanese:
    """The Japanese reader; the parser is loaded on the first parse and held by this object."""

    table: Mapping[str, Any]
    code: str = "ja"
    depth: Depth = "parsed"
    _lexicon: Lexicon | None = field(default=None, repr=False)
    _parser: Held = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._parser = Held(_load)

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of the sentences of one paragraph."""
        return split(text)

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence.

        Raises:
            ReadingError: spaCy, SudachiPy or SudachiDict is not installed.
        """
        if not sentences:
            return []
        if self._lexicon is None:
            self._lexicon = lexicon(self.table)
        parser = self._parser.ready()
        documents = parser.pipeline.pipe(map(parser.tokenize, (one.text for one in sentences)), batch_size=_BATCH)
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
