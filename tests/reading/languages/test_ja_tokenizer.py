"""Sudachi's words as documents: every character kept, numbers and rare words generalised, long texts cut."""

from __future__ import annotations

from typing import Any

import pytest

from foreshock.reading.languages.japanese.tokenizer import Tokenizer, learnt, script


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    pytest.importorskip("sudachipy")
    spacy = pytest.importorskip("spacy")
    return Tokenizer(spacy.blank("xx").vocab, frozenset(("部隊", "撤退")))


def rows(document: Any) -> list[tuple[str, str, str, str]]:
    return [(token.text, token.tag_, token.lemma_, token.pos_) for token in document]


def test_words_have_their_grammar(tokenizer: Tokenizer) -> None:
    assert rows(tokenizer("部隊は撤退した。")) == [
        ("部隊", "名詞-普通名詞-一般", "部隊", "NOUN"),
        ("は", "助詞-係助詞", "は", "ADP"),
        ("撤退", "名詞-普通名詞-サ変可能", "撤退", "VERB"),
        ("し", "動詞-非自立可能", "する", "AUX"),
        ("た", "助動詞", "た", "AUX"),
        ("。", "補助記号-句点", "。", "PUNCT"),
    ]


def test_conjugation_is_kept(tokenizer: Tokenizer) -> None:
    assert [token.morph.get("Inflection") for token in tokenizer("逃げた")] == [["連用形-一般"], ["終止形-一般"]]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "部隊 は",
        "  部隊\u3000は\n撤退 ",
        "XNUMX人が…死亡",
        "２０２２年①㍉",
        "か\u3099らす",
        "𠮷野家🚀",
        "た" * 50_000,
        "町、" * 20_000,
    ],
)
def test_every_character_is_kept(text: str, tokenizer: Tokenizer) -> None:
    document = tokenizer(text)
    assert document.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in document)


@pytest.mark.parametrize(
    ("normal", "known", "counts_as"),
    [("部隊", {"部隊"}, "部隊"), ("旅団", {"部隊"}, "?"), ("旅団", None, "旅団"), ("2022", {"部隊"}, "#4"), ("15", None, "#2")],
)
def test_what_a_word_counts_as(normal: str, known: set[str] | None, counts_as: str) -> None:
    assert learnt(normal, known) == counts_as


@pytest.mark.parametrize(
    ("text", "shape"), [("空港", "k"), ("ロシア軍", "tk"), ("逃げる", "kh"), ("15日", "dk"), ("CSTO", "a"), ("。", "."), ("", "")]
)
def test_script(text: str, shape: str) -> None:
    assert script(text) == shape
