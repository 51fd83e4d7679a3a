"""The gold of origins as codings, and how what was linked is scored."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from foreshock.model import Claim, Coding, Custody, Document, record_id

GOLD = Path(__file__).parent.parent / "gold" / "origins"
DAY = "2031-02-10"
NOW = "2033-01-01T00:00:00Z"


@cache
def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a table of the gold."""
    table: list[dict[str, Any]] = yaml.safe_load((GOLD / f"{name}.yaml").read_text(encoding="utf-8"))
    return table


def document(
    text: str, *, name: str = "a", source: str = "Tin Whistle Post", published: str | None = DAY, language: str = "en"
) -> Document:
    """A document; ``name`` makes its id, so the same name with another text is a new version of it."""
    return Document(
        record_id("document", name), record_id(text), source, None, language, None, text, published,
        "given" if published else None, NOW, "text/plain", Custody("0" * 64, len(text), NOW, name),
    )  # fmt: skip


def coding(text: str, arrival: int, *, claims: tuple[Claim, ...] = (), known_at: str = NOW, **about: Any) -> Coding:
    """A coding of a document by no coder."""
    return Coding(document(text, **about), claims, "none", 1, arrival, known_at)


def codings(name: str) -> list[Coding]:
    """The texts of a table of the gold, in its order; without claims, as a language without a coder gives them."""
    return [
        coding(row["text"], at, name=row["id"], source=row["source"], published=str(row["published"]), language=row["language"])
        for at, row in enumerate(rows(name), 1)
    ]


def scored(reports: Mapping[str, str | None], groups: Mapping[str, str]) -> tuple[int, int, int]:
    """Count pairs of documents that are rightly, wrongly and not brought together; ``reports`` is document -> report or None."""
    right = wrong = missed = 0
    for one, other in combinations(reports, 2):
        same = reports[one] is not None and reports[one] == reports[other]
        found = one in groups and groups[one] == groups.get(other)
        right, wrong, missed = right + (same and found), wrong + (found and not same), missed + (same and not found)
    return right, wrong, missed
