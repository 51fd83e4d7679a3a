"""What happened: scores of cues, ties, heads and doers; and the codebook's own examples through the whole coder."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from foreshock.coding.events import LEAST, ORDER, WEIGHTS, Cue, CueTable, events
from foreshock.model import Kind
from foreshock.reading.languages import table
from tests.coding.builders import clause, parsed
from tests.desk import Desk

TABLE = CueTable(
    predicates={
        "arrest": [Cue(("arrest",), "COERCE", "arrest", act=False)],
        "take": [Cue(("take", "power"), "OFFICE", "seize", act=False), Cue(("take",), "CONTROL", "take", act=False)],
        "kill": [Cue(("kill",), "ASSAULT", None, act=True), Cue(("kill",), "HARM", "killed", act=False)],
        "carry": [Cue(("carry", "out", "raid"), "ASSAULT", None, act=False)],
    },
    nouns=[("curfew", "COERCE", "curfew"), ("travel advice", "ADVISE", "travel"), ("coup", "OFFICE", "seize")],
    spaces=True,
    light=frozenset({"be", "hold"}),
)
JAPANESE = CueTable(
    predicates={"停止": [Cue(("停止",), "COERCE", "withhold", act=False)]},
    nouns=[("抗議", "PROTEST", None), ("外出禁止令", "COERCE", "curfew")],
    spaces=False,
    light=frozenset({"出る"}),
)


def told(parse, cues=TABLE):
    return [(one.kind, one.mode) for one in events(parse.clauses[0], parse, cues)]


def strongest(parse, cues=TABLE):
    return events(parse.clauses[0], parse, cues)[0]


def test_the_verb_names_the_act():
    found = strongest(parsed("police arrested/arrest/VERB him", {"predicate": (1,), "arguments": [("subject", 0, 0)]}))
    assert (found.kind, found.mode, found.score, found.on_predicate) == ("COERCE", "arrest", WEIGHTS["predicate"], True)


def test_more_words_are_stronger():
    parse = parsed("they took/take/VERB power", {"predicate": (1,), "arguments": [("subject", 0, 0), ("object", 2, 2)]})
    assert told(parse) == [("OFFICE", "seize"), ("CONTROL", "take")]
    assert strongest(parse).score == WEIGHTS["predicate"] + WEIGHTS["predicate_word"]


def test_all_words_of_a_cue_must_be_there():
    assert told(parsed("they took/take/VERB bread", {"predicate": (1,)})) == [("CONTROL", "take")]


def test_a_verb_with_a_particle_keeps_its_further_words():
    parse = parsed("they carried/carry/VERB out a raid", {"predicate": (1,), "lemma": "carry out"})
    assert told(parse) == [("ASSAULT", None)]


@pytest.mark.parametrize(
    ("given", "first"),
    [
        ({"arguments": [("subject", 0, 0)]}, "ASSAULT"),
        ({"arguments": [("object", 0, 0)], "passive": True}, "HARM"),
        ({"arguments": [("object", 0, 0), ("agent", 2, 2)], "passive": True}, "ASSAULT"),
    ],
    ids=["doer", "no doer", "agent"],
)
def test_an_act_needs_a_doer(given, first):
    parse = parsed("three killed/kill/VERB soldiers", {"predicate": (1,), **given})
    assert strongest(parse).kind == first


def test_of_equals_the_order_of_kinds_decides():
    assert sorted(ORDER) == sorted(get_args(Kind))
    parse = parsed("men killed/kill/VERB three", {"predicate": (1,), "arguments": [("subject", 0, 0)]})
    assert told(parse) == [("ASSAULT", None), ("HARM", "killed")]


@pytest.mark.parametrize(
    ("marked", "clause_fields", "score"),
    [
        ("a curfew is/be/AUX on", {"predicate": (2,), "arguments": [("subject", 0, 1)]}, WEIGHTS["light"]),
        ("a curfew hurt/hurt/VERB trade", {"predicate": (2,), "arguments": [("subject", 0, 1)]}, WEIGHTS["core"]),
        ("it is/be/AUX quiet under curfew", {"predicate": (1,), "arguments": [("oblique", 4, 4)]}, WEIGHTS["oblique"]),
        ("they slept/sleep/VERB under curfew", {"predicate": (1,), "arguments": [("oblique", 3, 3)]}, None),
        ("it is a curfew/curfew/NOUN", {"predicate": (3,)}, WEIGHTS["nominal"]),
        (
            "they hold/hold/VERB travel advice",
            {"predicate": (1,), "arguments": [("object", 2, 3)]},
            WEIGHTS["light"] + WEIGHTS["noun_word"],
        ),
    ],
    ids=str,
)
def test_a_noun_weighs_by_its_place(marked, clause_fields, score):
    parse = parsed(marked, clause_fields)
    found = events(parse.clauses[0], parse, TABLE)
    assert [one.score for one in found] == ([] if score is None else [score])
    assert not any(one.on_predicate for one in found)


def test_what_is_not_there_is_no_setting():
    given: dict[str, Any] = {"predicate": (1,), "arguments": [("oblique", 4, 4)], "negated": True}
    assert told(parsed("it is/be/AUX quiet under curfew", given)) == []


def test_a_noun_that_is_not_the_head_is_weak():
    head = strongest(parsed("the coup is/be/AUX on", {"predicate": (2,), "arguments": [("subject", 0, 1)]}))
    inside = strongest(parsed("men of the coup are/be/AUX here", {"predicate": (4,), "arguments": [("subject", 0, 3)]}))
    assert LEAST < inside.score < head.score


def test_a_part_of_a_word_is_no_cue():
    assert told(parsed("a curfewless is/be/AUX on", {"predicate": (2,), "arguments": [("subject", 0, 1)]})) == []


@pytest.mark.parametrize(
    ("marked", "given", "found"),
    [
        ("送電 を 一時停止/一時停止/VERB", {"predicate": (2,)}, [("COERCE", "withhold")]),
        ("抗議 が 出る/出る/VERB", {"predicate": (2,), "arguments": [("subject", 0, 0)]}, [("PROTEST", None)]),
        ("抗議者 が 出る/出る/VERB", {"predicate": (2,), "arguments": [("subject", 0, 0)]}, []),
        ("外出禁止令 が 出る/出る/VERB", {"predicate": (2,), "arguments": [("subject", 0, 0)]}, [("COERCE", "curfew")]),
    ],
    ids=["compound", "act", "doer", "long"],
)
def test_japanese_cues(marked, given, found):
    parse = parsed(marked, given, language="ja")
    assert told(parse, JAPANESE) == found


NAMED = CueTable(
    predicates={
        "call": [
            Cue(("call", "on"), "REQUEST", None),
            Cue(("call", "@person"), "CONSULT", "phone"),
            Cue(("call", "inquiry"), "REQUEST", "change"),
        ],
        "cut": [Cue(("cut", "export"), "SANCTION", "discontinue"), Cue(("cut", "tariff"), "CONCEDE", None)],
    },
    nouns=[],
    spaces=True,
    light=frozenset(),
    bound=frozenset({"call on", "call for"}),
)


@pytest.mark.parametrize(
    ("lemma", "entity", "found"),
    [
        ("call", "PERSON", [("CONSULT", "phone")]),
        ("call", "", []),
        ("call on", "PERSON", [("REQUEST", None), ("CONSULT", "phone")]),
    ],
    ids=["a name", "no name", "bound"],
)
def test_a_cue_may_ask_for_a_name_and_a_bound_verb_keeps_its_preposition(lemma, entity, found):
    parse = parsed("they called/call/VERB Salim on Sunday", {"predicate": (1,), "lemma": lemma, "arguments": [("object", 2, 2)]})
    named = tuple(replace(token, entity=entity) if token.index == 2 else token for token in parse.tokens)
    assert told(replace(parse, tokens=named), NAMED) == found


def test_a_verb_with_its_preposition_answers_to_the_words_of_the_verb():
    given = {"predicate": (1,), "lemma": "call for", "arguments": [("object", 4, 4)]}
    assert told(parsed("they called/call/VERB for an inquiry", given), NAMED) == [("REQUEST", "change")]


def test_of_equals_the_cue_of_the_head_goes_first():
    marked = "they cut/cut/VERB tariffs/tariff/NOUN on exports/export/NOUN"
    parse = parsed(marked, {"predicate": (1,), "arguments": [("object", 2, 4)]})
    tariff = replace(parse.clauses[0].arguments[0], head=2)
    parse = replace(parse, clauses=(replace(parse.clauses[0], arguments=(tariff,)),))
    assert told(parse, NAMED) == [("CONCEDE", None), ("SANCTION", "discontinue")]


def test_a_hyphen_that_the_parser_sets_apart_is_read_in_its_place():
    parse = parsed("the cease - fire is/be/AUX on", {"predicate": (4,), "arguments": [("subject", 0, 3)]})
    cues = CueTable(predicates={}, nouns=[("cease-fire", "RETREAT", "ceasefire")], spaces=True, light=frozenset({"be"}))
    assert told(parse, cues) == [("RETREAT", "ceasefire")]


def test_an_empty_clause_names_nothing():
    parse = parsed("x")
    assert events(clause(""), parse, TABLE) == []


@pytest.mark.parametrize("code", ["en", "ja", "ru", "fr", "es"])
def test_every_kind_has_cues_in_the_built_table(codebook, code):
    cues = CueTable.build(codebook, code, table(code))
    named = {cue.kind for row in cues.predicates.values() for cue in row} | {kind for _, kind, _ in cues.nouns}
    assert named == set(get_args(Kind))
    assert all(cue.words[0] == first for first, row in cues.predicates.items() for cue in row)


# What the coder reached on the codebook's own sentences when each was set, less three points; raise them as it learns.
FLOORS = {
    ("en", "kind"): 0.903, ("ja", "kind"): 0.936, ("en", "status"): 0.835, ("ja", "status"): 0.835,
    ("en", "near"): 0.955, ("ja", "near"): 0.897,
    ("ru", "kind"): 0.955, ("ru", "status"): 0.933, ("ru", "near"): 0.955,
    ("es", "kind"): 0.925, ("es", "status"): 0.885, ("es", "near"): 0.910,
    ("fr", "kind"): 0.910, ("fr", "status"): 0.870, ("fr", "near"): 0.941,
}  # fmt: skip


def _examples(desk: Desk, code: str) -> list[tuple[str, bool, bool]]:
    """Return for each example (what was found, whether the kind is right, whether kind and status are)."""
    rows = []
    for entry in desk.codebook:
        for example in entry.examples[code]:
            start = example.text.index(example.trigger)
            end = start + len(example.trigger)
            _, claims = desk.coded(example.text, code)
            touching = [one for one in claims if one.start < end and one.end > start]
            best = max(touching, key=lambda one: min(one.end, end) - max(one.start, start), default=None)
            kind = best is not None and best.kind == entry.kind
            said = f"{entry.kind} {example.status}, not {best and (best.kind, best.status)}: {example.text}"
            rows.append((said, kind, kind and best.status == example.status))
    return rows


# Languages whose sentences the codebook has.
SAID = ["en", "ja", "ru", "fr", "es"]


@pytest.mark.parametrize("code", SAID)
def test_the_codebooks_examples_are_coded_no_worse_than_before(desk, code):
    rows = _examples(desk, code)
    wrong = "\n".join(said for said, _, wholly in rows if not wholly)
    assert sum(kind for _, kind, _ in rows) / len(rows) >= FLOORS[code, "kind"], wrong
    assert sum(wholly for _, _, wholly in rows) / len(rows) >= FLOORS[code, "status"], wrong


@pytest.mark.parametrize("code", SAID)
def test_near_misses_are_told_apart_no_worse_than_before(desk, code):
    rows = []
    for entry in desk.codebook:
        for miss in entry.near[code]:
            kinds = [one.kind for one in desk.coded(miss.text, code)[1]]
            rows.append((f"{miss.kind}, not {kinds}: {miss.text}", miss.kind in kinds and entry.kind not in kinds))
    wrong = "\n".join(said for said, right in rows if not right)
    assert sum(right for _, right in rows) / len(rows) >= FLOORS[code, "near"], wrong
