"""What the codebook covers, and its holes."""

from __future__ import annotations

from pathlib import Path

from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.coverage import coverage, holes, languages_of

FILE = """
kind: FLOOD
gloss: words
cues: {en: {predicates: [flood]}, de: {nouns: [flut]}}
modes: {wide: {gloss: words, cues: {en: {nouns: [gap]}}}}
examples:
  en:
  - {text: "It will flood.", trigger: flood, mode: wide, status: forecast}
"""


def test_languages_with_a_grammar_stand_first() -> None:
    assert languages_of(load_codebook())[:5] == ("en", "ja", "ru", "fr", "es")
    assert set(languages_of(load_codebook())) >= {"it", "de", "pt", "uk", "kk", "ar", "fa", "zh", "tr", "ko", "pl"}


def test_counts_and_holes_of_a_kind_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "FLOOD.yaml").write_text(FILE, encoding="utf-8")
    book = load_codebook(tmp_path)
    cells = [cell for cell in coverage(book, languages=("en", "de", "tr"), modes=True) if cell.kind == "FLOOD"]
    assert [(cell.mode, cell.language, cell.cues, cell.examples, cell.near) for cell in cells] == [
        (None, "en", 2, 1, 0), (None, "de", 1, 0, 0), (None, "tr", 0, 0, 0),
        ("wide", "en", 1, 1, 0), ("wide", "de", 0, 0, 0), ("wide", "tr", 0, 0, 0),
    ]  # fmt: skip
    assert list(holes(cells)) == [
        "FLOOD: 1 of 6 examples in en",
        "FLOOD: 0 of 3 near misses in en",
        "FLOOD: no cues in tr",
        "FLOOD/wide: no cues in de",
        "FLOOD/wide: no cues in tr",
    ]


def test_the_package_has_no_hole_in_its_kinds() -> None:
    book = load_codebook()
    assert list(holes(list(coverage(book, languages=languages_of(book))))) == []
