"""Quotations and bylines in the layout of a text."""

from __future__ import annotations

import pytest

from foreshock.coding.discourse import byline, looks_like_name, looks_like_person, paragraph_spans, quotations
from tests.coding.builders import sentence

QUOTED = [
    ("He said “we go”. Then “stay”.", ["we go", "stay"]),
    ('"One. Two," she said. "Three."', ["One. Two,", "Three."]),
    ("彼は「『行く』と言った」と述べた。", ["『行く』と言った"]),
    ("«Мы уходим», сказал он.", ["Мы уходим"]),
    ("„Wir gehen“, sagte er.", ["Wir gehen"]),
    ("「途中で切れた引用がここに続いている", ["途中で切れた引用がここに続いている"]),
    ('a 6" pipe', []),
    ("no quotation", []),
    ("", []),
    ("」 alone", []),
]


@pytest.mark.parametrize(("text", "found"), QUOTED)
def test_quotations(text, found):
    assert [text[one.start : one.end] for one in quotations(text, 0, len(text))] == found


def test_an_unclosed_quotation_says_so_and_stays_in_its_paragraph():
    text = "「一つ目の段落は閉じていない引用である。\n\n次の段落」"
    (one,) = quotations(text, 0, text.index("\n"))
    assert (one.closed, text[one.end - 1]) == (False, "。")


def test_offsets_are_of_the_document():
    text = "First. “Go,” he said."
    (one,) = quotations(text, 7, len(text))
    assert text[one.start : one.end] == "Go,"


BYLINES = [
    ("It rained. (Lena Marsh, The Harbour Post)", ("Lena Marsh", "The Harbour Post"), True, True),
    ("It rained (Lena Marsh of The Harbour Post).", ("Lena Marsh", "The Harbour Post"), False, False),
    ("雨が降った。(レナ・マーシュ、港湾新報)", ("レナ・マーシュ", "港湾新報"), True, True),
    ("雨が降った。(HarbourPostのLenaMarsh)", ("HarbourPost", "LenaMarsh"), True, False),
    ("雨が降った。(港湾新報)", ("港湾新報",), True, False),
    ("Il pleut. (Léa Roux, Le Quai)", ("Léa Roux", "Le Quai"), True, True),
    ("It rained (all day) and then stopped.", None, None, None),
    ("(Lena Marsh)", None, None, None),
    ("It rained. ()", None, None, None),
    (f"It rained. ({'x' * 90})", None, None, None),
]


@pytest.mark.parametrize(("text", "names", "after_stop", "listed"), BYLINES)
def test_bylines(text, names, after_stop, listed):
    found = byline(text, 0, len(text))
    if names is None:
        assert found is None
    else:
        assert (found.names, found.after_stop, found.listed) == (names, after_stop, listed)
        assert text[found.start] in "(（"


@pytest.mark.parametrize(
    ("text", "name", "person"),
    [
        ("Lena Marsh", True, True),
        ("The Harbour Post", True, False),
        ("Marsh", True, False),
        ("レナ・マーシュ", True, None),
        ("all day", False, False),
        ("", False, False),
    ],
)
def test_what_looks_like_a_name(text, name, person):
    assert looks_like_name(text) is name
    if person is not None:
        assert looks_like_person(text) is person


def test_a_paragraph_runs_from_its_first_sentence_to_its_last():
    rows = [sentence("One.", paragraph=0), sentence("Two.", start=5, paragraph=0), sentence("Three.", start=11, paragraph=1)]
    assert paragraph_spans(rows) == {0: (0, 9), 1: (11, 17)}
