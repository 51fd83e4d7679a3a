"""Russian: a table of sentences and their clauses, laws that hold for any text, dictionary forms, trees without circles."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.errors import ReadingError
from foreshock.model import Sentence
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Clause, Language, Parse
from foreshock.reading.languages.ru import Russian, readable
from foreshock.reading.languages.ru_quotes import pieces
from foreshock.reading.languages.ru_tree import Word, rooted

pytest.importorskip("slovnet")
CASES = yaml.safe_load(Path(__file__).with_name("ru_clauses.yaml").read_text(encoding="utf-8"))
OFFSET = 1000
BROKEN = [
    "...",
    "XNUMX",
    "( )",
    "«",
    "Президент был был XNUMX , , и и который что .. .",
    "Сказал сказал что что он они сказали.",
    "убиты\nранены  \t и  эти ; : ; сообщил",
    "по из-за в от с со ссылкой на согласно",
    "Ça marche — 総統 said “no”, да? 🙂 и ушёл…",
    "если бы чтобы что ли кто.",
    "не ни нет никогда никто ничего ни.",
    "Министр: «",
    "«» — сказал он.",
]


@pytest.fixture(scope="module")
def russian() -> Language:
    return load("ru")


def parse(language: Language, *texts: str) -> list[Parse]:
    return language.parse([Sentence("d", i, OFFSET, OFFSET + len(text), text, "ru") for i, text in enumerate(texts)])


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
def test_clauses(russian: Language, case: dict[str, Any]) -> None:
    (found,) = parse(russian, case["text"])
    assert [as_case(clause, case["text"]) for clause in found.clauses] == case["clauses"]


@pytest.mark.parametrize("text", [*BROKEN, *(case["text"].lower().replace(",", "") for case in CASES)])
def test_laws(russian: Language, text: str) -> None:
    (found,) = parse(russian, text)
    for token in found.tokens:
        assert text[token.start - OFFSET : token.end - OFFSET] == token.text
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
        above, steps = clause.parent, 0
        while above is not None:
            above, steps = found.clauses[above].parent, steps + 1
            assert steps <= len(found.clauses), "clauses hang in a circle"
    assert [clause.start for clause in found.clauses] == sorted(clause.start for clause in found.clauses)


@pytest.mark.parametrize(
    ("text", "word", "lemma"),
    [
        ("Трое рабочих освобождены.", "освобождены", "освободить"),
        ("Город обстреливался всю ночь.", "обстреливался", "обстреливать"),
        ("Бои продолжаются.", "продолжаются", "продолжаться"),
        ("Полиция разогнала протестующих.", "протестующих", "протестующий"),
        ("Число погибших выросло.", "погибших", "погибший"),
        ("Журналист освобождён.", "освобождён", "освободить"),
        ("Он должен уйти.", "должен", "должный"),
        ("Войска покинули город.", "Войска", "войско"),
        ("Переговоры начались.", "Переговоры", "переговоры"),
    ],
)
def test_dictionary_forms(russian: Language, text: str, word: str, lemma: str) -> None:
    (found,) = parse(russian, text)
    assert next(token.lemma for token in found.tokens if token.text == word) == lemma


@pytest.mark.parametrize(
    ("text", "entities"),
    [
        ("Анна Котова прибыла в Мару.", {"Анна": "PERSON", "Котова": "PERSON", "Мару": "GPE"}),
        ("Рынок закрыт.", {}),
    ],
)
def test_names(russian: Language, text: str, entities: dict[str, str]) -> None:
    (found,) = parse(russian, text)
    assert {token.text: token.entity for token in found.tokens if token.entity} == entities


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([-1, 0, 1], [0, 0, 1]),
        ([1, 0, 1], [1, 1, 1]),
        ([-1, 2, 1], [0, 0, 1]),
        ([-1, -1], [0, 0]),
        ([7], [0]),
        ([], []),
    ],
    ids=["a tree", "no root", "a circle beside the root", "two roots", "a head outside", "nothing"],
)
def test_a_tree_has_one_root_and_no_circle(heads: list[int], expected: list[int]) -> None:
    words = [
        Word(n, n + 1, "VERB", {"VerbForm": "Fin"} if n == 1 else {}, head, "root" if head < 0 else "dep")
        for n, head in enumerate(heads)
    ]
    assert rooted(words) == expected


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        ("Он сказал : « Мы не уйдем » .", [[0, 1, 2, 8], [3, 4, 5, 6, 7]]),
        ("« Мы не уйдем » , — сказал он .", [[5, 6, 7, 8, 9], [0, 1, 2, 3, 4]]),
        ("Газета « Вестник долины » пишет .", [[0, 1, 2, 3, 4, 5, 6]]),
        ("« Мы не уйдем , — сказал он . — Мы ждем »", [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]]),
        ("« Мы не уйдем", [[0, 1, 2, 3]]),
    ],
    ids=["after a colon", "before a dash", "a name", "broken by who speaks", "never closed"],
)
def test_what_is_read_apart(forms: str, expected: list[list[int]]) -> None:
    assert pieces(forms.split()) == expected


def test_a_lost_number_is_read_as_a_number_and_kept_as_it_is(russian: Language) -> None:
    (found,) = parse(russian, "Мэр заявил, что ранены XNUMX человек.")
    lost = next(token for token in found.tokens if token.text == "XNUMX")
    assert (lost.upos, lost.lemma) == ("NUM", "xnumx")
    assert len(readable("«XNUMX»\n’ё")) == len("«XNUMX»\n’ё")


def test_no_sentences_need_no_parser() -> None:
    assert Russian({}).parse([]) == []


def test_a_missing_package_names_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ReadingError, match=r"foreshock\[ru\]"):
        parse(Russian(load("ru").table), "Проба.")


def test_a_verb_of_speech_stands_in_one_class(russian: Language) -> None:
    for key in ("frames", "frame_nouns"):
        lemmas = [lemma for group in russian.table[key].values() for lemma in group]
        assert sorted(lemmas) == sorted(set(lemmas)), key
        assert not [lemma for lemma in lemmas if "ё" in lemma]
    assert sum(len(group) for group in russian.table["frames"].values()) >= 400
