"""The gold of traps keeps its format: enough texts of every part, told apart, with what each may and must tell."""

from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from foreshock.model import Kind

TRAPS = sorted((Path(__file__).parent / "traps").glob("*.yaml"))
FIELDS = frozenset({"id", "part", "register", "published", "violence", "kinds", "year", "allow", "text"})


def rows(path: Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def test_the_five_languages_are_there() -> None:
    assert [path.stem for path in TRAPS] == ["en", "es", "fr", "ja", "ru"]


@pytest.mark.parametrize("path", TRAPS, ids=lambda path: path.stem)
def test_the_format(path: Path) -> None:
    table = rows(path)
    assert len(table) >= 60
    assert len({one["id"] for one in table}) == len({one["text"] for one in table}) == len(table)
    assert 0.18 <= sum(one["violence"] == "fresh" for one in table) / len(table) <= 0.25
    for one in table:
        assert set(one) <= FIELDS
        assert one["part"] in ("dev", "held")
        assert one["violence"] in ("none", "past", "fresh")
        assert ("kinds" in one) == (one["violence"] == "fresh")
        assert set(one.get("kinds", [])) | set(one.get("allow", [])) <= set(get_args(Kind))
        assert "year" not in one or (one["violence"] == "past" and one["year"] < int(one["published"][:4]))
