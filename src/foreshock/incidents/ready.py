"""What is made of entries, kept at hand between documents and steps so that one that is asked for often is made once: bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from foreshock.incidents.store import Store
from foreshock.model import Entry
from foreshock.model.entry import Ref
from foreshock.model.recent import Recent

T = TypeVar("T")


class Ready(Generic[T]):
    """Things made of the latest entries of one space of one store; to be emptied when the store's words were erased.

    Args:
        space: of the store.
        make: an entry -> the thing.
        most: how many are kept.
    """

    def __init__(self, space: str, make: Callable[[Entry], T], *, most: int) -> None:
        self._space = space
        self._make = make
        self._kept: Recent[Ref, T] = Recent(most)

    def of(self, store: Store, refs: Iterable[Ref]) -> list[T]:
        """Return the things of entries, in their order; the versions must be the latest."""
        found: dict[Ref, T | None] = {ref: self._kept.get(ref) for ref in refs}
        missing = [ref for ref, made in found.items() if made is None]
        if missing:
            self._fill(store, missing, found)
        return [made for made in found.values() if made is not None]

    def _fill(self, store: Store, missing: Sequence[Ref], found: dict[Ref, T | None]) -> None:
        entries = store.get(self._space, [one for _, one in missing], keep=False)
        for ref in missing:
            found[ref] = made = self._make(entries[ref[1]])
            self._kept.put(ref, made)

    def keep(self, ref: Ref, made: T) -> None:
        """Keep what an entry that was put is made of."""
        self._kept.put(ref, made)

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()
