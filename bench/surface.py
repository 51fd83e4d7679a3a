"""Surface: what do the rules of languages without a grammar make of short news?

Source: our own gold (tests/gold/surface), written before the rules, one table a language: texts of one to three sentences with
their claims, and texts of sport, fiction, markets and weather that bear none. PATH is one .yaml of it, or the folder.

Metric, a language and the mean: ``recall`` is the share of gold claims that a claim of ours matches (one to one, by shared
characters, at least .3 of all); ``kind`` and ``status`` are the shares of the gold claims with that right, polarity counted with
the status; ``whole`` those with kind, status, polarity, every holder, and place, day and figures where the gold tells them;
``precision`` is the share of our claims that match one; ``false_violence`` the share of texts without a claim of ASSAULT or HARM
of which we tell one. Today's best of others: no system codes claims in these languages.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from bench.gold_tables import tables
from bench.spans import characters, jaccard, locate, paired
from bench.standing import LEAST, coded, same_holders
from foreshock.model import Claim
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

VIOLENCE = frozenset({"ASSAULT", "HARM"})
KEYS = ("recall", "kind", "status", "whole", "precision", "false_violence")


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of each language and their mean.

    Raises:
        FileNotFoundError: PATH holds no .yaml file.
    """
    paths = tables(data)
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    each = {path.stem: measure(path, bench, coder=coder, limit=limit) for path in paths}
    means = {key: round(sum(one[key] for one in each.values()) / len(each), 3) for key in KEYS}
    return {**means, "coder": coder, "languages": each}


def measure(
    path: Path, bench: Workbench, *, coder: str, limit: int | None = None, misses: list[str] | None = None
) -> dict[str, Any]:
    """Return the figures of one table; ``misses`` collects what was not right."""
    counts: Counter[str] = Counter()
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))[:limit]:
        _reading, claims = coded(row, path.stem, bench, coder)
        gold = row.get("claims") or []
        spans = [locate(row["text"], one["words"]) for one in gold]
        pairs = dict(
            paired(spans, claims, lambda span, claim: jaccard(characters([span]), characters([(claim.start, claim.end)])), LEAST)
        )
        counts.update({"of": len(gold), "told": len(claims), "matched": len(pairs)})
        if not any(one["kind"] in VIOLENCE for one in gold):
            counts["peaceful"] += 1
            counts["false_violence"] += any(claim.kind in VIOLENCE and not claim.negated for claim in claims)
        for number, one in enumerate(gold):
            claim = claims[pairs[number]] if number in pairs else None
            wrong = ["missed"] if claim is None else _wrong(one, claim)
            counts.update({slot: slot not in wrong and claim is not None for slot in ("kind", "status")})
            counts["whole"] += not wrong
            if misses is not None and wrong:
                misses.append(_miss(row, one, claim, wrong))
        if misses is not None and not gold:
            misses.extend(f"{row['id']}\tnone\t{claim.kind} {claim.text!r}" for claim in claims)
    of = max(1, counts["of"])
    return {
        **{key: round(counts[name] / of, 3) for key, name in zip(KEYS, ("matched", "kind", "status", "whole"), strict=False)},
        "precision": round(counts["matched"] / max(1, counts["told"]), 3),
        "false_violence": round(counts["false_violence"] / max(1, counts["peaceful"]), 3),
        "of": counts["of"],
        "told": counts["told"],
    }


def _wrong(one: dict[str, Any], claim: Claim) -> list[str]:
    """Return the slots of a claim that are not what the gold says."""
    wrong = [] if claim.kind == one["kind"] else ["kind"]
    if claim.status != one["status"] or claim.negated != one.get("negated", False):
        wrong.append("status")
    if not same_holders(one.get("holders") or [], [(holder.name, holder.raw) for holder in claim.holders[1:]]):
        wrong.append("holders")
    if "place" in one and (claim.place is None or claim.place.name != one["place"]):
        wrong.append("place")
    if "when" in one and (claim.when is None or claim.when.start != one["when"]):
        wrong.append("when")
    if "figures" in one and [figure.best for figure in claim.figures] != one["figures"]:
        wrong.append("figures")
    return wrong


def _miss(row: dict[str, Any], one: dict[str, Any], claim: Claim | None, wrong: list[str]) -> str:
    wanted = (
        f"{one['kind']} {'not ' * one.get('negated', False)}{one['status']} {one.get('holders') or []} {one.get('place', '')}"
    )
    if claim is None:
        return f"{row['id']}\twanted {wanted} {one['words'][:60]!r}\tgot nothing"
    place, when = claim.place.name if claim.place else None, claim.when.start if claim.when else None
    got = f"{claim.kind}/{claim.mode} {'not ' * claim.negated}{claim.status} {[h.name for h in claim.holders[1:]]} {place} {when}"
    return f"{row['id']}\t{'+'.join(wrong)}\twanted {wanted}\tgot {got} {[f.best for f in claim.figures]} {claim.text[:60]!r}"
