"""Claims of whole articles against their gold tables: the mean over articles, and each.

Metric and matching as in ``bench.seed``. Source: articles with invented outlets, clean and damaged, in English and Japanese,
written after the contract. Best known: no other system does this.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.seed import KEYS, make_bench, score_article


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the mean of each figure over the articles NAME.txt with NAME.gold.jsonl, and each article's own figures."""
    articles = [path for path in sorted(data.glob("*.txt")) if path.with_suffix(".gold.jsonl").is_file()][:limit]
    if not articles:
        raise SystemExit(f"{data} holds no NAME.txt with NAME.gold.jsonl")
    bench = make_bench()
    each = {path.stem: score_article(path, path.with_suffix(".gold.jsonl"), bench, coder) for path in articles}
    mean: dict[str, Any] = {}
    for key in KEYS:
        values = [one[key] for one in each.values() if one.get(key) is not None]
        if values:
            mean[key] = round(sum(values) / len(values), 3)
    return {**mean, "articles": each}
