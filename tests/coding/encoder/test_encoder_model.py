"""The file of the model: its digest, what runs it, and that it is the size and shape that is promised."""

from __future__ import annotations

import builtins
import time
from importlib.resources import files

import numpy as np
import pytest

from foreshock.coding.encoder import model as module
from foreshock.coding.encoder.model import facts, from_bytes, load, model_bytes
from foreshock.errors import CodingError

MOST_BYTES = 60_000_000


def test_the_file_is_no_larger_than_promised() -> None:
    assert len(model_bytes()) <= MOST_BYTES


def test_a_changed_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "facts", lambda: {**facts(), "sha256": "0" * 64})
    with pytest.raises(CodingError, match="SHA-256"):
        model_bytes()


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "facts", lambda: {**facts(), "file": "none.zip"})
    with pytest.raises(CodingError, match=r"none\.zip"):
        model_bytes()


def test_what_is_not_installed_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = builtins.__import__

    def without(name: str, *rest: object, **named: object) -> object:
        if name == "onnxruntime":
            raise ModuleNotFoundError(name, name=name)
        return whole(name, *rest, **named)

    data = model_bytes()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(CodingError, match="onnxruntime") as raised:
        from_bytes(data)
    assert "foreshock[encoder]" in raised.value.remedy


def test_it_loads_within_two_seconds() -> None:
    pytest.importorskip("onnxruntime")
    began = time.process_time()
    from_bytes(model_bytes(), threads=1)
    assert time.process_time() - began < 2


def test_word_vectors_are_those_of_their_blocks() -> None:
    pytest.importorskip("onnxruntime")
    model = load()
    ids = np.array([[0, 5, 2]])
    vectors = model.vectors(ids)
    assert vectors.shape == (1, 3, model.facts["hidden"])
    blocks = model.table[5].reshape(-1, 18)
    scale = blocks[0, :2].copy().view(np.float16)[0]
    assert vectors[0, 1, 0] == pytest.approx((int(blocks[0, 2] & 15) - 8) * float(scale))
    assert vectors[0, 1, 16] == pytest.approx((int(blocks[0, 2] >> 4) - 8) * float(scale))


def test_padding_changes_nothing() -> None:
    pytest.importorskip("onnxruntime")
    model = load()
    short = [*model.before, *model.encode(["Troops left the town."])[0].ids, *model.after]
    long = [
        *model.before,
        *model.encode(["The council of elders in the north asked for talks about the well."])[0].ids,
        *model.after,
    ]
    alone, _, _ = model.read([short])
    beside, _, mask = model.read([short, long])
    assert mask[0].sum() == len(short)
    # Eight bits are scaled by the whole batch, so neighbours move the numbers a little.
    one, other = alone[0].ravel(), beside[0, : len(short)].ravel()
    assert float(one @ other / np.linalg.norm(one) / np.linalg.norm(other)) > 0.98


def test_nothing_in_the_file_is_code() -> None:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(model_bytes())) as packed:
        endings = {name.rpartition(".")[2] for name in packed.namelist()}
    assert endings <= {"json", "jsonl", "npy", "onnx"}
    assert files("foreshock").joinpath("models").joinpath("encoder").is_dir()
