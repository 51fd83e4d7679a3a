from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.errors import SourceError
from foreshock.sources import Limits
from tests.sources.archives.making import HEAD, members, page, read, record

LIST = b"\n".join(
    [b'{"format": "json-pages-1.0", "id": "pages"}', b'{"url": "https://steppe.example/1", "title": "Road"}', b"{broken", b"[]"]
)


def wacz(parts: dict[str, bytes], *, packed: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data, zipfile.ZIP_DEFLATED if name in packed else zipfile.ZIP_STORED)
    return out.getvalue()


PARTS = {
    "archive/a.warc.gz": members([page(1), page(2)]),
    "archive/b.warc": page(3),
    "pages/pages.jsonl": LIST,
    "datapackage.json": b"{}",
}


@pytest.mark.parametrize("packed", [(), ("archive/b.warc", "pages/pages.jsonl"), tuple(PARTS)])
def test_the_archives_in_it_are_read(tmp_path: Path, packed: tuple[str, ...]) -> None:
    found = read(wacz(PARTS, packed=packed), tmp_path, name="x.wacz")
    assert [one.url for one in found.documents] == [f"https://steppe.example/{number}" for number in (1, 2, 3)]
    assert [one.notes for one in found.documents] == [(), *[("not in the archive's list of pages",)] * 2]
    assert found.documents[1].custody.origin.endswith(f"x.wacz#archive/a.warc.gz#offset {len(members([page(1)]))}")
    assert not found.problems


def test_names_that_lead_out_links_and_secrets_are_refused(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/good.warc", page(1))
        for name in ("../archive/out.warc", "/archive/root.warc", "archive/..\\out.warc"):
            archive.writestr(name, page(2))
        link = zipfile.ZipInfo("archive/link.warc")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    data = bytearray(out.getvalue())
    found = read(bytes(data), tmp_path, name="x.wacz")
    assert [one.url for one in found.documents] == ["https://steppe.example/1"]
    assert len(found.problems) == 4
    assert any("link" in one for one in found.problems)
    entry = data.rfind(b"PK\x01\x02")
    data[entry + 8] |= 1  # the last one is said to be encrypted
    assert any("encrypted" in one for one in read(bytes(data), tmp_path, name="x.wacz").problems)


def test_bombs(tmp_path: Path) -> None:
    big = record(HEAD + b" " * 5_000_000)
    found = read(
        wacz({"archive/a.warc": big, "archive/b.warc": page(1)}, packed=("archive/a.warc",)),
        tmp_path,
        name="x.wacz",
        limits=Limits(max_ratio=2),
    )
    assert len(found.documents) == 1
    assert any("a bomb" in one for one in found.problems)


def test_damage_in_one_archive_leaves_the_others(tmp_path: Path) -> None:
    data = wacz({**PARTS, "archive/c.warc": b"rubbish", "archive/d.warc.gz": b""}, packed=("archive/b.warc",))
    at = data.find(members([page(2)])[20:40])
    found = read(data[:at] + b"\xff" * 4 + data[at + 4 :], tmp_path, name="x.wacz")
    assert {one.url for one in found.documents} == {"https://steppe.example/1", "https://steppe.example/3"}
    assert len(found.problems) >= 3


def test_what_is_none(tmp_path: Path) -> None:
    for data, words in ((b"", "no zip file"), (b"PK\x03\x04", "no zip file"), (wacz({"x.txt": b"calm"}), "no archive/")):
        with pytest.raises(SourceError, match=words):
            read(data, tmp_path, name="x.wacz")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1 << 16), st.binary(max_size=30), st.integers(0, 60))
def test_any_damage_is_a_problem_and_no_crash(tmp_path_factory: pytest.TempPathFactory, at: int, put: bytes, cut: int) -> None:
    data = wacz(PARTS, packed=("archive/b.warc",))
    at %= len(data)
    folder = tmp_path_factory.getbasetemp()
    try:
        found = read(data[:at] + put + data[at + cut :], folder, name="damaged.wacz")
    except SourceError:
        return
    assert len(found.documents) <= 3
    json.dumps(found.report.as_data() if found.report else {})
