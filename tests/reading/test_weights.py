"""A parser or encoder whose file was changed by one byte is refused, with what was found and what to do."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from foreshock.errors import CodingError, ReadingError
from foreshock.reading.weights import checked, digests
from training.digests import PACKAGE, PIPELINES, table

MODELS = PACKAGE / "models"


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize("name", PIPELINES)
def test_the_committed_parsers_are_what_the_table_says(name):
    assert checked(MODELS / name) == MODELS / name


def test_the_table_is_what_the_script_writes():
    assert (PACKAGE / "reading" / "weights.yaml").read_text(encoding="utf-8") == table(MODELS)


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("file", ["parser/model", "config.cfg", "vocab/strings.json"])
def test_one_flipped_bit_is_refused(name, file, tmp_path):
    shutil.copytree(MODELS / name, tmp_path / name)
    flip(tmp_path / name / file)
    with pytest.raises(ReadingError, match=r"has the SHA-256 [0-9a-f]{16}…, not [0-9a-f]{16}…") as error:
        checked(tmp_path / name)
    assert file in error.value.message
    assert "install the package anew" in error.value.remedy


def test_a_file_more_or_less_is_refused(tmp_path):
    shutil.copytree(MODELS / "es", tmp_path / "es")
    (tmp_path / "es" / "code.py").write_text("", encoding="utf-8")
    with pytest.raises(ReadingError, match="no part of it"):
        checked(tmp_path / "es")
    (tmp_path / "es" / "code.py").unlink()
    (tmp_path / "es" / "tokenizer").unlink()
    with pytest.raises(ReadingError, match="is not there"):
        checked(tmp_path / "es")


def test_digests_are_by_the_path_and_leave_the_card_out(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"")
    (tmp_path / "MODEL_CARD.md").write_bytes(b"x")
    assert digests(tmp_path) == {"a/b": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}


@pytest.mark.parametrize(("module", "name"), [("ja", "MODEL"), ("es", "MODEL")])
def test_the_readers_ask_before_they_load(module, name, tmp_path, monkeypatch):
    pytest.importorskip("spacy")
    reader = pytest.importorskip(f"foreshock.reading.languages.{module}")
    shutil.copytree(MODELS / module, tmp_path / module)
    flip(tmp_path / module / "parser" / "moves")
    monkeypatch.setattr(reader, name, tmp_path / module)
    load = reader._load
    with pytest.raises(ReadingError, match=r"SHA-256.*changed"):
        load()


def test_the_encoder_is_checked_too(tmp_path, monkeypatch):
    from foreshock.coding.encoder import model

    shutil.copytree(MODELS / "encoder", tmp_path / "models" / "encoder")
    flip(tmp_path / "models" / "encoder" / str(model.facts()["file"]))
    monkeypatch.setattr(model, "files", lambda name: tmp_path if name == "foreshock" else files(name))
    with pytest.raises(CodingError, match=r"has the SHA-256 [0-9a-f]{16}…, not") as error:
        model.model_bytes()
    assert "install the package anew" in error.value.remedy
