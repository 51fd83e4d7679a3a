"""Russian: slovnet's morphology, dependencies and names, dictionary forms from pymorphy3, with clauses found on the tree.

The weights are those that natasha ships in its package (slovnet_{morph,syntax,ner}_news over navec vectors, MIT licence); natasha
itself is never imported. Sentences are sorted by length for the networks, so that little is padded.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from foreshock.errors import ReadingError
from foreshock.model import Depth, Sentence
from foreshock.reading.languages.base import Language, Parse
from foreshock.reading.languages.ru_lemmas import Lemmatizer
from foreshock.reading.languages.ru_quotes import PAIRS, QUOTED, pieces
from foreshock.reading.languages.ru_repair import Phrases, mood_phrases, repair
from foreshock.reading.languages.ru_speech import hang_quotations, raise_speech
from foreshock.reading.languages.ru_tree import LOST, Word, build_tree
from foreshock.reading.languages.ud_clauses import find_clauses
from foreshock.reading.languages.ud_grammar import Grammar, grammar_of
from foreshock.reading.segment import split

NEEDED = ("natasha", "slovnet", "navec", "razdel", "pymorphy3")
VECTORS = "emb/navec_news*.tar"
MODELS = {
    "Morph": "model/slovnet_morph_news*.tar",
    "Syntax": "model/slovnet_syntax_news*.tar",
    "NER": "model/slovnet_ner_news*.tar",
}
BATCH = 32
# A longer sentence is no prose; the network's memory grows with the square of its words.
LONGEST = 400
# Same length each, so that offsets hold. The vectors know no "ё".
READABLE = str.maketrans(
    {"ё": "е", "Ё": "Е", "\n": " ", "\t": " ", "\u00a0": " ", "\u2011": "-", "“": '"', "”": '"', "„": '"', "’": "'", "‘": "'"}
)


@dataclass(frozen=True, slots=True)
class _Parser:
    morph: Any
    syntax: Any
    ner: Any
    tokenize: Any
    lemmas: Lemmatizer
    grammar: Grammar
    phrases: Phrases


@dataclass(slots=True)
class Russian:
    """The Russian language; its parser is loaded at the first sentence."""

    table: Mapping[str, Any]
    code: str = "ru"
    depth: Depth = "parsed"
    _parser: _Parser | None = field(default=None, repr=False)

    def split(self, text: str) -> Iterable[tuple[int, int]]:
        """Yield half-open spans of sentences in one paragraph, in order, without the white space between them."""
        return split(text, language="ru")

    def parse(self, sentences: Sequence[Sentence]) -> list[Parse]:
        """Return one parse a sentence, in the same order.

        Raises:
            ReadingError: a package of the parser, or its weights, are not installed.
        """
        if not sentences:
            return []
        if self._parser is None:
            self._parser = _load(self.table)
        parser = self._parser
        words = _words(parser, [readable(sentence.text) for sentence in sentences])
        return [_parse(parser, sentence, row) for sentence, row in zip(sentences, words, strict=True)]


def readable(text: str) -> str:
    """Return a text of the same length that the networks read better: digits for lost numbers, plain quotes, no "ё"."""
    return text.translate(READABLE).replace(LOST, "20000")


def _parse(parser: _Parser, sentence: Sentence, words: Sequence[Word]) -> Parse:
    tree = build_tree(words, sentence.text, sentence.start, parser.lemmas)
    feats = [word.feats for word in words]
    hang_quotations(tree, parser.grammar)
    repair(tree, parser.grammar, feats, parser.phrases)
    raise_speech(tree, parser.grammar, feats)
    clauses = find_clauses(tree, parser.grammar, text=sentence.text, offset=sentence.start)
    return Parse(sentence, tree.tokens(), clauses)


def _words(parser: _Parser, texts: Sequence[str]) -> list[list[Word]]:
    """Return the words of each text with what the networks say of them; offsets count from the text's start."""
    cut = [list(parser.tokenize(text))[:LONGEST] for text in texts]
    parts = [(n, part) for n, tokens in enumerate(cut) for part in pieces([token.text for token in tokens]) if part]
    parts.sort(key=lambda one: len(one[1]))
    forms = [[cut[n][index].text for index in part] for n, part in parts]
    found: list[dict[int, Word]] = [{} for _ in texts]
    for (n, part), morphs, links in zip(parts, parser.morph.map(forms), parser.syntax.map(forms), strict=True):
        for index, morph, link in zip(part, morphs.tokens, links.tokens, strict=True):
            above = int(link.head_id) - 1
            head = part[above] if 0 <= above < len(part) else -1
            quoted = head < 0 and len(part) < len(cut[n]) and cut[n][part[0]].text in PAIRS
            rel = QUOTED if quoted else link.rel
            found[n][index] = Word(cut[n][index].start, cut[n][index].stop, morph.pos, dict(morph.feats), head, rel)
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    for n, names in zip(order, parser.ner.map([texts[n] for n in order]), strict=True):
        _name(found[n], [(span.start, span.stop, span.type) for span in names.spans])
    return [[row[index] for index in sorted(row)] for row in found]


def _name(words: dict[int, Word], spans: Sequence[tuple[int, int, str]]) -> None:
    for index, word in words.items() if spans else ():
        kind = next((kind for start, stop, kind in spans if start <= word.start and word.end <= stop), "")
        if kind:
            words[index] = replace(word, entity=kind)


def _load(table: Mapping[str, Any]) -> _Parser:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise ReadingError(
            f"the Russian parser is not installed (missing: {', '.join(missing)})", remedy="pip install foreshock[ru]"
        )
    natasha = importlib.util.find_spec("natasha")
    roots = [Path(root) / "data" for root in (natasha.submodule_search_locations or ())] if natasha else []
    vectors = importlib.import_module("navec").Navec.load(_weights(roots, VECTORS))
    slovnet = importlib.import_module("slovnet")
    loaded = {
        name: getattr(slovnet, name).load(_weights(roots, shape), batch_size=BATCH).navec(vectors)
        for name, shape in MODELS.items()
    }
    tokenize = importlib.import_module("razdel").tokenize
    analyzer = importlib.import_module("pymorphy3").MorphAnalyzer()
    grammar = grammar_of(table)
    own = table["grammar"]
    lemmas = Lemmatizer(analyzer, own.get("lemmas", {}), frozenset(own.get("passives", ())))
    return _Parser(loaded["Morph"], loaded["Syntax"], loaded["NER"], tokenize, lemmas, grammar, mood_phrases(grammar))


def _weights(roots: Sequence[Path], shape: str) -> str:
    found = sorted(str(path) for root in roots for path in root.glob(shape))
    if not found:
        raise ReadingError(f"natasha has no weights {shape}", remedy="pip install foreshock[ru]")
    return found[-1]


def build(table: Mapping[str, Any]) -> Language:
    """Return Russian with its table."""
    return Russian(table)
