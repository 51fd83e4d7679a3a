"""Fit the confidence of rule-coded claims: python -m training.fit_confidence

Data, all of it the project's own: tests/gold/standing (five languages: standing and holders) and tests/gold/articles (whole
claims), both with their held halves. Rules were written on the dev halves and are right there more often than on a new text, so
only the held ones tell how often that is; the fit reads them, nobody looks at them, and no rule learns from them.

Method: two logistic regressions with an L2 penalty, whose product is the confidence; a language's level is fitted beside them,
with a penalty that keeps small samples near the common one. A held row weighs ``HELD_WEIGHT`` times a dev one. Five-fold scores
over blocks of neighbouring claims, which mostly share a document, stand in the provenance. The numbers go to
src/foreshock/coding/confidence.yaml; a second run gives the same.

Needs scikit-learn (extra "train") and the data folder for the scorer (--data, default ../shared/data).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from bench.calibration import figures, scorer
from bench.gold import HELD
from bench.seed import make_bench
from bench.spans import characters, jaccard, locate, paired
from bench.standing import LEAST, coded, same_holders
from foreshock.coding.confidence import FEATURES, Evidence
from foreshock.coding.rules import RulesCoder
from foreshock.model import Claim
from foreshock.pipeline import Workbench
from training.gold_claims import article_rows

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "src/foreshock/coding/confidence.yaml"
PENALTY = 0.3  # inverse strength of L2 over the features
LEVEL = 1.5  # scale of a language's own level against the features: larger lets it differ more
HELD_WEIGHT = 3.0
BLOCK = 8  # neighbouring claims that go into one fold together
FOLDS = 5
Row = tuple[Evidence, bool, float]


class Witness:
    """Keeps how each claim was found, by its id."""

    def __init__(self) -> None:
        self.found: dict[str, Evidence] = {}

    def __call__(self, claim: Claim, evidence: Evidence) -> None:
        """Keep the evidence of a claim."""
        self.found[claim.id] = evidence


def watch(bench: Workbench) -> Witness:
    """Have every coder of a workbench tell how its claims were found."""
    witness = Witness()
    for language in ("en", "ja", "ru", "fr", "es"):
        made = bench.coder(language)
        if isinstance(made, RulesCoder):
            made.watch = witness
    return witness


def standing_rows(bench: Workbench, witness: Witness) -> list[Row]:
    """Return evidence, rightness of standing and holders, and weight, over the gold of standing."""
    rows: list[Row] = []
    for path in sorted((ROOT / "tests/gold/standing").glob("*.yaml")):
        weight = HELD_WEIGHT if path.stem.endswith(".held") else 1.0
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            _, claims = coded(row, path.stem.partition(".")[0], bench, "rules")
            gold = row.get("claims") or []
            spans = [characters([locate(row["text"], one["words"])]) for one in gold]
            ours = [characters([(one.start, one.end)]) for one in claims]
            for number, index in paired(spans, ours, jaccard, LEAST):
                one, claim = gold[number], claims[index]
                good = claim.status == one["status"] and claim.negated == one.get("negated", False)
                held = same_holders(one.get("holders") or [], [(holder.name, holder.raw) for holder in claim.holders[1:]])
                rows.append((witness.found[claim.id], good and held, weight))
    return rows


def matrix(rows: list[Row], languages: list[str]) -> np.ndarray:
    """Return the features of rows, one a line: the common ones, then the languages."""
    return np.array(
        [
            [*(found.values.get(name, 0.0) for name in FEATURES), *(LEVEL * (found.language == code) for code in languages)]
            for found, _, _ in rows
        ]
    )


def model_of(rows: list[Row], languages: list[str]) -> LogisticRegression:
    """Return the regression over rows."""
    right, weights = [right for _, right, _ in rows], [weight for _, _, weight in rows]
    return LogisticRegression(C=PENALTY, max_iter=2000).fit(matrix(rows, languages), np.array(right), sample_weight=weights)


def fit(rows: list[Row]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the common curve and the level of each language."""
    languages = sorted({found.language for found, _, _ in rows})
    model = model_of(rows, languages)
    weights = model.coef_[0]
    curve = {"intercept": round(float(model.intercept_[0]), 3)}
    curve |= {name: round(float(weight), 3) for name, weight in zip(FEATURES, weights, strict=False)}
    levels = {code: round(float(weights[len(FEATURES) + n]) * LEVEL, 3) for n, code in enumerate(languages)}
    return curve, levels


def validated(rows: list[Row]) -> dict[str, float | int | None]:
    """Return the calibration on held rows, each told by curves that did not see its block."""
    languages = sorted({found.language for found, _, _ in rows})
    pairs: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        away = [n // BLOCK % FOLDS == fold for n in range(len(rows))]
        seen = [row for row, out in zip(rows, away, strict=True) if not out]
        asked = [row for row, out in zip(rows, away, strict=True) if out and row[2] == HELD_WEIGHT]
        told = model_of(seen, languages).predict_proba(matrix(asked, languages))[:, 1]
        pairs += [(float(one), right) for one, (_, right, _) in zip(told, asked, strict=True)]
    found = figures(pairs)
    return {key: found[key] for key in ("n", "ece", "brier_skill", "auc")}


def main() -> None:
    """Fit both curves and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared/data")
    given = parser.parse_args()
    bench = make_bench()
    witness = watch(bench)
    rules = scorer(given.data / "seed/gold.jsonl")
    standing = standing_rows(bench, witness)
    folder = ROOT / "tests/gold/articles"
    slots = [
        *((*row, 1.0) for row in article_rows(folder, bench, witness.found, rules, without=HELD)),
        *((*row, HELD_WEIGHT) for row in article_rows(folder, bench, witness.found, rules, only=HELD)),
    ]
    curve, levels = fit(standing)
    slot_curve, slot_levels = fit(slots)
    table = {
        "provenance": {
            "command": "python -m training.fit_confidence",
            "standing": f"tests/gold/standing, {len(standing)} claims",
            "slots": f"tests/gold/articles, {len(slots)} claims",
            "held rows, five folds": {"standing": validated(standing), "slots": validated(slots)},
        },
        "standing": curve,
        "slots": slot_curve,
        "languages": {
            **{
                code: {"temperature": 1.0, "standing": level, "slots": slot_levels.get(code, 0.0)}
                for code, level in levels.items()
            },
            "other": {"temperature": 1.0, "standing": 0.0, "slots": 0.0},
        },
    }
    text = yaml.safe_dump(table, sort_keys=False, allow_unicode=True, default_flow_style=None, width=130)
    TARGET.write_text(f"# Written by python -m training.fit_confidence; do not edit by hand.\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
