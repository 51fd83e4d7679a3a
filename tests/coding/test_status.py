"""The standing of a claim: reasons -> one status in the contract's order, polarity, certainty, phase."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any, get_args

import pytest

from foreshock.coding.frames import CLASSES, STATUSES
from foreshock.coding.status import ACTS, MOOD_STATUS, PHASES, PRECEDENCE, Standing, decide, status_words, words_about
from foreshock.model import Phase, Status
from foreshock.reading.languages.base import Mood
from tests.coding.builders import clause, governor, parsed

# The contract, word by word: the first that fits.
ORDER = [
    "retracted", "denied", "ordered", "permitted", "advised", "requested", "promised", "threatened", "planned", "wished",
    "conditional", "forecast", "unknown", "rumoured", "alleged", "assessed", "asserted",
]  # fmt: skip


def standing(one: Any = None, **given: Any) -> Standing:
    plain: dict[str, Any] = {
        "kind": "STATE", "hostile": True, "governors": (), "own": None, "words": (), "view": False, "attributed": False,
        "conditioned": False,
    }  # fmt: skip
    return decide(one or clause(), **{**plain, **given})


def test_the_order_is_that_of_the_contract():
    assert list(PRECEDENCE) == ORDER
    assert set(PRECEDENCE) == set(get_args(Status))


def test_every_mood_and_frame_class_leads_somewhere():
    assert set(MOOD_STATUS) | set(PHASES) == set(get_args(Mood))
    assert set(MOOD_STATUS.values()) | set(ACTS.values()) <= set(PRECEDENCE)
    assert set(PHASES.values()) == set(get_args(Phase)) - {"foiled"}
    assert {STATUSES.get(one, one) for one in CLASSES} - {"perceived"} == set(PRECEDENCE) - {"conditional"}


@pytest.mark.parametrize(("first", "second"), list(combinations(ORDER, 2)))
def test_of_two_reasons_the_first_in_order_wins(first, second):
    # A charge is one only where somebody is named who lays it.
    assert standing(words=[second, first], attributed=True).status == first


@pytest.mark.parametrize(("attributed", "status"), [(True, "alleged"), (False, "rumoured")])
def test_an_alleged_act_that_nobody_alleges_is_hearsay(attributed, status):
    assert standing(words=["alleged"], attributed=attributed).status == status


# What is given -> status; (clause fields, decide's arguments)
REASONS: list[tuple[dict[str, Any], dict[str, Any], str]] = [
    ({}, {}, "asserted"),
    ({}, {"governors": [governor("asserted")]}, "asserted"),
    ({}, {"governors": [governor("perceived")]}, "asserted"),
    ({}, {"governors": [governor("denied")]}, "denied"),
    ({}, {"governors": [governor("retracted")]}, "retracted"),
    ({}, {"governors": [governor("alleged")]}, "alleged"),
    ({}, {"governors": [governor("rumoured", noun=True)]}, "rumoured"),
    ({}, {"governors": [governor("denied"), governor("alleged")]}, "denied"),
    ({}, {"governors": [governor("ordered"), governor("asserted")]}, "ordered"),
    ({}, {"governors": [governor("permitted"), governor("requested")]}, "requested"),
    ({}, {"governors": [governor("asserted", negated=True)]}, "unknown"),
    ({}, {"governors": [governor("unknown", negated=True)]}, "unknown"),
    ({"relation": "question"}, {}, "unknown"),
    ({"moods": {"hearsay"}}, {}, "rumoured"),
    ({"moods": {"hearsay"}}, {"attributed": True}, "asserted"),
    ({"moods": {"future"}}, {}, "forecast"),
    ({"moods": {"future"}}, {"conditioned": True}, "conditional"),
    ({"moods": {"hypothetical"}}, {}, "conditional"),
    ({"moods": {"wish"}}, {}, "wished"),
    ({"moods": {"intention"}}, {}, "planned"),
    ({"moods": {"imperative"}}, {}, "requested"),
    ({"moods": {"possible"}}, {}, "assessed"),
    ({"moods": {"probable"}}, {}, "assessed"),
    ({"moods": {"ongoing"}}, {}, "asserted"),
    ({}, {"own": "denied"}, "denied"),
    ({"negated": True}, {"own": "denied"}, "unknown"),
    ({}, {"own": "excluded"}, "denied"),
    ({"negated": True}, {"own": "excluded"}, "assessed"),
    ({}, {"own": "perceived"}, "asserted"),
    ({}, {"view": True}, "assessed"),
    ({}, {"kind": "ASSESS"}, "assessed"),
    ({}, {"kind": "LIKEN"}, "assessed"),
    ({}, {"kind": "REQUEST"}, "requested"),
    ({"negated": True}, {"kind": "REQUEST"}, "asserted"),
    ({}, {"kind": "THREATEN"}, "threatened"),
    ({}, {"kind": "ADVISE"}, "advised"),
    ({}, {"kind": "REQUEST", "governors": [governor("promised")]}, "promised"),
]


@pytest.mark.parametrize(("fields", "given", "status"), REASONS, ids=str)
def test_a_reason_gives_its_status(fields, given, status):
    assert standing(clause(**{**fields, "moods": frozenset(fields.get("moods", ()))}), **given).status == status


@pytest.mark.parametrize(
    ("fields", "given", "status", "negated"),
    [
        ({"negated": True}, {}, "asserted", True),
        ({"negated": True}, {"governors": [governor("asserted")]}, "asserted", True),
        ({}, {"governors": [governor("denied")]}, "denied", False),
        ({"negated": True}, {"governors": [governor("denied")]}, "denied", False),
        ({}, {"governors": [governor("denied", negated=True)]}, "unknown", False),
        ({}, {"governors": [governor("excluded", negated=True)]}, "assessed", False),
        ({}, {"governors": [governor("undertaken")]}, "promised", False),
        ({}, {"governors": [governor("assessed", negated=True)]}, "assessed", True),
        ({"negated": True}, {"governors": [governor("assessed", negated=True)]}, "assessed", False),
        ({}, {"governors": [governor("ordered", negated=True)]}, "asserted", True),
        ({}, {"governors": [governor("alleged", negated=True, noun=True)]}, "alleged", False),
    ],
    ids=str,
)
def test_polarity(fields, given, status, negated):
    found = standing(clause(**fields), **given)
    assert (found.status, found.negated) == (status, negated)


@pytest.mark.parametrize(
    ("moods", "certainty", "phase"),
    [
        ((), "certain", None),
        (("possible", "probable"), "possible", None),
        (("probable",), "probable", None),
        (("attempt",), "certain", "attempted"),
        (("begun",), "certain", "begun"),
        (("ongoing",), "certain", "ongoing"),
        (("ended", "possible"), "possible", "ended"),
    ],
)
def test_certainty_and_phase_stand_beside(moods, certainty, phase):
    found = standing(clause(moods=frozenset(moods)))
    assert (found.certainty, found.phase) == (certainty, phase)


@pytest.mark.parametrize(
    ("text", "spaces", "found"),
    [
        ("He Reportedly  fled", True, ["rumoured"]),
        ("an unreportedly long day", True, []),
        ("the report is false", True, ["denied"]),
        ("彼は逃亡したと噂され", False, ["rumoured"]),
        ("逃亡した", False, []),
        ("", True, []),
    ],
)
def test_status_words_of_spaced_scripts_match_whole(text, spaces, found):
    table = {"status_words": {"rumoured": ["reportedly", "噂され"], "denied": ["false"], "alleged": []}}
    assert status_words(text, table, spaces=spaces) == found


@pytest.mark.parametrize(
    ("noun", "adjective", "found"),
    [("name", "false", []), ("report", "false", ["denied"]), ("name", "alleged", ["alleged"])],
)
def test_what_denies_as_an_epithet_of_a_thing_denies_no_act(noun, adjective, found):
    parse = parsed(f"he gave/give/VERB a {adjective}/{adjective}/ADJ {noun}/{noun}/NOUN", {"predicate": (1,)})
    tokens = tuple(replace(one, dep="amod", head=4) if one.index == 3 else one for one in parse.tokens)
    parse = replace(parse, tokens=tokens)
    table = {"status_words": {"denied": ["false"], "alleged": ["alleged"]}}
    end = parse.sentence.end
    assert words_about(parse, 0, end, table, spaces=True, of_words={"report"}) == found
