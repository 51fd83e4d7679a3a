"""The meaning of an episode's first claims as a vector of small numbers, comparable across languages."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

Vectors = Callable[[Sequence[str]], Any]
SCALE = 127.0


def written(vectors: Any) -> list[str]:
    """Return unit vectors, one a row, as text: each number as a signed byte, the bytes in base64; 684 characters for 512."""
    import numpy as np  # noqa: PLC0415  (heavy import)

    rows = np.asarray(vectors, dtype="float32")
    rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    # The largest number fills the byte, so that a vector of many small ones keeps its shape.
    whole = np.rint(SCALE * rows / np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9)).astype("int8")
    return [base64.b64encode(row.tobytes()).decode("ascii") for row in whole]


def alike(one: str, other: str) -> float:
    """Return the cosine of two written vectors, -1 to 1."""
    return float(_read(one) @ _read(other))


@lru_cache(maxsize=4096)
def _read(text: str) -> Any:
    import numpy as np  # noqa: PLC0415  (heavy import)

    row = np.frombuffer(base64.b64decode(text), dtype="int8").astype("float32")
    return row / max(1e-9, float(np.linalg.norm(row)))
