"""The schedule: what is due is polled, what waits is taken in and joined, again and again, until it is told to stop.

Nothing of the schedule is kept in memory: when a feed is due, and which items wait, stands in the ledger. A watcher that is
killed loses nothing, and the next one goes on from there.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from urllib.parse import urlsplit

from foreshock import pipeline
from foreshock.errors import ForeshockError, LedgerError
from foreshock.ledger import Ledger
from foreshock.ledger.feeds import Feeds
from foreshock.model import Feed
from foreshock.watch.memory import give_back, keep_little

TICK = 5.0  # seconds between two looks at what is due and what waits
MINUTE = 60.0  # seconds between two looks at what hangs on time: silence, alerts that are to be sent again; free memory
LEASE = timedelta(minutes=5)  # after which a feed whose watcher is not heard of any more is due again
PATIENCE = 90.0  # seconds that the feeds of one server may take in one round
WORKERS = 8  # feeds that are polled at the same time
BATCH = 50  # items that are taken in before they are joined
Clock = Callable[[], datetime]
Event = pipeline.Polled | pipeline.Taken | pipeline.Step | ForeshockError


def utc_now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


def _quiet() -> logging.Logger:
    """Return the log of the scheduler: that a step is still at work when its next turn comes is no news."""
    found = logging.getLogger("foreshock.watch.schedule")
    found.setLevel(logging.ERROR)
    return found


@dataclass
class Watcher:
    """Polls, takes in and joins for one ledger.

    Attributes:
        address: the ledger.
        tools: the fetcher, and how documents are read and coded; see :func:`foreshock.pipeline.watch_tools`.
        tell: told of each poll, each item, each batch that was joined, and of errors that may pass; from several threads.
        clock: the moment.
        chance: draws numbers from 0 to 1 that spread the polls.
        joins: whether what was taken in is joined.
        after: called with the ledger after each batch that was taken in and joined, and once a minute, from several threads: what
            hangs on new claims, or on time, is done there.
        tick: seconds between two looks.
    """

    address: Path | str
    tools: pipeline.WatchTools
    tell: Callable[[Event], None] = lambda _: None
    clock: Clock = utc_now
    chance: Callable[[], float] = field(default_factory=lambda: Random().random)  # noqa: S311  (no secret)
    joins: bool = True
    after: Callable[[Ledger], object] | None = None
    tick: float = TICK
    _failed: BaseException | None = field(default=None, init=False)
    _begun: bool = field(default=False, init=False)
    _stop: threading.Event = field(default_factory=threading.Event, init=False)

    def once(self, *, every: bool = False) -> None:
        """Poll what is due (with ``every``: all that is watched), take in all that waits, and join it.

        Raises:
            LedgerError: the ledger cannot be written; what was kept before stays.
        """
        keep_little()
        with Ledger(self.address) as ledger:
            ids = [one.id for one in Feeds(ledger).all()] if every else None
            while self._poll(ledger, ids):
                ids = None
            while self._take(ledger):
                pass
            self._finish(ledger)

    def run(self, stop: threading.Event | None = None) -> None:
        """Go on until ``stop`` is set; what is being kept then is kept to its end.

        Raises:
            LedgerError: the ledger cannot be opened.
            BaseException: what a step raised that cannot pass by itself.
        """
        from apscheduler.executors.pool import ThreadPoolExecutor as Pool
        from apscheduler.schedulers.background import BackgroundScheduler

        self._stop = stop or self._stop
        keep_little()
        with Ledger(self.address) as ledger:
            scheduler = BackgroundScheduler(
                logger=_quiet(),
                timezone=UTC,
                executors={"default": Pool(4)},
                job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            )
            for step in (self._polling, self._taking):
                scheduler.add_job(step, "interval", seconds=self.tick, args=[ledger], next_run_time=datetime.now(UTC))
            scheduler.add_job(give_back, "interval", seconds=MINUTE)
            if self.after is not None:
                scheduler.add_job(self._aside, "interval", seconds=MINUTE, args=[ledger, self.after])
            scheduler.start()
            try:
                self._stop.wait()
            finally:
                self._stop.set()
                scheduler.shutdown(wait=True)
        if self._failed is not None:
            raise self._failed

    def _polling(self, ledger: Ledger) -> None:
        self._guarded(lambda: self._poll(ledger, None))

    def _taking(self, ledger: Ledger) -> None:
        def step() -> None:
            if not self._begun:
                self._begun = True
                self._finish(ledger)  # what a watch before this one kept and could not join any more
            while not self._stop.is_set() and self._take(ledger):
                self._finish(ledger)

        self._guarded(step)

    def _aside(self, ledger: Ledger, after: Callable[[Ledger], object]) -> None:
        self._guarded(lambda: after(ledger))

    def _guarded(self, step: Callable[[], object]) -> None:
        """Run a step; an error of the ledger (a full disk, a server that restarts) is told and may pass; others end the run."""
        try:
            step()
        except LedgerError as error:
            self.tell(error)
        except BaseException as error:  # raised again by run, in the thread of its caller
            self._failed = error
            self._stop.set()

    def _poll(self, ledger: Ledger, ids: list[str] | None) -> int:
        now = self.clock()
        due = Feeds(ledger).lease(now=now, until=now + LEASE, ids=ids)
        if not due:
            return 0

        def one(feed: Feed) -> None:
            if not self._stop.is_set():
                self.tell(pipeline.poll(ledger, feed, tools=self.tools, now=self.clock(), chance=self.chance()))

        hosts: dict[str, list[Feed]] = {}
        for feed in due:
            hosts.setdefault(urlsplit(feed.address).netloc or feed.id, []).append(feed)

        def at_one_host(feeds: list[Feed]) -> None:
            until = monotonic() + PATIENCE
            for feed in feeds:
                if monotonic() < until:  # the others of a slow server are due again when their lease ends
                    one(feed)

        # A server is asked for one feed at a time, however many of it are due.
        with ThreadPoolExecutor(max_workers=WORKERS) as pool:
            list(pool.map(at_one_host, hosts.values()))
        return len(due)

    def _take(self, ledger: Ledger) -> int:
        number = 0
        for taken in pipeline.take(ledger, tools=self.tools, now=self.clock(), limit=BATCH):
            self.tell(taken)
            number += 1
            if self._stop.is_set():
                return 0
        return number

    def _finish(self, ledger: Ledger) -> None:
        if self.joins:
            for step in pipeline.join(ledger):
                self.tell(step)
        if self.after is not None:
            self.after(ledger)
