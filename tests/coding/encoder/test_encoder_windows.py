"""Windows over sentences: whole sentences, context before them, nothing cut off in silence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.coding.encoder.model import Model, load
from foreshock.coding.encoder.windows import CONTEXT, OWN, PART, windows_of
from foreshock.model import Sentence

pytest.importorskip("onnxruntime")
LONGEST = 512


@pytest.fixture(scope="module")
def model() -> Model:
    return load()


def sentences(*texts: str, language: str = "en") -> list[Sentence]:
    out, at = [], 0
    for number, text in enumerate(texts):
        out.append(Sentence("document", number, at, at + len(text), text, language))
        at += len(text) + 1
    return out


def test_sentences_that_fit_are_read_together(model: Model) -> None:
    windows = windows_of(sentences("Soldiers shelled the camp.", "The army denied it."), model)
    assert len(windows) == 1
    assert set(windows[0].sentences) == {-1, 0, 1}


def test_what_does_not_fit_has_the_sentences_before_as_context(model: Model) -> None:
    text = "Soldiers shelled the refugee camp near the northern town on Tuesday night, a doctor said."
    windows = windows_of(sentences(*[text] * 20), model)
    assert len(windows) > 1
    second = windows[1]
    assert second.own[0] > len(model.before)
    assert second.own[0] - len(model.before) <= CONTEXT
    assert all(len(one.ids) <= OWN + CONTEXT + 8 for one in windows)


@pytest.mark.parametrize("repeat", [100, 400])
def test_a_sentence_of_many_pieces_is_read_in_parts_and_no_piece_is_lost(model: Model, repeat: int) -> None:
    text = "The ministry of the interior said that " * repeat + "soldiers left."
    windows = windows_of(sentences(text), model)
    owned = [span for one in windows for span in one.spans[slice(*one.own)]]
    assert owned == [(a, b) for a, b in zip(*_offsets(text, model), strict=True)]
    assert all(len(one.ids) <= min(LONGEST, PART + 8) for one in windows)
    assert len(windows) > 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=80), min_size=1, max_size=12)
)
def test_every_piece_of_any_text_is_one_windows_own(texts: list[str]) -> None:
    model = load()
    given_sentences = sentences(*texts)
    windows = windows_of(given_sentences, model)
    owned = [number for one in windows for number in one.sentences[slice(*one.own)]]
    assert owned == sorted(owned)
    for one in windows:
        for (start, end), number in zip(one.spans, one.sentences, strict=True):
            if number >= 0:
                sentence = given_sentences[number]
                assert sentence.start <= start <= end <= sentence.end


def test_offsets_hold_where_hidden_characters_stand(model: Model) -> None:
    text = "The ar\u200bmy \u202eshelled\u202c Goma."
    window = windows_of(sentences(text), model)[0]
    read = [text[a:b] for a, b in window.spans[slice(*window.own)] if a < b]
    assert "".join(read).replace("\u200b", "").replace("\u202e", "").replace("\u202c", "") == "ThearmyshelledGoma."


def _offsets(text: str, model: Model) -> tuple[list[int], list[int]]:
    starts, ends = [], []
    for start, end in model.encode([text])[0].offsets:
        first = next((at for at in range(start, end) if not text[at].isspace()), end)
        starts.append(first)
        ends.append(end)
    return starts, ends
