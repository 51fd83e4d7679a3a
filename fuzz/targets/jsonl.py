"""JSON Lines: a document a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from foreshock.errors import SourceError
from foreshock.model import Document
from foreshock.reading.extract import extract
from foreshock.sources.base import Job, Limits
from foreshock.sources.jsonl import read_lines
from fuzz.laws import NOW, in_time, must, must_be_kept

MODULES = ("foreshock.sources.jsonl", "foreshock.sources.record", "foreshock.sources.http.address", "foreshock.dates")
WORDS = (
    '{"text":"', '"title":', '"url":"http://', '"source":', '"published":"2033-05-', '"language":', '"id":', '"licence":',
    "\\ud800", "\\u0000", "1e999", "NaN", "null", "}\n{", "xn--", "utm_source=",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield lines that are whole, and lines that are not."""
    whole = {
        "text": "The bridge is closed.",
        "title": "Bridge",
        "url": "https://felt.example/a?utm_source=x&b=1#c",
        "source": "Felt",
    }
    yield json.dumps(
        whole | {"published": "2033-05-03T10:00:00+06:00", "language": "en_GB", "id": 7, "licence": "CC BY"}
    ).encode()
    yield b'{"text":"a","published":"2033-02-30","url":"http://[::1","id":true}\n\n{"text":""}\n[1]\nx\n{"text":"b\\ud800"}\n'
    yield '\ufeff{"text":"橋を閉鎖した。","language":"日本語","title":["x"]}'.encode()
    yield b'{"text":"a","licence":"\\ud800","source":"\\u0000","url":"http://\\ud800.example/","id":"\\udfff"}'
    yield b"[" * 500 + b'\n{"text":"a","id":1e400}\n{"text":"\xff"}'


def check(data: bytes) -> None:
    """Read lines: each with something on it is a document that can be kept, or a problem that names it."""
    job = Job(extract=extract, now=NOW, limits=Limits(max_text_bytes=1_000))
    with in_time(data):
        try:
            found = list(read_lines(io.BytesIO(data), job, name="a.jsonl", origin="a.jsonl"))
        except SourceError:
            found = []
    must(len(found) == sum(bool(line.strip()) for line in data.split(b"\n")), "a line is lost", len(found))
    for one in found:
        if isinstance(one, Document):
            must_be_kept(one)
