"""What joining remembers between runs, so that a thousand new claims do not make a million old ones be joined again.

A store has spaces ("episode", "signature", ...); in one an entry is found by its id or under its keys. The ledger's store keeps
entries in the ledger, :class:`MemoryStore` in memory; both obey the same law (``tests/incidents/store_law.py``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from foreshock.model import Entry


class Store(Protocol):
    """Entries by space, id and key; only added to."""

    def put(self, space: str, entries: Iterable[Entry]) -> None:
        """Add entries; one with the id and arrival of a known one is left as it stands."""

    def get(self, space: str, ids: Sequence[str], *, as_of: str | None = None) -> dict[str, Entry]:
        """Return the latest entry of each id that is known; those known by ``as_of`` only (``YYYY-MM-DDTHH:MM:SSZ``)."""

    def under(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Entry]:
        """Return the latest entries that have one of the keys, each once, latest arrival first, then by id.

        An entry whose latest version no longer has the key is left out.
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
    _keys: dict[str, dict[str, dict[str, None]]] = field(default_factory=lambda: defaultdict(dict))
    _counts: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def put(self, space: str, entries: Iterable[Entry]) -> None:
        """Add entries; one with the id and arrival of a known one is left as it stands."""
        for entry in entries:
            versions = self._entries[space].setdefault(entry.id, [])
            if any(one.arrival == entry.arrival for one in versions):
                continue
            versions.append(entry)
            versions.sort(key=lambda one: one.arrival)
            for key in entry.keys:
                self._keys[space].setdefault(key, {})[entry.id] = None

    def get(self, space: str, ids: Sequence[str], *, as_of: str | None = None) -> dict[str, Entry]:
        """Return the latest entry of each id that is known; those known by ``as_of`` only."""
        found = {}
        for one in ids:
            known = [e for e in self._entries[space].get(one, ()) if as_of is None or e.known_at <= as_of]
            if known:
                found[one] = known[-1]
        return found

    def under(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Entry]:
        """Return the latest entries that have one of the keys, each once, latest arrival first, then by id."""
        wanted = set(keys)
        ids = {one: None for key in keys for one in self._keys[space].get(key, ())}
        latest = [self._entries[space][one][-1] for one in ids]
        found = sorted((e for e in latest if wanted & set(e.keys)), key=lambda e: (-e.arrival, e.id))
        return found[:limit]

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
