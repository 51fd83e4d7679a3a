"""Calibration: of the claims given 0.8, are eight in ten wholly right?

Source: PATH is a folder of NAME.txt with NAME.gold.jsonl (as bench articles), or of <language>.<part>.yaml (as bench standing).
Matching rules and what is right as there: every asked field; for standing: status, polarity and holders. In articles a claim that
matches no gold is wrong, one that matches optional gold is not counted; in standing only matched claims are counted, since its
gold does not claim to hold every clause.

Metric: ``ece`` is the expected calibration error in ten bins of equal mass; ``brier_skill`` is 1 - Brier / Brier of the constant;
``auc`` the chance that a right claim has more confidence than a wrong one. Our bar: ece <= .05, skill > 0, auc >= .70, n >=
1,000; our gold is smaller, so ``n`` is printed. Best known: no other system gives calibrated claims.
"""

from __future__ import annotations

import importlib.util
import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean
from types import ModuleType
from typing import Any

import yaml

from bench.seed import code_article, find_scorer, make_bench
from bench.spans import characters, jaccard, locate, paired
from bench.standing import LEAST, coded, same_holders
from foreshock.pipeline import Workbench

Pair = tuple[float, bool]
BINS = 10


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return ``ece``, ``brier_skill``, ``auc`` and ``n`` over all, and by language and part.

    Raises:
        SystemExit: PATH holds neither kind of gold.
    """
    bench = make_bench()
    by: dict[str, list[Pair]] = defaultdict(list)
    for path in sorted(data.glob("*.yaml"))[:limit]:
        by[path.stem] += standing_pairs(path, bench, coder)
    for path in sorted(data.glob("*.txt"))[:limit]:
        if path.with_suffix(".gold.jsonl").is_file():
            by[path.stem.partition("_")[0]] += article_pairs(path, bench, coder)
    if not by:
        raise SystemExit(f"{data} holds neither NAME.txt with NAME.gold.jsonl nor .yaml gold")
    return {
        **figures([pair for pairs in by.values() for pair in pairs]),
        "coder": coder,
        "parts": {k: figures(v) for k, v in by.items()},
    }


def standing_pairs(path: Path, bench: Workbench, coder: str) -> list[Pair]:
    """Return confidence and rightness of the claims that match gold of standing."""
    pairs: list[Pair] = []
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        _, claims = coded(row, path.stem.partition(".")[0], bench, coder)
        gold = row.get("claims") or []
        spans = [characters([locate(row["text"], one["words"])]) for one in gold]
        ours = [characters([(one.start, one.end)]) for one in claims]
        for number, found in paired(spans, ours, jaccard, LEAST):
            one, claim = gold[number], claims[found]
            good = claim.status == one["status"] and claim.negated == one.get("negated", False)
            held = same_holders(one.get("holders") or [], [(holder.name, holder.raw) for holder in claim.holders[1:]])
            pairs.append((claim.confidence, good and held))
    return pairs


def article_pairs(path: Path, bench: Workbench, coder: str) -> list[Pair]:
    """Return confidence and rightness of the claims of an article with gold."""
    gold_path = path.with_suffix(".gold.jsonl")
    gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return claim_pairs(code_article(path, bench, coder), gold, scorer(gold_path))


def claim_pairs(claims: Sequence[dict[str, Any]], gold: Sequence[dict[str, Any]], rules: ModuleType) -> list[Pair]:
    """Return confidence and rightness of claims by the rules of the scorer, or of :mod:`bench.matching`."""
    matched = {claim: number for number, claim in rules.pair_up(claims, gold).items()}
    pairs = []
    for index, claim in enumerate(claims):
        one = gold[matched[index]] if index in matched else None
        if one is not None and one.get("optional"):
            continue
        asked = [] if one is None else [name for name in rules.CHECKS if name in rules.ALWAYS or name in one]
        pairs.append((float(claim["confidence"]), one is not None and rules.right(one, claim) == asked))
    return pairs


def scorer(gold: Path) -> ModuleType:
    """Return the scorer beside the data as a module."""
    spec = importlib.util.spec_from_file_location("score_claims", find_scorer(gold))
    if spec is None or spec.loader is None:
        raise SystemExit(f"the scorer beside {gold} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return ``ece``, ``brier_skill``, ``auc``, the mean confidence, the share that is right and ``n``."""
    if not pairs:
        return {"n": 0, "ece": None, "brier_skill": None, "auc": None}
    share = mean(right for _, right in pairs)
    constant = share * (1 - share)
    brier = mean((value - right) ** 2 for value, right in pairs)
    return {
        "n": len(pairs),
        "ece": round(expected_calibration_error(pairs), 3),
        "brier_skill": round(1 - brier / constant, 3) if constant else None,
        "auc": area(pairs),
        "mean_confidence": round(mean(value for value, _ in pairs), 3),
        "right": round(share, 3),
    }


def expected_calibration_error(pairs: Sequence[Pair], bins: int = BINS) -> float:
    """Return the expected calibration error in bins of equal mass (Naeini et al. 2015, with equal-mass bins)."""
    ranked = sorted(pairs)
    edges = [round(number * len(ranked) / bins) for number in range(bins + 1)]
    filled = [ranked[low:high] for low, high in pairwise(edges) if high > low]
    return sum(len(some) / len(ranked) * abs(mean(v for v, _ in some) - mean(r for _, r in some)) for some in filled)


def area(pairs: Sequence[Pair]) -> float | None:
    """Return the area under the ROC curve, ties counted half; None where all are right or all wrong."""
    right = [value for value, good in pairs if good]
    wrong = [value for value, good in pairs if not good]
    if not right or not wrong:
        return None
    above = sum((a > b) + 0.5 * (a == b) for a in right for b in wrong)
    return round(above / (len(right) * len(wrong)), 3)
