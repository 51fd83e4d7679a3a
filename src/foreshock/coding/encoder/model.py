"""The trained model as one file: pruned vocabulary, word vectors, two networks, labels. Loaded once, and only when asked for.

The file is a ZIP archive without compression; nothing in it is code. Its SHA-256 stands in ``encoder.yaml`` and is checked.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from foreshock.errors import CodingError
from foreshock.knowledge import load_table

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from foreshock.coding.encoder.decode import Array

MOST_THREADS = 4
BLOCK, BLOCK_BYTES = 32, 18
PREFIX = "query:"
PAD = 1
REMEDY = "install the package anew, or use --coder rules"


@dataclass(frozen=True, slots=True)
class Model:
    """The model.

    Attributes:
        facts: what ``model.json`` says: ``heads`` (labels of each), ``roles``, ``hidden``.
        tokenizer: cuts texts into pieces (a ``tokenizers.Tokenizer``).
        table: word vectors in blocks of four bits, uint8 (pieces, bytes).
        reader, teller: the networks (``onnxruntime.InferenceSession``).
        before, after: the pieces around every window.
    """

    facts: Mapping[str, Any]
    tokenizer: Any
    table: npt.NDArray[np.uint8]
    reader: Any
    teller: Any
    before: tuple[int, ...]
    after: tuple[int, ...]

    def encode(self, texts: Sequence[str]) -> list[Any]:
        """Return the encodings of texts, with ``ids`` and ``offsets``, without the frame."""
        return list(self.tokenizer.encode_batch(list(texts), add_special_tokens=False))

    def vectors(self, ids: npt.NDArray[np.int64]) -> Array:
        """Return the word vectors of pieces, shape (rows, pieces, hidden)."""
        import numpy as np

        blocks = self.table[ids].reshape(-1, BLOCK_BYTES)
        scales = np.ascontiguousarray(blocks[:, :2]).view(np.float16).astype(np.float32)
        halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
        values: Array = (halves.astype(np.float32) - 8) * scales
        return values.reshape(*ids.shape, -1)

    def read(self, rows: Sequence[Sequence[int]]) -> tuple[Array, Array, npt.NDArray[np.bool_]]:
        """Return of windows the hidden states (rows, pieces, hidden), trigger logits (rows, pieces, 3), mask (rows, pieces)."""
        import numpy as np

        longest = max(map(len, rows))
        ids = np.full((len(rows), longest), PAD, np.int64)
        mask = np.zeros((len(rows), longest), bool)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = True
        hidden, tags = self.reader.run(None, {"words": self.vectors(ids), "mask": mask.astype(np.float32)})
        return hidden, tags, mask

    def tell(self, hidden: Array, mask: npt.NDArray[np.bool_], trigger: npt.NDArray[np.bool_]) -> tuple[Array, Array, Array]:
        """Return of claims the logits of heads (claims, labels), of roles (claims, pieces, roles, 5); vectors (claims, hidden).

        Args:
            hidden: states of the window of each claim (claims, pieces, hidden); ``mask``: its pieces.
            trigger: which pieces are the trigger (claims, pieces).
        """
        import numpy as np

        given = {"hidden": hidden, "mask": mask.astype(np.float32), "trigger": trigger.astype(np.float32)}
        labels, roles, vectors = self.teller.run(None, given)
        return labels, roles, vectors

    def heads(self, logits: Array) -> dict[str, Array]:
        """Return the logits of all heads apart."""
        out, at = {}, 0
        for name, labels in self.facts["heads"].items():
            out[name] = logits[..., at : at + len(labels)]
            at += len(labels)
        return out


@cache
def facts() -> Mapping[str, Any]:
    """Return ``encoder.yaml``: which file, its digest, thresholds and calibration."""
    table: dict[str, Any] = load_table("foreshock.coding.encoder", "encoder.yaml")
    return table


@cache
def load(threads: int | None = None) -> Model:
    """Return the model that ships with the package.

    Args:
        threads: how many the networks use; at most four of the machine's where it is None.

    Raises:
        CodingError: the file is missing or another than expected, or what runs it is not installed.
    """
    return from_bytes(model_bytes(), threads=threads)


def model_bytes() -> bytes:
    """Return the file that ships with the package, its digest checked.

    Raises:
        CodingError: the file is missing or another than expected.
    """
    told = facts()
    source = files("foreshock").joinpath("models").joinpath("encoder").joinpath(str(told["file"]))
    if not source.is_file():
        raise CodingError(f"the encoder's file {told['file']} is not there", remedy=REMEDY)
    with as_file(source) as path:
        data = path.read_bytes()
    found, expected = hashlib.sha256(data).hexdigest(), str(told["sha256"])
    if found != expected:
        raise CodingError(
            f"the encoder's file has the SHA-256 {found[:16]}…, not {expected[:16]}…: it was changed or is cut off",
            remedy=REMEDY,
        )
    return data


def from_bytes(data: bytes, *, threads: int | None = None) -> Model:
    """Return the model of a file's bytes.

    Raises:
        CodingError: what runs the model is not installed.
    """
    import numpy as np

    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ModuleNotFoundError as error:
        raise CodingError(
            f"the encoder needs {error.name}, which is not installed",
            remedy='pip install "foreshock[encoder]", or use --coder rules',
        ) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or min(MOST_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        tokenizer = Tokenizer.from_str(packed.read("tokenizer.json").decode("utf-8"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        reader, teller = (
            onnxruntime.InferenceSession(packed.read(name), options, providers=["CPUExecutionProvider"])
            for name in ("reader.onnx", "teller.onnx")
        )
        table = np.load(io.BytesIO(packed.read("words.npy")), allow_pickle=False)
        told = json.loads(packed.read("model.json"))
    frame = tokenizer.encode(PREFIX).ids
    return Model(told, tokenizer, table, reader, teller, tuple(frame[:-1]), tuple(frame[-1:]))
