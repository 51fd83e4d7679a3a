"""Cues settle the kinds that the networks are not sure of, and no others."""

import numpy as np
import pytest

from foreshock.coding.encoder.cued import Cued
from foreshock.coding.encoder.grammars import SurfaceGrammars
from foreshock.coding.encoder.told import Label, Told, Words
from foreshock.model import Sentence
from foreshock.ontology.codebook import load_codebook

CUED = Cued(SurfaceGrammars(load_codebook()), below=0.8, right=0.75)
START = 40  # where the sentence begins in its document


def sentence(text: str, language: str) -> Sentence:
    return Sentence("d", 0, START, START + len(text), text, language, ())


def told(text: str, trigger: str, *, kind: str, mode: str, chance: float) -> Told:
    at = START + text.index(trigger)
    labels = {"kind": Label(kind, chance), "mode": Label(mode, 0.5), "status": Label("asserted", 0.9)}
    return Told(0, Words(at, at + len(trigger), 0.9), labels, {}, {}, np.zeros(3, np.float32))


@pytest.mark.parametrize(
    ("text", "language", "trigger", "network", "chance", "kind"),
    [
        ("Beide Armeen kooperieren an der Grenze.", "de", "kooperieren", "SUPPORT", 0.4, "COOPERATE"),
        ("Beide Armeen kooperieren an der Grenze.", "de", "kooperieren", "SUPPORT", 0.9, "SUPPORT"),
        ("Beide Armeen kooperieren an der Grenze.", "de", "Armeen", "SUPPORT", 0.4, "SUPPORT"),
        ("两国海军举行联合演习。", "zh", "举行联合演习", "MOBILIZE", 0.5, "COOPERATE"),
        ("The two armies cooperate at the border.", "en", "cooperate", "SUPPORT", 0.4, "COOPERATE"),
        ("De twee legers werken samen aan de grens.", "nl", "werken samen", "SUPPORT", 0.4, "SUPPORT"),
    ],
    ids=["unsure", "sure", "no cue on the trigger", "no blanks", "a language with a parser", "no list of cues"],
)
def test_the_kind(text: str, language: str, trigger: str, network: str, chance: float, kind: str) -> None:
    given = told(text, trigger, kind=network, mode=network, chance=chance)
    found = CUED.settled([given], [sentence(text, language)])[0]
    assert found.labels["kind"].value == kind
    assert found.labels["mode"].value.partition("/")[0] == kind
    assert (found is given) == (kind == network)
    if kind != network:
        assert found.labels["kind"].probability == 0.75
        assert found.labels["status"] == given.labels["status"]


def test_the_words_of_a_cue_are_told_with_offsets_of_the_document() -> None:
    text = "Beide Armeen kooperieren an der Grenze."
    at = START + text.index("kooperieren")
    found = CUED.cue(at, at + len("kooperieren"), sentence(text, "de"))
    assert found is not None
    assert (found.kind, found.words) == ("COOPERATE", ((at, at + len("kooperieren")),))


def test_a_mode_of_the_same_kind_is_kept() -> None:
    text = "Beide Armeen kooperieren an der Grenze."
    given = told(text, "kooperieren", kind="COOPERATE", mode="COOPERATE", chance=0.5)
    assert CUED.settled([given], [sentence(text, "de")])[0].labels["mode"] == given.labels["mode"]
