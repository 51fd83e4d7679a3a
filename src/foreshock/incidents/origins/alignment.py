"""Sentences of two texts, brought together in order by their vectors.

The recursion is that of Gale and Church (1993), "A program for aligning sentences in bilingual corpora", with beads of 1-1, 1-2,
2-1, 1-0 and 0-1. A bead is worth its margin (Artetxe and Schwenk 2019, "Margin-based parallel corpus mining", in the additive
form): its cosine less the mean of the two best that each side has with other sentences. Sentences on one event are all somewhat
alike, and only those that say the same thing stand out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_BEADS = ((1, 1), (1, 2), (2, 1))
_RIVALS = 2
Span = tuple[int, int]


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
    cosines = one @ other.T
    norms = [_norms(rows @ rows.T) for rows in (one, other)]
    found: dict[tuple[Span, Span], Bead] = {}
    for size in _BEADS:
        if len(one) >= size[0] and len(other) >= size[1]:
            merged = sum(size) > 2
            for bead in _beads(cosines, norms, size, above=least + (merge if merged else 0.0)):
                if not merged or _parts(cosines, bead) >= part:
                    found[bead.left, bead.right] = bead
    return _best(len(one), len(other), found, least) if found else []


def _norms(cosines: Any) -> Any:
    """Return the length of the sum of each sentence's vector and the next one's."""
    import numpy as np  # noqa: PLC0415  (heavy import)

    return np.sqrt(np.maximum(1e-9, 2 + 2 * np.diagonal(cosines, 1)))


def _beads(cosines: Any, norms: Sequence[Any], size: tuple[int, int], *, above: float) -> list[Bead]:
    """Return the beads of one size whose margin is above a bound, in order."""
    import numpy as np  # noqa: PLC0415  (heavy import)

    a, b = size
    # What runs of each text have with the single sentences of the other.
    rows = cosines if a == 1 else (cosines[:-1] + cosines[1:]) / norms[0][:, None]
    columns = cosines if b == 1 else (cosines[:, :-1] + cosines[:, 1:]) / norms[1]
    both = rows if b == 1 else (rows[:, :-1] + rows[:, 1:]) / norms[1]
    margins = both - (_rivals(rows, b, both.shape[1]) + _rivals(columns.T, a, both.shape[0]).T) / 2
    return [
        Bead((i, i + a), (j, j + b), float(both[i, j]), float(margins[i, j])) for i, j in np.argwhere(margins > above).tolist()
    ]


def _rivals(values: Any, size: int, places: int) -> Any:
    """Return for each row and place the mean of the row's best values but those of the bead itself; 0 where there are none."""
    import numpy as np  # noqa: PLC0415  (heavy import)

    best = np.argsort(-values, axis=1)[:, : _RIVALS + size]
    at = np.arange(places)
    total, taken = np.zeros((len(values), places)), np.zeros((len(values), places), dtype=int)
    for place in best.T:
        outside = (place[:, None] < at) | (place[:, None] >= at + size)
        counts = outside & (taken < _RIVALS)
        total += np.where(counts, values[np.arange(len(values)), place][:, None], 0.0)
        taken += counts
    return total / np.maximum(taken, 1)


def _parts(cosines: Any, bead: Bead) -> float:
    return float(cosines[slice(*bead.left), slice(*bead.right)].min())


def _best(n: int, m: int, found: dict[tuple[Span, Span], Bead], least: float) -> list[Bead]:
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
