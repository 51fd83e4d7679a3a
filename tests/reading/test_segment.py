"""Sentences: tables of cases, and the law that nothing is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.reading import languages
from foreshock.reading.segment import paragraphs, segment, split

CASES = [
    ("ja", "港は閉じた。。 道も閉じた。. 以上です。", ["港は閉じた。。", "道も閉じた。.", "以上です。"]),
    ("ja", "「港は閉じた。」と彼は述べた。次は道だ。", ["「港は閉じた。」と彼は述べた。", "次は道だ。"]),
    ("ja", "「港は閉じた。道も閉じた。次は橋だ。", ["「港は閉じた。", "道も閉じた。", "次は橋だ。"]),
    ("ja", "橋は開いている。 (ローザ・ケラー、港新聞)", ["橋は開いている。", "(ローザ・ケラー、港新聞)"]),
    ("ja", "U.S.軍は3.5キロ進んだ。終わり", ["U.S.軍は3.5キロ進んだ。", "終わり"]),
    ("zh", "港口关闭了！为什么？没有人知道。", ["港口关闭了！", "为什么？", "没有人知道。"]),
    ("en", "Gen. Omar Bek of the U.S. Army spoke. Mr. Lo left at 5 p.m. Then it rained.",
     ["Gen. Omar Bek of the U.S. Army spoke.", "Mr. Lo left at 5 p.m.", "Then it rained."]),
    ("en", 'He asked for "noise".. . The port closed.', ['He asked for "noise".. .', "The port closed."]),
    ("en", '"We stay," she said. "Nobody moves.', ['"We stay," she said.', '"Nobody moves.']),
    ("en", "J. R. Hale said no. No. 5 was hit.", ["J. R. Hale said no.", "No. 5 was hit."]),
    ("ru", "5 января 2022 г. Т. Омаров заявил. Его нет.", ["5 января 2022 г. Т. Омаров заявил.", "Его нет."]),
    ("fr", "Mme. Durand est partie. M. Petit reste.", ["Mme. Durand est partie.", "M. Petit reste."]),
    ("ar", "أغلق الميناء. هل فتح؟ لا.", ["أغلق الميناء.", "هل فتح؟", "لا."]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "sentences"), CASES)
def test_cases(language: str, text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in split(text, language=language)] == sentences


def test_headings_bylines_and_dates_stand_alone() -> None:
    text = "港は閉じた\n\n(へ マリア・ベルナ)\n08/01/22\n\n橋は開いている。道は閉じた。"
    spans = segment(text, split=languages.load("und").split)
    assert [(one.paragraph, text[one.start : one.end]) for one in spans][:3] == [
        (0, "港は閉じた"),
        (1, "(へ マリア・ベルナ)"),
        (2, "08/01/22"),
    ]


def test_a_wrapped_line_goes_on_and_a_heading_does_not() -> None:
    text = "Harbour closed\nThe harbour of the old town was closed on Friday after the\nstorm, and stays closed.\n"
    assert [text[one.start : one.end].count("\n") for one in paragraphs(text)] == [0, 1]


def test_a_language_that_loses_text_is_mended() -> None:
    text = "one two three"
    assert [(one.start, one.end) for one in segment(text, split=lambda part: [(4, 7)])] == [(0, 3), (4, 13)]


ALPHABET = st.sampled_from("aBéж年の。.!?？…」「』()\"“” \t\n\r\u2028　5,-'X")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(text=st.text(alphabet=ALPHABET, max_size=120), language=st.sampled_from(["en", "ja", "zh", "ru", "ar", "de", "und", "xx"]))
def test_law_of_coverage(text: str, language: str) -> None:
    spans = segment(text, split=lambda part: split(part, language=language))
    assert all(one.start < one.end and text[one.start : one.end].strip() == text[one.start : one.end] for one in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(text[one.start : one.end].split()) for one in spans) == "".join(text.split())


def test_registry_reads_unknown_languages_on_the_surface() -> None:
    reader = languages.load("sw")
    assert (reader.code, reader.depth) == ("und", "surface")
    assert {"en", "ja"} <= set(languages.codes())
