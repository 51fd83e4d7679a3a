"""Poll: ask one feed, page, mailbox or folder what is new, and put that into the queue before anything is said to be had."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from foreshock.errors import ReadingError, SourceError
from foreshock.ledger import Ledger
from foreshock.ledger.feed_queue import Arrived, FeedQueue, answer_of
from foreshock.ledger.feeds import Feeds, PollEnd
from foreshock.model import Extract, Feed, FeedItem, FeedMark, record_id
from foreshock.ontology import outlets
from foreshock.pipeline.pacing import next_due
from foreshock.reading.extract import extract
from foreshock.reading.extract.charset import decode
from foreshock.sources import Limits
from foreshock.sources.base import Answer, Asker, Fetched
from foreshock.sources.feeds import mailbox
from foreshock.sources.feeds.documents import link_of
from foreshock.sources.feeds.entry import ParsedFeed
from foreshock.sources.feeds.parse import ACCEPT, parse_feed
from foreshock.sources.folder import walk
from foreshock.sources.http.fetcher import ACCEPT as ACCEPT_PAGE
from foreshock.sources.record import under

# A file that was written this short a time ago may not be whole yet.
SETTLED = timedelta(seconds=2)
MANY = 500  # messages or files that one poll takes
PIECES = re.compile(r"\s+[-–—|»:·/]\s*|\s*[|»]\s*|:\s+")


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll came to: items that are new and that came back with other words; for a failure, what went wrong."""

    feed: Feed
    state: Literal["good", "unchanged", "failed", "gone"]
    new: int = 0
    edited: int = 0
    error: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """What asking came to, before it is known when to ask again."""

    mark: FeedMark | None = None
    arrived: Sequence[Arrived] = ()
    unchanged: bool = False
    name: str = ""
    error: str = ""
    gone: bool = False
    retry_after: str = ""
    soon: bool = False
    notes: tuple[str, ...] = field(default=())


def poll_feed(ledger: Ledger, feed: Feed, *, ask: Asker, now: datetime, chance: float, limits: Limits) -> Polled:
    """Ask a feed once and keep what that came to: items, bytes and marks in one transaction.

    Args:
        ledger: open for writing.
        feed: one that is watched.
        ask: the fetcher.
        now: the moment.
        chance: a number from 0 to 1 that spreads polls.
        limits: how much may be taken.

    Raises:
        LedgerError: the ledger cannot be written; nothing was kept.
    """
    feeds = Feeds(ledger)
    before, failures = feeds.mark(feed.id), feeds.failures(feed.id)
    queue = FeedQueue(ledger)
    try:
        found = _ask(feed, before, queue, ask=ask, now=now, limits=limits)
    except (SourceError, ReadingError) as error:
        found = _Found(error=str(error))
    due = next_due(
        now,
        every=feed.every,
        failures=failures + 1 if found.error else 0,
        chance=chance,
        retry_after=found.retry_after,
    )
    end = PollEnd(
        due=now if found.soon else due,
        error=found.error,
        mark=found.mark,
        unchanged=found.unchanged,
        gone=found.gone,
        name=found.name,
        arrived=found.arrived,
    )
    new, edited = feeds.settle(feed.id, end, now=now)
    state: Literal["good", "unchanged", "failed", "gone"] = (
        "gone" if found.gone else "failed" if found.error else "unchanged" if found.unchanged else "good"
    )
    return Polled(feed, state, new, edited, found.error, found.notes)


def _ask(feed: Feed, before: FeedMark, queue: FeedQueue, *, ask: Asker, now: datetime, limits: Limits) -> _Found:
    if feed.kind == "mailbox":
        return _mailbox(feed, before, queue, now=now, limits=limits)
    if feed.kind == "folder":
        return _folder(feed, queue, now=now)
    accept = ACCEPT if feed.kind == "feed" else ACCEPT_PAGE
    where = before.moved_to or feed.address
    answer = ask.ask(where, limits=limits, etag=before.etag, modified=before.modified, accept=accept)
    mark = replace(before, moved_to=answer.moved_to or before.moved_to)
    if answer.status == 304:
        return _Found(mark=mark, unchanged=True)
    if answer.page is None:
        return _refused(where, answer)
    body = hashlib.sha256(answer.page.data).hexdigest()
    mark = replace(mark, etag=answer.etag, modified=answer.modified, body=body)
    if body == before.body:
        return _Found(mark=mark)
    return _feed(feed, answer.page, mark, now) if feed.kind == "feed" else _page(feed, answer.page, mark, now)


def _refused(where: str, answer: Answer) -> _Found:
    if answer.status == 410:
        said = f"{where} answers with status 410: it is gone for good, and is asked no more (foreshock feeds add asks it again)"
        return _Found(error=said, gone=True)
    return _Found(error=f"{where} answers with status {answer.status}", retry_after=answer.retry_after)


