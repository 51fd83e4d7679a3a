"""Spanish: a table of sentences and their clauses, dictionary forms, names by rule, and laws that hold for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.model import Sentence
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Clause, Language, Parse
from foreshock.reading.languages.es import readable
from foreshock.reading.languages.ud_grammar import Grammar

pytest.importorskip("spacy")
pytest.importorskip("simplemma")
CASES = yaml.safe_load(Path(__file__).with_name("es_clauses.yaml").read_text(encoding="utf-8"))
OFFSET = 1000
LARGEST = 15_000_000
WORDS = """El la alcalde tropas dice dijo que , . ; : « » " — ( ) ni si a en del al lunes 2022 XNUMX niega exige muertos se le lo
    fue ha habría no nunca nadie quien cuyo hay hace días haber seguir dejando ¿ ? porque retirarse según al parecer"""


@pytest.fixture(scope="module")
def spanish() -> Language:
    return load("es")


def parse(language: Language, *texts: str) -> list[Parse]:
    return language.parse([Sentence("d", i, OFFSET, OFFSET + len(text), text, "es") for i, text in enumerate(texts)])


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
def test_clauses(spanish: Language, case: dict[str, Any]) -> None:
    (found,) = parse(spanish, case["text"])
    assert [as_case(clause, case["text"]) for clause in found.clauses] == case["clauses"]


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("detuvieron", "detener"),
        ("retirarse", "retirar"),
        ("pidiéndoles", "pedir"),
        ("muertos", "morir"),
        ("depuesto", "deponer"),
        ("renuncia", "renunciar"),
        ("cierre", "cerrar"),
        ("fue", "ser"),
        ("ciudad", ""),
        ("clase", ""),
    ],
)
def test_infinitives(form: str, lemma: str) -> None:
    from foreshock.reading.languages.es_lexicon import verb

    assert verb(form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "subjunctive"),
    [("liberen", "liberar", True), ("libera", "liberar", False), ("huyan", "huir", True), ("huyen", "huir", False),
     ("estuvieron", "estar", False), ("era", "ser", False), ("sea", "ser", True), ("hablaran", "hablar", True)],
)  # fmt: skip
def test_subjunctives(form: str, lemma: str, subjunctive: bool) -> None:
    from foreshock.reading.languages.es_tree import is_subjunctive

    assert is_subjunctive(form, lemma, guess=False) == subjunctive


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("El presidente Julián Roca viajó ayer.", "Roca", "PERSON"),
        ("Dimitió la ministra de Defensa, Marta Olmos.", "Olmos", "PERSON"),
        ("La OTAN envió tropas.", "OTAN", "ORG"),
        ("El Ministerio del Interior lo negó.", "Interior", "ORG"),
        ("Los soldados entraron en Orellana.", "Orellana", "GPE"),
        ("Bolivia cerró la frontera.", "Bolivia", "GPE"),
        ("Según Elvira Tapia, hubo disparos.", "Tapia", ""),
        ("Ayer llovió en la sierra.", "sierra", ""),
    ],
)
def test_names(spanish: Language, text: str, name: str, label: str) -> None:
    (found,) = parse(spanish, text)
    assert next(token.entity for token in found.tokens if token.text == name) == label


def test_a_lost_number_is_shown_as_digits_of_the_same_length() -> None:
    assert readable("murieron XNUMX «civiles»") == 'murieron 20000 "civiles"'


def test_the_table_has_every_frame_verb_once(spanish: Language) -> None:
    grammar = Grammar.from_table(spanish.table)
    assert len(grammar.frames) > 400
    wrong = [word for words in spanish.table["frames"].values() for word in words if not isinstance(word, str) or "_" in word]
    assert wrong == []


def test_the_pipeline_is_small_and_holds_no_pickle() -> None:
    from importlib.resources import files

    folder = Path(str(files("foreshock") / "models" / "es"))
    paths = [path for path in folder.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in paths) < LARGEST
    assert not [path for path in paths if path.suffix in (".pkl", ".pickle")]


@settings(max_examples=120, deadline=None, derandomize=True)
@given(words=st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=25))
def test_any_run_of_words(spanish: Language, words: list[str]) -> None:
    holds(spanish, " ".join(words))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_characters(spanish: Language, text: str) -> None:
    holds(spanish, text)


def holds(language: Language, text: str) -> None:
    (found,) = parse(language, text)
    assert all(text[token.start - OFFSET : token.end - OFFSET] == token.text for token in found.tokens)
    assert all(OFFSET <= clause.start < clause.end <= OFFSET + len(text) for clause in found.clauses)
    assert all((clause.parent is None) == (clause.relation == "root") for clause in found.clauses)
    for token in found.tokens:
        place, steps = token.index, 0
        while found.tokens[place].head != place:
            place, steps = found.tokens[place].head, steps + 1
            assert steps <= len(found.tokens), "words hang in a circle"
    taken = [index for clause in found.clauses for index in clause.tokens]
    assert len(taken) == len(set(taken))
