"""An archive through the command line: its counts are told, what is broken is named, and the rest is kept."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.sources.archives.making import members, page, record


def test_an_archive_is_kept_and_counted(folder: Path, foreshock: Callable[..., Any]) -> None:
    (folder / "x.warc.gz").write_bytes(members([page(1), record(b"", kind="revisit"), page(2)]))
    ran = foreshock("ingest", "x.warc.gz", "--no-join", "--now", "2022-02-01")
    assert ran.code == 0
    assert "x.warc.gz: 3 records, 2 documents; skipped: revisit 1" in ran.err
    assert "2 documents and" in ran.out
    again = foreshock("ingest", "x.warc.gz", "--no-join", "--now", "2022-02-01")
    assert "0 documents and 0 claims added, 2 documents known already" in again.out


def test_a_damaged_archive_is_kept_in_part(folder: Path, foreshock: Callable[..., Any]) -> None:
    data = members([page(1)])
    (folder / "x.warc.gz").write_bytes(data + data[:-30] + members([page(2)]))
    ran = foreshock("read", "x.warc.gz", "--format", "jsonl", "--now", "2022-02-01")
    assert ran.code == 3
    found = [json.loads(line)["document"] for line in ran.out.splitlines()]
    assert [one["url"] for one in found] == ["https://steppe.example/1", "https://steppe.example/2"]
    assert {one["fetched_at"] for one in found} == {"2022-01-06T03:04:05Z"}
    assert f"x.warc.gz#offset {len(data)}: broken compression" in ran.err
    assert "3 records, 2 documents; skipped: broken compression 1" in ran.err


def test_archives_in_a_folder_beside_other_files(folder: Path, foreshock: Callable[..., Any]) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.warc").write_bytes(page(1))
    (folder / "in" / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Calm in the village of the steppe."}\n'))
    (folder / "in" / "c.warc").write_bytes(record(b"x: y\r\n", kind="warcinfo"))
    (folder / "in" / "d.arc.gz").write_bytes(b"")
    ran = foreshock("read", "in")
    assert ran.code == 3
    assert len(re.findall("^  custody", ran.out, re.MULTILINE)) == 2
    assert f"in{os.sep}c.warc: 1 records, 0 documents; skipped: warcinfo 1" in ran.err
    assert "archives of the old format ARC are not read (turn it into WARC" in ran.err
