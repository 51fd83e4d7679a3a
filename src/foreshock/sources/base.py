"""What every source is handed and what it gives: the protocols between the outside world and the rest of the room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from foreshock.errors import SourceError
from foreshock.model import Document, Extract
from foreshock.sources.archives.report import ArchiveReport

# What a source yields: a document, or the problem of one file or line while the rest is read.
Item = Document | SourceError


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a source may take.

    Attributes:
        max_text_bytes: bytes of one file, of one line of a JSONL file, or of standard input.
        max_page_bytes: bytes of one response as they come over the wire.
        max_decoded_bytes: bytes of one response after decompression.
        max_ratio: how many times its size on the wire a response may grow, once it is over a megabyte.
        connect_seconds, read_seconds: patience for one connection and for one read.
        total_seconds: patience for one address, its robots.txt and redirects included.
        max_redirects: hops from the address to the page.
    """

    max_text_bytes: int = 50_000_000
    max_page_bytes: int = 20_000_000
    max_decoded_bytes: int = 50_000_000
    max_ratio: int = 200
    connect_seconds: float = 10.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    max_redirects: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page as it came: ``raw`` as sent over the wire, ``data`` after decompression, ``final_url`` after redirects."""

    url: str
    final_url: str
    raw: bytes
    data: bytes
    media_type: str | None
    charset: str | None
    headers: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says to a request that names the version which we have.

    Attributes:
        url: the address that was asked.
        status: of the last response: 200 with a page, 304 where nothing changed, or an error.
        page: what came with 200, else None.
        moved_to: where the address permanently is now (after redirects 301 and 308 only), "" where it did not move.
        etag, modified: what the server says of this version, "" where it says nothing that could be sent back.
        retry_after: the header of that name, as it stands.
    """

    url: str
    status: int
    page: Fetched | None = None
    moved_to: str = ""
    etag: str = ""
    modified: str = ""
    retry_after: str = ""


class Fetcher(Protocol):
    """Brings one page, within limits. The real one is :class:`foreshock.sources.http.fetcher.HttpFetcher`."""

    def __call__(self, url: str, *, limits: Limits) -> Fetched:
        """Return the page, or raise SourceError where it is refused, missing, too large or too slow."""


class Asker(Fetcher, Protocol):
    """A fetcher that can also ask whether something changed; the real one is the same."""

    def ask(self, url: str, *, limits: Limits, etag: str = "", modified: str = "", accept: str = "") -> Answer:
        """Return what the server says, whatever its status; raise SourceError where it is refused, too large or too slow."""


class Extractor(Protocol):
    """Reads text out of bytes; handed in, since this room does not know the reading room."""

    def __call__(self, data: bytes, *, media_type: str | None, charset: str | None, name: str) -> Extract:
        """Return what the bytes hold, or raise ReadingError where they hold no text."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a source needs beside the address. ``root`` is the folder that names of its files are relative to, if any.

    ``vault`` is handed the bytes of each custody under their SHA-256, for whoever keeps them; ``counted`` what each archive held.
    """

    extract: Extractor
    now: datetime
    limits: Limits
    fetch: Fetcher | None = None
    stdin: BinaryIO | None = None
    root: Path | None = None
    vault: Callable[[str, bytes], None] | None = None
    counted: Callable[[ArchiveReport], None] | None = None

    def name_of(self, path: Path) -> str:
        """Return a file's name for its identity: relative to the folder given, else the bare name; never where it lies."""
        return path.relative_to(self.root).as_posix() if self.root is not None else path.name


class Source(Protocol):
    """A module of this package with these two functions is a source; it is found by being there."""

    def accepts(self, address: str) -> bool:
        """Return whether this source reads the address; at most one source may."""

    def read(self, address: str, job: Job) -> Iterator[Item]:
        """Yield documents and the problems of single files or lines; raise SourceError where nothing can be read."""
