"""Sentence vectors of multilingual-e5-small in plain numpy: for probes and for finding near-duplicates, not for users.

A BERT encoder of 12 layers of 384: "query: " in front, XLM-R pieces, mean of the last layer over all pieces, unit length
(Wang et al. 2024, "Multilingual E5 Text Embeddings").
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from training.e5_files import TOKENIZER, WEIGHTS, fetch
from training.e5_weights import Array, read_weights

LONGEST = 256
BATCH = 64


class E5:
    """The encoder. ``folder`` holds the files of ``training.e5_files``; they are fetched where they lack.

    Vectors are kept in ``vectors.npz`` there, by the digest of the text, since a corpus is embedded again and again.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = fetch() if folder is None else folder
        self._kept = folder / "vectors.npz"
        self.sizes, self._w = read_weights(folder / WEIGHTS)
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def __call__(self, texts: Sequence[str]) -> Array:
        """Return the unit vectors of these texts, shape (texts, 384), in their order."""
        names = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
        known: dict[str, Array] = {}
        if self._kept.is_file():
            with np.load(self._kept, allow_pickle=False) as kept:
                known = dict(zip(kept["names"].tolist(), kept["vectors"], strict=True))
        new = {name: text for name, text in zip(names, texts, strict=True) if name not in known}
        if new:
            known |= dict(zip(new, self._embedded(list(new.values())), strict=True))
            np.savez(self._kept, names=np.array(list(known)), vectors=np.stack(list(known.values())))
        return np.stack([known[name] for name in names])

    def _embedded(self, texts: Sequence[str]) -> Array:
        pieces = [encoded.ids for encoded in self._tokenizer.encode_batch([f"query: {text}" for text in texts])]
        order = sorted(range(len(texts)), key=lambda number: len(pieces[number]))
        out = np.zeros((len(texts), self.sizes.hidden), np.float32)
        for first in range(0, len(order), BATCH):
            some = order[first : first + BATCH]
            out[some] = self._batch([pieces[number] for number in some])
        return out

    def _batch(self, pieces: list[list[int]]) -> Array:
        longest = max(map(len, pieces))
        ids = np.ones((len(pieces), longest), np.int64)  # 1 is the pad
        for row, some in enumerate(pieces):
            ids[row, : len(some)] = some
        mask = (np.arange(longest) < np.array([len(some) for some in pieces])[:, None]).astype(np.float32)
        hidden = self._forward(ids, mask)
        pooled = (hidden * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        unit: Array = pooled / np.linalg.norm(pooled, axis=1, keepdims=True)
        return unit

    def _forward(self, ids: np.ndarray, mask: Array) -> Array:
        w, sizes = self._w, self.sizes
        rows, length = ids.shape
        size = sizes.hidden // sizes.heads
        x = w["emb.word"][ids] + w["emb.pos"][:length] + w["emb.type"][: sizes.hidden]
        x = self._norm(x, "emb.ln")
        away = (1 - mask)[:, None, None, :] * np.float32(-1e9)
        for layer in range(sizes.layers):
            q, k, v = (
                (x @ w[f"l{layer}.{part}.w"].T + w[f"l{layer}.{part}.b"])
                .reshape(rows, length, sizes.heads, size)
                .transpose(0, 2, 1, 3)
                for part in "qkv"
            )
            scores = q @ k.transpose(0, 1, 3, 2) / np.float32(np.sqrt(size)) + away
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            scores /= scores.sum(-1, keepdims=True)
            mixed = (scores @ v).transpose(0, 2, 1, 3).reshape(rows, length, sizes.hidden)
            x = self._norm(x + mixed @ w[f"l{layer}.ao.w"].T + w[f"l{layer}.ao.b"], f"l{layer}.aln")
            inner = _gelu(x @ w[f"l{layer}.fi.w"].T + w[f"l{layer}.fi.b"])
            x = self._norm(x + inner @ w[f"l{layer}.fo.w"].T + w[f"l{layer}.fo.b"], f"l{layer}.oln")
        return x

    def _norm(self, x: Array, name: str) -> Array:
        x = x - x.mean(-1, keepdims=True)
        x /= np.sqrt((x * x).mean(-1, keepdims=True) + np.float32(self.sizes.epsilon))
        normed: Array = x * self._w[f"{name}.w"] + self._w[f"{name}.b"]
        return normed


def _gelu(x: Array) -> Array:
    # The tanh form; it differs from the exact one by less than .001, below what four bits keep.
    out: Array = 0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    return out
