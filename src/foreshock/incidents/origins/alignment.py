"""Sentences of two texts, brought together in order by their vectors.

The recursion is that of Gale and Church (1993), "A program for aligning sentences in bilingual corpora", with beads of 1-1, 1-2,
2-1, 1-0 and 0-1. A bead is worth its margin (Artetxe and Schwenk 2019, "Margin-based parallel corpus mining", in the additive
form): its cosine less the mean of the two best that each side has with other sentences. Sentences on one event are all somewhat
alike, and only those that say the same thing stand out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

_BEADS = ((1, 1), (1, 2), (2, 1))
_RIVALS = 2
Matrix = list[list[float]]


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences ``left`` of one text and ``right`` of the other (half-open) that say the same, with cosine and margin."""

    left: tuple[int, int]
    right: tuple[int, int]
    cosine: float
    margin: float


def align(left: Any, right: Any, *, least: float, merge: float, part: float) -> list[Bead]:
    """Return the beads of the best alignment in order.

    Args:
        left: unit vectors, one row a sentence.
        right: the same of the other text.
        least: a bead is made only where its margin is above this, -1 to 1.
        merge: what the margin of two sentences against one must have more.
        part: the cosine that each of those two must have with the one.
    """
    import numpy as np  # noqa: PLC0415  (heavy import)

    one, other = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    cosines: Matrix = (one @ other.T).tolist()
    norms = [[1.0] * len(rows) for rows in (one, other)], [_norms((rows @ rows.T).tolist()) for rows in (one, other)]
    found = {}
    for a, b in _BEADS:
        for bead in _beads(cosines, (norms[a - 1][0], norms[b - 1][1]), (a, b)):
            alike = a + b == 2 or _parts(cosines, bead) >= part
            if alike and bead.margin > least + (merge if a + b > 2 else 0.0):
                found[bead.left, bead.right] = bead
    return _best(len(one), len(other), found, least)


def _norms(cosines: Matrix) -> list[float]:
    """Return the length of the sum of each sentence's vector and the next one's."""
    return [sqrt(max(1e-9, 2 + 2 * cosines[at][at + 1])) for at in range(len(cosines) - 1)]


def _beads(cosines: Matrix, norms: tuple[list[float], list[float]], size: tuple[int, int]) -> list[Bead]:
    """Return every bead of one size with its margin."""
    a, b = size
    n, m = len(cosines), len(cosines[0]) if cosines else 0
    # What runs of each text have with the single sentences of the other.
    rows = [[sum(cosines[i + k][j] for k in range(a)) / norms[0][i] for j in range(m)] for i in range(n - a + 1)]
    columns = [[sum(cosines[i][j + k] for k in range(b)) / norms[1][j] for i in range(n)] for j in range(m - b + 1)]
    best = [_ranked(row, _RIVALS + b) for row in rows], [_ranked(column, _RIVALS + a) for column in columns]
    beads = []
    for i in range(n - a + 1):
        for j in range(m - b + 1):
            cosine = sum(rows[i][j + k] for k in range(b)) / norms[1][j]
            rivals = _rivals(best[0][i], j, b) + _rivals(best[1][j], i, a)
            beads.append(Bead((i, i + a), (j, j + b), cosine, cosine - rivals / 2))
    return beads


def _ranked(values: list[float], size: int) -> list[tuple[float, int]]:
    return sorted(((value, at) for at, value in enumerate(values)), reverse=True)[:size]


def _rivals(ranked: list[tuple[float, int]], at: int, size: int) -> float:
    """Return the mean of the best values that are not those of the bead itself; 0 where there are none."""
    others = [value for value, place in ranked if not at <= place < at + size][:_RIVALS]
    return sum(others) / len(others) if others else 0.0


def _parts(cosines: Matrix, bead: Bead) -> float:
    return min(cosines[i][j] for i in range(*bead.left) for j in range(*bead.right))


def _best(n: int, m: int, found: dict[tuple[tuple[int, int], tuple[int, int]], Bead], least: float) -> list[Bead]:
    """Return the beads that are worth most together, none crossing another."""
    worth = [[0.0] * (m + 1) for _ in range(n + 1)]
    taken: dict[tuple[int, int], Bead | None] = {}
    for i in range(n + 1):
        for j in range(m + 1):
            top, bead = max(worth[i - 1][j] if i else 0.0, worth[i][j - 1] if j else 0.0), None
            for a, b in _BEADS:
                one = found.get(((i - a, i), (j - b, j))) if i >= a and j >= b else None
                # A bead of three sentences stands for as much text as one and a half of two.
                if one and worth[i - a][j - b] + (one.margin - least) * (a + b) / 2 > top:
                    top, bead = worth[i - a][j - b] + (one.margin - least) * (a + b) / 2, one
            worth[i][j], taken[i, j] = top, bead
    beads, i, j = [], n, m
    while i and j:
        bead = taken[i, j]
        if bead:
            beads.append(bead)
            i, j = bead.left[0], bead.right[0]
        elif worth[i - 1][j] >= worth[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return beads[::-1]


def covered(beads: Sequence[Bead], sentences: Sequence[str], side: int) -> float:
    """Return the share of the letters of one text (0 left, 1 right) that stands in beads, 0 to 1."""
    total = sum(map(len, sentences))
    held = sum(len(sentences[at]) for bead in beads for at in range(*(bead.left, bead.right)[side]))
    return held / total if total else 0.0
