"""A map that is bounded: what was not asked for lately is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Recent(Generic[K, V]):
    """A map of at most ``most`` units, in two halves: once the newer one is full, all that is in the older one goes.

    What is asked for goes over to the newer half, so the last ``most / 2`` units that were asked for are there. That costs a look
    into one dictionary; an order by last use would cost a change of one.

    Args:
        most: units; each half has at least one value.
        weigh: units of a value as it is put; each is one unit without it. A value that grows is weighed anew as it goes over.
    """

    def __init__(self, most: int, *, weigh: Callable[[V], int] | None = None) -> None:
        self.most = most
        self._weigh = weigh
        self._new: dict[K, V] = {}
        self._old: dict[K, V] = {}
        self._units = 0

    def get(self, key: K) -> V | None:
        """Return the value of a key where it is at hand."""
        found = self._new.get(key)
        if found is None and self._old:
            found = self._old.pop(key, None)
            if found is not None:
                self.put(key, found)
        return found

    def peek(self, key: K) -> V | None:
        """Return the value of a key where it is at hand, which does not count as asking for it."""
        found = self._new.get(key)
        return self._old.get(key) if found is None else found

    def put(self, key: K, value: V) -> None:
        """Keep a value, in place of the one that the key had."""
        if key not in self._new:
            self._old.pop(key, None)
            self._units += 1 if self._weigh is None else self._weigh(value)
        self._new[key] = value
        if 2 * self._units >= self.most:
            self._old, self._new, self._units = self._new, {}, 0

    def clear(self) -> None:
        """Forget all."""
        self._new, self._old, self._units = {}, {}, 0

    def __len__(self) -> int:
        return len(self._new) + len(self._old)
