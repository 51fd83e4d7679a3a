"""One address -> documents, by the source that reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from foreshock.errors import SourceError
from foreshock.sources import files
from foreshock.sources.archives.report import ArchiveReport
from foreshock.sources.base import Extractor, Fetcher, Item, Job, Limits
from foreshock.sources.registry import source_for


def gather(
    address: str,
    *,
    extract: Extractor,
    now: datetime,
    fetch: Fetcher | None = None,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    vault: Callable[[str, bytes], None] | None = None,
    root: Path | None = None,
    counted: Callable[[ArchiveReport], None] | None = None,
) -> Iterator[Item]:
    """Yield a Document for everything that an address holds, and a SourceError for each part that cannot be read.

    Args:
        address: a file, a folder (walked in order of names, hidden files skipped), ``-`` for standard input, or an http(s) URL.
        extract: reads text out of bytes.
        now: when this happens, with a zone.
        fetch: brings pages; without one, URLs are refused.
        limits: how much may be taken; the defaults where None.
        stdin: what ``-`` reads.
        vault: handed the bytes behind each document under their SHA-256, before the document is yielded.
        root: the folder that a file was found in, so that its documents are those that the whole folder gives.
        counted: handed the counts of each archive, after its last document.

    Raises:
        SourceError: nothing at the address can be read; the message names it and the remedy.
    """
    most = limits or Limits()
    job = Job(extract=extract, now=now, limits=most, fetch=fetch, stdin=stdin, root=root, vault=vault, counted=counted)
    source = source_for(address)
    if source is not None:
        yield from source.read(address, job)
        return
    if not Path(address).exists():
        remedy = "check the path; write https:// before a web address"
        raise SourceError(f"{address}: no such file or folder", remedy=remedy)
    # A file given by name is read whatever its extension: the extractor looks at its bytes.
    yield from files.read(address, job)
