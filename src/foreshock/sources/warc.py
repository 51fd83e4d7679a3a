"""Archives of the web: .warc, .warc.gz, .warc.zst; CC-NEWS is made of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from foreshock.errors import SourceError
from foreshock.sources.archives.pages import read_archive
from foreshock.sources.base import Item, Job

# Crawlers and those who sort archives write more behind it: .warc.gz.open, .warc.wet.gz, .warc.gz.bad
NAME = re.compile(r"\.warc(?:\.|$)", re.IGNORECASE)
# The format before WARC: named, since its bytes would otherwise be read as one text.
OLD = (".arc", ".arc.gz")


def accepts(address: str) -> bool:
    """Return whether the address is a regular file of this type."""
    name = Path(address).name
    return (NAME.search(name) is not None or name.lower().endswith(OLD)) and Path(address).is_file()


def read(address: str, job: Job) -> Iterator[Item]:
    """Yield a document for each page of the archive, and a SourceError for each damaged record.

    Raises:
        SourceError: the file cannot be opened, holds no record, or fastwarc is not installed.
    """
    if address.lower().endswith(OLD):
        raise SourceError(
            f"{address}: archives of the old format ARC are not read", remedy="turn it into WARC: warcio recompress FILE"
        )
    try:
        with Path(address).open("rb") as stream:
            yield from read_archive(stream, job, origin=address)
    except OSError as error:
        raise SourceError(
            f"{address} cannot be read: {error.strerror or error}", remedy="check the file's permissions"
        ) from error
