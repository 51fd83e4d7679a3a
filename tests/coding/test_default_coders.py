"""Which coder a text gets where none is asked for."""

from __future__ import annotations

import pytest

from corpus.records import LANGUAGES
from foreshock.coding import default_coders
from foreshock.coding.default_coders import default_coder
from foreshock.knowledge import load_table

ROWS = load_table("foreshock.coding", "default_coders.yaml")["coders"]


def test_the_table_names_coders_that_there_are() -> None:
    assert set(ROWS) <= set(LANGUAGES)
    for row in ROWS.values():
        assert set(row) <= {"coder", "damaged", "measured"}
        assert {row["coder"], row.get("damaged", "rules")} <= {"encoder", "rules"}


@pytest.mark.parametrize("language", sorted(ROWS))
def test_a_row_is_what_its_language_gets(language: str) -> None:
    assert default_coder(language) == ROWS[language]["coder"]
    assert default_coder(language, damaged=True) == ROWS[language].get("damaged", ROWS[language]["coder"])


def test_a_language_without_a_row_is_read_by_rules() -> None:
    assert default_coder("sv") == "rules"


def test_rules_read_everything_where_nothing_runs_the_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(default_coders, "can_run_encoder", lambda: False)
    default_coder.cache_clear()
    try:
        assert {default_coder(language) for language in LANGUAGES} == {"rules"}
    finally:
        default_coder.cache_clear()
