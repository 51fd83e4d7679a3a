"""Claims of the founding article against its gold table.

Metric: ``whole`` is the share of required gold claims matched with every asked field right; recall and precision of matching.
Matching: one to one, shared characters at least 30 % of the longer span; the rules are those of the scorer that ships beside the
data (``tools/score_claims.py``). Source: one machine-translated
situation report of 2022-01-08. Best known: no other system does this.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from foreshock import pipeline
from foreshock.errors import SourceError
from foreshock.model import to_json
from foreshock.settings import read_settings

KEYS = ("recall", "precision", "whole", "kind", "status", "holder", "place", "actor", "recipient", "date", "figure")


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the scorer's figures for each ``article.*.txt`` in the folder against its ``gold.jsonl``; one article: its own."""
    bench = make_bench()
    articles = sorted(data.glob("article.*.txt"))[:limit]
    if not articles:
        raise SystemExit(f"{data} holds no article.*.txt; name the folder of the seed")
    return score_article(articles[0], data / "gold.jsonl", bench, coder)


def make_bench() -> pipeline.Workbench:
    """Return a workbench with the user's own settings."""
    return pipeline.Workbench(read_settings(Path.cwd(), os.environ))


def code_article(article: Path, bench: pipeline.Workbench, coder: str) -> list[dict[str, Any]]:
    """Return the claims of one article as JSON values."""
    now = datetime.now(UTC)
    documents = list(pipeline.gather(str(article), settings=bench.settings, now=now))
    claims: list[dict[str, Any]] = []
    for document in documents:
        if isinstance(document, SourceError):
            raise document
        claims.extend(to_json(claim) for claim in pipeline.code(pipeline.read(document, bench, now=now), bench, coder=coder))
    return claims


def score_article(article: Path, gold: Path, bench: pipeline.Workbench, coder: str) -> dict[str, Any]:
    """Return the scorer's figures for one article."""
    scorer = find_scorer(gold)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.jsonl"
        path.write_text(
            "".join(json.dumps(claim, ensure_ascii=False) + "\n" for claim in code_article(article, bench, coder)),
            encoding="utf-8",
        )
        done = subprocess.run(
            [sys.executable, str(scorer), str(path), str(gold), "--json"], check=True, capture_output=True, text=True
        )
    return dict(json.loads(done.stdout))


def find_scorer(gold: Path) -> Path:
    """Return the scorer that ships beside the data: in ``tools`` above the gold, or beside the checkout."""
    places = [*gold.resolve().parents, Path(__file__).resolve().parents[2] / "shared"]
    found = [path for path in (place / "tools" / "score_claims.py" for place in places) if path.is_file()]
    if not found:
        raise SystemExit(f"no tools/score_claims.py beside {gold}; it ships with the data")
    return found[0]
