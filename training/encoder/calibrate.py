"""Fits the confidence of the encoder's claims, installs its file and writes encoder.yaml: python -m training.encoder.calibrate

Data: the documents of the training part that were kept from training, coded as users' texts are; right means whole, one to one,
by the rules of the bench. The threshold of triggers is the one with the best F1 of matched claims there. One logistic curve over
the evidence, then a temperature and a level for each language with enough claims, shrunk towards none. What is printed and kept
in the file are figures of five folds by group: claims that the fit of a fold did not see.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from bench import matching
from bench.calibration import figures
from bench.standing import coded
from corpus import read_all
from corpus.convert.claims import gold_row
from corpus.records import LANGUAGES, MiniDocument
from corpus.split import part_of
from foreshock.coding.encoder import calibration
from foreshock.coding.encoder.coder import EncoderCoder
from foreshock.coding.encoder.model import facts, from_bytes
from foreshock.coding.encoder.told import Told
from foreshock.model import Claim, to_json
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings
from training.encoder.examples import dev_part

FOLDER = Path("src/foreshock/models/encoder")
TABLE = Path("src/foreshock/coding/encoder/encoder.yaml")
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
PENALTY = 0.05
LEAST_OF_LANGUAGE, SHRINK = 40, 60
FOLDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """A claim that was told: its evidence, trigger, language, group of its document, and whether it is wholly right."""

    values: tuple[float, ...]
    trigger: float
    language: str
    group: str
    right: bool
    matched: bool


def rows_of(documents: Iterable[MiniDocument], bench: Workbench, coder: EncoderCoder) -> tuple[list[Row], int]:
    """Return a row for each claim that the coder tells of documents, and how many claims they have."""
    rows: list[Row] = []
    gold_claims = 0
    for document in documents:
        seen: dict[str, Told] = {}
        coder.watch = lambda claim, told, seen=seen: seen.__setitem__(claim.id, told)
        row = {"id": f"{document.language}/{document.id}", "text": document.text, "published": document.published}
        bench.encoder = coder
        _, claims = coded(row, document.language, bench, "encoder")
        gold = [gold_row(claim, document) for claim in document.claims]
        gold_claims += len(gold)
        rows.extend(_rows(document, claims, gold, seen))
    return rows, gold_claims


def _rows(
    document: MiniDocument, claims: Sequence[Claim], gold: Sequence[dict[str, Any]], seen: dict[str, Told]
) -> Iterable[Row]:
    told = [to_json(claim) for claim in claims]
    of = {claim: number for number, claim in matching.pair_up(told, gold).items()}
    for number, claim in enumerate(claims):
        values = calibration.evidence(seen[claim.id])
        one = gold[of[number]] if number in of else None
        right = one is not None and matching.right(one, told[number]) == matching.asked(one)
        yield Row(
            tuple(values[name] for name in calibration.FEATURES),
            seen[claim.id].trigger.probability,
            document.language,
            f"{document.language}/{document.group or document.id}",
            right,
            one is not None,
        )


def best_threshold(rows: Sequence[Row], gold: int) -> tuple[float, dict[str, float]]:
    """Return the threshold with the best F1 of matched claims, and the F1 of each."""
    scores = {}
    for least in THRESHOLDS:
        some = [row for row in rows if row.trigger >= least]
        scores[f"{least:.2f}"] = round(2 * sum(row.matched for row in some) / max(1, len(some) + gold), 3)
    best = max(scores, key=lambda name: scores[name])
    return float(best), scores


def fitted(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the curve and the languages' temperatures and levels."""
    x, y = np.array([row.values for row in rows]), np.array([row.right for row in rows])
    spread = np.maximum(x.std(0), 1e-6)
    curve = LogisticRegression(C=PENALTY, max_iter=5000).fit(x / spread, y)
    weights = curve.coef_[0] / spread
    intercept = float(curve.intercept_[0])
    logits = x @ weights + intercept
    languages: dict[str, dict[str, float]] = {"other": {"temperature": 1.0, "level": 0.0}}
    for language in LANGUAGES:
        mine = np.array([row.language == language for row in rows])
        if mine.sum() < LEAST_OF_LANGUAGE or len(set(y[mine])) < 2:
            continue
        own = LogisticRegression(C=1.0, max_iter=1000).fit(logits[mine][:, None], y[mine])
        held = float(mine.sum()) / (float(mine.sum()) + SHRINK)
        temperature = 1 + held * (float(own.coef_[0][0]) - 1)
        languages[language] = {"temperature": round(temperature, 3), "level": round(held * float(own.intercept_[0]), 3)}
    return {
        "intercept": round(intercept, 4),
        "weights": {name: round(float(weight), 4) for name, weight in zip(calibration.FEATURES, weights, strict=True)},
        "languages": languages,
    }


def applied(rows: Sequence[Row], table: dict[str, Any]) -> list[tuple[float, bool]]:
    """Return confidence and rightness of rows under a fit."""
    out = []
    for row in rows:
        logit = table["intercept"] + sum(
            table["weights"][name] * value for name, value in zip(calibration.FEATURES, row.values, strict=True)
        )
        level = table["languages"].get(row.language) or table["languages"]["other"]
        value = 1 / (1 + np.exp(-np.clip(logit * level["temperature"] + level["level"], -30, 30)))
        out.append((round(float(min(max(value, calibration.LEAST), calibration.MOST)), 2), row.right))
    return out


def in_folds(rows: Sequence[Row]) -> dict[str, Any]:
    """Return the figures of rows that the fit of their fold did not see."""
    pairs: list[tuple[float, bool]] = []
    groups = [row.group for row in rows]
    for train, test in GroupKFold(FOLDS).split(rows, groups=groups):
        pairs.extend(applied([rows[n] for n in test], fitted([rows[n] for n in train])))
    return figures(pairs)


def main() -> None:
    """Fit, install the file and write the table."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.calibrate", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--file", type=Path, default=Path("build/encoder/encoder.zip"))
    parser.add_argument("--version", type=int, default=1)
    given = parser.parse_args()
    data = given.file.read_bytes()
    documents, _ = read_all()
    kept = [one for one in documents if part_of(one) == "train" and dev_part(one)]
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    coder = EncoderCoder(
        bench.catalogue, bench.gazetteer, bench.codebook, from_bytes(data), table={**facts(), "trigger": THRESHOLDS[0]}
    )
    rows, gold = rows_of(kept, bench, coder)
    least, scores = best_threshold(rows, gold)
    told = [row for row in rows if row.trigger >= least]
    table = {
        "file": "encoder.zip",
        "sha256": hashlib.sha256(data).hexdigest(),
        "version": given.version,
        "trigger": least,
        "cued": dict(facts()["cued"]),
        "calibration": fitted(told),
        "provenance": {
            "command": "python -m training.encoder.calibrate",
            "data": f"{len(kept)} documents of the corpus kept from training, {gold} claims",
            "f1 of matched claims by threshold": scores,
            "held claims, five folds": in_folds(told),
        },
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(given.file, FOLDER / "encoder.zip")
    text = yaml.safe_dump(table, sort_keys=False, allow_unicode=True, width=128, default_flow_style=None)
    TABLE.write_text(f"# Written by python -m training.encoder.calibrate; do not edit by hand.\n{text}", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
