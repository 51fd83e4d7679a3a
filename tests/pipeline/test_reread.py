"""A document that was kept is cut into sentences again, and is read as it was read first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from foreshock.model import Document
from foreshock.reading.extract import extract
from foreshock.reading.read import read, reread
from foreshock.sources import Limits, gather

NOW = datetime(2022, 1, 12, tzinfo=UTC)
FOLDER = Path(__file__).parents[2] / "examples" / "kazakhstan-2022" / "dispatches"
PATHS = sorted(FOLDER.glob("*moth*")) + sorted(FOLDER.glob("*.zh.txt"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_a_second_reading_is_the_first(path: Path) -> None:
    (document,) = gather(str(path), extract=extract, now=NOW, fetch=lambda *_: None, limits=Limits())  # type: ignore[arg-type]
    assert isinstance(document, Document)
    first = read(document, now=NOW)
    again = reread(first.document)
    assert first.document.damage or "moth" not in path.name
    assert (again.document, again.sentences, again.depth) == (first.document, first.sentences, first.depth)
