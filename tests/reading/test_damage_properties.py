"""Each injected damage of a kind that can be seen is found, and clean sentences stay clean."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.model import Damage, Sentence
from foreshock.ontology.outlets import load
from foreshock.reading.damage import SIGNS, detect
from foreshock.reading.damage.page import Page
from foreshock.reading.segment import segment, split
from tests import damage_injector as injector

LANGUAGES = ("en", "ja", "ru", "fr", "es", "de", "zh", "ar")
BROKEN = [
    (code, make)
    for code in LANGUAGES
    for make in (
        injector.placeholder,
        injector.swapped_pair,
        injector.digit_beside,
        injector.doubled,
        injector.glued,
        injector.translated_outlet,
    )
] + [
    *((code, injector.dropped_digit) for code in ("en", "ja", "zh", "ar", "es", "de")),
    *((code, injector.swapped_unit) for code in ("en", "ja", "ru", "fr", "es", "de", "zh")),
    *((code, injector.mojibake) for code in ("ru", "fr", "es", "de")),
]


def damage(text: str, language: str) -> tuple[Damage, ...]:
    spans = segment(text, split=lambda part: split(part, language=language))
    sentences = [Sentence("d", i, s.start, s.end, text[s.start : s.end], language, s.paragraph) for i, s in enumerate(spans)]
    return detect(text, language=language, sentences=sentences)


@pytest.mark.parametrize(("language", "make"), BROKEN, ids=lambda value: getattr(value, "__name__", value))
@settings(max_examples=12, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_what_is_injected_is_found(language: str, make: object, seed: int) -> None:
    injected = make(language, random.Random(seed))
    hits = [one for one in damage(injected.text, language) if one.kind == injected.kind]
    touching = [one for one in hits if one.start < injected.end and injected.start < one.end]
    assert touching, (injected, damage(injected.text, language))
    assert all(injected.text[one.start : one.end] == one.raw for one in hits)


@pytest.mark.parametrize("language", LANGUAGES)
def test_displaced_years_are_proposed(language: str) -> None:
    injected = injector.swapped_pair(language, random.Random(7))
    found = {(one.kind, one.raw): one.proposal for one in damage(injected.text, language)}
    assert found[("lost_number", "XNUMX")] == injected.was
    assert found[("suspect_number", injected.was)] is None


@pytest.mark.parametrize("language", ["fr", "es", "de", "ru"])
def test_mojibake_is_repaired_beside_the_text(language: str) -> None:
    injected = injector.mojibake(language, random.Random(3))
    assert injected.was in {one.proposal for one in damage(injected.text, language)}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=20, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_clean_sentences_stay_clean(language: str, seed: int) -> None:
    rng = random.Random(seed)
    lines = [" ".join(rng.sample(injector.CLEAN[language], 3)) for _ in range(3)]
    assert damage("\n\n".join(lines), language) == ()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    text=st.text(alphabet=st.sampled_from("aZб年人つXNUM 0127.。…()「」'\"\n,?□$%{}Ãé"), max_size=80),
    language=st.sampled_from(LANGUAGES),
)
def test_any_text_gives_ordered_true_spans(text: str, language: str) -> None:
    found = damage(text, language)
    assert [(one.start, one.end) for one in found] == sorted((one.start, one.end) for one in found)
    assert all(one.start < one.end and text[one.start : one.end] == one.raw and one.why for one in found)
    assert len({(one.kind, one.start, one.end) for one in found}) == len(found)


@pytest.mark.parametrize(("language", "counter"), [("ja", "つの町"), ("ko", "가지"), ("en", " people")])
def test_a_number_of_thousands_of_digits_is_read(language: str, counter: str) -> None:
    text = f"{'1' * 5000}{counter}"
    assert all(text[one.start : one.end] == one.raw for one in damage(text, language))


# Signs of damage and what looks like them, on both sides of what a sign asks for.
PIECES = [
    "0 0 / 0 0", "AT LEAST", "at leaſt people", "a total of", "XNUMX", "xxnum", "{1}", "%s", "$DNT3", "?", "□ people", "  people",
    "..", ". .", ". .。", ",,", ", ,", ";;", "،،", "؟؟", "。", "、,", "JohnSmith", "МаринаИванова", "theGuardian", "(", ")", "«",
    "”", "[x]", "34 people", "2022 tanks", "٣٤", "aged 1999", "34people", "said", "and.", "の人が", "カザフスタンテレビ", "\n\n",
    "İstanbul", "…", "“The", "killed",
]  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    parts=st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=8),
    language=st.sampled_from(LANGUAGES),
    glue=st.sampled_from(["", " "]),
)
def test_without_its_sign_a_detector_finds_nothing(parts: list[str], language: str, glue: str) -> None:
    text = glue.join(parts)
    spans = segment(text, split=lambda part: split(part, language=language))
    sentences = tuple(Sentence("d", i, s.start, s.end, text[s.start : s.end], language, s.paragraph) for i, s in enumerate(spans))
    page = Page(text, language, sentences, load())
    for detector, sign in SIGNS.items():
        assert sign(page) or not tuple(detector(page)), detector.__module__


@pytest.mark.parametrize(("language", "make"), BROKEN, ids=lambda value: getattr(value, "__name__", value))
def test_every_injected_damage_bears_its_sign(language: str, make: object) -> None:
    for seed in range(12):
        text = make(language, random.Random(seed)).text
        spans = segment(text, split=lambda part: split(part, language=language))
        sentences = tuple(
            Sentence("d", i, s.start, s.end, text[s.start : s.end], language, s.paragraph) for i, s in enumerate(spans)
        )
        page = Page(text, language, sentences, load())
        for detector, sign in SIGNS.items():
            assert sign(page) or not tuple(detector(page)), (detector.__module__, text)
