"""Our own articles in five languages about invented events, with traps; how they are scored (bench/floors.json has the floor)."""

from pathlib import Path

import pytest
import yaml

from bench import incidents

GOLD = Path(__file__).parent.parent / "gold" / "incidents"


def test_the_gold_is_large_and_has_the_five_languages_and_traps():
    rows = yaml.safe_load((GOLD / "articles.yaml").read_text(encoding="utf-8"))
    assert len(rows) >= 20
    assert {row["language"] for row in rows} >= {"en", "ja", "ru", "fr", "es"}
    assert len({row["event"] for row in rows}) >= 8


def test_scores_of_a_worked_example():
    # two clusters, {1,2,3} and {4}; gold {1,2} and {3,4}: BCubed precision (2/3+2/3+1/3+1)/4, recall (1+1+1/2+1/2)/4
    scores = incidents.scores(["x", "x", "y", "y"], ["p", "p", "p", "q"], lambda _: True)
    assert scores["bcubed_precision"] == pytest.approx(0.667, abs=0.001)
    assert scores["bcubed_recall"] == pytest.approx(0.75, abs=0.001)
    assert scores["pair_precision"] == pytest.approx(1 / 3, abs=0.001)
    assert scores["pair_recall"] == pytest.approx(0.5, abs=0.001)


def test_the_number_of_dead_is_what_most_articles_give_and_of_equally_many_the_latest():
    assert incidents.tally([2, 3, 3, None]) == 3
    assert incidents.tally([2, 3]) == 3
    assert incidents.tally([None]) is None
