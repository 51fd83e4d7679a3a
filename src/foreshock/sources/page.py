"""One web page or file at an http(s) address."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foreshock.errors import ReadingError, SourceError
from foreshock.model import Document
from foreshock.sources.base import Fetched, Item, Job
from foreshock.sources.record import custody, document, under

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://")
# Services that translate a page on its way say so in the response.
TRANSLATION_HEADERS = ("x-mt", "x-translated-by", "x-gt-lang", "x-machine-translated", "x-translation-engine")


def accepts(address: str) -> bool:
    """Return whether the address is a URL; which URLs are fetched is the fetcher's to say."""
    return ADDRESS.match(address) is not None


def read(address: str, job: Job) -> Iterator[Item]:
    """Yield the page's one document; the bytes of its custody are those that came over the wire.

    Raises:
        SourceError: the page is refused, missing, too large, too slow, or holds no text.
    """
    if job.fetch is None:
        raise SourceError(f"{address}: this run has no access to the network", remedy="save the page and give the file")
    yield page_document(job.fetch(address, limits=job.limits), job, address)


def page_document(page: Fetched, job: Job, address: str) -> Document:
    """Return a page that was brought as a document.

    Raises:
        SourceError: it holds no text.
    """
    try:
        found = job.extract(page.data, media_type=page.media_type, charset=page.charset, name=page.final_url)
    except ReadingError as error:
        raise SourceError(under(address, page.final_url, error.message), remedy=error.remedy) from error
    marks = tuple(f"header:{name}" for name, _ in page.headers if name in TRANSLATION_HEADERS)
    taken = custody(page.raw, job, address, page=page)
    return document(found, taken, name=page.final_url, url=page.final_url, notes=page.notes, translated=marks)
