from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from foreshock.errors import CatalogueError
from foreshock.model import Kind
from foreshock.ontology.actor_catalogue import load_catalogue
from foreshock.ontology.codebook import Codebook, Cues, load_codebook
from foreshock.ontology.fold import fold

KINDS = get_args(Kind)
LANGUAGES = ("en", "ja")
# Forms that share no beginning with their dictionary form.
IRREGULAR = {
    "held": "hold", "took": "take", "won": "win", "lost": "lose", "met": "meet", "spoke": "speak", "shot": "shoot",
    "sent": "send", "fled": "flee", "found": "find", "gave": "give", "laid": "lay", "men": "man", "beaten": "beat",
    "is": "be", "was": "be", "began": "begin", "said": "say", "are": "be", "froze": "freeze", "flew": "fly", "sat": "sit",
    "has": "have",
}  # fmt: skip
PROTOTYPE = """
kind: {kind}
gloss: words
cues: {{en: {{predicates: ["close border/airport", "close border"], nouns: [gate]}}}}
modes: {{wide: {{gloss: words, cues: {{en: {{nouns: [gap]}}}}}}}}
"""


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load_codebook()


def _english(cue: str, text: str) -> bool:
    words = [IRREGULAR.get(word, word) for word in re.findall(r"[a-z'-]+", text.lower())]
    return all(any(word.startswith(part[: max(3, len(part) - 2)]) for word in words) for part in cue.lower().split())


def _japanese(cue: str, text: str) -> bool:
    stems = [part[:-1] if re.search(r"[ぁ-ん]$", part) and len(part) > 1 else part for part in cue.split()]
    return all(stem in text for stem in stems)


def test_codebook_holds_the_23_kinds_in_order(codebook: Codebook) -> None:
    assert tuple(entry.kind for entry in codebook) == KINDS
    assert len(codebook) == 23
    assert codebook["COERCE"].modes["arrest"].cues["ja"].predicates[0] == "逮捕"


@pytest.mark.parametrize("kind", KINDS)
def test_kind_is_complete(codebook: Codebook, kind: str) -> None:
    entry = codebook[kind]
    assert entry.neighbours
    assert entry.roles.keys() == {"actor", "recipient"}
    assert entry.crosswalk.keys() == {"plover", "cameo", "acled"}
    for language in LANGUAGES:
        assert sum(len(cues) for _, cues in entry.cues_of(language)) >= 25
        assert all(language in mode.cues for mode in entry.modes.values())
        assert len(entry.examples[language]) >= 6
        assert len(entry.near[language]) >= 3
        assert all(miss.kind != kind for miss in entry.near[language])
        assert len({example.text for example in entry.examples[language]}) == len(entry.examples[language])


@pytest.mark.parametrize("kind", KINDS)
def test_examples_vary_status_and_mode(codebook: Codebook, kind: str) -> None:
    entry = codebook[kind]
    for language in LANGUAGES:
        if kind not in ("LIKEN", "REQUEST"):  # a comparison is assessed, a request requested
            assert len({example.status for example in entry.examples[language]}) >= 2
        if entry.modes:
            assert len({example.mode for example in entry.examples[language]} - {None}) >= min(2, len(entry.modes))


@pytest.mark.parametrize(("language", "found"), [("en", _english), ("ja", _japanese)])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "STATE"])
def test_each_example_has_a_cue_of_its_kind(codebook: Codebook, kind: str, language: str, found: object) -> None:
    assert callable(found)
    cues = [cue for _, one in codebook[kind].cues_of(language) for cue in one.predicates + one.nouns]
    without = [example.text for example in codebook[kind].examples[language] if not any(found(cue, example.text) for cue in cues)]
    assert without == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_near_miss_has_a_cue_of_its_true_kind(codebook: Codebook, language: str) -> None:
    found = {"en": _english, "ja": _japanese}[language]
    without = [
        miss.text
        for entry in codebook
        for miss in entry.near[language]
        if not any(
            found(cue, miss.text) for _, one in codebook[miss.kind].cues_of(language) for cue in one.predicates + one.nouns
        )
    ]
    assert without == []


def test_cues_are_dictionary_forms(codebook: Codebook) -> None:
    for kind, mode, cues in codebook.cues("en"):
        for cue in cues.predicates + cues.nouns + cues.acts + cues.tolls:
            assert cue == cue.lower(), (kind, mode, cue)
            assert "/" not in cue
    for kind, mode, cues in codebook.cues("ja"):
        for cue in cues.predicates + cues.acts + cues.tolls:
            assert not re.search(r"[逮死拘攻抗]\S+する$", cue), (kind, mode, cue)


