"""Event types: rows on made-up claims, and short reports of each type through the whole coder."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bench.acled import LABELS, weighted_f1
from foreshock.errors import CatalogueError
from foreshock.model import Actor, Claim, Reading
from foreshock.ontology import event_types
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.event_types import EventTypes, load_event_types
from foreshock.ontology.word_groups import WordGroups
from tests.desk import Desk

REPORTS: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "event_types.yaml").read_text(encoding="utf-8"))
OTHERS: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "event_types_other.yaml").read_text(encoding="utf-8"))
# The share of the reports whose type comes out right.
FLOOR = 0.95


@pytest.fixture(scope="module")
def types() -> EventTypes:
    return load_event_types(load_codebook())


@pytest.fixture(scope="module")
def claim(desk: Desk) -> Claim:
    return desk.coded("Police arrested two editors.", "en")[1][0]


def numbered(reading: Reading, claims: tuple[Claim, ...]) -> list[tuple[Claim, int]]:
    starts = [one.start for one in reading.sentences]
    return [(one, bisect_right(starts, one.start) - 1) for one in claims]


def test_reports_of_each_type(desk: Desk, types: EventTypes) -> None:
    wrong, of = [], 0
    for key, texts in REPORTS.items():
        for text in texts:
            found = types.main(numbered(*desk.coded(text, "en")), told=text)
            of += 1
            if found is None or found.key != key:
                wrong.append(f"{key}, not {found.key if found else None}: {text}")
    assert 1 - len(wrong) / of >= FLOOR, "\n".join(wrong)


@pytest.mark.parametrize(("code", "key"), [(code, key) for code, rows in OTHERS.items() for key in rows])
def test_reports_in_other_languages(desk: Desk, types: EventTypes, code: str, key: str) -> None:
    text = OTHERS[code][key]
    found = types.main(numbered(*desk.coded(text, code)), told=text)
    assert found is not None
    assert found.key == key


def test_every_type_has_reports_and_a_label_of_the_bench(types: EventTypes) -> None:
    assert {key for key in types.types if key != "other"} == set(REPORTS)
    assert set(LABELS) == set(types.types)
    assert {row.type for row in types.rows} == set(REPORTS)
    assert len({one.label for one in types.types.values()}) == len(types.types)
    assert [one.key for one in types.types.values() if one.own] == ["attribution", "diplomacy", "crime", "nature", "accident"]


def party(sector: str | None, raw: str = "they") -> Actor:
    return Actor(raw, raw, None, sector)


@pytest.mark.parametrize(
    ("fields", "told", "key"),
    [
        ({"kind": "ASSAULT", "mode": "aerial"}, None, "air"),
        ({"kind": "ASSAULT", "mode": "drone", "phase": "foiled"}, "Guards shot down a drone.", "weapons"),
        ({"kind": "ASSAULT", "mode": None, "actor": party("REB"), "recipient": party("MIL")}, "They struck at dawn.", "clash"),
        ({"kind": "ASSAULT", "mode": None, "actor": party("REB"), "recipient": party("CVL")}, "They struck at dawn.", "attack"),
        ({"kind": "CONTROL", "mode": "take", "actor": party("REB")}, "They seized the town.", "overrun"),
        ({"kind": "CONTROL", "mode": "take", "actor": party("MIL")}, "They seized the town.", "retake"),
        ({"kind": "ASSAULT", "mode": None, "recipient": party("CVL", "the protesters")}, "They fired.", "excessive"),
        ({"kind": "PROTEST", "mode": "demo"}, "They marched.", "peaceful"),
        ({"kind": "PROTEST", "mode": "demo"}, "They marched and threw stones at the guards.", "violent"),
        ({"kind": "COERCE", "mode": "arrest"}, None, "arrest"),
        ({"kind": "AGREE", "mode": None}, "The truce ends weeks of air strikes.", "agreement"),
        ({"kind": "STATE", "mode": None}, "The town has a harbour.", None),
    ],
    ids=str,
)
def test_rows(types: EventTypes, claim: Claim, fields: dict[str, object], told: str | None, key: str | None) -> None:
    plain = {"actor": None, "recipient": None, "phase": None, "mode": None, "text": "they did it"}
    found = types.of(replace(claim, **{**plain, **fields}), told=told)  # type: ignore[arg-type]
    assert (found.key if found else None) == key


def test_what_is_real_then_what_is_first_then_what_is_most_telling(types: EventTypes, claim: Claim) -> None:
    told = "They said so."
    arrest = replace(claim, kind="COERCE", mode="arrest", actor=None, recipient=None)
    strike = replace(arrest, kind="ASSAULT", mode="aerial")
    threat = replace(strike, status="threatened")
    undone = replace(strike, negated=True)
    for claims, key in [
        ([(threat, 0), (arrest, 1)], "arrest"),
        ([(undone, 0), (arrest, 1)], "arrest"),
        ([(threat, 0)], "air"),
        ([(arrest, 0), (strike, 1)], "arrest"),
        ([(arrest, 0), (strike, 0)], "air"),
    ]:
        found = types.main(claims, told=told)
        assert found is not None
        assert found.key == key
    assert types.main([], told=told) is None


def test_a_label_says_type_and_sub_type(types: EventTypes) -> None:
    assert types.types["peaceful"].label == "Protests / Peaceful protest"


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (["grenade*"], "two Grenades", True),
        (["bomb"], "bombast", False),
        (["open* fire"], "opened  fire", True),
        (["seize* ~ town"], "seized the old port and the town", True),
        (["seize* ~ town"], "seized one two three four five six seven town", False),
        (["riot"], "riot police came", False),
    ],
)
def test_words(words: list[str], text: str, found: bool) -> None:
    groups = WordGroups.build({"one": {"en": words}}, {"en": ["riot police"]})
    assert groups.found("one", groups.masked(text, "en"), "en") is found
    assert not groups.found("one", text, "fi")


def test_words_of_a_language_without_spaces() -> None:
    groups = WordGroups.build({"one": {"ja": ["手榴弾"]}}, {})
    assert groups.found("one", "市場に手榴弾が投げ込まれた", "ja")


@pytest.mark.parametrize(
    "row", [{"type": "feast"}, {"type": "air", "kinds": ["FLOOD"]}, {"type": "air", "words": ["sand"]}, {"type": "air", "if": 1}]
)
def test_a_row_that_does_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch, row: dict[str, object]) -> None:
    table = event_types.event_table()
    monkeypatch.setattr(event_types, "event_table", lambda: {**table, "rows": [row]})
    with pytest.raises(CatalogueError, match=r"event_types\.yaml"):
        load_event_types(load_codebook())


def test_the_weighted_f1_of_the_bench() -> None:
    # A: F1 1 (2 of 2), B: F1 0; weights 2/3 and 1/3.
    assert weighted_f1([("A", "A"), ("A", "A"), ("B", "C")]) == pytest.approx(2 / 3)
