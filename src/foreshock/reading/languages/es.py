"""Spanish: a small pipeline trained for Foreshock (``models/es``, its card says on what), with clauses found on its parse.

The parser is kept from cutting a sentence: words in quotation marks and the verb of speech behind them are one tree.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.resources import as_file, files
from itertools import pairwise
from typing import Any

from foreshock.errors import ReadingError
from foreshock.model import Depth, Sentence
from foreshock.reading.languages.base import Language, Parse
from foreshock.reading.languages.es_entities import Names, name_entities
from foreshock.reading.languages.es_orthography import cuts, restored
from foreshock.reading.languages.es_repair import repair
from foreshock.reading.languages.es_subjects import carry_subjects
from foreshock.reading.languages.es_tree import LOST, build_tree
from foreshock.reading.languages.ud_clauses import find_clauses
from foreshock.reading.languages.ud_grammar import Grammar, grammar_of
from foreshock.reading.languages.vocabulary import Held
from foreshock.reading.segment import split as shared_split
from foreshock.reading.weights import checked

MODEL = "models/es"
BATCH = 64
# Same length each, so that offsets hold.
READABLE = str.maketrans(
    {
        "\n": " ",
        "\t": " ",
        "\u00a0": " ",
        "\u202f": " ",
        "“": '"',
        "”": '"',
        "«": '"',
        "»": '"',
        "’": "'",
        "‘": "'",
        "—": ",",
        "–": ",",
    }
)

# What opens quoted words, as the parser is shown it; never empty.
QUOTES = frozenset({"«", "“", '"'})


@dataclass(slots=True)
class Spanish:
    """The Spanish language; its parser is loaded at the first sentence."""

    table: Mapping[str, Any]
    code: str = "es"
    depth: Depth = "parsed"
    _parser: Held = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._parser = Held(_load)

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of sentences in one paragraph, in order, without the white space between them."""
        spans, marks = list(shared_split(text, language="es")), list(cuts(text))
        for start, end in spans:
            inside = [mark for mark in marks if start < mark < end]
            for left, right in pairwise((start, *inside, end)):
                yield left, left + len(text[left:right].rstrip())

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence, in the same order.

        Raises:
            ReadingError: spaCy or simplemma is not installed.
        """
        if not sentences:
            return []
        parser, grammar, names = self._parser.ready(), grammar_of(self.table), Names.from_table(self.table)
        docs = [
            _parted(parser, doc)
            for doc in parser.pipe((_whole(parser, readable(one.text)) for one in sentences), batch_size=BATCH)
        ]
        return [_parse(sentence, doc, grammar, names) for sentence, doc in zip(sentences, docs, strict=True)]


def readable(text: str) -> str:
    """Return a text of the same length that the parser reads better: digits for lost numbers, plain quotes and spaces."""
    return restored(text.translate(READABLE).replace(LOST, "20000"))


def _whole(parser: Any, text: str) -> Any:
    """Return the words of a text, marked as one sentence."""
    doc = parser.make_doc(text)
    for word in doc:
        word.is_sent_start = word.i == 0
    return doc


def _parted(parser: Any, doc: Any) -> Any:
    """Return a sentence read again in two parts where a name without a verb stands before a colon and a quotation mark."""
    at = next((word.i for word in doc if word.text == ":"), 0)
    behind = doc[at + 1].text if at and at + 2 < len(doc) else ""
    if behind not in QUOTES or any(word.pos_ in ("VERB", "AUX") for word in doc[:at]):
        return doc
    again = parser.make_doc(doc.text)
    for word in again:
        word.is_sent_start = word.i in (0, at + 1) or bool(doc[word.i].is_sent_start)
    return parser(again)


def _parse(sentence: Sentence, doc: Any, grammar: Grammar, names: Names) -> Parse:
    tree, shapes = build_tree(doc, restored(sentence.text), sentence.start)
    name_entities(tree, names, grammar)
    repair(tree, grammar, shapes)
    clauses = find_clauses(tree, grammar, text=sentence.text, offset=sentence.start)
    at = sentence.start
    tokens = tuple(replace(one, text=sentence.text[one.start - at : one.end - at]) for one in tree.tokens())
    return Parse(sentence, tokens, carry_subjects(tree, grammar, shapes, clauses))


def _load() -> Any:
    if any(importlib.util.find_spec(name) is None for name in ("spacy", "simplemma")):
        raise ReadingError("no Spanish parser is installed (spaCy and simplemma)", remedy="pip install foreshock[es]")
    pipeline = importlib.import_module("foreshock.reading.languages.es_pipeline")
    with as_file(files("foreshock") / MODEL) as folder:
        return pipeline.load(checked(folder))


def build(table: Mapping[str, Any]) -> Language:
    """Return Spanish with its table."""
    return Spanish(table)
