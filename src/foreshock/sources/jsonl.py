"""JSON Lines, plain or packed: one object a line with ``text``, optional title, url, source, published, language, id, licence."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from foreshock import dates
from foreshock.errors import SourceError
from foreshock.model import Document, Extract
from foreshock.sources.archives import unfold
from foreshock.sources.archives.lines import Unfolded
from foreshock.sources.archives.pages import need_fastwarc
from foreshock.sources.base import Item, Job
from foreshock.sources.files import too_large
from foreshock.sources.record import custody, document

SUFFIXES = (".jsonl", ".ndjson")
PACKED = (".gz", ".zst")
OPTIONAL = ("title", "url", "source", "published", "language", "id", "licence")
REMEDY = "write one JSON object a line, in UTF-8, with a text"


def accepts(address: str) -> bool:
    """Return whether the address is a regular file of this type, compressed or not."""
    return address != "-" and _unpacked(address.lower()).endswith(SUFFIXES) and Path(address).is_file()


def read(address: str, job: Job) -> Iterator[Item]:
    """Yield a document a line, and for each broken line a SourceError that names it.

    A compressed file gives the documents that the file in it gives, of the same ids; a break in it costs its own lines only.

    Raises:
        SourceError: the file cannot be opened, or no line of it could be read.
    """
    path = Path(address)
    name = _unpacked(job.name_of(path))
    try:
        with path.open("rb") as stream:
            if _unpacked(address) == address:
                yield from read_lines(stream, job, name=name, origin=address)
            else:
                yield from _packed(stream, job, name=name, origin=address)
    except OSError as error:
        raise SourceError(
            f"{address} cannot be read: {error.strerror or error}", remedy="check the file's permissions"
        ) from error


def _unpacked(name: str) -> str:
    return name[: -len(end)] if (end := next((one for one in PACKED if name.lower().endswith(one)), "")) else name


def _packed(stream: BinaryIO, job: Job, *, name: str, origin: str) -> Iterator[Item]:
    kind = unfold.packing(stream)
    if kind == "zstd":
        need_fastwarc(origin)
    chunks = unfold.zstd(stream) if kind == "zstd" else unfold.gzip(stream, ratio=job.limits.max_ratio)
    unfolded = Unfolded(chunks)
    try:
        yield from read_lines(cast(BinaryIO, io.BufferedReader(unfolded)), job, name=name, origin=origin)
    except SourceError as error:
        if not unfolded.gaps:
            raise
        at, why = unfolded.gaps[0]
        raise SourceError(
            f"{origin}#offset {at}: {why}; nothing of it could be read", remedy="is it compressed at all?"
        ) from error
    for at, why in unfolded.gaps:
        yield SourceError(f"{origin}#offset {at}: {why}", remedy="fetch the file again; the rest of it is read")


def read_lines(stream: BinaryIO, job: Job, *, name: str, origin: str) -> Iterator[Item]:
    """Yield the items of an open stream; it is read line by line, so its length has no limit, a line's has.

    Raises:
        SourceError: there is no line with anything on it.
    """
    limit = job.limits.max_text_bytes
    number = 0
    seen = False
    while line := stream.readline(limit + 1):
        number += 1
        at = f"{origin}#line {number}"
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit + 1)
            seen = True
            yield too_large(at, limit + 1, limit)
            continue
        if line.strip():
            seen = True
            yield _line(line, job, name=f"{name}#line {number}", file=name, origin=at)
    if not seen:
        raise SourceError(f"{origin} is empty", remedy=REMEDY)


def _line(line: bytes, job: Job, *, name: str, file: str, origin: str) -> Item:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return SourceError(f"{origin}: not UTF-8 at byte {error.start}", remedy=REMEDY)
    except (ValueError, RecursionError) as error:
        return SourceError(f"{origin}: not JSON: {error}", remedy=REMEDY)
    if not isinstance(value, dict):
        return SourceError(f"{origin}: a {type(value).__name__} where an object should be", remedy=REMEDY)
    text = value.get("text")
    if not isinstance(text, str) or not text.strip():
        return SourceError(f"{origin}: no text (found: {', '.join(map(str, list(value)[:10])) or 'nothing'})", remedy=REMEDY)
    found, notes, own = _metadata(value, text)
    try:
        return _document(found, line, job, name=f"{file}#{own}" if own else name, origin=origin, notes=notes)
    except SourceError as error:
        return error


def _document(found: Extract, line: bytes, job: Job, *, name: str, origin: str, notes: tuple[str, ...]) -> Document:
    return document(found, custody(line.rstrip(b"\r\n"), job, origin), name=name, notes=notes)


def _metadata(value: dict[str, Any], text: str) -> tuple[Extract, tuple[str, ...], str | None]:
    notes: list[str] = []
    known: dict[str, str] = {}
    for key in OPTIONAL:
        raw = value.get(key)
        if isinstance(raw, (str, int)) and not isinstance(raw, bool) and str(raw).strip():
            known[key] = str(raw).strip()
        elif raw not in (None, ""):
            notes.append(f"{key} is a {type(raw).__name__}: not used")
    if "published" in known and dates.parse(known["published"]) is None:
        notes.append(f"published {known['published'][:40]!r} is no ISO date: not used")
        del known["published"]
    found = Extract(
        text=text,
        media_type="application/jsonl",
        title=known.get("title"),
        published=dates.parse(known["published"]) if "published" in known else None,
        language=known.get("language", "").lower().replace("_", "-").split("-")[0] or None,
        source=known.get("source"),
        licence=known.get("licence"),
        url=known.get("url"),
    )
    return found, tuple(notes), known.get("id")
