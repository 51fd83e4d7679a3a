"""Claims of articles written by another hand against their gold tables; half of them were never looked at.

Metric and matching as in ``bench.seed``. Source: ``tests/gold/articles``, eight articles on eight crises in English and
Japanese, clean and damaged, written from the contract without sight of the rules; its README names the held half. Best
known: no other system does this.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.articles import run as run_articles

HELD = ("en_srilanka", "en_bolivia_damaged", "ja_bangladesh", "ja_belarus_damaged")


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the mean over all articles, and ``held_whole``: the mean whole over those that were never looked at."""
    found = run_articles(data, coder=coder, limit=limit)
    held = [one["whole"] for name, one in found["articles"].items() if name in HELD]
    return {"held_whole": round(sum(held) / len(held), 3) if held else None, **found}
