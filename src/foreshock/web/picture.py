"""The joined picture of a scope, made once for all who look at it, and made again behind their backs when the ledger has grown.

A picture costs as much as its claims; a page must not. So a picture is kept by its scope and by how far the ledger had come. When
documents have arrived since, the one before is shown at once and a new one is made in the background, one at a time, and not more
often than its own cost allows (a fifth of one processor). What a person decided or erased is never waited for: then it is made
before the page is.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from typing import Any, TypeVar

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.ledger.head import Head, head
from foreshock.web.ask import Ask

KEPT = 24
REST = 4.0  # a picture that took a second is made anew after four others at the earliest
Part = TypeVar("Part")


@dataclass
class Picture:
    """What joining makes of a scope, persons by role.

    Attributes:
        ask: the scope.
        head: how far the ledger had come; what arrived later is not in it.
        shown: incidents, disputes, conditions, tallies, grades, reports.
        made: the moment it was made at.
        cost: seconds that it took.
        parts: what pages made of it, by a name of theirs: a brief, the weighing.
    """

    ask: Ask
    head: Head
    shown: pipeline.Shown
    made: datetime
    cost: float = 0.0
    parts: dict[Any, Any] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def part(self, name: Any, make: Callable[[], Part]) -> Part:
        """Return a part of the picture, made once; a second asker waits for the first."""
        with self.lock:
            if name not in self.parts:
                started = time.perf_counter()
                self.parts[name] = make()
                self.cost += time.perf_counter() - started
            made: Part = self.parts[name]
            return made


class Pictures:
    """The pictures of a desk; safe to use from many threads."""

    def __init__(
        self,
        ledger: Ledger,
        bench: pipeline.Workbench,
        now: Callable[[], datetime],
        forget: Callable[[], None] = lambda: None,
    ) -> None:
        self._ledger, self._bench, self._now, self._forget = ledger, bench, now, forget
        self._erased: int | None = None
        self._kept: OrderedDict[tuple[Ask, date], Picture] = OrderedDict()
        self._making: dict[tuple[Ask, date], Future[Picture]] = {}
        self._due: dict[tuple[Ask, date], float] = {}
        self._lock = Lock()
        self._workers = ThreadPoolExecutor(1, thread_name_prefix="picture")

    def close(self) -> None:
        """Stop making pictures."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def of(self, ask: Ask) -> Picture:
        """Return the picture of a scope: the present one, or the one before where only documents have arrived since.

        Raises:
            ForeshockError: there is no such crisis, or the ledger cannot be read.
        """
        key = (ask, self._now().date())
        with self._lock:
            kept = self._kept.get(key)
        present = self._present()
        if kept is not None and (kept.head == present or self._may_wait(key, kept, present)):
            return kept
        while True:
            made = self._make_once(key, present).result()
            if made.head.decided >= present.decided:  # one that was begun before the decision is not the one
                return made

    def at_once(self, ask: Ask) -> Picture:
        """Return the picture that is there, also where somebody has decided something since; the next one is made meanwhile.

        For a page that knows itself what was decided of what it shows, and needs the picture for what stands beside.
        """
        key = (ask, self._now().date())
        with self._lock:
            kept = self._kept.get(key)
        present = self._present()
        if kept is None or kept.head.decided == present.decided or kept.head.erased != present.erased:
            return self.of(ask)
        self._make_once(key, present)
        return kept

    def _present(self) -> Head:
        """Return how far the ledger has come; where words were erased since, nothing that was made before is kept."""
        present = head(self._ledger)
        with self._lock:
            before, self._erased = self._erased, present.erased
            if before is None or before == present.erased:
                return present
            self._kept.clear()
            self._due.clear()
        self._forget()
        return present

    def _may_wait(self, key: tuple[Ask, date], kept: Picture, present: Head) -> bool:
        """Whether the kept picture is good enough for now; if so, see to it that the next one is made in time."""
        if kept.head.decided != present.decided:
            return False
        with self._lock:
            due = self._due.get(key, 0.0) <= time.monotonic()
        if due:
            self._make_once(key, present)
        return True

    def _make_once(self, key: tuple[Ask, date], present: Head) -> Future[Picture]:
        with self._lock:
            making = self._making.get(key)
            if making is None:
                making = self._workers.submit(self._make, key, present)
                self._making[key] = making
            return making

    def _make(self, key: tuple[Ask, date], present: Head) -> Picture:
        ask, started, now = key[0], time.perf_counter(), self._now()
        try:
            made = Picture(ask, present, self._shown(ask, now), now)
            made.cost = time.perf_counter() - started
        finally:
            with self._lock:
                self._making.pop(key, None)
        with self._lock:
            self._kept[key] = made
            self._kept.move_to_end(key)
            self._due[key] = time.monotonic() + REST * made.cost
            while len(self._kept) > KEPT:
                oldest, _ = self._kept.popitem(last=False)
                self._due.pop(oldest, None)
        return made

    def _shown(self, ask: Ask, now: datetime) -> pipeline.Shown:
        found = pipeline.situation(
            self._ledger,
            now=now,
            crisis=ask.crisis,
            country=ask.country,
            since=ask.since,
            until=ask.until,
            as_of=ask.as_of,
            catalogue=self._bench.catalogue,
        )
        shown = pipeline.show(self._ledger, found, now=now)
        # What every page counts is made here, off the threads that answer.
        _ = shown.incidents, shown.disputes, shown.conditions, shown.tallies
        return shown
