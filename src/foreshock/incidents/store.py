"""What joining remembers between runs, so that a thousand new claims do not make a million old ones be joined again.

A store has spaces ("episode", "signature", ...); in one an entry is found by its id or under its keys. The ledger's store keeps
entries in the ledger, :class:`MemoryStore` in memory; both obey the same law (``tests/incidents/store_law.py``).
"""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from foreshock.model import Entry, Ranked
from foreshock.model.entry import Ref, newest, ranking

T = TypeVar("T")


class Store(Protocol):
    """Entries by space, id and key; only added to."""

    def put(self, space: str, entries: Iterable[Entry]) -> None:
        """Add entries; one with the id and arrival of a known one is left as it stands."""

    def get(self, space: str, ids: Sequence[str], *, as_of: str | None = None) -> dict[str, Entry]:
        """Return the latest entry of each id that is known; those known by ``as_of`` only (``YYYY-MM-DDTHH:MM:SSZ``)."""

    def read(self, space: str, ids: Sequence[str], kind: type[T]) -> dict[str, tuple[T, str]]:
        """Return of the latest entry of each id that is known the value, read as a record of a kind, and ``known_at``."""

    def under(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Entry]:
        """Return the latest entries that have one of the keys, each once, latest arrival first, then by id.

        An entry whose latest version no longer has the key is left out.
        """

    def found(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Ref]:
        """Return which entries :meth:`under` returns."""

    def ranked(self, space: str, keys: Sequence[str], *, each: int, limit: int, narrow: bool = False) -> Ranked:
        """Return the ``limit`` entries that share most of the keys, of the latest ``each`` or so under every key.

        What is asked costs no more where more is under the keys. With ``narrow`` a key counts the more the fewer have it; see
        :func:`foreshock.model.entry.ranking`.
        """

    def entries(self, space: str, *, as_of: str | None = None) -> Iterator[Entry]:
        """Yield the latest entry of each id, in order of first arrival, then id; those known by ``as_of`` only."""

    def count(self, space: str, added: Mapping[str, int]) -> None:
        """Add to the counters of a space."""

    def counts(self, space: str, keys: Sequence[str]) -> dict[str, int]:
        """Return the counters of keys; one never added to is left out."""


@dataclass
class MemoryStore:
    """A store in memory: for what is not kept, and for tests."""

    _entries: dict[str, dict[str, list[Entry]]] = field(default_factory=lambda: defaultdict(dict))
    _keys: dict[str, dict[str, list[Ref]]] = field(default_factory=lambda: defaultdict(dict))
    _counts: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def put(self, space: str, entries: Iterable[Entry]) -> None:
        """Add entries; one with the id and arrival of a known one is left as it stands."""
        for entry in entries:
            versions = self._entries[space].setdefault(entry.id, [])
            if any(one.arrival == entry.arrival for one in versions):
                continue
            versions.append(entry)
            versions.sort(key=lambda one: one.arrival)
            for key in dict.fromkeys(entry.keys):
                insort(self._keys[space].setdefault(key, []), entry.ref)

    def get(self, space: str, ids: Sequence[str], *, as_of: str | None = None) -> dict[str, Entry]:
        """Return the latest entry of each id that is known; those known by ``as_of`` only."""
        found = {}
        for one in ids:
            known = [e for e in self._entries[space].get(one, ()) if as_of is None or e.known_at <= as_of]
            if known:
                found[one] = known[-1]
        return found

    def read(self, space: str, ids: Sequence[str], kind: type[T]) -> dict[str, tuple[T, str]]:
        """Return of the latest entry of each id that is known the value, read as a record of a kind, and ``known_at``."""
        import msgspec  # noqa: PLC0415

        return {one: (msgspec.convert(entry.value, kind), entry.known_at) for one, entry in self.get(space, ids).items()}

    def under(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Entry]:
        """Return the latest entries that have one of the keys, each once, latest arrival first, then by id."""
        return [self._entries[space][one][-1] for _, one in self.found(space, keys, limit=limit)]

    def found(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Ref]:
        """Return which entries :meth:`under` returns."""
        wanted, each = set(keys), limit
        while True:
            refs, full = newest((self._under(space, key, each) for key in wanted), each=each)
            found = [ref for ref in refs if self._latest(space, ref)]
            if limit is None or not full or len(found) >= limit:
                return found[:limit]
            each = 4 * (each or 1)  # later versions of some no longer have the key

    def ranked(self, space: str, keys: Sequence[str], *, each: int, limit: int, narrow: bool = False) -> Ranked:
        """Return the entries that share most of the keys, of the latest ``each`` or so under every key."""
        under = {key: refs for key in set(keys) if (refs := self._under(space, key, each + 1))}
        order, found, looked = ranking(under, narrow=narrow), list[Ref](), 0
        while looked < len(order) and len(found) < limit:
            if self._latest(space, order[looked]):
                found.append(order[looked])
            looked += 1
        return Ranked(tuple(found), len(order) - looked, sum(len(refs) > each for refs in under.values()))

    def _latest(self, space: str, ref: Ref) -> bool:
        return self._entries[space][ref[1]][-1].ref == ref

    def _under(self, space: str, key: str, each: int | None) -> list[Ref]:
        """Return the versions under a key, or the latest ``each`` and those that arrived with the last of them."""
        refs = self._keys[space].get(key, [])
        if each is None or len(refs) <= each:
            return refs
        end = max(each, 1)
        while end < len(refs) and refs[end][0] == refs[end - 1][0]:
            end += 1
        return refs[:end]

    def entries(self, space: str, *, as_of: str | None = None) -> Iterator[Entry]:
        """Yield the latest entry of each id, in order of first arrival, then id; those known by ``as_of`` only."""
        ids = sorted(self._entries[space], key=lambda one: (self._entries[space][one][0].arrival, one))
        yield from self.get(space, ids, as_of=as_of).values()

    def count(self, space: str, added: Mapping[str, int]) -> None:
        """Add to the counters of a space."""
        for key, n in added.items():
            self._counts[space][key] = self._counts[space].get(key, 0) + n

    def counts(self, space: str, keys: Sequence[str]) -> dict[str, int]:
        """Return the counters of keys; one never added to is left out."""
        return {key: self._counts[space][key] for key in keys if key in self._counts[space]}
