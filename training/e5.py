"""Sentence vectors of multilingual-e5-small in plain numpy: for probes and for finding near-duplicates, not for users.

A BERT encoder of 12 layers of 384: "query: " in front, XLM-R pieces, mean of the last layer over all pieces or some (Wang et al.
2024, "Multilingual E5 Text Embeddings").
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
PREFIX = "query: "
Asked = tuple[str, tuple[str, str] | None]
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
        vectors = self._kept_or_made([(text, None) for text in texts])
        unit: Array = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def between(self, texts: Sequence[str], pairs: Sequence[tuple[str, str]]) -> Array:
        """Return the mean vector of the words between two phrases of each text, shape (texts, 384).

        Of one phrase the words after the first or before the second count; where nothing is left, the whole text without them.
        """
        return self._kept_or_made(list(zip(texts, pairs, strict=True)))

    def _kept_or_made(self, asked: Sequence[Asked]) -> Array:
        names = [hashlib.sha256("\x1f".join([text, *(pair or ())]).encode()).hexdigest()[:32] for text, pair in asked]
        known: dict[str, Array] = {}
        if self._kept.is_file():
            with np.load(self._kept, allow_pickle=False) as kept:
                known = dict(zip(kept["names"].tolist(), kept["vectors"], strict=True))
        new = {name: one for name, one in zip(names, asked, strict=True) if name not in known}
        if new:
            known |= dict(zip(new, self._made(list(new.values())), strict=True))
            np.savez(self._kept, names=np.array(list(known)), vectors=np.stack(list(known.values())))
        return np.stack([known[name] for name in names])

    def _made(self, asked: Sequence[Asked]) -> Array:
        encoded = self._tokenizer.encode_batch([PREFIX + text for text, _ in asked])
        order = sorted(range(len(asked)), key=lambda number: len(encoded[number].ids))
        out = np.zeros((len(asked), self.sizes.hidden), np.float32)
        for first in range(0, len(order), BATCH):
            some = order[first : first + BATCH]
            longest = max(len(encoded[number].ids) for number in some)
            ids = np.ones((len(some), longest), np.int64)  # 1 is the pad
            for row, number in enumerate(some):
                ids[row, : len(encoded[number].ids)] = encoded[number].ids
            mask = (np.arange(longest) < np.array([len(encoded[number].ids) for number in some])[:, None]).astype(np.float32)
            hidden = self._forward(ids, mask)
            for row, number in enumerate(some):
                text, pair = asked[number]
                offsets = [(start - len(PREFIX), end - len(PREFIX)) for start, end in encoded[number].offsets]
                pieces = range(len(offsets)) if pair is None else _between(text, pair, offsets)
                out[number] = hidden[row, list(pieces)].mean(0)
        return out

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


def _between(text: str, pair: tuple[str, str], offsets: Sequence[tuple[int, int]]) -> Sequence[int]:
    one, other = (_pieces(text, phrase, offsets) for phrase in pair)
    rest = [piece for piece in range(len(offsets)) if piece not in {*one, *other}] or range(len(offsets))
    if one and other:
        return range(min(one[-1], other[-1]) + 1, max(one[0], other[0])) or rest
    if one:
        return range(one[-1] + 1, len(offsets)) or rest
    return range(other[0]) if other and other[0] else rest


def _pieces(text: str, phrase: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    start = text.find(phrase) if phrase else -1
    if start < 0:
        return []
    return [piece for piece, (a, b) in enumerate(offsets) if b > max(a, 0) and a < start + len(phrase) and start < b]
