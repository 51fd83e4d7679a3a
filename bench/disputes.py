"""Disputes: do two texts contradict each other, agree, or speak of two matters?

Source: our own gold (tests/gold/disputes), written by another hand than the rules, before them. PATH is one .yaml of it, or the
folder; each row gives ``one`` and ``other`` (``language``, ``source``, ``published``, ``text``), ``label`` (contradict,
compatible, unrelated), ``about`` and ``held``. Rules were written with the open rows; of the held ones only totals were seen.

Metric: ``f1`` is the macro F1 over the three labels, ``contradict_f1``, ``compatible_f1``, ``unrelated_f1`` those of each, over
all rows; ``dev`` and ``held`` the same of either half, ``languages`` macro F1 by file, ``about`` the share right by what decides
a pair. Matching rule: each text is read and coded as a document of its own; the relation of two documents is the strongest of
their claims', contradict before compatible before unrelated. A text that gives no claim is unrelated to anything. Errors of the
coders count against us.

Today's best of others: no public measure of it; natural language inference asks alike of sentences, not of claims with holders.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from bench.gold_tables import tables
from bench.standing import coded
from foreshock.incidents.disputes.relation import Relation, relation_of
from foreshock.model import Report
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

LABELS = ("contradict", "compatible", "unrelated")
KNOWN = "2036-01-01T00:00:00Z"
Verdict = tuple[str, str]  # gold, ours


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of all rows, of either half, by file and by what decides a pair.

    Raises:
        FileNotFoundError: PATH holds no .yaml file.
    """
    paths = tables(data)
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    verdicts: dict[str, list[Verdict]] = {}
    for path in paths:
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))[:limit]:
            verdict = (row["label"], found(row, bench, coder).label)
            for name in ("all", "held" if row["held"] else "dev", f"language {path.stem}", f"about {row['about']}"):
                verdicts.setdefault(name, []).append(verdict)
    return {
        **scores(verdicts["all"]),
        "coder": coder,
        **{part: scores(verdicts[part]) for part in ("dev", "held") if part in verdicts},
        "languages": {name.split()[1]: scores(some)["f1"] for name, some in verdicts.items() if name.startswith("language")},
        "about": {
            name.split()[1]: round(sum(gold == ours for gold, ours in some) / len(some), 2)
            for name, some in sorted(verdicts.items())
            if name.startswith("about")
        },
    }


def found(row: dict[str, Any], bench: Workbench, coder: str) -> Relation:
    """Return the relation of the two texts of a row."""
    one, other = (_reports(row, side, bench, coder) for side in ("one", "other"))
    return relation_of(one, other, text=row["one"]["text"], other_text=row["other"]["text"])


def _reports(row: dict[str, Any], side: str, bench: Workbench, coder: str) -> list[Report]:
    text = {"id": f"{row['id']} {side}", **row[side]}
    reading, claims = coded(text, text["language"], bench, coder)
    return [Report(claim, text["source"], reading.document.published, KNOWN, 1) for claim in claims]


def scores(verdicts: Sequence[Verdict]) -> dict[str, float | int]:
    """Return the macro F1 over the labels that the gold has, the F1 of each, and of how many pairs."""
    each: dict[str, float] = {}
    for label in LABELS:
        right = sum(gold == ours == label for gold, ours in verdicts)
        told = sum((gold == label) + (ours == label) for gold, ours in verdicts)
        each[label] = 2 * right / told if told else 0.0
    asked = [label for label in LABELS if any(gold == label for gold, _ in verdicts)]
    macro = sum(each[label] for label in asked) / max(1, len(asked))
    return {
        "f1": round(macro, 3),
        **{f"{label}_f1": round(value, 3) for label, value in each.items()},
        "of": len(verdicts),
    }
