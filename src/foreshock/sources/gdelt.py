"""Lists of pages by GDELT 2.0: .export.CSV, .mentions.CSV, .gkg.csv, plain or .zip; each page is fetched as any address is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from foreshock.errors import SourceError
from foreshock.sources.archives.gdelt import kind_of, page_of_row, rows
from foreshock.sources.archives.report import Counting
from foreshock.sources.base import Item, Job
from foreshock.sources.page import page_document

MOST_PAGES = 500_000  # of one list; its addresses are held in memory so that each is fetched once


def accepts(address: str) -> bool:
    """Return whether the address is a regular file that is named as GDELT names its lists."""
    return address != "-" and kind_of(address) is not None and Path(address).is_file()


def read(address: str, job: Job) -> Iterator[Item]:
    """Yield the document of each page of the list, fetched now, and a SourceError for each that cannot be had.

    Rows that name a page again, name none, or are not as the codebook says are counted; the counts go to ``job.counted``.

    Raises:
        SourceError: the file cannot be opened, names no page, or the run has no access to the network.
    """
    if job.fetch is None:
        raise SourceError(f"{address}: this run has no access to the network", remedy="fetch its pages elsewhere")
    counting, problems = Counting(address), 0
    try:
        for one in addresses(address, job, counting):
            if isinstance(one, SourceError):
                problems += 1
                yield one
                continue
            try:
                document = page_document(job.fetch(one, limits=job.limits), job, one)
            except SourceError as error:
                counting.skip("not fetched")
                yield error
                continue
            counting.keep()
            yield document
        if not counting.records and not problems:
            raise SourceError(f"{address}: no row of a list of GDELT in it", remedy="give a file as GDELT publishes it")
    finally:
        if job.counted is not None and counting.records:
            job.counted(counting.report())


def addresses(address: str, job: Job, counting: Counting) -> Iterator[str | SourceError]:
    """Yield the addresses of the pages that a list names, each once, in its order; rows without one are counted."""
    kind = kind_of(address)
    seen: set[str] = set()
    for row in rows(Path(address), kind, limit=job.limits.max_text_bytes) if kind else ():
        if isinstance(row, SourceError):
            yield row
        elif row.columns is None:
            counting.skip("broken row")
        elif not (url := page_of_row(row.columns, kind or "export")):
            counting.skip("no web address")
        elif url in seen:
            counting.skip("named again")
        elif len(seen) >= MOST_PAGES:
            counting.skip("beyond the most pages of a list")
        else:
            seen.add(url)
            yield url
