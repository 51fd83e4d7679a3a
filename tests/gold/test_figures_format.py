"""The gold tables of figures keep their format: the words stand in their text, bounds and numbers agree.

Says nothing of the rules; those are scored elsewhere.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

HERE = Path(__file__).parent
INJECTION = HERE / "figures" / "injection.yaml"  # clean sentences for damage, in a format of their own
TABLES = sorted(path for path in (HERE / "figures").glob("*.yaml") if path != INJECTION)

KEYS = ["words", "what", "of", "unit", "low", "best", "high", "bound", "counting", "state"]
COUNTED = frozenset(
    [
        "killed",
        "injured",
        "missing",
        "displaced",
        "detained",
        "deployed",
        "strength",
        "participants",
        "votes",
        "waves",
        "age",
        "duration",
        "distance",
        "money",
        "other",
    ]
)
# bound -> which of low, best and high are said; dozens and the like say none, unless the text gives a number beside them
SAID = {
    None: (True, True, True),
    "at_least": (True, True, False),
    "over": (True, True, False),
    "at_most": (False, True, True),
    "nearly": (False, True, True),
    "about": (False, True, False),
    "range": (True, False, True),
    "dozens": (False, False, False),
    "hundreds": (False, False, False),
    "thousands": (False, False, False),
}


def load(path: Path) -> list[dict[str, Any]]:
    """The rows of one table."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return rows


def span_of(text: str, words: str) -> tuple[int, int] | None:
    """Half-open code points of *words* in *text*; a final ``#n`` asks for the n-th occurrence. None where there is none."""
    sought, number, nth = words.rpartition("#")
    wanted = int(nth) if number else 1
    start = -1
    for _ in range(wanted):
        start = text.find(sought if number else words, start + 1)
        if start < 0:
            return None
    return start, start + len(sought if number else words)


def test_there_are_tables_for_five_languages() -> None:
    assert [path.stem for path in TABLES] == ["en", "es", "fr", "ja", "ru"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_there_are_fifty_texts_and_none_twice(path: Path) -> None:
    texts = [row["text"] for row in load(path)]
    assert len(texts) >= 50
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_words_stand_in_their_text_and_never_cut_a_number(path: Path) -> None:
    for row in load(path):
        spans = [span_of(row["text"], figure["words"]) for figure in row["figures"]]
        assert None not in spans, row["text"]
        for start, end in filter(None, spans):
            text = row["text"]
            assert not (start and text[start - 1].isdigit() and text[start].isdigit()), text
            assert not (end < len(text) and text[end - 1].isdigit() and text[end].isdigit()), text
        assert len(spans) == len(set(spans)), row["text"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_values_are_the_contracts(path: Path) -> None:
    for row in load(path):
        for figure in row["figures"]:
            assert list(figure) == KEYS, row["text"]
            assert figure["what"] in COUNTED, row["text"]
            assert figure["bound"] in SAID, row["text"]
            assert figure["counting"] in {"new", "cumulative", None}, row["text"]
            assert figure["state"] in {"read", "lost", "suspect"}, row["text"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_numbers_are_those_that_the_bound_says(path: Path) -> None:
    for row in load(path):
        for figure in row["figures"]:
            numbers = (figure["low"], figure["best"], figure["high"])
            if figure["state"] != "read":
                assert numbers == (None, None, None), row["text"]
                continue
            assert tuple(number is not None for number in numbers) == SAID[figure["bound"]], row["text"]
            said = [number for number in numbers if number is not None]
            assert said == sorted(said), row["text"]
            if figure["bound"] is None:
                assert len(set(said)) == 1, row["text"]
            if figure["bound"] == "range":
                assert figure["low"] < figure["high"], row["text"]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_kind_of_count_and_every_state_is_there(path: Path) -> None:
    figures = [figure for row in load(path) for figure in row["figures"]]
    assert {figure["what"] for figure in figures} == COUNTED
    assert {figure["state"] for figure in figures} == {"read", "lost", "suspect"}
    assert {figure["bound"] for figure in figures} == set(SAID)
    assert any(not row["figures"] for row in load(path))


def test_clean_sentences_for_damage_hold_their_figure_and_are_enough() -> None:
    table: dict[str, Any] = yaml.safe_load(INJECTION.read_text(encoding="utf-8"))
    for code, block in table.items():
        texts = [row["text"] for row in block["rows"]]
        assert len(texts) >= (15 if code in {"en", "es", "fr", "ja", "ru"} else 6), code
        assert len(texts) == len(set(texts)), code
        for row in block["rows"]:
            assert row["number"] + row["counter"] in row["text"], row["text"]
            assert row.get("year", "") in row["text"], row["text"]
            assert not row.get("again") or row["text"].count(row["number"]) >= 2, row["text"]
