"""Watch: the steps of polling and taking in, with what they need in one hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from foreshock.errors import SourceError
from foreshock.ledger import Kept, Ledger
from foreshock.model import Document, Feed
from foreshock.pipeline.flow import MB, keep
from foreshock.pipeline.polling import Polled, outlet_of, poll_feed, read_feed
from foreshock.pipeline.taking import Intake, Taken
from foreshock.pipeline.workbench import Workbench
from foreshock.settings import Settings
from foreshock.sources import Limits
from foreshock.sources.base import Asker
from foreshock.sources.feeds.parse import ACCEPT
from foreshock.sources.http.fetcher import HttpFetcher

ROBOTS_SECONDS = 3600.0  # for how long a robots.txt is remembered by those who come back
# Reads, codes and keeps a document with the bytes behind it, at a moment.
KeepDocument = Callable[[Ledger, Document, bytes | None, datetime], Kept]


@dataclass(frozen=True, slots=True)
class WatchTools:
    """What watching needs beside a ledger: the fetcher, how a document is read and coded, how much may be taken."""

    ask: Asker
    keep: KeepDocument
    limits: Limits


@dataclass(frozen=True, slots=True)
class Checked:
    """What an address gives that might be subscribed; nothing of it is kept.

    ``form`` is that of the feed ("rss20", "atom10", "json11"), ``stubs`` how many of its items are summaries only.
    """

    address: str
    form: str
    name: str
    items: int
    stubs: int
    latest: str
    moved_to: str
    notes: tuple[str, ...]


def watch_tools(bench: Workbench, *, ask: Asker | None = None, coder: str = "auto") -> WatchTools:
    """Return the tools of a workbench: its proxy and limits, its coders.

    Args:
        bench: used by one thread at a time.
        ask: the fetcher; one of the open web, through the proxy of the settings, where not given.
        coder: which coder.
    """

    def kept(ledger: Ledger, document: Document, contents: bytes | None, now: datetime) -> Kept:
        return keep(document, bench, ledger, now=now, coder=coder, contents=contents)

    return WatchTools(ask or feed_fetcher(bench.settings), kept, _limits(bench.settings))


def feed_fetcher(settings: Settings) -> HttpFetcher:
    """Return the fetcher for those who come back: it remembers the robots.txt of a host for an hour.

    Raises:
        SourceError: the proxy of the settings is none.
    """
    return HttpFetcher(proxy=settings.proxy, remember=ROBOTS_SECONDS)


def _limits(settings: Settings) -> Limits:
    return Limits(max_text_bytes=int(settings.max_file_mb * MB), max_decoded_bytes=int(settings.max_page_mb * MB))


def poll(ledger: Ledger, feed: Feed, *, tools: WatchTools, now: datetime, chance: float = 0.5) -> Polled:
    """Ask a feed once and keep what is new in the queue; see :func:`foreshock.pipeline.polling.poll_feed`.

    Raises:
        LedgerError: the ledger cannot be written; nothing was kept.
    """
    return poll_feed(ledger, feed, ask=tools.ask, now=now, chance=chance, limits=tools.limits)


def take(ledger: Ledger, *, tools: WatchTools, now: datetime, limit: int = 50) -> Iterator[Taken]:
    """Take in what waits, at most ``limit`` items; see :meth:`foreshock.pipeline.taking.Intake.take`. Iterate to its end.

    Raises:
        LedgerError: the ledger cannot be written; what was taken in before stays.
    """

    def kept(document: Document, contents: bytes | None) -> Kept:
        return tools.keep(ledger, document, contents, now)

    yield from Intake(ledger, ask=tools.ask, keep=kept, limits=tools.limits).take(now=now, limit=limit)


def check_feed(address: str, *, ask: Asker, settings: Settings) -> Checked:
    """Ask an address once and say what a subscription would give; nothing is kept.

    Raises:
        SourceError: it cannot be fetched, answers with an error, or is no feed.
        ReadingError: its bytes are no text.
    """
    answer = ask.ask(address, limits=_limits(settings), accept=ACCEPT)
    if answer.page is None:
        raise SourceError(f"{address} answers with status {answer.status}", remedy="check the address")
    found = read_feed(answer.page)
    return Checked(
        address=address,
        form=found.form,
        name=outlet_of(found.title),
        items=len(found.entries),
        stubs=sum(one.stub for one in found.entries),
        latest=max((one.published or "" for one in found.entries), default=""),
        moved_to=answer.moved_to,
        notes=found.notes,
    )
