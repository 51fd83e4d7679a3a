"""Attributions as spans: sentence -> source, cue, content, form, holder and nesting; and what holders of claims tell of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from foreshock.coding.attributions.document import attributions_of
from foreshock.coding.attributions.spans import joined, trimmed, without
from foreshock.reading.languages import load

CASES = yaml.safe_load((Path(__file__).parent / "attributions.yaml").read_text(encoding="utf-8"))


def attributed(desk, text, language):
    desk.coder(language)
    reading = desk.reading(text, language)
    return attributions_of(reading, load(language), desk.catalogue)


def told(text, one):
    said = {
        "source": text[slice(*one.source)] if one.source else None,
        "cue": " ".join(text[a:b] for a, b in one.cue) or None,
        "content": [text[a:b] for a, b in one.content],
        "form": one.form,
        "holder": one.holder,
    }
    return said if one.within is None else {**said, "within": one.within}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['language']}: {case['rule']}")
def test_the_attributions_of_a_sentence(desk, case):
    found = attributed(desk, case["text"], case["language"])
    assert [told(case["text"], one) for one in found] == case["found"]


def test_a_long_quotation_is_carried_over_paragraphs_by_opening_marks(desk):
    text = "Lena Marsh said: “The dam has burst in two places.\n\n“Nobody has drowned so far.”\n\nIt rained."
    (one,) = [one for one in attributed(desk, text, "en") if one.form == "direct"]
    assert "Nobody" in text[one.content[0][0] : one.content[-1][1]]
    assert "rained" not in text[one.content[0][0] : one.content[-1][1]]


def test_labels_of_an_interview_are_sources(desk):
    text = "Q: Has the dam burst?\n\nMARSH: Yes, it burst at dawn.\n\nQ: Did you see it?\n\nMARSH: I saw it.\n\nWe walked home."
    turns = [one for one in attributed(desk, text, "en") if one.cue and text[slice(*one.cue[0])] == ":"]
    assert [text[slice(*one.source)] for one in turns] == ["Q", "MARSH", "Q", "MARSH"]
    assert all(one.form == "direct" for one in turns)


def test_one_colon_in_a_text_is_no_interview(desk):
    text = "It rained all night.\n\nThe result: two dams burst.\n\nNobody drowned."
    assert attributed(desk, text, "en") == ()


@pytest.mark.parametrize(
    ("language", "heading", "source"),
    [
        ("en", "Gabon: polls close after a quiet day", None),
        ("en", "Lena Marsh: the dam was never safe", "Lena Marsh"),
        ("fr", "Kazakhstan : le gouvernement tombe", None),
        ("fr", "Awa Diarra : le barrage n'a jamais été sûr", "Awa Diarra"),
    ],
)
def test_a_heading_names_its_speaker_but_a_place_is_its_topic(desk, language, heading, source):
    text = f"{heading}\n\n" + ("The rain fell all night." if language == "en" else "La pluie est tombée toute la nuit.")
    found = [text[slice(*one.source)] for one in attributed(desk, text, language) if one.source]
    assert found == ([source] if source else [])


def test_a_bracket_after_a_paragraph_is_its_source(desk):
    text = "The dam burst at dawn. Nobody drowned. (Valley Courier)"
    (one,) = attributed(desk, text, "en")
    assert (told(text, one)["source"], one.cue, told(text, one)["content"]) == (
        "Valley Courier",
        (),
        ["The dam burst at dawn. Nobody drowned"],
    )


def test_the_same_person_by_name_surname_and_pronoun(desk):
    text = "Lena Marsh arrived. Marsh said that the dam had burst. She added that nobody had drowned."
    assert [one.holder for one in attributed(desk, text, "en")] == ["Lena Marsh", "Lena Marsh"]


def test_first_person_inside_a_quotation_is_who_says_it(desk):
    text = "“I think the dam will burst,” said Lena Marsh."
    assert [one.holder for one in attributed(desk, text, "en")] == ["Lena Marsh", "Lena Marsh"]


def test_a_holder_tells_its_words(desk):
    text = "Police arrested the editor, Lena Marsh said."
    _, claims = desk.coded(text, "en")
    holder = claims[0].holders[-1]
    assert (text[holder.start : holder.end], [text[a:b] for a, b in holder.cue], holder.form) == (
        "Lena Marsh",
        ["said"],
        "indirect",
    )
    assert [text[a:b] for a, b in holder.content] == ["Police arrested the editor"]


def test_the_document_tells_none(desk):
    _, claims = desk.coded("Police arrested the editor.", "en")
    (holder,) = claims[0].holders
    assert (holder.start, holder.end, holder.cue, holder.content, holder.form) == (None, None, (), (), None)


def test_offsets_lie_in_the_text_and_order_is_that_of_the_text(desk):
    text = "Lena Marsh said that, according to two engineers, the dam, as everybody knew, had “burst”. “It did,” said Tomas Ode."
    found = attributed(desk, text, "en")
    spans = [span for one in found for span in (*one.cue, *one.content, *([one.source] if one.source else []))]
    assert found
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one.within is None or one.within < number for number, one in enumerate(found))


@pytest.mark.parametrize("text", ["(" * 4000 + "x" + ")" * 4000, "“" * 4000, '"a ' * 3000, "He said " * 600])
def test_hostile_texts_end_in_time(desk, text):
    attributed(desk, text, "en")


TRIMS = [
    ("  the dam, ", "the dam"),
    ("the dam)", "the dam"),
    ("the (old) dam", "the (old) dam"),
    ("in N.J.", "in N.J."),
    ("“dam", "dam"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "kept"), TRIMS)
def test_trimming(text, kept):
    start, end = trimmed(text, (0, len(text)))
    assert text[start:end] == kept


def test_cutting_and_joining():
    text = "The dam, she said, had burst."
    assert without((0, 28), [(9, 17)], text) == [(0, 7), (19, 28)]
    assert joined([(0, 3), (4, 7), (19, 28)], text) == [(0, 7), (19, 28)]
