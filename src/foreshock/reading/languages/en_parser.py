"""The English parser made faster without another answer: products by BLAS, what it says of a word by itself remembered.

Most of the parser's time goes into products of small matrices, into matching some 180 patterns against every word, and into
handing each word over one question at a time. The BLAS of NumPy multiplies two to three times faster than the one that the parser
brings. All but a few patterns look at one word alone (its tag, its relation and, of some hundred words, its lower-case form), and
a dictionary form depends on the word, its part of speech and its morphology: both are found once and remembered. The words of a
sentence leave the parser as one table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from foreshock.reading.languages.en_names import Names
from foreshock.reading.languages.en_ruler import Ruler
from foreshock.reading.languages.en_vectors import Vectors

NETWORKS = ("tok2vec", "tagger", "parser", "ner")
# Stages whose answers are remembered word by word, and the one that is asked last, of some sentences only.
WORDWISE, NAMING = ("attribute_ruler", "lemmatizer"), "ner"
COLUMNS = ("ORTH", "LOWER", "TAG", "DEP", "HEAD", "IDX", "LENGTH", "IS_SPACE")
READ = ("POS", "LEMMA")
# Dictionary forms that are remembered.
MOST = 50_000
BATCH = 256


class Word(NamedTuple):
    """A word as the parser has it: where it stands in its text, and an index for its head."""

    start: int
    end: int
    tag: str
    dep: str
    head: int
    upos: str
    lemma: str
    space: bool


@dataclass(slots=True)
class Analysis:
    """A parsed text: its words, and the name that each belongs to ("" none) once they were looked for."""

    doc: Any
    words: list[Word]
    names: Sequence[str] = ()


@dataclass(slots=True)
class Pipe:
    """A spaCy pipeline for English, run stage by stage over many sentences.

    Attributes:
        nlp: the pipeline as it was loaded.
        ruler: its attribute ruler, None where it has none that can be remembered.
        names: finds names by its network, None where that is one that only spaCy knows.
        vectors: gives the word vectors of its networks but that for names, None where only spaCy can.
        lemmas: (form, part of speech, morphology) -> dictionary form.
        labels: number in the vocabulary -> tag, relation or part of speech.
    """

    nlp: Any
    ruler: Ruler | None
    names: Names | None
    vectors: Vectors | None
    lemmas: dict[tuple[int, int, int], str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)

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
        _index(nlp)
        wordwise = nlp.has_pipe(WORDWISE[1]) and nlp.get_pipe(WORDWISE[1]).mode == "rule"
        names = Names.of(nlp.get_pipe(NAMING)) if nlp.has_pipe(NAMING) else None
        vectors = Vectors.of(nlp.get_pipe(NETWORKS[0]).model) if nlp.has_pipe(NETWORKS[0]) else None
        return cls(nlp, Ruler.of(nlp) if wordwise else None, names, vectors)

    def read(self, texts: Iterable[str]) -> list[Analysis]:
        """Return each text parsed, as the pipeline would, but for its names."""
        docs: list[Any] = [self.nlp.make_doc(text) for text in texts]
        for name, stage in self.nlp.pipeline:
            if name == NETWORKS[0] and self.vectors is not None:
                for at in range(0, len(docs), BATCH):
                    stage.set_annotations(docs[at : at + BATCH], self.vectors(docs[at : at + BATCH]))
            elif name != NAMING and (name not in WORDWISE or self.ruler is None):
                docs = list(stage.pipe(docs, batch_size=BATCH)) if hasattr(stage, "pipe") else [stage(doc) for doc in docs]
        return [Analysis(doc, self._words(doc)) for doc in docs]

    def name(self, read: Sequence[Analysis]) -> None:
        """Find the names of parsed texts, in place."""
        for at in range(0, len(read), BATCH):
            some = read[at : at + BATCH]
            docs = [one.doc for one in some]
            if self.names is not None:
                found = self.names(docs)
            else:
                named = self.nlp.get_pipe(NAMING).pipe(docs, batch_size=BATCH) if self.nlp.has_pipe(NAMING) else docs
                found = [[word.ent_type_ for word in doc] for doc in named]
            for one, names in zip(some, found, strict=True):
                one.names = names

    def _words(self, doc: Any) -> list[Word]:
        table = doc.to_array(COLUMNS)
        heads = table[:, COLUMNS.index("HEAD")].astype("int64").tolist()
        rows = table.tolist()
        label, said = self._label, self._said(doc, rows)
        return [
            Word(start, start + size, label(tag), label(dep), at + head, label(part), lemma, space == 1)
            for at, ((_, _, tag, dep, _, start, size, space), head, (part, lemma)) in enumerate(
                zip(rows, heads, said, strict=True)
            )
        ]

    def _label(self, number: int) -> str:
        known = self.labels.get(number)
        if known is None:
            known = self.labels[number] = str(self.nlp.vocab.strings[number])
        return known

    def _said(self, doc: Any, rows: Sequence[Sequence[int]]) -> list[tuple[int, str]]:
        """Return part of speech (its number) and dictionary form of each word."""
        strings, lemmas = self.nlp.vocab.strings, self.lemmas
        if self.ruler is None:
            return [(part, strings[lemma]) for part, lemma in doc.to_array(READ).tolist()]
        said: list[tuple[int, str]] = []
        for at, (row, (part, morph, lemma)) in enumerate(zip(rows, self.ruler(doc, rows), strict=True)):
            key = (row[0], part, morph)
            said.append((part, strings[lemma] if lemma else lemmas.get(key) or self._lemma(doc, at, key)))
        return said

    def _lemma(self, doc: Any, at: int, key: tuple[int, int, int]) -> str:
        if len(self.lemmas) > MOST:
            self.lemmas.clear()
        word = doc[at]
        word.pos = key[1]
        word.set_morph(key[2])
        lemma = self.lemmas[key] = str(self.nlp.get_pipe(WORDWISE[1]).lemmatize(word)[0])
        return lemma


def _index(nlp: Any) -> None:
    """Let the lemmatizer look its words up: it is shipped with lists of some ten thousand, which it goes through one by one."""
    if nlp.has_pipe(WORDWISE[1]):
        index = nlp.get_pipe(WORDWISE[1]).lookups.get_table("lemma_index", {})
        for part, words in list(index.items()):
            if isinstance(words, list):
                index[part] = frozenset(words)


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
