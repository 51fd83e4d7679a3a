"""What parsers learn of words is bounded, and a parser that was loaded anew says the same."""

from __future__ import annotations

import gc
import weakref
from types import SimpleNamespace
from typing import Any

import pytest

from foreshock.model import Sentence
from foreshock.pipeline.resting import resting
from foreshock.reading.languages import load, ru_lemmas, table, vocabulary
from foreshock.reading.languages.base import Parse
from foreshock.reading.languages.vocabulary import Held

SAID = {
    "en": "Police in Karsa{0} detained {0} people on Sunday, mayor Brek{0} said.",
    "es": "La policía de Karsa{0} detuvo a {0} personas el domingo, dijo el alcalde Brek{0}.",
    "ja": "Karsa{0}市の警察は日曜日に{0}人を拘束したとBrek{0}市長が述べた。",
}
NEEDS = {"es": "simplemma", "ja": "sudachipy"}
TEXTS, AT_ONCE = 120, 20
# Strings that a parser may learn here: Japanese cuts a name and its number.
LEARNED = {"en": 250, "es": 250, "ja": 60}


def parse(language: Any, first: int) -> list[Parse]:
    texts = [SAID[language.code].format(1000 + number) for number in range(first, first + AT_ONCE)]
    return list(language.parse([Sentence("d", 0, 0, len(text), text, language.code) for text in texts]))


@pytest.mark.parametrize("code", SAID)
def test_a_parser_does_not_keep_every_word(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("spacy")
    pytest.importorskip(NEEDS.get(code, "spacy"))
    monkeypatch.setattr(vocabulary, "LEARNED", LEARNED[code])
    known: Any = load(code)
    ours = type(known)(table(code))
    sizes = []
    for first in range(0, TEXTS, AT_ONCE):
        assert parse(ours, first) == parse(known, first)
        sizes.append(len(ours._parser._parser.vocab.strings) - ours._parser.strings)
    # One reading may go over by what it says: at most some five strings a sentence.
    assert max(sizes) <= LEARNED[code] + 10 * AT_ONCE, sizes
    assert sizes != sorted(sizes)


def test_a_parser_is_loaded_anew_when_it_has_learned_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    spacy = pytest.importorskip("spacy")
    monkeypatch.setattr(vocabulary, "LEARNED", LEARNED["en"])
    times: list[int] = []

    def blank() -> Any:
        times.append(1)
        return spacy.blank("en")

    held = Held(blank)
    begun = len(held.ready().vocab.strings)
    for number in range(TEXTS):
        held.ready()(f"Brek{number} of Karsa{number} and {number}")
    assert len(times) > 1
    assert len(held.ready().vocab.strings) - begun <= LEARNED["en"] + 20


def test_russian_words_are_forgotten_before_they_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    pymorphy3 = pytest.importorskip("pymorphy3")
    monkeypatch.setattr(ru_lemmas, "REMEMBERED", 20)
    lemmas = ru_lemmas.Lemmatizer(pymorphy3.MorphAnalyzer(), {})
    for number in range(100):
        assert lemmas.read(f"бреком{chr(0x430 + number % 32)}{number}", "NOUN", {"Case": "Ins"}).lemma
        assert len(lemmas._known) <= 20
    assert lemmas.read("городом", "NOUN", {"Case": "Ins"}).lemma == "город"


class Knotted:
    """A parser as spaCy's are: its parts hold each other, so only the collector frees it."""

    def __init__(self) -> None:
        self.vocab = SimpleNamespace(strings=[], parser=self)


def test_a_parser_that_is_given_up_goes_even_while_the_collector_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "LEARNED", 20)
    held = Held(Knotted)
    gone = weakref.ref(held.ready())
    with resting():
        held.ready().vocab.strings.extend(range(50))
        assert held.ready().vocab.strings == []
        assert gone() is None
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