def _feed(feed: Feed, page: Fetched, mark: FeedMark, now: datetime) -> _Found:
    parsed = read_feed(page)
    answer = answer_of(
        page.raw, origin=feed.address, now=now, final_url=page.final_url, media_type=page.media_type, charset=page.charset,
        headers=page.headers,
    )  # fmt: skip
    items = [FeedItem(feed.id, record_id("item", one.place), one.digest, one.place, link=link_of(one)) for one in parsed.entries]
    # A feed that ends early must come again whole: what it is known by is forgotten.
    kept = mark if parsed.complete else FeedMark(moved_to=mark.moved_to)
    arrived = (Arrived(items, answer, page.raw),)
    return _Found(mark=kept, arrived=arrived, name=outlet_of(parsed.title), notes=parsed.notes)


def read_feed(page: Fetched) -> ParsedFeed:
    """Return the feed in a page.

    Raises:
        SourceError: it is none.
        ReadingError: its bytes are no text.
    """
    return parse_feed(page, decode=lambda data, declared: decode(data, declared=declared).text)


def outlet_of(title: str) -> str:
    """Return the outlet that the title of a feed names: one that is known by a part of it, else the whole title.

    >>> outlet_of("BBC News - World"), outlet_of("The Paper Compass: Latest")
    ('BBC', 'The Paper Compass: Latest')
    """
    for part in (title, *PIECES.split(title)):
        if known := outlets.by_name(part):
            return known.name
    return title


def _page(feed: Feed, page: Fetched, mark: FeedMark, now: datetime) -> _Found:
    found = page_text(page)
    answer = answer_of(
        page.raw, origin=feed.address, now=now, final_url=page.final_url, media_type=page.media_type, charset=page.charset,
        headers=page.headers,
    )  # fmt: skip
    # Counters and clocks outside its text change a page's bytes each time: only other words are news.
    digest = record_id("entry", found.title or "", found.text)
    item = FeedItem(feed.id, record_id("item", feed.address), digest, feed.address)
    return _Found(mark=mark, arrived=(Arrived((item,), answer, page.raw),), name=found.source or "")


def page_text(page: Fetched) -> Extract:
    """Return the text of a page.

    Raises:
        SourceError: it has none.
    """
    try:
        return extract(page.data, media_type=page.media_type, charset=page.charset, name=page.final_url)
    except ReadingError as error:
        raise SourceError(under(page.url, page.final_url, error.message), remedy=error.remedy) from error


def _mailbox(feed: Feed, before: FeedMark, queue: FeedQueue, *, now: datetime, limits: Limits) -> _Found:
    path = Path(feed.address)
    stamp = mailbox.stamp(path)
    if stamp == before.etag:
        return _Found(mark=before, unchanged=True)
    known = {key for key, _ in queue.versions(feed.id)}
    arrived, notes = list[Arrived](), list[str]()
    more = False
    for mail in mailbox.mails(path, limits.max_text_bytes):
        if isinstance(mail, SourceError):
            notes.append(mail.message)
        elif mail.key not in known and len(arrived) >= MANY:
            more = True
            break
        elif mail.key not in known:
            known.add(mail.key)
            answer = answer_of(mail.data, origin=f"{feed.address}#{mail.name}", now=now, media_type="message/rfc822")
            arrived.append(Arrived((FeedItem(feed.id, mail.key, mail.key, mail.name),), answer, mail.data))
    mark = FeedMark() if more else FeedMark(etag=stamp)
    return _Found(mark=mark, arrived=arrived, name=feed.name, soon=more, notes=tuple(notes))


def _folder(feed: Feed, queue: FeedQueue, *, now: datetime) -> _Found:
    root = Path(feed.address)
    if not root.is_dir():
        raise SourceError(f"{root} is no folder", remedy="put it back, or foreshock feeds drop it")
    known, problems = queue.versions(feed.id), list[SourceError]()
    items = list(_changed(feed, root, known, problems, now))
    notes = tuple(one.message for one in problems)
    return _Found(mark=FeedMark(), arrived=(Arrived(items[:MANY]),), unchanged=not items, soon=len(items) > MANY, notes=notes)


def _changed(
    feed: Feed, root: Path, known: set[tuple[str, str]], problems: list[SourceError], now: datetime
) -> Iterator[FeedItem]:  # fmt: skip
    """Yield the files that are new or were written since, but for those that are just being written."""
    for path in walk(root, problems):
        place = path.relative_to(root).as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        try:
            found = path.stat()
        except OSError as error:
            problems.append(SourceError(f"{path} cannot be read: {error.strerror or error}"))
            continue
        key, digest = record_id("item", place), f"{found.st_size}-{found.st_mtime_ns}"
        if (key, digest) not in known and found.st_mtime <= (now - SETTLED).timestamp():
            yield FeedItem(feed.id, key, digest, place)
