"""The claims of the corpus that are nearest to one: an index that ships with the model.

Vectors are those from which the labels are told, unit length, eight bits; nearness is their cosine.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from foreshock.coding.encoder.model import model_bytes

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from foreshock.coding.encoder.decode import Array


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A claim of the corpus: its words, what it was annotated as, and how near it is (cosine, -1..1)."""

    document: str
    language: str
    text: str
    kind: str
    mode: str | None
    status: str
    nearness: float


@cache
def _index() -> tuple[npt.NDArray[np.int8], list[dict[str, Any]]]:
    import numpy as np

    with zipfile.ZipFile(io.BytesIO(model_bytes())) as packed:
        vectors = np.load(io.BytesIO(packed.read("examples.npy")), allow_pickle=False)
        rows = [json.loads(line) for line in packed.read("examples.jsonl").splitlines()]
    return vectors, rows


def neighbours(vector: Array, *, most: int = 3) -> tuple[Neighbour, ...]:
    """Return the nearest claims of the corpus to a claim's vector (hidden,), the nearest first."""
    import numpy as np

    vectors, rows = _index()
    unit = vector / max(float(np.linalg.norm(vector)), 1e-9)
    near = vectors.astype(np.float32) @ unit / 127
    order = np.argsort(-near)[:most]
    return tuple(Neighbour(**rows[number], nearness=round(min(float(near[number]), 1.0), 3)) for number in order)


def eight_bits(vectors: Array) -> npt.NDArray[np.int8]:
    """Return vectors (n, hidden) as unit vectors in eight bits."""
    import numpy as np

    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    told: npt.NDArray[np.int8] = np.round(unit * 127).astype(np.int8)
    return told
