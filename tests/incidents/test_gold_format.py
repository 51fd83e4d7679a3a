"""The gold of disputes keeps its format: two dated texts, one verdict of three, half held back in every stratum.

Says nothing of the rules; those are scored elsewhere.
"""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

GOLD = Path(__file__).parent.parent / "gold"
DISPUTES = sorted((GOLD / "disputes").glob("*.yaml"))

KEYS = ["id", "one", "other", "label", "about", "held", "why"]
SIDE = ["language", "source", "published", "text"]
LABELS = {"contradict": (0.36, 0.46), "compatible": (0.30, 0.41), "unrelated": (0.20, 0.30)}  # least and most share of a table
ABOUT = frozenset(["negation", "figures", "subset", "lost", "growth", "bound", "actor", "place", "time", "standing", "scope"])


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of one table."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def test_there_are_five_languages_and_pairs_across_them() -> None:
    assert [path.stem for path in DISPUTES] == ["cross", "en", "es", "fr", "ja", "ru"]


def test_ids_are_unique_over_all_tables() -> None:
    ids = [row["id"] for path in DISPUTES for row in load(path)]
    assert ids
    assert [name for name, count in Counter(ids).items() if count > 1] == []


def test_no_text_stands_twice() -> None:
    texts = [row[side]["text"] for path in DISPUTES for row in load(path) for side in ("one", "other")]
    assert [text for text, count in Counter(texts).items() if count > 1] == []


@pytest.mark.parametrize("path", DISPUTES, ids=lambda path: path.stem)
def test_rows_have_two_dated_texts_and_a_verdict(path: Path) -> None:
    for row in load(path):
        assert list(row) == KEYS, row["id"]
        assert row["label"] in LABELS, row["id"]
        assert row["about"] in ABOUT, row["id"]
        assert isinstance(row["held"], bool), row["id"]
        assert row["why"].strip(), row["id"]
        for side in (row["one"], row["other"]):
            assert list(side) == SIDE, row["id"]
            assert isinstance(side["published"], date), row["id"]
            assert side["source"].strip(), row["id"]
            assert 20 <= len(side["text"]) <= 400, row["id"]


@pytest.mark.parametrize("path", DISPUTES, ids=lambda path: path.stem)
def test_languages_are_those_of_the_table(path: Path) -> None:
    for row in load(path):
        languages = {row["one"]["language"], row["other"]["language"]}
        assert len(languages) == (2 if path.stem == "cross" else 1), row["id"]
        assert path.stem == "cross" or languages == {path.stem}, row["id"]


@pytest.mark.parametrize("path", DISPUTES, ids=lambda path: path.stem)
def test_every_label_has_its_share_and_every_matter_is_there(path: Path) -> None:
    rows = load(path)
    assert len(rows) >= (20 if path.stem == "cross" else 26)
    for label, (least, most) in LABELS.items():
        assert least <= sum(row["label"] == label for row in rows) / len(rows) <= most, label
    assert {row["about"] for row in rows} == ABOUT


@pytest.mark.parametrize("path", DISPUTES, ids=lambda path: path.stem)
def test_half_of_each_label_is_held_back(path: Path) -> None:
    for label in LABELS:
        held = [row["held"] for row in load(path) if row["label"] == label]
        assert abs(2 * sum(held) - len(held)) <= 1, label


def test_both_halves_have_what_is_common() -> None:
    halves: dict[tuple[str, str], list[bool]] = {}
    for path in DISPUTES:
        for row in load(path):
            halves.setdefault((row["label"], row["about"]), []).append(row["held"])
    assert {name: held for name, held in halves.items() if len(held) >= 3 and len(set(held)) < 2} == {}
