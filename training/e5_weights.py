"""Reads the weights of multilingual-e5-small from Q4_0 blocks into float32 arrays.

The layout is that of the C source beside them: magic ``E5S1``; sizes; the tokenizer, which is skipped; a directory of tensors. A
matrix is stored in blocks of 32 weights along its rows: a float16 scale, then 16 bytes whose low halves are weights 0-15 and high
halves 16-31, each less 8. One row of 384 is 12 blocks, 216 bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

MAGIC = b"E5S1"
BLOCK = 32
BYTES = 18
Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of the encoder: hidden, layers, heads, inner, pieces, positions, and the epsilon of its norms."""

    hidden: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


def read_weights(path: Path) -> tuple[Sizes, dict[str, Array]]:
    """Return the sizes and every tensor by its name ("emb.word", "l0.q.w", ...), matrices as (out, in).

    Raises:
        ValueError: the file is no such weights.
    """
    data = path.read_bytes()
    sizes, directory = _directory(data, path)
    return sizes, {name: _tensor(data, *place, name, sizes) for name, place in directory.items()}


def read_blocks(path: Path, name: str) -> npt.NDArray[np.uint8]:
    """Return a matrix in its blocks, a row of bytes for each of its rows: for words of 384, (pieces, 216).

    Raises:
        ValueError: the file is no such weights, or has no such matrix in blocks.
    """
    data = path.read_bytes()
    sizes, directory = _directory(data, path)
    kind, count, offset = directory[name]
    if kind == 0:
        raise ValueError(f"{path}: {name} is not stored in blocks")
    return np.frombuffer(data, np.uint8, count // BLOCK * BYTES, offset).reshape(-1, sizes.hidden // BLOCK * BYTES)


def _directory(data: bytes, path: Path) -> tuple[Sizes, dict[str, tuple[int, int, int]]]:
    """Return the sizes and of each tensor its kind, how many weights it has and where they begin."""
    if data[:4] != MAGIC:
        raise ValueError(f"{path} begins with {data[:4]!r}, not {MAGIC!r}: it is no weights of this layout")
    hidden, layers, heads, inner, pieces, positions, _ = struct.unpack_from("<7i", data, 8)
    (epsilon,) = struct.unpack_from("<f", data, 36)
    at = _past_tokenizer(data, 44)
    (number,) = struct.unpack_from("<i", data, at)
    at += 4
    found: dict[str, tuple[int, int, int]] = {}
    for _ in range(number):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        kind, count, offset, _size = struct.unpack_from("<BIQQ", data, at)
        at += 21
        found[name] = (kind, count, offset)
    return Sizes(hidden, layers, heads, inner, pieces, positions, epsilon), found


def _past_tokenizer(data: bytes, at: int) -> int:
    pieces = struct.unpack_from("<i", data, at)[0]
    (blob,) = struct.unpack_from("<Q", data, at + 20)
    at += 28 + (pieces + 1) * 4 + pieces * 4 + blob
    (norms,) = struct.unpack_from("<I", data, at + 4)
    return int(at + 8 + norms)


def _tensor(data: bytes, kind: int, count: int, offset: int, name: str, sizes: Sizes) -> Array:
    width = sizes.inner if name.endswith("fo.w") else sizes.hidden
    if kind == 0:
        plain = np.frombuffer(data, np.float32, count, offset).copy()
        return plain.reshape(-1, sizes.hidden) if name == "emb.pos" else plain
    blocks = np.frombuffer(data, np.uint8, count // BLOCK * BYTES, offset).reshape(-1, BYTES)
    scales = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, 2:]
    values = np.concatenate([nibbles & 15, nibbles >> 4], axis=1).astype(np.float32) - 8
    return (values * scales).reshape(-1, width)
