"""Spans moved to whole words, and characters that are not seen."""

from __future__ import annotations

import pytest

from foreshock.coding.encoder.clean import clean
from foreshock.coding.encoder.words import snapped, stripped


@pytest.mark.parametrize(
    ("text", "words", "language", "expected"),
    [
        ("Soldiers shelled the camp.", "oldier", "en", "Soldiers"),
        ("Soldiers shelled the camp.", "the camp.", "en", "the camp"),
        ("У Києві сказали", "Киє", "uk", "Києві"),
        ("政府は否定した。", "政府", "ja", "政府"),
        ("政府は否定した。", "政府は", "ja", "政府"),
        ("ことは否定した。", "ことは", "ja", "ことは"),
        ("정부는 부인했다", "정부", "ko", "정부"),
        ("the minister (Ann Lee) said", "(Ann Lee)", "en", "(Ann Lee)"),
        ("he said “we left” and", "“we left” and", "en", "“we left” and"),
        ("… — ,", "— ,", "en", ""),
    ],
)
def test_spans_end_where_words_end(text: str, words: str, language: str, expected: str) -> None:
    start = text.index(words)
    first, last = snapped(text, (start, start + len(words)), language)
    assert text[first:last] == expected


def test_quotation_marks_around_everything_stay_or_go_together() -> None:
    assert stripped("“the port is calm”", (0, 18)) == (0, 18)
    assert stripped("“the port is calm", (0, 17)) == (1, 17)


@pytest.mark.parametrize("hidden", ["\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\u00ad", "\ufeff"])
def test_hidden_characters_are_taken_out_with_a_way_back(hidden: str) -> None:
    text = f"shel{hidden}ling of Goma"
    cleaned, kept = clean(text)
    assert cleaned == "shelling of Goma"
    assert kept is not None
    assert "".join(text[offset] for offset in kept) == cleaned


def test_persian_keeps_its_non_joiner() -> None:
    text = "می\u200cگوید"
    assert clean(text) == (text, None)
