"""The English parser made faster without another answer: products by BLAS, and what its ruler says of a word remembered.

Most of the parser's time goes into products of small matrices and into matching some 180 patterns against every word. The BLAS
of NumPy multiplies two to three times faster than the one that the parser brings. All but a few patterns look at one word alone
(its tag, its relation and, of some hundred words, its lower-case form), so what they say of it is said once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

RULED = ("LOWER", "TAG", "DEP", "IS_SPACE")
NETWORKS = ("tok2vec", "tagger", "parser", "ner")
# What is remembered of words is forgotten when it is this much.
MOST = 50_000
BATCH = 256


@dataclass(slots=True)
class Pipe:
    """A spaCy pipeline for English, run stage by stage over many sentences.

    Attributes:
        nlp: the pipeline as it was loaded.
        ruler: its attribute ruler, None where it has none that can be remembered.
    """

    nlp: Any
    ruler: Ruler | None

    @property
    def vocab(self) -> Any:
        """The words of the pipeline."""
        return self.nlp.vocab

    @classmethod
    def of(cls, nlp: Any) -> Pipe:
        """Return the pipe of a loaded pipeline, whose networks multiply by NumPy from now on."""
        ops = _ops()
        for name in NETWORKS:
            if nlp.has_pipe(name):
                for node in nlp.get_pipe(name).model.walk():
                    node.ops = ops
        return cls(nlp, Ruler.of(nlp))

    def __call__(self, texts: Iterable[str]) -> Iterator[Any]:
        """Yield the parsed text of each, as the pipeline would."""
        docs: Iterable[Any] = (self.nlp.make_doc(text) for text in texts)
        for name, stage in self.nlp.pipeline:
            if name == "attribute_ruler" and self.ruler is not None:
                docs = map(self.ruler, docs)
            else:
                docs = stage.pipe(docs, batch_size=BATCH) if hasattr(stage, "pipe") else map(stage, docs)
        yield from docs


@dataclass(slots=True)
class Ruler:
    """The attribute ruler of a pipeline with a memory of single words.

    Attributes:
        ruler: the pipeline's own.
        words: lower-case forms (numbers of the vocabulary) that patterns ask for; other words are alike to them.
        pairs: lower-case forms, tags and relations that a pattern of two words may begin with: there the ruler itself is asked.
        known: (form, tag, relation) -> what is set: part of speech, morphology, lemma.
    """

    ruler: Any
    words: frozenset[int]
    pairs: frozenset[int]
    known: dict[tuple[int, int, int], tuple[int, int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, nlp: Any) -> Ruler | None:
        """Return the remembering ruler; None where a pattern asks for more than a word's own form, tag and relation."""
        if not nlp.has_pipe("attribute_ruler"):
            return None
        ruler, strings = nlp.get_pipe("attribute_ruler"), nlp.vocab.strings
        words: set[str] = set()
        pairs: set[str] = set()
        for pattern in (one for rule in ruler.patterns for one in rule["patterns"]):
            if any(set(token) - set(RULED) for token in pattern):
                return None
            for token in pattern:
                words.update(_values(token.get("LOWER")))
            if len(pattern) > 1:
                first = [value for key in ("LOWER", "DEP") for value in _values(pattern[0].get(key))]
                if not first:
                    return None
                pairs.update(first)
        return cls(ruler, frozenset(map(strings.add, words)), frozenset(map(strings.add, pairs)))

    def __call__(self, doc: Any) -> Any:
        """Set what the ruler sets."""
        rows = [(int(low), int(tag), int(dep)) for low, tag, dep in doc.to_array(["LOWER", "TAG", "DEP"])]
        keys = [(low if low in self.words else 0, tag, dep) for low, tag, dep in rows]
        asked = any(low in self.pairs or dep in self.pairs for low, _, dep in rows)
        if asked or any(word.is_space for word in doc):
            return self.ruler(doc)
        if not all(key in self.known for key in keys):
            return self._learned(self.ruler(doc), keys)
        for word, key in zip(doc, keys, strict=True):
            part, morph, lemma = self.known[key]
            word.pos, word.lemma = part, lemma
            word.set_morph(morph)
        return doc

    def _learned(self, doc: Any, keys: Sequence[tuple[int, int, int]]) -> Any:
        if len(self.known) > MOST:
            self.known.clear()
        for word, key in zip(doc, keys, strict=True):
            self.known[key] = (word.pos, word.morph.key, word.lemma)
        return doc


def _values(asked: Any) -> list[str]:
    """Return the values that a condition of a pattern names: of "is", {"IN": [...]}, {"NOT_IN": [...]}."""
    if isinstance(asked, dict):
        return [str(value) for values in asked.values() for value in values if value]
    return [str(asked)] if asked else []


def _ops() -> Any:
    """Return thinc's operations on NumPy arrays with products by NumPy."""
    from thinc.api import NumpyOps  # noqa: PLC0415  (heavy import)

    class Blas(NumpyOps):  # type: ignore[misc]
        """NumPy's own product; the rest is thinc's."""

        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            """Return the product of two matrices, each turned before it where that is asked."""
            left, right = x.T if trans1 else x, y.T if trans2 else y
            if out is None:
                return left @ right
            out[...] = left @ right
            return out

    return Blas()
