"""One file of one text: .txt .md .html .pdf .eml."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foreshock.errors import SourceError
from foreshock.sources.base import Item, Job
from foreshock.sources.record import read_bytes

# None: the extractor looks at the bytes.
SUFFIXES = {
    ".txt": "text/plain", ".text": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown",
    ".html": "text/html", ".htm": "text/html", ".xhtml": "text/html", ".pdf": "application/pdf", ".eml": "message/rfc822",
}  # fmt: skip


def accepts(address: str) -> bool:
    """Return whether the address is a regular file of a known extension."""
    return address != "-" and Path(address).suffix.lower() in SUFFIXES and Path(address).is_file()


def read(address: str, job: Job) -> Iterator[Item]:
    """Yield the file's one document.

    Raises:
        SourceError: the file cannot be opened, is over the limit, or holds no text.
    """
    path = Path(address)
    data = load(path, job.limits.max_text_bytes)
    yield read_bytes(data, job, name=job.name_of(path), origin=address, media_type=SUFFIXES.get(path.suffix.lower()))


def load(path: Path, limit: int) -> bytes:
    """Return a file's bytes, at most ``limit`` of them.

    Raises:
        SourceError: no regular file, not readable, or larger than the limit.
    """
    if not path.is_file():
        raise SourceError(f"{path} is not a regular file", remedy="give a file, a folder, - or an http(s) address")
    try:
        size = path.stat().st_size
        if size > limit:
            raise too_large(str(path), size, limit)
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}", remedy="check the file's permissions") from error
    if len(data) > limit:
        raise too_large(str(path), len(data), limit)
    return data


def too_large(origin: str, size: int, limit: int) -> SourceError:
    """Return the error for an input over the limit; sizes in bytes."""
    remedy = "split it into one file a text, or set max_file_mb in foreshock.toml"
    return SourceError(f"{origin} has {size:,} bytes or more; at most {limit:,} are read", remedy=remedy)
