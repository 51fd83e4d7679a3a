"""Pages that were written once: as long as the picture behind a page stands, its words are the same for all who may do the same.

What is a viewer's own, the name and the proof of his forms, is written as a mark nobody can guess, and put in at each answer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from secrets import token_hex
from threading import Lock

MOST = 64_000_000  # characters of all pages that are remembered


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in a remembered page for the name of who looks, and for the proof of his forms."""

    name: str = field(default_factory=lambda: f"name-{token_hex(16)}")
    proof: str = field(default_factory=lambda: f"proof-{token_hex(16)}")


class Pages:
    """The pages of a desk; safe to use from many threads."""

    def __init__(self) -> None:
        self.marks = Marks()
        self._kept: OrderedDict[Hashable, str] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def forget(self) -> None:
        """Forget all pages."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def of(self, key: Hashable, write: Callable[[], str]) -> str:
        """Return the page of a key, written where it is not there; the least used go when there are too many.

        Args:
            key: all that its words depend on.
            write: writes it, with the marks in place of what is a viewer's own.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        written = write()
        with self._lock:
            if key not in self._kept:
                self._kept[key] = written
                self._size += len(written)
            while self._size > MOST:
                _, gone = self._kept.popitem(last=False)
                self._size -= len(gone)
        return written
