"""Archives of the web: WARC, plain and in gzip members."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator

from foreshock.errors import SourceError
from foreshock.model import Document, Extract
from foreshock.sources.archives.pages import read_archive
from foreshock.sources.base import Job, Limits
from fuzz.laws import NOW, in_time, must, must_be_kept

MODULES = ("foreshock.sources.archives",)
WORDS = (
    "WARC/1.0\r\n", "WARC-Type: response\r\n", "WARC-Target-URI: http://", "WARC-Date: 2033-05-03T10:00:00Z\r\n",
    "Content-Length: ", "HTTP/1.1 200 OK\r\n", "Content-Type: text/html\r\n", "Content-Encoding: gzip\r\n",
    "Transfer-Encoding: chunked\r\n", "\r\n\r\n", "WARC-Block-Digest: sha1:", "WARC-Truncated: length\r\n", "\x1f\x8b\x08",
    "(µ/ý", "0\r\n\r\n",
)  # fmt: skip
LONGEST = 3_000


def record(body: bytes, *, http: str = "Content-Type: text/plain", kind: str = "response") -> bytes:
    """Return a record."""
    block = f"HTTP/1.1 200 OK\r\n{http}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://felt.example/{len(body)}\r\n"
        "WARC-Date: 2033-05-03T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def seeds() -> Iterator[bytes]:
    """Yield archives of two records, in several packings, with what is wrong with some."""
    text = b"The bridge over the river was closed on Monday."
    one, two = record(text), record(gzip.compress(text), http="Content-Type: text/plain\r\nContent-Encoding: gzip")
    chunked = record(b"5\r\nThe b\r\n4\r\nridge\r\n0\r\n\r\n", http="Transfer-Encoding: chunked")
    yield one + two
    yield gzip.compress(one) + gzip.compress(two)
    yield gzip.compress(one + two)
    yield record(b"", kind="warcinfo") + chunked + one[:-30]
    yield one.replace(b"Content-Length: ", b"Content-Length: 9") + two
    yield gzip.compress(one)[:-9] + gzip.compress(two)
    yield one.replace(b"2033-05-03", b"0001-01-01") + one.replace(b"Z\r\n", b"+23:59\r\n")


def check(data: bytes) -> None:
    """Read an archive; every record is a document, passed over or damaged, and counted so."""
    counted: list[object] = []
    job = Job(extract=_plain, now=NOW, limits=Limits(max_page_bytes=10_000, max_decoded_bytes=100_000), counted=counted.append)
    with in_time(data):
        try:
            found = list(read_archive(io.BytesIO(data), job, origin="a.warc"))
        except SourceError:
            return
    must(len(counted) == 1, "an archive is counted once", counted)
    for one in found:
        if isinstance(one, Document):
            must_be_kept(one)


def _plain(data: bytes, *, media_type: str | None, charset: str | None, name: str) -> Extract:
    del charset, name
    return Extract(text=data.decode("utf-8", "replace").replace("\0", "") or "x", media_type=media_type or "")
