"""The table tallies.yaml holds the cases: how many a text says were killed, without any claim made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from foreshock.coding import tallies
from foreshock.reading.read import read
from tests.desk import NOW, document

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "tallies.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_table(row: dict[str, Any]) -> None:
    assert tallies.killed((), read(document(row["text"]), now=NOW, language="en")) == row["killed"]


def test_the_opening_goes_before_what_follows() -> None:
    later = "The town mourned them for many days. " * 8
    text = f"Five people were killed at the mill on Friday.\n\n{later}\n\nNine people died there in the flood, a plaque says."
    assert tallies.killed((), read(document(text), now=NOW, language="en")) == 5


def test_a_language_without_words_gives_none_where_nothing_is_counted() -> None:
    assert tallies.killed((), read(document("Der Rat tagte am Freitag im neuen Rathaus."), now=NOW, language="de")) is None
