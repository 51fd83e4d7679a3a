"""Traps: does sport, fiction, a market or an old episode become fresh violence, and does real violence beside them stay?

Source: our own gold (tests/gold/traps). PATH is one .yaml of it, or the folder; each row gives ``text``, ``published``,
``register``, ``part`` (dev or held) and ``violence``: ``none``, ``past`` (with ``year`` where the text tells it) or ``fresh``
(with the ``kinds`` of which one must stand).

Metric: ``false_violence`` is the share of trap texts (none and past) with a claim of fresh violence; ``fresh_recall`` the share
of fresh texts with one of the asked kinds. Matching rule: a claim tells fresh violence if its kind is ASSAULT, HARM, COERCE,
MOBILIZE, CONTROL or OFFICE/seize (without those of ``allow``), it is asserted or alleged and not negated, and it does not end
before the year of publication. A past text may tell its violence where the claim is dated to the past (``past_dated``: the share
of past texts with a year whose violence is told, and in that year). ``fresh`` counts alike: a real
attack that is dated to an old episode is missed.

Today's best of others: no public measure of it.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from bench.gold_tables import tables
from bench.standing import coded
from foreshock.model import Claim
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

VIOLENT = frozenset({"ASSAULT", "HARM", "COERCE", "MOBILIZE", "CONTROL"})
STANDING = ("asserted", "alleged")


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the shares of all, by part, by language and by register.

    Raises:
        FileNotFoundError: PATH holds no .yaml file.
    """
    paths = tables(data)
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    counts: dict[str, Counter[str]] = {}
    for path in paths:
        language = path.stem.partition(".")[0]
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))[:limit]:
            found = verdict(row, coded(row, language, bench, coder)[1])
            for name in ("all", row["part"], language, f"{language}.{row['part']}", row["register"]):
                counts.setdefault(name, Counter()).update(found)
    parts = {name: shares(one) for name, one in counts.items()}
    return {**parts.pop("all"), "coder": coder, **{name: parts[name] for name in sorted(parts)}}


def verdict(row: dict[str, Any], claims: list[Claim]) -> Counter[str]:
    """Return what one text counts for: ``traps`` and ``false``, or ``fresh`` and ``found``; ``years`` and ``dated``."""
    year = int(str(row["published"])[:4])
    violent = [one for one in claims if is_violent(one)]
    fresh = [one for one in violent if _is_fresh(one, year)]
    if row["violence"] == "fresh":
        return Counter(fresh=1, found=int(any(one.kind in row["kinds"] for one in fresh)))
    false = [one for one in fresh if one.kind not in row.get("allow", ())]
    found = Counter(traps=1, false=int(bool(false)))
    if "year" in row:
        found.update(years=1, dated=int(any(one.when and (one.when.start or "")[:4] == str(row["year"]) for one in violent)))
    return found


def is_violent(claim: Claim) -> bool:
    """Whether a claim tells, as a fact or a charge, that violence happened."""
    kind = claim.kind in VIOLENT or (claim.kind == "OFFICE" and claim.mode == "seize")
    return kind and claim.status in STANDING and not claim.negated


def _is_fresh(claim: Claim, year: int) -> bool:
    end = claim.when.end if claim.when else None
    return end is None or int(end[:4]) >= year


def shares(counts: Counter[str]) -> dict[str, float | int]:
    """Return the keys of one part; a share of nothing is left out."""
    pairs = {"false_violence": ("false", "traps"), "fresh_recall": ("found", "fresh"), "past_dated": ("dated", "years")}
    told: dict[str, float | int] = {name: round(counts[some] / counts[of], 3) for name, (some, of) in pairs.items() if counts[of]}
    return {**told, "of": counts["traps"] + counts["fresh"]}
