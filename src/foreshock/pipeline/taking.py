"""Take in: what waits in the queue is fetched where it must be, read, coded and kept; then it waits no more.

Whatever stops it in between, the item still waits: it is taken in again, and what was kept of it by then is known and adds
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from foreshock.dates import utc_stamp
from foreshock.errors import CodingError, ReadingError, SourceError, UnreachableError
from foreshock.ledger import Kept, Ledger
from foreshock.ledger.feed_queue import FeedQueue
from foreshock.ledger.feeds import Feeds
from foreshock.model import Document, Feed, FeedAnswer, FeedItem
from foreshock.pipeline.polling import page_text, read_feed
from foreshock.reading.extract import extract
from foreshock.sources import Limits
from foreshock.sources.base import Asker, Fetched, Job
from foreshock.sources.feeds.documents import entry_document, full_document, mail_document, page_document
from foreshock.sources.feeds.entry import Entry, ParsedFeed
from foreshock.sources.http.body import read_body
from foreshock.sources.registry import source_for

# Reads, codes and keeps a document with the bytes behind it; the pipeline's keep, with a workbench.
Keep = Callable[[Document, bytes | None], Kept]
# After each failure to get a page it is tried again after so many seconds; after the last one the summary stands.
RETRIES = (60, 300, 900)
TOO_MANY = 429
LATER = frozenset({408, 425, TOO_MANY, 500, 502, 503, 504})
# An item whose reading ended with the process this often is left out: it would end it again and again.
MOST_ATTEMPTS = len(RETRIES) + 3


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of an item: its new state, and how many document versions and claims it added."""

    item: FeedItem
    documents: int = 0
    claims: int = 0


