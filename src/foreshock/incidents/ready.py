"""Entries read as records and kept at hand between documents and steps: one that is asked for often is read once. Bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from foreshock.incidents.store import Store
from foreshock.model.entry import Ref
from foreshock.model.recent import Recent

R = TypeVar("R")
T = TypeVar("T")


class Ready(Generic[R, T]):
    """Things made of the latest entries of one space of one store; to be emptied when the store's words were erased.

    Args:
        space: of the store.
        kind: the record that an entry's value is read as.
        make: that record, and when the entry was known -> the thing.
        most: how many are kept.
    """

    def __init__(self, space: str, kind: type[R], make: Callable[[R, str], T], *, most: int) -> None:
        self._space = space
        self._kind = kind
        self._make = make
        self._kept: Recent[Ref, T] = Recent(most)

    def of(self, store: Store, refs: Iterable[Ref]) -> list[T]:
        """Return the things of entries, in their order; the versions must be the latest."""
        kept = self._kept.get
        found: dict[Ref, T | None] = {ref: kept(ref) for ref in refs}
        missing = [ref for ref, made in found.items() if made is None]
        if missing:
            self._fill(store, missing, found)
        return [made for made in found.values() if made is not None]

    def _fill(self, store: Store, missing: Sequence[Ref], found: dict[Ref, T | None]) -> None:
        there = store.read(self._space, [one for _, one in missing], self._kind)
        for ref in missing:
            found[ref] = made = self._make(*there[ref[1]])
            self._kept.put(ref, made)

    def keep(self, ref: Ref, made: T) -> None:
        """Keep what an entry that was put is made of."""
        self._kept.put(ref, made)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
