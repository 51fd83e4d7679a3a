"""Patterns and phrases of the surface rules."""

from __future__ import annotations

import pytest

from foreshock.coding.shallow.phrases import PhraseTable, places_of
from foreshock.coding.shallow.words import Token, WordIndex, folded


def tokens(text: str, *, spaced: bool = True) -> list[Token]:
    words = text.split() if spaced else list(text)
    return [Token(at, at + len(word), word, folded(word)) for at, word in enumerate(words)]


@pytest.mark.parametrize(
    ("pattern", "word", "found"),
    [
        ("verhaft*", "Verhaftung", True), ("verhaft*", "unverhaftet", False), ("*angriff", "Raketenangriff", True),
        ("*ministeri*", "Innenministeriums", True), ("streik", "Streik", True), ("streik", "Streiks", False),
        ("ateş", "ATEŞ", True), ("полон*", "ПОЛОНЕНИХ", True), ("غاره", "غارة", True), ("آتشبس", "آتش‌بس", True),
    ],
)  # fmt: skip
def test_a_pattern_is_letters_and_a_star_for_any_others(pattern, word, found) -> None:
    index = WordIndex()
    index.add(pattern)
    assert bool(index.scan(tokens(word))) is found


def test_a_proclitic_is_taken_off_where_enough_is_left() -> None:
    index = WordIndex(prefixes=("وال", "ال", "و"))
    number = index.add("شرطه")
    assert [one.pattern for one in index.scan(tokens("والشرطة"))] == [number]
    index.add("قع")
    assert index.scan(tokens("وقع")) == []


def test_of_runs_of_characters_the_longest_counts() -> None:
    index = WordIndex(spaced=False)
    protest, protester = index.add("示威"), index.add("示威者")
    assert [one.pattern for one in index.scan(tokens("示威者", spaced=False))] == [protester]
    assert [one.pattern for one in index.scan(tokens("示威了", spaced=False))] == [protest]


@pytest.mark.parametrize(
    ("ordered", "text", "count"),
    [(False, "nahm die Stadt ein", 1), (False, "ein Haus nahm er", 1), (True, "ein Haus nahm er", 0), (True, "nahm sie ein", 1)],
)
def test_the_words_of_a_phrase_stand_apart_and_where_asked_in_order(ordered, text, count) -> None:
    index = WordIndex()
    table: PhraseTable[str] = PhraseTable(index, ordered=ordered)
    table.add("nahm ein", "take")
    assert len(table.find(places_of(index.scan(tokens(text))))) == count


def test_words_too_far_apart_are_no_phrase() -> None:
    index = WordIndex()
    table: PhraseTable[str] = PhraseTable(index, near=3)
    table.add("nahm ein", "take")
    assert table.find(places_of(index.scan(tokens("nahm a b c d ein")))) == []
