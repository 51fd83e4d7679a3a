"""Claims with whole gold as training rows: how each was found, and whether everything that its gold asks for is right."""

from __future__ import annotations

import json
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
    folder: Path,
    bench: Workbench,
    found: Mapping[str, Evidence],
    rules: ModuleType,
    *,
    without: Collection[str] = (),
    only: Collection[str] | None = None,
) -> list[Row]:
    """Return the rows of NAME.txt with NAME.gold.jsonl, those in ``only`` if given, none in ``without``."""
    rows: list[Row] = []
    for path in sorted(folder.glob("*.txt")):
        gold = path.with_suffix(".gold.jsonl")
        if gold.is_file() and path.stem not in without and (only is None or path.stem in only):
            rows += slot_rows(code_article(path, bench, "rules"), _lines(gold), found, rules)
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
