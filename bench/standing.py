"""Standing: what status has each claim, and who holds it, in short texts of five languages?

Source: our own gold (tests/gold/standing), written from the contract before the rules, by other hands than the rules; the
``held`` part was never looked at by those who wrote rules. PATH is one .yaml of it, or the folder.

Metric: ``status_f1`` is the macro F1 over the statuses that the gold has, counted over gold claims and those of ours that match
one; a gold claim that we lack counts as missed. ``whole`` is the share of gold claims with status, polarity and every holder
right. ``negated``, ``certainty``, ``phase``, ``basis``, ``holders`` are shares of the matched claims. ``false_fact`` is the
share of gold claims of another standing that we tell as plain, unqualified fact: the worst error of event coders. Matching
rule: one to one by shared characters, at least .3 of all; holders one to one along the chain, by containment of the names
without case and articles.
"""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from bench.gold_tables import tables
from bench.spans import characters, f1, jaccard, locate, paired
from foreshock.model import Claim, Custody, Document, Reading, record_id
from foreshock.pipeline import Workbench, code
from foreshock.reading.read import read
from foreshock.settings import read_settings

LEAST = 0.3
SLOTS = ("negated", "certainty", "phase", "basis")
FILLED: dict[str, Any] = {"negated": False, "certainty": "certain", "phase": None, "basis": "unstated"}
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of each file and their mean by part: ``dev`` and ``held``.

    Raises:
        FileNotFoundError: PATH holds no .yaml file.
    """
    paths = tables(data)
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    each = {path.stem: measure(path, bench, coder=coder, limit=limit) for path in paths}
    keys = ("status_f1", "whole", "holders", "recall", "false_fact")
    means = {
        part: {key: round(sum(one[key] for one in some) / len(some), 3) for key in keys}
        for part in ("dev", "held")
        if (some := [one for name, one in each.items() if name.endswith(f".{part}")])
    }
    return {**means, "coder": coder, "files": each}


def measure(
    path: Path, bench: Workbench, *, coder: str, limit: int | None = None, misses: list[str] | None = None
) -> dict[str, Any]:
    """Return the figures of one file; ``misses`` collects what was not right, for the parts that may be looked at."""
    counts: Counter[str] = Counter()
    told: Counter[str] = Counter()
    gold_statuses: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))[:limit]:
        _reading, claims = coded(row, path.stem.partition(".")[0], bench, coder)
        gold = row.get("claims") or []
        spans = [locate(row["text"], one["words"]) for one in gold]
        pairs = dict(
            paired(spans, claims, lambda span, claim: jaccard(characters([span]), characters([(claim.start, claim.end)])), LEAST)
        )
        counts["of"] += len(gold)
        counts["told"] += len(claims)
        counts["matched"] += len(pairs)
        for number, one in enumerate(gold):
            gold_statuses[one["status"]] += 1
            claim = claims[pairs[number]] if number in pairs else None
            good = claim is not None and _compare(one, claim, counts, told, right)
            counts["whole"] += good
            if misses is not None and not good:
                misses.append(_miss(row, one, claim))
    by_status = {name: f1(right[name], told[name], gold_statuses[name]) for name in gold_statuses}
    matched = max(1, counts["matched"])
    return {
        "status_f1": round(sum(by_status.values()) / max(1, len(by_status)), 3),
        "whole": round(counts["whole"] / max(1, counts["of"]), 3),
        "status": round(counts["status"] / matched, 3),
        **{name: round(counts[name] / matched, 3) for name in (*SLOTS, "holders")},
        "recall": round(counts["matched"] / max(1, counts["of"]), 3),
        "precision": round(counts["matched"] / max(1, counts["told"]), 3),
        "false_fact": round(counts["false_fact"] / max(1, counts["qualified"]), 3),
        "of": counts["of"],
        "by_status": {name: round(value, 2) for name, value in sorted(by_status.items())},
    }


def coded(row: dict[str, Any], language: str, bench: Workbench, coder: str) -> tuple[Reading, list[Claim]]:
    """Return the reading and the claims of one gold text; a row may tell no date of publication."""
    data = row["text"].encode("utf-8")
    custody = Custody(record_id(row["text"]), len(data), "2026-01-01T00:00:00Z", "gold")
    document = Document(
        record_id("gold", row["id"]), custody.sha256, "gold", None, "und", None, row["text"], None, None, "2026-01-01T00:00:00Z",
        "text/plain", custody,
    )  # fmt: skip
    reading = read(document, now=NOW, published=str(row["published"]) if "published" in row else None, language=language)
    return reading, list(code(reading, bench, coder=coder))


def _compare(one: dict[str, Any], claim: Claim, counts: Counter[str], told: Counter[str], right: Counter[str]) -> bool:
    told[claim.status] += 1
    right[claim.status] += claim.status == one["status"]
    counts["status"] += claim.status == one["status"]
    for slot in SLOTS:
        counts[slot] += getattr(claim, slot) == one.get(slot, FILLED[slot])
    held = same_holders(one.get("holders") or [], [(holder.name, holder.raw) for holder in claim.holders[1:]])
    counts["holders"] += held
    if one["status"] != "asserted":
        counts["qualified"] += 1
        counts["false_fact"] += claim.status == "asserted" and claim.certainty == "certain" and not claim.negated
    return bool(claim.status == one["status"] and claim.negated == one.get("negated", False) and held)


def same_holders(gold: list[str], told: list[tuple[str, str]]) -> bool:
    """Whether two chains name the same holders: as long, and each name or its words in the text within the other."""
    return len(gold) == len(told) and all(
        any(folded(one) in folded(other) or folded(other) in folded(one) for other in forms)
        for one, forms in zip(gold, told, strict=True)
    )


def folded(name: str) -> str:
    """Return a name without case, article and quotation marks, for comparing."""
    low = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    for article in ("the ", "a ", "le ", "la ", "les ", "l'", "un ", "une ", "el ", "los ", "las ", "una "):
        low = low.removeprefix(article)
    return low.strip(" .,「」『』«»\"'")


def _miss(row: dict[str, Any], one: dict[str, Any], claim: Claim | None) -> str:
    wanted = f"{'not ' * one.get('negated', False)}{one['status']} {one.get('holders') or []}"
    got = (
        "nothing"
        if claim is None
        else f"{'not ' * claim.negated}{claim.status} {[h.name for h in claim.holders[1:]]} {claim.kind} {claim.text[:50]!r}"
    )
    return f"{row['id']}\t{one['words'][:70]!r}\twanted {wanted}\tgot {got}"