class Intake:
    """Takes in items of one ledger.

    Args:
        ledger: open for writing.
        ask: the fetcher.
        keep: reads, codes and keeps a document.
        limits: how much may be taken.
    """

    def __init__(self, ledger: Ledger, *, ask: Asker, keep: Keep, limits: Limits) -> None:
        self._ask, self._keep, self._limits = ask, keep, limits
        self._queue, self._feeds = FeedQueue(ledger), Feeds(ledger)
        # Items of one poll stand in the same bytes.
        self._parsed = lru_cache(maxsize=8)(self._parse)
        # Hosts that did not answer, or asked for patience: the others do not wait for each of their items.
        self._silent: set[str] = set()

    def take(self, *, now: datetime, limit: int = 50) -> Iterator[Taken]:
        """Take in what waits, the longest waiting first, at most ``limit`` items; iterate to its end.

        Raises:
            LedgerError: the ledger cannot be written; what was taken in before stays.
        """
        waiting = self._queue.waiting(now=now, limit=limit)
        feeds = {one.id: one for one in self._feeds.all()} if waiting else {}
        for item in waiting:
            begun = replace(item, attempts=item.attempts + 1)
            # Counted before it is tried: what ends the process is counted too.
            self._queue.mark(begun)
            feed = feeds.get(item.feed_id) or self._feeds.get(item.feed_id)
            taken = self._one(begun, feed, now)
            if feed.kind == "feed" and taken.item.state == "failed" and self._erased(item):
                self._queue.forget(item)  # what was erased of these bytes took others along: they may come again
            else:
                self._queue.mark(taken.item)
            yield taken

    def _one(self, item: FeedItem, feed: Feed, now: datetime) -> Taken:
        if item.attempts > MOST_ATTEMPTS:
            why = f"reading it was begun {item.attempts - 1} times and never ended"
            return Taken(replace(item, state="failed", error=why))
        vault: dict[str, bytes] = {}
        job = Job(extract=extract, now=now, limits=self._limits, vault=vault.__setitem__)
        try:
            if feed.kind == "feed":
                return self._entry(item, feed, job, vault)
            documents = self._documents(item, feed, job)
            return self._kept(item, documents, vault, full=True)
        except (SourceError, ReadingError, CodingError) as error:
            return Taken(replace(item, state="failed", error=str(error)))

    def _documents(self, item: FeedItem, feed: Feed, job: Job) -> Sequence[Document]:
        if feed.kind == "folder":
            return _file(Path(feed.address), item.place, job)
        answer, data = self._answer(item)
        if feed.kind == "mailbox":
            return (mail_document(data, answer, item.key, job),)
        found = page_text(_fetched(answer, data, self._limits))
        return (page_document(found, answer, source=feed.name, url=item.url),)

    def _entry(self, item: FeedItem, feed: Feed, job: Job, vault: dict[str, bytes]) -> Taken:
        answer, _ = self._answer(item)
        parsed = self._parsed(answer)
        entry = next((one for one in parsed.entries if one.place == item.place and one.digest == item.digest), None)
        if entry is None:
            raise SourceError(f"{item.place} is not in the bytes that brought it", remedy="the next poll brings it again")
        source = feed.name or feed.address
        why = ""
        if entry.stub and feed.full:
            if (same := self._queue.alike(item)) is not None:
                return Taken(replace(item, state="kept", full=True, url=same.url, document_id=same.document_id, error=""))
            try:
                page = self._page(entry)
                document = full_document(entry, page, job, source=source, url=item.url)
                return self._kept(item, (document,), vault, full=True)
            except (SourceError, ReadingError, CodingError) as error:
                # A page that was read before is in trouble for a while, whatever it answers now.
                passes = item.full or isinstance(error, UnreachableError)
                if passes and item.attempts <= len(RETRIES):
                    due = job.now + timedelta(seconds=RETRIES[item.attempts - 1])
                    return Taken(replace(item, due_at=utc_stamp(due), error=str(error)))
                why = error.message
            if item.full:
                # The whole text of before says more than a summary of now; that there is a later one is told.
                return Taken(replace(item, state="kept", error=f"its later version could not be read: {why}"))
        document = entry_document(
            entry, answer, job, source=source, language=parsed.language, url=item.url, why=why
        )  # fmt: skip
        taken = self._kept(item, (document,), vault, full=not entry.stub)
        return replace(taken, item=replace(taken.item, state="stub", error=why)) if entry.stub else taken

    def _page(self, entry: Entry) -> Fetched:
        """Fetch the page of an entry.

        Raises:
            UnreachableError: it may go well later.
            SourceError: it is refused: by robots.txt, by its server, by us.
        """
        host = urlsplit(entry.link).netloc.lower()
        if host in self._silent:
            raise UnreachableError(
                f"{entry.link} was not asked for: its server did not answer just now", remedy="it is tried again"
            )
        try:
            answer = self._ask.ask(entry.link, limits=self._limits)
        except UnreachableError:
            self._silent.add(host)
            raise
        if answer.status == TOO_MANY:
            self._silent.add(host)
        if answer.status in LATER:
            raise UnreachableError(f"{entry.link} answers with status {answer.status}", remedy="it is tried again")
        if answer.page is None:
            raise SourceError(f"{entry.link} answers with status {answer.status}", remedy="the summary is kept")
        return answer.page

    def _kept(self, item: FeedItem, documents: Sequence[Document], vault: dict[str, bytes], *, full: bool) -> Taken:
        added = claims = 0
        for document in documents:
            # An item without an address keeps the id that it was first given, whatever its outlet is called later.
            named = item.document_id and document.url is None and len(documents) == 1
            one = replace(document, id=item.document_id) if named else document
            kept = self._keep(one, vault.get(document.custody.sha256))
            added, claims = added + kept.documents, claims + kept.claims
            item = replace(item, document_id=one.id, url=one.url or "")
        return Taken(replace(item, state="kept", full=item.full or full, error=""), added, claims)

    def _erased(self, item: FeedItem) -> bool:
        return item.answer is not None and self._queue.contents(item.answer) is None

    def _answer(self, item: FeedItem) -> tuple[FeedAnswer, bytes]:
        data = None if item.answer is None else self._queue.contents(item.answer)
        if item.answer is None or data is None:
            raise SourceError(f"the bytes of {item.place} were redacted", remedy="what is still in its feed comes again")
        return item.answer, data

    def _parse(self, answer: FeedAnswer) -> ParsedFeed:
        data = self._queue.contents(answer)
        if data is None:
            raise SourceError(f"the bytes of {answer.origin} were redacted", remedy="nothing can be read of it any more")
        return read_feed(_fetched(answer, data, self._limits))


def _fetched(answer: FeedAnswer, data: bytes, limits: Limits) -> Fetched:
    """Return bytes that were kept as they came, decompressed, as if they came now."""
    encoding = dict(answer.headers).get("content-encoding", "")
    where = answer.final_url or answer.origin
    body = read_body([data], encoding=encoding, limits=limits, url=where)
    return Fetched(answer.origin, where, data, body.data, answer.media_type, answer.charset, answer.headers)


def _file(root: Path, place: str, job: Job) -> list[Document]:
    """Return the documents of a file of a folder.

    Raises:
        SourceError: nothing could be read from it.
    """
    path = root / place
    if not path.is_file():
        raise SourceError(f"{path} is gone", remedy="put it back, and it is read")
    source = source_for(str(path))
    if source is None:
        raise SourceError(f"{path}: files of this type are not read", remedy="move it out, or turn it into .txt")
    found = list(source.read(str(path), replace(job, root=root)))
    documents = [one for one in found if isinstance(one, Document)]
    problems = [one for one in found if isinstance(one, SourceError)]
    if not documents and problems:
        raise problems[0]
    return documents
