"""Factuality: rules and signatures by example and counter-example (factuality_en.yaml), and the tables they read."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from foreshock.coding.factuality import Factuality, Question, scale
from foreshock.coding.frames import Frames
from foreshock.coding.signatures import KEYS, signatures
from foreshock.coding.status import PRECEDENCE
from foreshock.errors import ReadingError
from foreshock.model import Sentence
from foreshock.reading.languages import load, table

CUT = 0.5
CASES: list[list[str]] = yaml.safe_load((Path(__file__).parent / "factuality_en.yaml").read_text(encoding="utf-8"))
LANGUAGES = ("en", "es", "fr", "ja", "ru")


@pytest.fixture(scope="module")
def valued() -> dict[tuple[str, str], dict[Question, float | None]]:
    """Return the value of each case's word for each question, of one parse of all sentences."""
    language = load("en")
    sentences = [Sentence("t", n, 0, len(text), text, "en") for n, (_, text, *_rest) in enumerate(CASES)]
    found: dict[tuple[str, str], dict[Question, float | None]] = {}
    for (_, text, word, *_rest), parse in zip(CASES, language.parse(sentences), strict=True):
        token = next(one.index for one in reversed(parse.tokens) if one.text == word)
        frames = Frames.build(language.table)
        found[text, word] = {
            question: Factuality(frames, language.table, question).of(parse, token) for question in get_args(Question)
        }
    return found


@pytest.mark.parametrize(("rule", "text", "word", "expected", "happened"), CASES, ids=str)
def test_a_word_is_as_factual_as_its_text_makes_it(valued, rule, text, word, expected, happened):
    value = valued[text, word]
    told = {name: "so" if (one or 0) > CUT else "not" if (one or 0) < -CUT else "open" for name, one in value.items()}
    assert (told["expected"], told["happened"]) == (expected, happened), (rule, value)


@pytest.mark.parametrize("question", get_args(Question))
def test_every_status_has_a_worth_on_the_scale(question):
    worth: dict[str, Any] = dict(scale(question))
    assert set(worth["status"]) == set(PRECEDENCE)
    assert all(-3 <= value <= 3 for group in ("status", "relation", "certainty") for value in worth[group].values())


def test_a_table_has_no_word_in_two_signatures():
    for code in LANGUAGES:
        listed = (table(code).get("factuality") or {}).get("signatures") or {}
        words = [word for some in listed.values() for word in some]
        assert sorted(words) == sorted(set(words)), code
        assert len(signatures(table(code))) == len(words)


def test_english_has_words_of_every_signature():
    assert set((table("en")["factuality"])["signatures"]) == set(KEYS)


def test_an_unknown_signature_is_refused():
    with pytest.raises(ReadingError, match=r"'\+\?/--'.*'xx'"):
        signatures({"code": "xx", "factuality": {"signatures": {"+?/--": ["x"]}}})
