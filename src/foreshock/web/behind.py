"""What takes long to make of a picture (a brief, the weighing): made once, and made again behind the pages when the ledger grew.

While it is made again, the one before is shown; it says itself of what moment it is. As a picture it rests between two makings
four times as long as one took, so that documents that keep arriving do not take the pages' time. What a person decided is never
waited for: then it is made before the page is.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, TypeVar, cast

from foreshock.web.ask import Ask
from foreshock.web.picture import REST, Picture

KEPT = 64
log = logging.getLogger("foreshock.web")
Made = TypeVar("Made")


class Behind:
    """Parts of pictures by scope and name; safe to use from many threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Ask, Hashable], tuple[Picture, Any]] = OrderedDict()
        self._making: dict[tuple[Ask, Hashable], tuple[Picture, Future[Any]]] = {}
        self._due: dict[tuple[Ask, Hashable], float] = {}
        self._lock = Lock()
        self._workers = ThreadPoolExecutor(2, thread_name_prefix="behind")

    def close(self) -> None:
        """Stop making."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def forget(self) -> None:
        """Forget what was made; what is on its way goes to those who wait for it."""
        with self._lock:
            self._kept.clear()
            self._due.clear()

    def of(self, picture: Picture, name: Hashable, make: Callable[[], Made]) -> Made:
        """Return what ``make`` makes of a picture, or for now what it made of the one before.

        Args:
            picture: what it is made of; the same scope gives the same thing.
            name: of the thing, with all that it depends on beside the picture, such as a language.
            make: called in another thread, once a picture; it must not ask for the same thing.
        """
        there, found = self._look((picture.ask, name), picture, make)
        return cast(Made, found) if there else cast("Future[Made]", found).result()

    def within(self, picture: Picture, name: Hashable, make: Callable[[], Made], *, seconds: float) -> Made | None:
        """Return the same where it is there in time, else None: it is on its way then, and a later asker gets it."""
        there, found = self._look((picture.ask, name), picture, make)
        try:
            return cast(Made, found) if there else cast("Future[Made]", found).result(seconds)
        except TimeoutError:
            return None

    def _look(self, key: tuple[Ask, Hashable], picture: Picture, make: Callable[[], Any]) -> tuple[bool, Any]:
        """Return True and a thing that may be shown, or False and its making."""
        with self._lock:
            before, found = self._kept.get(key, (None, None))
            if before is picture:
                self._kept.move_to_end(key)
                return True, found
            fresh = before is not None and before.head.decided == picture.head.decided
            if before is not None and fresh and before.made.date() == picture.made.date():
                if key not in self._making and self._due.get(key, 0.0) <= time.monotonic():
                    self._start(key, picture, make)
                return True, found
            return False, self._start(key, picture, make)

    def _start(self, key: tuple[Ask, Hashable], picture: Picture, make: Callable[[], Made]) -> Future[Made]:
        """Return the making of a thing: the one that is on its way, if it is of this picture."""
        of, future = self._making.get(key, (None, None))
        if of is picture and future is not None:
            return future
        future = self._workers.submit(self._make, key, picture, make)
        self._making[key] = (picture, future)
        return future

    def _make(self, key: tuple[Ask, Hashable], picture: Picture, make: Callable[[], Made]) -> Made:
        started = time.monotonic()
        try:
            made = make()
        except Exception:
            # Who waits is told; who was shown the one before is told the next time, since that one goes.
            log.exception("%s of %s could not be made", key[1], picture.ask)
            with self._lock:
                self._kept.pop(key, None)
                self._done(key, picture)
            raise
        with self._lock:
            self._kept[key] = (picture, made)
            self._kept.move_to_end(key)
            self._due[key] = time.monotonic() + REST * (time.monotonic() - started)
            self._done(key, picture)
            while len(self._kept) > KEPT:
                oldest, _ = self._kept.popitem(last=False)
                self._due.pop(oldest, None)
        return made

    def _done(self, key: tuple[Ask, Hashable], picture: Picture) -> None:
        if self._making.get(key, (None, None))[0] is picture:
            del self._making[key]
