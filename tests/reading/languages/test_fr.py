"""French: a table of sentences and their clauses, and laws that hold for any text, however broken."""

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
from foreshock.reading.languages.fr import French, readable
from foreshock.reading.languages.ud_grammar import Grammar

pytest.importorskip("spacy")
CASES = yaml.safe_load(Path(__file__).with_name("fr_clauses.yaml").read_text(encoding="utf-8"))
OFFSET = 1000
BROKEN = [
    "...",
    "XNUMX",
    "( )",
    "« »",
    "Le président AliBongo a été été XNUMX , , et et qui qui que dont .. .",
    "A dit dit dit que que il elle a dit que.",
    "tué\nblessés  \t et  les ; : ; déclaré",
    "par de à dans de selon d'après en raison de",
    "Ça marche — 総統 dit « non », ¿no? 🙂 et s'en va…",
    "31/08/23",
    "si à moins que jusqu'à ce que qui dont lequel.",
    "Ne pas ne jamais ne personne rien aucun ni ni plus que.",
    "va vient de doit pourrait aurait été est en train de s'est fait",
    "-t-il a-t-il dit-il l'a-t-on",
]


@pytest.fixture(scope="module")
def french() -> Language:
    return load("fr")


def parse(language: Language, *texts: str) -> list[Parse]:
    return language.parse([Sentence("d", i, OFFSET, OFFSET + len(text), text, "fr") for i, text in enumerate(texts)])


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
def test_clauses(french: Language, case: dict[str, Any]) -> None:
    (found,) = parse(french, case["text"])
    assert [as_case(clause, case["text"]) for clause in found.clauses] == case["clauses"]


@pytest.mark.parametrize("text", [*BROKEN, *(case["text"].lower().replace(",", "") for case in CASES)])
def test_laws(french: Language, text: str) -> None:
    (found,) = parse(french, text)
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
        ["M. Olan a rencontré Mme Brek à 17 h le 4 janv. à Niamey.", "Ils ont parlé."],
        ["« Qui a tiré ? », a demandé le juge.", "Personne n'a répondu."],
        ["Le décompte s'est arrêté à 4,5 millions de voix.", "Nul ne sait pourquoi."],
    ],
)
def test_split(french: Language, sentences: list[str]) -> None:
    text = " ".join(sentences)
    assert [text[start:end] for start, end in french.split(text)] == sentences


def test_a_lost_number_is_read_as_a_number_and_kept_as_it_is(french: Language) -> None:
    (found,) = parse(french, "Le maire a dit que XNUMX personnes ont été blessées.")
    lost = next(token for token in found.tokens if token.text == "XNUMX")
    assert (lost.upos, lost.lemma, lost.dep) == ("NUM", "xnumx", "nummod")
    assert len(readable("«XNUMX»\n’")) == len("«XNUMX»\n’")


def test_no_sentences_need_no_parser() -> None:
    assert French({}).parse([]) == []


def test_a_missing_model_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ReadingError, match=r"foreshock\[fr\]"):
        parse(French(load("fr").table), "Un essai.")


def test_an_unquoted_no_in_a_list_is_refused(french: Language) -> None:
    table = {**french.table, "grammar": {"negators": yaml.safe_load("[pas, no]")}}
    with pytest.raises(ReadingError, match="quotation marks"):
        Grammar.from_table(table)


def test_a_verb_of_speech_stands_in_one_class(french: Language) -> None:
    for key in ("frames", "frame_nouns"):
        lemmas = [lemma for group in french.table[key].values() for lemma in group]
        assert sorted(lemmas) == sorted(set(lemmas)), key
    assert sum(len(group) for group in french.table["frames"].values()) >= 200
