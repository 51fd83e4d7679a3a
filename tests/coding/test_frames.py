"""Frames: the class of a verb or noun, and what governs a clause, innermost first."""

from __future__ import annotations

from collections import Counter

import pytest

from foreshock.coding.frames import CLASSES, SPEAKING, STATUSES, Frames
from foreshock.coding.status import DIRECTIVES, PRECEDENCE
from foreshock.errors import ReadingError
from foreshock.reading.languages import table
from tests.coding.builders import clause, parsed

TABLE = {
    "code": "en",
    "frames": {
        "asserted": ["say", "tell", "rule"],
        "denied": ["deny", "rule out"],
        "ordered": ["order", "rule"],
        "alleged": ["claim"],
    },
    "frame_nouns": {"rumoured": ["rumour"], "ordered": ["order"], "asserted": ["report"], "permitted": None},
    "grammar": {"directive_complement": {"opens": "to "}},
}
FRAMES = Frames.build(TABLE)


def test_classes_speak_direct_or_mark():
    assert SPEAKING | DIRECTIVES | {"unknown", "rumoured"} == set(CLASSES)
    # Who asks, promises or threatens does so in words and holds them; who orders, permits, advises, agrees or plans acts.
    assert {"requested", "promised", "threatened"} == SPEAKING & DIRECTIVES
    assert {STATUSES.get(one, one) for one in CLASSES} - {"perceived"} == set(PRECEDENCE) - {"conditional"}


@pytest.mark.parametrize("key", ["frames", "frame_nouns"])
@pytest.mark.parametrize("code", ["en", "es", "fr", "ja", "ru"])
def test_a_word_stands_in_one_class(code, key):
    words = [word for listed in table(code)[key].values() for word in set(listed or ())]
    assert [word for word, times in Counter(words).items() if times > 1] == []


@pytest.mark.parametrize(
    ("lemma", "frame"),
    [("say", "asserted"), ("Deny", "denied"), ("rule out", "denied"), ("rule", "ordered"), ("say so", "asserted"), ("eat", None)],
)
def test_a_verb_has_the_first_class_that_lists_it(lemma, frame):
    assert FRAMES.of_verb(clause(lemma)) == frame


@pytest.mark.parametrize("key", ["frames", "frame_nouns"])
def test_an_unknown_class_is_refused(key):
    with pytest.raises(ReadingError, match=r"'gossiped'.*'xx'.*use one of retracted"):
        Frames.build({"code": "xx", key: {"gossiped": ["x"]}})


@pytest.mark.parametrize("code", ["en", "ja"])
def test_the_shipped_tables_fill_every_class(code):
    frames = Frames.build(table(code))
    assert set(CLASSES) - {"rumoured", "unknown"} <= set(frames.verbs.values())
    assert {"ordered", "permitted", "advised", "requested", "rumoured", "denied"} <= set(frames.nouns.values())


def told(parse, index=-1):
    return [(one.frame, one.noun.text if one.noun else None, one.told) for one in FRAMES.governors(parse.clauses[index], parse)]


def test_nested_speech_comes_innermost_first():
    parse = parsed(
        "Ann said/say/VERB Bo denied/deny/VERB he fled/flee/VERB",
        {"predicate": (1,)},
        {"predicate": (3,), "relation": "content", "parent": 0},
        {"predicate": (5,), "relation": "content", "parent": 1},
    )
    assert told(parse) == [("denied", None, False), ("asserted", None, False)]
    assert told(parse, 0) == []


def test_a_noun_carries_the_class():
    parse = parsed(
        "a rumour is/be/AUX that he fled/flee/VERB",
        {"predicate": (2,), "arguments": [("subject", 0, 1)]},
        {"predicate": (5,), "relation": "content", "parent": 0},
    )
    assert told(parse) == [("rumoured", "a rumour", False)]


def test_a_report_that_is_denied_is_denied():
    parse = parsed(
        "he denied/deny/VERB a report that he fled/flee/VERB",
        {"predicate": (1,), "arguments": [("subject", 0, 0), ("object", 2, 3)]},
        {"predicate": (6,), "relation": "content", "parent": 0},
    )
    assert told(parse) == [("denied", None, False)]


def test_a_verb_of_speech_with_a_directive_complement_asks():
    parse = parsed(
        "she told/tell/VERB them to leave/leave/VERB",
        {"predicate": (1,)},
        {"predicate": (4,), "relation": "content", "parent": 0, "start": 14},
    )
    assert told(parse) == [("requested", None, True)]


@pytest.mark.parametrize("relation", ["coordinate", "relative", "condition", "adverbial", "purpose", "parenthesis"])
def test_only_content_is_governed(relation):
    parse = parsed(
        "Ann said/say/VERB he fled/flee/VERB",
        {"predicate": (1,)},
        {"predicate": (3,), "relation": relation, "parent": 0},
    )
    assert told(parse) == []


@pytest.mark.parametrize(
    ("verb", "lemma", "reaches"), [("said", "say", True), ("ordered", "order", False), ("denied", "deny", False)]
)
def test_what_is_said_reaches_a_relative_clause_and_what_is_bidden_does_not(verb, lemma, reaches):
    parse = parsed(
        f"Ann {verb}/{lemma}/VERB that men who fled/flee/VERB hide/hide/VERB",
        {"predicate": (1,)},
        {"predicate": (6,), "relation": "content", "parent": 0},
        {"predicate": (5,), "relation": "relative", "parent": 1},
    )
    assert told(parse, 1)
    assert bool(told(parse)) == reaches


def test_a_ring_of_parents_ends():
    ring = {"predicate": (1,), "relation": "content"}
    parse = parsed("Ann said/say/VERB", {**ring, "parent": 1}, {**ring, "parent": 0})
    assert told(parse) == [("asserted", None, False)]
