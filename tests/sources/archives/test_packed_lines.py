from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from foreshock.errors import SourceError
from foreshock.sources import Limits
from tests.sources.archives.making import read

LINES = [json.dumps({"text": f"Calm in village {number}.", "published": "2022-01-05"}).encode() + b"\n" for number in range(6)]
TEXTS = [f"Calm in village {number}." for number in range(6)]


def zstd(data: bytes) -> bytes:
    from fastwarc.stream_io import ZstdWriter

    out = io.BytesIO()
    writer = ZstdWriter(out)
    writer.write(data)
    writer.close()
    return out.getvalue()


def test_compressed_lines_are_the_same_documents(tmp_path: Path) -> None:
    plain = read(b"".join(LINES), tmp_path, name="x.jsonl").documents
    for name, data in {"x.jsonl.gz": gzip.compress(b"".join(LINES)), "x.jsonl.zst": zstd(b"".join(LINES))}.items():
        found = read(data, tmp_path, name=name)
        assert [one.id for one in found.documents] == [one.id for one in plain]
        assert [one.version for one in found.documents] == [one.version for one in plain]
        assert found.documents[0].custody.origin.endswith(f"{name}#line 1")
        assert not found.problems


def test_a_broken_member_costs_its_own_lines(tmp_path: Path) -> None:
    parts = [gzip.compress(b"".join(LINES[at : at + 2])) for at in (0, 2, 4)]
    broken = parts[0] + parts[1][:-20] + bytes(9) + parts[1][-11:] + parts[2]
    found = read(broken, tmp_path, name="x.ndjson.gz")
    assert [one.text for one in found.documents if one.text not in TEXTS[2:4]] == TEXTS[:2] + TEXTS[4:]
    assert f"x.ndjson.gz#offset {len(parts[0])}: broken gzip data" in found.problems[-1]


@pytest.mark.parametrize("at", range(0, 90, 3))
def test_cut_anywhere(tmp_path: Path, at: int) -> None:
    data = gzip.compress(b"".join(LINES[:3]))
    try:
        found = read(data[:at], tmp_path, name="x.jsonl.gz")
    except SourceError:
        return
    assert [one.text for one in found.documents] == TEXTS[: len(found.documents)]
    assert found.problems or at >= len(data)


def test_a_bomb_of_lines(tmp_path: Path) -> None:
    bomb = gzip.compress((b'{"text": "' + b"a" * 100_000 + b'"}\n') * 500)
    found = read(bomb + gzip.compress(LINES[0]), tmp_path, name="x.jsonl.gz", limits=Limits(max_text_bytes=1_000_000))
    assert found.documents[-1].text == TEXTS[0]
    assert any("a bomb" in one for one in found.problems)


def test_cut_zstandard(tmp_path: Path) -> None:
    found = read(zstd(b"".join(LINES * 800))[:-30], tmp_path, name="x.jsonl.zst")
    assert found.documents
    assert "broken Zstandard data" in found.problems[-1]


@pytest.mark.parametrize("name", ["x.jsonl.gz", "x.jsonl.zst"])
def test_what_is_not_compressed_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"offset 0: (?:broken .* data|the gzip data).*nothing of it could be read"):
        read(b"".join(LINES), tmp_path, name=name)


def test_an_empty_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is empty"):
        read(gzip.compress(b""), tmp_path, name="x.jsonl.gz")
