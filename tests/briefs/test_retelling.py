"""Reasons of weighing in the reader's language: known by their shape, else left as they stand."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from foreshock.briefs.locale import reader
from foreshock.briefs.retelling import retold
from foreshock.briefs.tables import table
from foreshock.model import Blind
from foreshock.scenarios.silence import silence_lines

CASES = [
    ("protests since 2022-01-02 (5)", "2022年1月2日以降の抗議行動（5件）"),
    (
        "3 incidents of protests and strikes in 14 days; weighs nothing: the prior of the tier 'crisis' has it already.",
        "14日間に抗議とストライキが3件。段階「危機」の事前確率に含まれているので重みはない。",
    ),
    (
        "1 incident of talks and mediation in 14 days, usually 0.4; a part of these days could not be seen, so it weighs nothing "
        "either way.",
        "14日間に協議と仲介が1件、普段は0.4件。この期間の一部は見えなかったので、どちらにも重みはない。",
    ),
    (
        "With more threats than usual, it would be less than 0.01 % rather than 2 %.",
        "威嚇が普段より多ければ、2 %ではなく0.01 %未満となる。",
    ),
    ("A sentence of no known shape.", "A sentence of no known shape."),
]


@pytest.mark.parametrize(("english", "japanese"), CASES)
def test_a_reason_is_told_in_the_language_of_the_reader(english: str, japanese: str) -> None:
    assert retold(reader("ja"), english) == japanese
    assert retold(reader("en"), english) == english


@pytest.mark.parametrize("until", [None, "2022-01-05", "2022-01-09"])
@pytest.mark.parametrize("whole", [True, False])
def test_what_silence_says_is_of_a_known_shape(until: str | None, whole: bool) -> None:
    one = Blind("KAZ", "internet or telephones cut", "2022-01-05", until, whole, "the conditions that reports tell of", ())
    (line,) = silence_lines([one])
    if whole or until != "2022-01-05":
        assert "遮断" in retold(reader("ja"), line)


def test_every_indicator_and_cause_has_its_words() -> None:
    words = set(table("retelling.yaml")["words"])
    indicators = yaml.safe_load(files("foreshock.scenarios").joinpath("indicators.yaml").read_text("utf-8"))
    assert {one["gloss"] for one in _entries(indicators)} <= words
    causes = yaml.safe_load(files("foreshock.pipeline").joinpath("silence.yaml").read_text("utf-8"))["cuts"]
    assert {one["cause"] for one in causes} <= words


def _entries(value: object) -> list[dict[str, str]]:
    """Return every mapping that has a gloss, however deep."""
    if isinstance(value, dict):
        own = [value] if "gloss" in value else []
        return own + [one for inner in value.values() for one in _entries(inner)]
    return [one for inner in value for one in _entries(inner)] if isinstance(value, list) else []
