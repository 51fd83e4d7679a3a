"""Does alike end alike? Each past crisis as if it had just begun, and how its nearest earlier ones ended.

Source: the package's own table of past crises, or a folder in its form (docs/add-a-precedent.md). Features that are endings, or
that come late in a crisis, are not used; rarity, nearest ones and base share are those of crises that had ended before it began.

Metric: by ending, the log score of the share among the ten nearest, drawn to the share among all earlier ones by five
pseudo-crises, against that share alone, with the 90 % interval of the difference by resampling countries (1,000 times, seed 1),
and AUC. Ten and five were set before it was first run, and nothing was chosen by it. The features were written by somebody who
knew the endings, so it says that the likeness is not empty, not that it forecasts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import log_loss, roc_auc_score

from foreshock.dates import first_day
from foreshock.scenarios.precedents.features import Profile
from foreshock.scenarios.precedents.record import Ending, PastCrisis
from foreshock.scenarios.precedents.retrieval import ranked
from foreshock.scenarios.precedents.table import load_folder

ENDINGS = ("leadership-holds", "popular-removal", "armed-removal", "settlement", "armed-conflict")
LATE = frozenset({"coup", "invited", "invasion", "flight", "army", "armed", "sanctions", "concession", "split", "emergency"})
SINCE, NEAREST, PSEUDO, FEWEST = 2000, 10, 5, 20
Vector = NDArray[np.float64]


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:  # noqa: ARG001
    """Return the figures of each ending."""
    crises = load_folder(data)
    asked = [one for one in crises if first_day(one.start).year >= SINCE and one.end is not None][:limit]
    rows = [(one, found) for one in asked if len(found := _earlier(one, crises)) >= FEWEST]
    return {"of": len(rows)} | {name: _figures(name, rows) for name in ENDINGS}


def _earlier(one: PastCrisis, crises: tuple[PastCrisis, ...]) -> list[tuple[Ending, ...]]:
    """Return how the earlier crises ended, the nearest first."""
    began = first_day(one.start)
    present = dict.fromkeys(sorted(one.present - LATE), ("it",))
    here = Profile(one.countries[0], began, began, one.state, None, present, one.absent - LATE, (), len(present), blind=False)
    return [found.endings for found in ranked(here, [other for other in crises if other.id != one.id])]


def _figures(ending: str, rows: list[tuple[PastCrisis, list[tuple[Ending, ...]]]]) -> dict[str, Any]:
    ended = np.array([_ends(one.ended, ending) for one, _ in rows], dtype=float)
    shares = [[_ends(endings, ending) for endings in found] for _, found in rows]
    base = np.array([np.mean(found) for found in shares])
    near = np.array(
        [(sum(found[:NEAREST]) + PSEUDO * rate) / (NEAREST + PSEUDO) for found, rate in zip(shares, base, strict=True)]
    )
    low, high = _interval(_losses(ended, near) - _losses(ended, base), [one.countries[0] for one, _ in rows])
    return {
        "share": round(float(ended.mean()), 3),
        "base_log_score": round(float(log_loss(ended, base)), 4),
        "log_score": round(float(log_loss(ended, near)), 4),
        "difference": round(float((_losses(ended, near) - _losses(ended, base)).mean()), 4),
        "low": low,
        "high": high,
        "auc": round(float(roc_auc_score(ended, near)), 3),
    }


def _ends(endings: tuple[Ending, ...], name: str) -> bool:
    return any(one.scenario == name for one in endings)


def _losses(ended: Vector, p: Vector) -> Vector:
    return -(ended * np.log(p) + (1 - ended) * np.log(1 - p))


def _interval(differences: Vector, countries: list[str]) -> tuple[float, float]:
    rng = np.random.default_rng(1)
    names = sorted(set(countries))
    of = {name: np.flatnonzero(np.array(countries) == name) for name in names}
    means = [differences[np.concatenate([of[name] for name in rng.choice(names, len(names))])].mean() for _ in range(1000)]
    low, high = np.percentile(means, [5, 95])
    return round(float(low), 4), round(float(high), 4)