def test_same_single_word_does_not_name_two_kinds_as_predicate(codebook: Codebook) -> None:
    """A bare verb of two kinds makes a coin toss of the coding; ASSESS and STATE stand last and may share."""
    for language in LANGUAGES:
        owners: dict[str, set[str]] = {}
        for kind, _, cues in codebook.cues(language):
            for cue in cues.predicates:
                if " " not in cue and kind not in ("ASSESS", "STATE"):
                    owners.setdefault(cue, set()).add(kind)
        assert {cue: kinds for cue, kinds in owners.items() if len(kinds) > 1} == {}


# Those to whom things are done, and things; STATE tells of people as such.
SUFFERERS = {
    "hostage", "victim", "refugee", "displaced person", "displaced people", "displaced", "internally displaced", "asylum seeker",
    "morgue", "drone", "warship",
    "人質", "犠牲者", "被害者", "死者", "負傷者", "難民", "避難民", "国内避難民", "避難者", "無人機",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_acts_is_no_event(codebook: Codebook, language: str) -> None:
    """The word for a doer names no act: what protesters, troops or a junta did is told by the verb."""
    doers = load_catalogue().words[language]
    nouns = {cue for kind, _, cues in codebook.cues(language) if kind != "STATE" for cue in cues.nouns}
    assert {cue for cue in nouns if fold(cue) in doers} <= SUFFERERS
    assert {"人質", "hostage"} & nouns


def test_predicates_of_number_are_tolls_and_no_plain_predicates(codebook: Codebook) -> None:
    arrest = codebook["COERCE"].modes["arrest"].cues
    assert "rise detained" in arrest["en"].tolls
    assert "上る 拘束" in arrest["ja"].tolls
    for _, _, cues in [*codebook.cues("en"), *codebook.cues("ja")]:
        assert not {*cues.tolls} & {*cues.predicates}
        assert all(" " in cue for cue in cues.tolls)


def _write(folder: Path, text: str) -> Path:
    (folder / "X.yaml").write_text(text, encoding="utf-8")
    return folder


def test_extra_folder_adds_a_kind_and_expands_alternatives(tmp_path: Path) -> None:
    book = load_codebook(_write(tmp_path, PROTOTYPE.format(kind="FLOOD")))
    assert len(book) == 24
    assert book["FLOOD"].cues["en"] == Cues(("close border", "close airport"), ("gate",))
    assert [(kind, mode) for kind, mode, _ in book.cues("en")][-2:] == [("FLOOD", None), ("FLOOD", "wide")]


def test_extra_folder_adds_cues_to_a_known_kind(tmp_path: Path, codebook: Codebook) -> None:
    book = load_codebook(_write(tmp_path, PROTOTYPE.format(kind="AID")))
    assert len(book) == 23
    assert book["AID"].cues["en"].nouns == (*codebook["AID"].cues["en"].nouns, "gate")
    assert book["AID"].cues["ja"] == codebook["AID"].cues["ja"]
    assert "wide" in book["AID"].modes


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("kind: [", "not YAML"),
        ("- kind", "the file"),
        ("kind: X", "gloss"),
        ("kind: X\ngloss: y\ncolour: z", "colour"),
        ("kind: X\ngloss: y\ncues: {en: {verbs: [go]}}", "cues.en"),
        ("kind: X\ngloss: y\ncues: {en: {nouns: go}}", "cues.en.nouns"),
        ("kind: X\ngloss: y\ncues: {en: {nouns: [yes]}}", "cues.en.nouns"),
        ("kind: X\ngloss: y\nmodes: {m: {}}", "gloss"),
        ("kind: X\ngloss: y\nnot: [{kind: NOWHERE, tell: t}]", "NOWHERE"),
        ("kind: X\ngloss: y\nnear: {en: [{text: t, kind: NOWHERE}]}", "NOWHERE"),
        ("kind: X\ngloss: y\nexamples: {en: [{text: abc, trigger: d, status: asserted}]}", "trigger"),
        ("kind: X\ngloss: y\nexamples: {en: [{text: abc, trigger: b, status: said}]}", "said"),
        ("kind: X\ngloss: y\nexamples: {en: [{text: abc, trigger: b, status: asserted, actor: q}]}", "actor"),
        ("kind: X\ngloss: y\nexamples: {en: [{text: abc, trigger: b, status: asserted, mode: m}]}", "'m'"),
    ],
)
def test_wrong_table_is_refused_with_file_and_key(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(CatalogueError, match=r"X\.yaml") as caught:
        load_codebook(_write(tmp_path, text))
    assert named in str(caught.value)
    assert caught.value.remedy


def test_extra_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="missing"):
        load_codebook(tmp_path / "missing")


def test_extra_in_another_charset_is_refused(tmp_path: Path) -> None:
    (tmp_path / "X.yaml").write_bytes("kind: 逮捕".encode("shift_jis"))
    with pytest.raises(CatalogueError, match="UTF-8"):
        load_codebook(tmp_path)
