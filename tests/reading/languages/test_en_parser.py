"""The English parser's own stages give what spaCy's give, word for word."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("spacy")

import spacy

from foreshock.reading.languages.en import MODELS, readable
from foreshock.reading.languages.en_names import Names
from foreshock.reading.languages.en_parser import Pipe
from foreshock.reading.languages.en_ruler import Ruler
from foreshock.reading.languages.en_vectors import Vectors

ROOT = Path(__file__).parents[3]
MODEL = next((name for name in MODELS if importlib.util.find_spec(name) is not None), None)
TEXTS = [
    "Let's go, he said; y'all can come   along. I'm gonna do it, and it ain't so.",
    "There's a man in New York. There are three of Mr. Lee's 2,000 men from the U.S. Army at the Port of Sudan",
    "C'mon! Nothin' left? They got ta leave Port-au-Prince by 5 p.m. on Monday, 3 March 2022",
    "  Two blanks  before Kofi Annan Avenue, Accra\twas closed. \n",
    "XNUMX people died.",
    "",
    "Washington",
]


@pytest.fixture(scope="module")
def plain() -> Any:
    if MODEL is None:
        pytest.skip("no English model is installed")
    return spacy.load(MODEL)


@pytest.fixture(scope="module")
def pipe() -> Pipe:
    if MODEL is None:
        pytest.skip("no English model is installed")
    return Pipe.of(spacy.load(MODEL))


@pytest.fixture(scope="module")
def texts() -> list[str]:
    article = (ROOT / "tests/gold/articles/en_srilanka.txt").read_text(encoding="utf-8")
    return [readable(text) for text in [*TEXTS, *article.split("\n")]]


def told(pipe: Pipe, texts: list[str]) -> list[list[tuple[Any, ...]]]:
    read = pipe.read(texts)
    pipe.name(read)
    return [
        [
            (one.start, one.tag, one.dep, one.head, one.upos, one.lemma, one.space, name)
            for one, name in zip(some.words, some.names, strict=True)
        ]
        for some in read
    ]


def said(nlp: Any, texts: list[str]) -> list[list[tuple[Any, ...]]]:
    return [
        [(one.idx, one.tag_, one.dep_, one.head.i, one.pos_, one.lemma_, one.is_space, one.ent_type_) for one in doc]
        for doc in nlp.pipe(texts)
    ]


def test_words_and_names_are_those_of_the_pipeline(plain, pipe, texts):
    assert pipe.ruler is not None
    assert pipe.names is not None
    assert told(pipe, texts) == said(plain, texts)
    assert told(pipe, texts) == said(plain, texts), "what is remembered says the same"
    assert pipe.ruler.known
    assert pipe.lemmas


def test_batches_do_not_matter(pipe, texts):
    assert [one for text in texts for one in told(pipe, [text])] == told(pipe, texts)


def test_a_pipeline_of_another_make_is_run_as_it_is(plain, texts):
    other = Pipe(plain, None, None, None)
    assert told(other, texts) == said(plain, texts)


def test_other_networks_and_rulers_are_left_to_the_parser(plain):
    ner, parser = plain.get_pipe("ner"), plain.get_pipe("parser")
    assert Names.of(ner) is not None
    assert Vectors.of(ner.model) is None
    assert Names.of(SimpleNamespace(model=ner.model, moves=ner.moves, cfg={"beam_width": 4})) is None
    assert Names.of(SimpleNamespace(model=parser.model, moves=ner.moves, cfg={})) is None
    assert Names.of(SimpleNamespace(model=ner.model, moves=parser.moves, cfg={})) is None
    nlp = spacy.blank("en")
    assert Ruler.of(nlp) is None
    nlp.add_pipe("attribute_ruler").add([[{"SHAPE": "dddd"}]], {"POS": "NUM"})
    assert Ruler.of(nlp) is None


def test_what_is_remembered_is_bounded(pipe, texts, monkeypatch):
    monkeypatch.setattr("foreshock.reading.languages.en_ruler.MOST", 3)
    monkeypatch.setattr("foreshock.reading.languages.en_parser.MOST", 3)
    monkeypatch.setattr("foreshock.reading.languages.en_vectors.MOST", 3)
    assert pipe.ruler is not None
    assert pipe.vectors is not None
    vectors = replace(pipe.vectors, rows={}, table=None)
    small = replace(pipe, ruler=replace(pipe.ruler, known={}, _opens={}), lemmas={}, vectors=vectors)
    before = told(pipe, texts)
    assert told(small, texts) == before
    assert len(small.lemmas) <= 4
