"""English: a table of sentences and their clauses, and laws that hold for any text, however broken."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.errors import ReadingError
from foreshock.model import Sentence
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Clause, Language, Parse
from foreshock.reading.languages.en import English, readable
from foreshock.reading.languages.ud_grammar import Grammar

pytest.importorskip("spacy")
CASES = yaml.safe_load(Path(__file__).with_name("en_clauses.yaml").read_text(encoding="utf-8"))
OFFSET = 1000
BROKEN = [
    "...",
    "XNUMX",
    "( )",
    '"',
    "President AliBongo was was XNUMX , , and and who which that .. .",
    "Said said said that that he she that said.",
    "killed\nwounded  \t and  the ; : ; said",
    "by of to in from with according to because of",
    "Ça marche — 総統 said “no”, ¿no? 🙂 and left…",
    "31/08/23",
    "if unless until that whether who.",
    "Not not never no nobody nothing none neither nor.",
    "will would may might must should have been being to be going to",
]


@pytest.fixture(scope="module")
def english() -> Language:
    return load("en")


def parse(language: Language, *texts: str) -> list[Parse]:
    return language.parse([Sentence("d", i, OFFSET, OFFSET + len(text), text, "en") for i, text in enumerate(texts)])


def as_case(clause: Clause, text: str) -> dict[str, Any]:
    arguments = [" ".join(part for part in (one.role, one.marker, "|", one.text) if part) for one in clause.arguments]
    found = {
        "text": text[clause.start - OFFSET : clause.end - OFFSET],
        "lemma": clause.lemma,
        "relation": clause.relation,
        "parent": clause.parent,
        "negated": clause.negated,
        "passive": clause.passive,
        "moods": sorted(clause.moods),
        "arguments": arguments,
    }
    return {key: value for key, value in found.items() if value or (key == "parent" and value == 0)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:50])
def test_clauses(english: Language, case: dict[str, Any]) -> None:
    (found,) = parse(english, case["text"])
    assert [as_case(clause, case["text"]) for clause in found.clauses] == case["clauses"]


@pytest.mark.parametrize("text", [*BROKEN, *(case["text"].lower().replace(",", "") for case in CASES)])
def test_laws(english: Language, text: str) -> None:
    (found,) = parse(english, text)
    for token in found.tokens:
        assert text[token.start - OFFSET : token.end - OFFSET] == token.text
    for token in found.tokens:
        place, steps = token.index, 0
        while found.tokens[place].head != place:
            place, steps = found.tokens[place].head, steps + 1
            assert steps <= len(found.tokens), "words hang in a circle"
    taken = [index for clause in found.clauses for index in clause.tokens]
    assert len(taken) == len(set(taken))
    for position, clause in enumerate(found.clauses):
        assert clause.index == position
        assert clause.start < clause.end
        assert set(clause.predicate) <= set(clause.tokens)
        assert (clause.parent is None) == (clause.relation == "root")
        for one in clause.arguments:
            assert text[one.start - OFFSET : one.end - OFFSET] == one.text
            assert found.tokens[one.head].start >= one.start
        above, steps = clause.parent, 0
        while above is not None:
            above, steps = found.clauses[above].parent, steps + 1
            assert steps <= len(found.clauses), "clauses hang in a circle"
    starts = [clause.start for clause in found.clauses]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "sentences",
    [
        ["Gen. Olan met Lt. Brek at 5 p.m. on Jan. 4.", "They spoke."],
        ["The U.S. Embassy closed.", "Mr. J. R. Danov left on No. 7 Squadron's plane."],
        ['He asked his friends to "make noise".. .', "They did."],
        ["“Who fired?” asked the judge.", "Nobody answered."],
        ["The count stopped at 4.5 million votes.", "(It resumed later.)", "Nobody knows why."],
    ],
)
def test_split(english: Language, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in english.split(text)] == sentences


def test_a_lost_number_is_read_as_a_number_and_kept_as_it_is(english: Language) -> None:
    (found,) = parse(english, "The mayor said XNUMX people were hurt.")
    lost = next(token for token in found.tokens if token.text == "XNUMX")
    assert (lost.upos, lost.lemma, lost.dep) == ("NUM", "xnumx", "nummod")
    assert len(readable("«XNUMX»\n’")) == len("«XNUMX»\n’")


def test_no_sentences_need_no_parser() -> None:
    assert English({}).parse([]) == []


def test_a_missing_model_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ReadingError, match=r"foreshock\[en\]"):
        parse(English(load("en").table), "A test.")


def test_an_unquoted_no_in_a_list_is_refused(english: Language) -> None:
    table = {**english.table, "grammar": {"negators": yaml.safe_load("[not, no]")}}
    with pytest.raises(ReadingError, match="quotation marks"):
        Grammar.from_table(table)


def test_a_verb_of_speech_stands_in_one_class(english: Language) -> None:
    for key in ("frames", "frame_nouns"):
        lemmas = [lemma for group in english.table[key].values() for lemma in group]
        assert sorted(lemmas) == sorted(set(lemmas)), key
    assert sum(len(group) for group in english.table["frames"].values()) >= 120
