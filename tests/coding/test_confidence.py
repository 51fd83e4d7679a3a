"""Confidence: two fitted curves over how a claim was found, and a cap for every kind of damage."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foreshock.coding.confidence import CAPS, FEATURES, LEAST, MOST, Evidence, confidence, weights
from foreshock.model import DamageKind
from tests.coding.builders import damage

VERB = {"predicate_cue": 1.0, "cue_score": 0.5, "one_holder": 1.0}
NOTHING = {"cue_score": 0.0}


def told(values=None, *, kinds=(), language="en"):
    return confidence(Evidence(language, VERB if values is None else values), damage=[damage(kind) for kind in kinds])


def test_a_verb_is_surer_than_nothing():
    assert told(VERB) > told(NOTHING) > 0


def test_every_weight_is_a_known_feature_and_every_feature_is_fitted():
    table = weights()
    for curve in ("standing", "slots"):
        assert set(table[curve]) == {"intercept", *FEATURES}


def test_the_weights_say_where_they_come_from():
    provenance = weights()["provenance"]
    assert provenance["command"] == "python -m training.fit_confidence"
    for curve, score in provenance["held rows, five folds"].items():
        assert provenance[curve].startswith("tests/gold/")
        assert score["brier_skill"] > 0, f"{curve}: a constant would do as well"


def test_a_language_without_a_level_has_the_common_one():
    assert told(language="qu") == told(language="other")


@given(st.dictionaries(st.sampled_from(FEATURES), st.floats(-1e6, 1e6)))
def test_it_is_a_probability_whatever_the_evidence(values):
    assert LEAST <= told(values) <= MOST


@pytest.mark.parametrize("kind", get_args(DamageKind))
def test_every_damage_caps(kind):
    sure = dict.fromkeys(FEATURES, 0.0) | {"predicate_cue": 20.0, "one_holder": 20.0, "cue_score": 20.0}
    assert told(sure) == MOST
    assert told(sure, kinds=[kind]) == CAPS[kind]


@pytest.mark.parametrize("kind", get_args(DamageKind))
def test_damage_never_makes_surer(kind):
    for values in (VERB, NOTHING):
        assert told(values, kinds=[kind]) <= told(values)


def test_the_worst_damage_caps():
    assert told(kinds=["doubled_punctuation", "polarity_suspect", "lost_number"]) <= CAPS["polarity_suspect"]


# The claim that touches damage, and that its neighbour does not.
DAMAGED = [
    ("en", "At least XNUMX people died in Lagos. Police arrested two men.", "people died", "lost_number"),
    ("ja", "ラゴスで少なくともXNUMX人が死亡した。警察は男二人を逮捕した。", "死亡した", "lost_number"),
]


@pytest.mark.parametrize(("language", "text", "words", "kind"), DAMAGED, ids=["en", "ja"])
def test_a_claim_that_touches_damage_has_it_and_is_capped(desk, language, text, words, kind):
    _, claims = desk.coded(text, language)
    touched = [one for one in claims if words in one.text]
    whole = [one for one in claims if words not in one.text]
    assert len(touched) == len(whole) == 1
    assert kind in {one.kind for one in touched[0].damage}
    assert touched[0].confidence <= CAPS[kind]
    assert whole[0].damage == ()
