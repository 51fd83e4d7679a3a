"""The pages of an archive as documents, and the counts of what was none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from typing import BinaryIO

from foreshock.errors import ReadingError, SourceError
from foreshock.model import Document
from foreshock.sources.archives import unfold
from foreshock.sources.archives.payload import Refused, page_of
from foreshock.sources.archives.records import Record, Records, digest
from foreshock.sources.archives.report import DAMAGE, Broken, Counting
from foreshock.sources.archives.tape import Tape
from foreshock.sources.base import Fetched, Item, Job
from foreshock.sources.page import page_document

REMEDY = "fetch the archive again if that page is wanted; the rest of it is read"
TYPES = frozenset({"warcinfo", "request", "metadata", "revisit", "conversion", "continuation"})
HEADERS = 1_000_000  # bytes that a record may have beside its page: its own headers and those of the response


def need_fastwarc(address: str) -> None:
    """Make sure that archives can be read here.

    Raises:
        SourceError: fastwarc is not installed.
    """
    if find_spec("fastwarc") is None:
        raise SourceError(
            f"{address}: archives are read by fastwarc, which is not installed", remedy="pip install 'foreshock[archives]'"
        )


def read_archive(stream: BinaryIO, job: Job, *, origin: str) -> Iterator[Item]:
    """Yield the pages of a WARC archive, plain or compressed, and a SourceError for each of its first hundred damaged records.

    The counts of all records are handed to ``job.counted`` at the end, also where the reader stops early.

    Args:
        stream: the archive, seekable.
        job: the moment and the limits; ``max_page_bytes`` is that of one page as it came over the wire.
        origin: the archive, for people.

    Raises:
        SourceError: it holds no record at all, or fastwarc is not installed.
    """
    need_fastwarc(origin)
    counting = Counting(origin)
    try:
        for one in Records(_tape(stream, job), limit=job.limits.max_page_bytes + HEADERS):
            item = one if isinstance(one, Broken) else _document(one, job, origin, counting)
            if isinstance(item, Document):
                counting.keep()
                yield item
            elif isinstance(item, Broken) and counting.damage(item):
                yield _problem(item, origin)
        _finish(counting)
    finally:
        if job.counted is not None and counting.records:
            job.counted(counting.report())


def _finish(counting: Counting) -> None:
    damaged = counting.report().damaged
    if damaged == counting.records:
        why = f"{damaged} damaged place(s)" if damaged else "it has no records"
        raise SourceError(f"{counting.name}: no record of this archive could be read; {why}", remedy="is it a WARC file?")


def _tape(stream: BinaryIO, job: Job) -> Tape:
    packing = unfold.packing(stream)
    if packing == "gzip":
        return Tape(lambda at: unfold.gzip(stream, at, ratio=job.limits.max_ratio), packed=True)
    if packing == "zstd":
        return Tape(lambda at: unfold.zstd(stream, at), packed=True)
    return Tape(lambda at: unfold.plain(stream, at), packed=False)


def _document(record: Record, job: Job, origin: str, counting: Counting) -> Document | Broken | None:
    kind = record.fields.get("warc-type", "").lower()
    if kind not in ("response", "resource"):
        counting.skip(kind if kind in TYPES else "other type")
        return None
    where, url = str(record.place), record.fields.get("warc-target-uri", "")
    if digest(record.fields.get("warc-block-digest", ""), record.block) is False:
        return Broken(where, "bad digest", "its bytes are not those of its digest", url)
    moment = _moment(record.fields.get("warc-date", ""), job.now)
    if moment is None:
        return Broken(where, "bad date", f"its date is {record.fields.get('warc-date', '')[:40]!r}", url)
    page = page_of(record, job.limits)
    if isinstance(page, Refused):
        if page.reason in DAMAGE:
            return Broken(where, page.reason, page.why, url)
        counting.skip(page.reason)
        return None
    return _read(page, replace(job, now=moment), f"{origin}#{where}", counting)


def _read(page: Fetched, job: Job, origin: str, counting: Counting) -> Document | None:
    try:
        return page_document(page, job, origin)
    except (SourceError, ReadingError):
        counting.skip("no text")
        return None


def _moment(raw: str, now: datetime) -> datetime | None:
    """Return when a record was made; None where it does not say, or says that it is yet to come."""
    try:
        found = datetime.fromisoformat(raw)
        found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found if found.year >= 1990 and found <= now + timedelta(days=1) else None


def _problem(one: Broken, origin: str) -> SourceError:
    of = f" (the record of {one.url[:200]})" if one.url else ""
    return SourceError(f"{origin}#{one.where}: {one.reason}: {one.why}{of}", remedy=REMEDY)
