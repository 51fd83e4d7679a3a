"""Claims with whole gold as training rows: how each was found, and whether everything that its gold asks for is right."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.seed import code_article
from foreshock.coding.confidence import Evidence
from foreshock.pipeline import Workbench

Row = tuple[Evidence, bool]
SLOTS = ("kind", "place", "actor", "recipient", "date", "figure")


def article_rows(
    folder: Path, bench: Workbench, found: Mapping[str, Evidence], rules: ModuleType, *, without: Collection[str]
) -> list[Row]:
    """Return the rows of NAME.txt with NAME.gold.jsonl, but for the articles named in ``without``."""
    rows: list[Row] = []
    for path in sorted(folder.glob("*.txt")):
        gold = path.with_suffix(".gold.jsonl")
        if gold.is_file() and path.stem not in without:
            rows += slot_rows(code_article(path, bench, "rules"), _lines(gold), found, rules)
    return rows


def example_rows(folder: Path, bench: Workbench, found: Mapping[str, Evidence], rules: ModuleType) -> list[Row]:
    """Return the rows of an example: ``dispatches`` with ``expected/claims.gold.jsonl``, whose lines name their file."""
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in _lines(folder / "expected/claims.gold.jsonl"):
        by_file[one["file"]].append(one)
    rows: list[Row] = []
    for name, gold in sorted(by_file.items()):
        rows += slot_rows(code_article(folder / "dispatches" / name, bench, "rules"), gold, found, rules)
    return rows


def slot_rows(
    claims: Sequence[dict[str, Any]], gold: Sequence[dict[str, Any]], found: Mapping[str, Evidence], rules: ModuleType
) -> list[Row]:
    """Return for each claim whether the act and its slots are right; status and holders have their own curve."""
    matched = {claim: number for number, claim in rules.pair_up(claims, gold).items()}
    rows: list[Row] = []
    for index, claim in enumerate(claims):
        one = gold[matched[index]] if index in matched else None
        if one is None or one.get("optional"):
            # Whether a claim beside the gold is wrong, nobody has said.
            continue
        right = rules.right(one, claim)
        rows.append((found[claim["id"]], all(name in right for name in SLOTS if name == "kind" or name in one)))
    return rows


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
