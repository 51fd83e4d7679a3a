"""Archives made for tests, with fastwarc's own writer."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from foreshock.model import Document
from foreshock.reading.extract import extract
from foreshock.sources import Item, Limits, gather
from foreshock.sources.archives.report import ArchiveReport

NOW = datetime(2022, 1, 8, 12, 0, tzinfo=UTC)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


class Read(NamedTuple):
    items: list[Item]
    report: ArchiveReport | None

    @property
    def documents(self) -> list[Document]:
        return [one for one in self.items if isinstance(one, Document)]

    @property
    def problems(self) -> list[str]:
        return [str(one) for one in self.items if not isinstance(one, Document)]


def html(number: int, more: str = "") -> bytes:
    text = f"Soldiers closed the road to village {number} on Wednesday, the governor said. Nobody was hurt there, he added."
    return f"<html><head><title>Road {number}</title></head><body><article><p>{text}</p>{more}</article></body></html>".encode()


def record(block: bytes, *, url: str = "https://steppe.example/1", kind: str = "response", **fields: str) -> bytes:
    """One record; ``fields`` change its headers, "" leaves one out."""
    from fastwarc.warc import WarcRecord, WarcRecordType

    made = WarcRecord()
    made.init_headers(getattr(WarcRecordType, kind), record_urn=b"uuid:12345678-1234-5678-1234-567812345678")
    made.headers["WARC-Date"] = "2022-01-06T03:04:05Z"
    made.headers["WARC-Target-URI"] = url
    if kind == "response":
        made.headers["Content-Type"] = "application/http; msgtype=response"
    made.set_bytes_content(block)
    out = io.BytesIO()
    made.write(out, checksum_data=True)
    raw = out.getvalue()
    for name, value in fields.items():
        raw = changed(raw, name.replace("_", "-"), value)
    return raw


def changed(raw: bytes, name: str, value: str) -> bytes:
    head, _, rest = raw.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(name.lower().encode() + b":")]
    if value:
        lines.append(f"{name}: {value}".encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + rest


def page(number: int, **fields: str) -> bytes:
    return record(HEAD + html(number), url=f"https://steppe.example/{number}", **fields)


def members(records: Iterable[bytes]) -> bytes:
    """Each record as a gzip member of its own, as crawlers write them."""
    from fastwarc.stream_io import GzipWriter

    out = io.BytesIO()
    for one in records:
        writer = GzipWriter(out)
        writer.write(one)
        writer.finish()
    return out.getvalue()


def read(data: bytes | Path, tmp_path: Path, *, name: str = "x.warc", limits: Limits | None = None, extractor=extract) -> Read:
    path = data if isinstance(data, Path) else tmp_path / name
    if isinstance(data, bytes):
        path.write_bytes(data)
    reports: list[ArchiveReport] = []
    items = list(gather(str(path), extract=extractor, now=NOW, limits=limits, counted=reports.append))
    return Read(items, reports[-1] if reports else None)
