"""Laws that hold of every claim of every text, whatever it says, and texts that are made to break them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreshock.errors import ReadingError
from foreshock.model import (
    Basis,
    Bound,
    Certainty,
    Claim,
    FigureState,
    FigureWhat,
    HolderRole,
    Kind,
    Phase,
    PlacePrecision,
    Reading,
    Status,
    claim_id,
)
from tests.desk import SOURCE, Desk

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("claims.yaml").read_text(encoding="utf-8"))
LANGUAGES = ("en", "ja")
SLOW = 20.0
FAST = settings(
    max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PIECES = {
    "en": [
        "the army",
        "said",
        "that",
        '"',
        "(",
        ")",
        "denied",
        "XNUMX",
        "12",
        "killed",
        ".",
        ",",
        "\n\n",
        "\u202e",
        "if",
        "to",
        "“",
        "not",
        "?",
    ],
    "ja": [
        "軍",
        "は",
        "と",
        "述べた",
        "「",
        "」",
        "否定",
        "XNUMX",
        "12",
        "人",
        "殺害",
        "。",
        "、",
        "\n\n",
        "\u200b",
        "なら",
        "よう",
        "(",
        "ない",
        "?",
    ],
}


def check(reading: Reading, claims: tuple[Claim, ...], coder: str) -> None:
    """Assert what the contract says of every claim."""
    document = reading.document
    assert [(one.start, one.end) for one in claims] == sorted((one.start, one.end) for one in claims)
    assert len({one.id for one in claims}) == len(claims)
    for one in claims:
        assert 0 <= one.start < one.end <= len(document.text)
        assert one.text == document.text[one.start : one.end]
        assert any(s.start <= one.start and one.end <= s.end for s in reading.sentences)
        assert (one.document_id, one.version, one.coder) == (document.id, document.version, coder)
        assert one.id == claim_id(document.id, document.version, one.start, one.end, one.kind, coder)
        assert one.kind in get_args(Kind)
        assert one.status in get_args(Status)
        assert one.certainty in get_args(Certainty)
        assert one.basis in get_args(Basis)
        assert one.phase is None or one.phase in get_args(Phase)
        assert 0 < one.confidence <= 1
        assert (one.holders[0].role, one.holders[0].name) == ("document", SOURCE)
        assert all(holder.role in get_args(HolderRole)[1:] and holder.name.strip() for holder in one.holders[1:])
        assert one.holders[-1].status == one.status
        assert not (one.status == "denied" and one.negated)
        assert one.place is None or one.place.precision is None or one.place.precision in get_args(PlacePrecision)
        for damage in one.damage:
            assert damage.start < one.end
            assert damage.end > one.start
        check_figures(one, document.text)


def check_figures(claim: Claim, text: str) -> None:
    for one in claim.figures:
        assert claim.start <= one.start < one.end <= claim.end
        assert text[one.start : one.end] in one.raw or one.raw in text
        assert one.what in get_args(FigureWhat)
        assert one.state in get_args(FigureState)
        assert one.bound is None or one.bound in get_args(Bound)
        if one.state != "read":
            assert one.best is None
        if one.low is not None and one.high is not None:
            assert one.low <= one.high
        if one.best is not None:
            assert one.low is None or one.low <= one.best
            assert one.high is None or one.best <= one.high


def code(desk: Desk, text: str, language: str) -> tuple[Claim, ...]:
    """Code a text and check the laws; a text without words is refused by reading, by name."""
    coder = desk.coder(language)
    if not text.strip():
        with pytest.raises(ReadingError, match="empty"):
            desk.reading(text, language)
        return ()
    reading, claims = desk.fresh(text, language)
    check(reading, claims, coder.name)
    return claims


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_laws_hold_of_the_whole_table(desk, language):
    for case in CASES:
        if case["language"] == language:
            reading, claims = desk.coded(case["text"], language, published=case.get("published"))
            check(reading, claims, desk.coder(language).name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_runs_give_the_same_claims(desk, language):
    text = "\n\n".join(case["text"] for case in CASES if case["language"] == language)
    reading = desk.reading(text, language, published="2024-05-16")
    claims = desk.coder(language).code(reading)
    check(reading, claims, desk.coder(language).name)
    assert len(claims) > 50
    assert claims == desk.coder(language).code(reading)


@pytest.mark.parametrize("language", LANGUAGES)
@given(text=st.text(max_size=60))
@FAST
def test_any_text_is_coded_without_an_error(desk, language, text):
    code(desk, text, language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
@FAST
def test_any_row_of_telling_words_is_coded_without_an_error(desk, language, data):
    words = data.draw(st.lists(st.sampled_from(PIECES[language]), max_size=16))
    code(desk, (" " if language == "en" else "").join(words), language)


ODD = [
    " ",
    "\n\n\n",
    "\u200b",
    ".",
    "。",
    "「」",
    "()",
    '"',
    "a",
    "軍",
    "12",
    "XNUMX",
    "\ufeffThe army fled.",
    "\x00The army fled.",
    "The\u200b army\u200d shelled\u2060 the town.",
    "\u202eThe army shelled the town.\u202c",
    "The army\u00a0shelled\u2028the town.",
    "軍は\u200b町を\u200d砲撃した。",
    "\u202b軍は町を砲撃した。\u202c",
    "THE ARMY SHELLED THE TOWN!!!",
    "🔥🔥 the army 🔥 shelled 👩‍👩‍👧 towns 🔥",
    "The army shelled the town\n" * 3,
    "„ “ ” « » 「 」 『 』",
    "((((((((((",
    "e\u0301" * 30,
    "قال الجيش إنه قصف المدينة.",
    "\r\nArmy\r\n\r\nfled.\r\n",
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_texts_are_coded_without_an_error(desk, language, text):
    code(desk, text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The army shelled the town and the mayor said that " * 100),
        ("en", "a" * 5000),
        ("en", "(" * 2500 + "x" + ")" * 2500),
        ("en", "“the army, " * 450),
        # Half as long: the time for a chain of Japanese clauses grows with the cube of its length.
        ("ja", "軍は町を砲撃し市長は辞任したと述べたが" * 131),
        ("ja", "軍" * 5000),
        ("ja", "「軍は、" * 1250),
    ],
    ids=["en speech", "en word", "en brackets", "en quotes", "ja speech", "ja word", "ja quotes"],
)
def test_a_sentence_without_a_stop_ends_in_time(desk, language, text):
    desk.coder(language).code(desk.reading("warm 軍。", language))
    begun = time.perf_counter()
    code(desk, text, language)
    assert time.perf_counter() - begun < SLOW


@pytest.mark.parametrize("language", LANGUAGES)
def test_lost_and_suspect_figures_have_no_value(desk, language):
    text = {
        "en": "At least XNUMX people died in Lagos. Some ? soldiers were hurt.",
        "ja": "ラゴスで少なくともXNUMX人が死亡した。兵士?人が負傷した。",
    }[language]
    figures = [figure for claim in desk.coded(text, language)[1] for figure in claim.figures]
    assert figures
    assert all(figure.state in ("lost", "suspect") and figure.best is None for figure in figures)
