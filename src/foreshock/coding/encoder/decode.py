"""From logits to triggers and spans over pieces. Arrays are numpy, float32; a span is (first, last) piece, both in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float32]
Pieces = tuple[int, int]
OUT, BEGIN, INSIDE, START, END = range(5)
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Found:
    """A span of pieces and its probability in 0..1."""

    first: int
    last: int
    probability: float


def softmax(logits: Array) -> Array:
    """Return the softmax over the last axis."""
    import numpy as np

    raised = np.exp(logits - logits.max(-1, keepdims=True))
    told: Array = raised / raised.sum(-1, keepdims=True)
    return told


def triggers(logits: Array, *, least: float) -> list[Found]:
    """Return the triggers that the tags tell (pieces, 3), those whose pieces are in a trigger with at least this probability.

    A run of such pieces is cut where a later one is likelier to begin a trigger than to continue one.
    """
    told = softmax(logits)
    inside = told[:, BEGIN] + told[:, INSIDE]
    inside[[0, -1]] = 0.0
    found: list[Found] = []
    first: int | None = None
    for piece in range(len(inside) + 1):
        on = piece < len(inside) and inside[piece] >= least
        if first is not None and (not on or told[piece, BEGIN] > told[piece, INSIDE]):
            found.append(Found(first, piece - 1, float(inside[first:piece].max())))
            first = None
        if on and first is None:
            first = piece
    return found


def pointed(starts: Array, ends: Array) -> tuple[Found | None, float]:
    """Return the likeliest span of a pointer's logits (pieces,), None where "none" (the first piece) is likelier, and P(none).

    Probabilities are among all spans of at most ``LONGEST`` pieces and none.
    """
    import numpy as np

    spans = _spans(starts, ends)
    none, best = float(spans[0, 0]), np.unravel_index(int(spans[1:, 1:].argmax()), spans[1:, 1:].shape)
    first, last = int(best[0]) + 1, int(best[1]) + 1
    if spans[first, last] <= none:
        return None, float(np.exp(none))
    return Found(first, last, float(np.exp(spans[first, last]))), float(np.exp(none))


def _spans(starts: Array, ends: Array) -> Array:
    """Return the log probability of each (first, last); [0, 0] is none; other spans with 0, reversed or too long are -inf."""
    import numpy as np

    number = len(starts)
    scores: Array = starts[:, None] + ends[None, :]
    distance = np.arange(number)[None, :] - np.arange(number)[:, None]
    allowed = (distance >= 0) & (distance < LONGEST)
    allowed[0, 1:] = allowed[:, 0] = False
    allowed[0, 0] = True
    allowed[-1, :] = allowed[:, -1] = False
    scores = np.where(allowed, scores, np.float32(-1e9))
    peak = scores.max()
    normed: Array = scores - (peak + np.log(np.exp(scores - peak).sum()))
    return normed


def tagged(logits: Array, *, least: float = 0.5) -> list[Found]:
    """Return the spans of a role's tags (pieces, 3)."""
    return triggers(logits, least=least)
