"""Confidence: a base by cue, small steps, and a cap for every kind of damage."""

from __future__ import annotations

from typing import get_args

import pytest

from foreshock.coding.confidence import CAPS, confidence
from foreshock.coding.events import Event
from foreshock.coding.status import Standing
from foreshock.model import DamageKind
from tests.coding.builders import damage

SURE = Standing("asserted", negated=False, certainty="certain", phase=None)
UNSURE = Standing("assessed", negated=False, certainty="possible", phase=None)
VERB = Event("COERCE", "arrest", 3.0, "arrest", on_predicate=True)
NOUN = Event("COERCE", "arrest", 2.6, "arrest", on_predicate=False)


def told(event=VERB, standing=SURE, *, kinds=(), attributed=False):
    return confidence(event, standing, damage=[damage(kind) for kind in kinds], attributed=attributed)


def test_a_verb_is_surer_than_a_noun_and_a_noun_than_nothing():
    assert told(VERB) > told(NOUN) > told(None) > 0


def test_a_holder_makes_surer_and_a_guess_less():
    assert told(attributed=True) > told() > told(standing=UNSURE)


@pytest.mark.parametrize("kind", get_args(DamageKind))
def test_every_damage_caps(kind):
    assert 0 < told(kinds=[kind], attributed=True) == CAPS[kind] < told(attributed=True)


@pytest.mark.parametrize("kind", get_args(DamageKind))
def test_damage_never_makes_surer(kind):
    for event in (VERB, NOUN, None):
        for standing in (SURE, UNSURE):
            assert told(event, standing, kinds=[kind]) <= told(event, standing)


def test_the_worst_damage_caps():
    assert told(kinds=["doubled_punctuation", "polarity_suspect", "lost_number"]) == CAPS["polarity_suspect"]


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
