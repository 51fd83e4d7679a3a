"""What follows a year of crisis: a coup attempt, an armed conflict, or neither, by the share of all and the country's past.

With n earlier rows, n_k of which came to class k, world(k) = (n_k + s_k) / (n + 1) where s_k is ``SEED`` for a class that is an
event. Of the rows whose country had none, one or two, or three and more of the same in its past (b its band),

    ratio(k, b) = (O + m) / (E + m)

with O those that came to k, E those that world(k) expects, and m = ``PSEUDO`` expected events drawing it to 1: the mean of a
Gamma posterior of a relative rate (Clayton & Kaldor 1987, Biometrics 43). p(k) = world(k) x ratio(k, b), and "neither" is the
rest. Worked number: 100 rows of three and more with 9 conflicts where 3 are expected, m = 4: 13 / 7 = 1.9 times the share.

What protests were like in the year does not enter: see bench/weigh_crisis.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bench.crisis_years import CLASSES, CrisisYear

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]

PSEUDO = 4.0
SEED = 0.03
PAST = ("past_att", "past_conf")  # of the class at the same place in CLASSES
EDGES = (0.5, 2.5)
KNOWN_AFTER = 2  # years: what followed a year is told in the course of the year after that
MOST = 0.95


def by_past(past: Sequence[CrisisYear], asked: Sequence[CrisisYear]) -> Floats:
    """Return (asked, 3) probabilities of ``CLASSES`` from earlier rows.

    A country whose past is missing has ratio 1. Without earlier rows it is the seed alone.
    """
    told = np.array([row.following for row in past], dtype=int)
    events = np.zeros((len(asked), len(PAST)))
    for k, column in enumerate(PAST):
        came = told == k
        world = (came.sum() + SEED) / (len(told) + 1)
        before, now = _bands(past, column), _bands(asked, column)
        for band in range(len(EDGES) + 1):
            rows = before == band
            ratio = (came[rows].sum() + PSEUDO) / (world * rows.sum() + PSEUDO)
            events[now == band, k] = world * ratio
        events[now < 0, k] = world
    events *= np.minimum(1.0, MOST / np.maximum(events.sum(axis=1, keepdims=True), MOST))
    return np.concatenate([events, 1 - events.sum(axis=1, keepdims=True)], axis=1)


def _bands(rows: Sequence[CrisisYear], column: str) -> Ints:
    values = np.array([row.features.get(column) for row in rows], dtype=float)
    return np.where(np.isnan(values), -1, np.digitize(values, EDGES))


def known_before(rows: Sequence[CrisisYear], year: int) -> list[CrisisYear]:
    """Return the rows from which a forecast on a year's row may learn: what followed them is known."""
    return [row for row in rows if row.year <= year - KNOWN_AFTER and row.following is not None]


def forward(rows: Sequence[CrisisYear], *, first: int) -> tuple[list[CrisisYear], Floats]:
    """Return the rows from a year on that have something to learn from, by year, and the forecast (n, 3) of each."""
    asked: list[CrisisYear] = []
    found = [np.zeros((0, len(CLASSES)))]
    for year in sorted({row.year for row in rows if row.year >= first}):
        past = known_before(rows, year)
        if past:
            now = [row for row in rows if row.year == year]
            asked += now
            found.append(by_past(past, now))
    return asked, np.concatenate(found)
