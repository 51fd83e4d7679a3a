"""The cue words of languages without a grammar: every kind and its main modes have some, and no word names two kinds."""

from __future__ import annotations

import pytest

from foreshock.ontology.codebook import Codebook, load_codebook

CODES = ("it", "de", "pt", "uk", "kk", "ar", "fa", "zh", "tr", "ko", "pl")
# Modes that are told by so few words, or by words that only grammar can tell apart, that a language may leave them to the kind.
RARE = {"militia", "vandalize", "assist", "change", "yield", "resign", "arrest", "relations", "expel", "territory", "judgement"}
LEAST = 400


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


@pytest.mark.parametrize("code", CODES)
def test_every_kind_has_words(codebook: Codebook, code: str) -> None:
    assert [entry.kind for entry in codebook if not any(len(cues) for _, cues in entry.cues_of(code))] == []
    assert sum(len(cues) for _, _, cues in codebook.cues(code)) >= LEAST


@pytest.mark.parametrize("code", CODES)
def test_every_main_mode_has_words(codebook: Codebook, code: str) -> None:
    without = [
        f"{entry.kind}/{mode.name}"
        for entry in codebook
        for mode in entry.modes.values()
        if code not in mode.cues and mode.name not in RARE
    ]
    assert without == []


@pytest.mark.parametrize("code", CODES)
def test_one_word_does_not_name_two_kinds_as_predicate(codebook: Codebook, code: str) -> None:
    owners: dict[str, set[str]] = {}
    for kind, _, cues in codebook.cues(code):
        for cue in cues.predicates:
            if " " not in cue:
                owners.setdefault(cue, set()).add(kind)
    assert {cue: kinds for cue, kinds in owners.items() if len(kinds) > 1} == {}


@pytest.mark.parametrize("code", CODES)
def test_a_star_stands_at_the_ends_of_a_word_and_leaves_letters(codebook: Codebook, code: str) -> None:
    least = 1 if code in ("zh", "ko", "ar", "fa") else 2
    for kind, mode, cues in codebook.cues(code):
        for cue in cues.predicates + cues.nouns + cues.acts:
            for word in cue.split():
                assert "*" not in word.strip("*"), (kind, mode, cue)
                assert "*" not in word or len(word.strip("*")) >= least, (kind, mode, cue)
