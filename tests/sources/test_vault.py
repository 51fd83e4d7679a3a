"""The bytes behind a document's custody can be kept by whoever asks for them."""

import hashlib
from datetime import UTC, datetime

from foreshock.reading.extract import extract
from foreshock.sources import gather

NOW = datetime(2022, 1, 8, tzinfo=UTC)


def kept(address):
    vault = {}
    found = list(gather(str(address), extract=extract, now=NOW, vault=vault.__setitem__))
    return found, vault


def test_a_file_is_handed_over_as_it_lies(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Алматы, 5 января.".encode("cp1251"))
    (document,), vault = kept(path)
    assert vault == {document.custody.sha256: path.read_bytes()}


def test_each_line_of_a_jsonl_is_handed_over_for_itself(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "Shots were heard."}\n{"text": "The square is empty."}\n', encoding="utf-8")
    found, vault = kept(tmp_path)
    assert [one.custody.sha256 for one in found] == list(vault)
    assert all(hashlib.sha256(data).hexdigest() == name for name, data in vault.items())
    assert [len(data) for data in vault.values()] == [one.custody.size for one in found]
