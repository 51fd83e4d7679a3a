"""What joining remembers between runs, so that a thousand new claims do not make a million old ones be joined again.

A store has spaces ("episode", "signature", ...); in one an entry is found by its id or under its keys. The ledger's store keeps
entries in the ledger, :class:`MemoryStore` in memory; both obey the same law (``tests/incidents/store_law.py``).
"""

from __future__ import annotations

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from foreshock.model import Entry, Ranked
from foreshock.model.entry import ranking


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
    _keys: dict[str, dict[str, list[tuple[int, str]]]] = field(default_factory=lambda: defaultdict(dict))
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
                insort(self._keys[space].setdefault(key, []), (entry.arrival, entry.id))  # mostly at the end

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
        each = limit
        while True:
            rows = [row for key in sorted(wanted) for row in self._under(space, key, each)]
            full = any(n >= each for n in Counter(key for key, _, _ in rows).values()) if each is not None else False
            latest = [self._entries[space][one][-1] for one in {one for _, one, _ in rows}]
            found = sorted((e for e in latest if wanted & set(e.keys)), key=lambda e: (-e.arrival, e.id))
            if limit is None or not full or len(found) >= limit:
                return found[:limit]
            each = 4 * (each or 1)  # later versions of some no longer have the key

    def ranked(self, space: str, keys: Sequence[str], *, each: int, limit: int, narrow: bool = False) -> Ranked:
        """Return the entries that share most of the keys, of the latest ``each`` or so under every key."""
        rows = [row for key in sorted(set(keys)) for row in self._under(space, key, each + 1)]
        order, found, looked = ranking(rows, narrow=narrow), list[Entry](), 0
        while looked < len(order) and len(found) < limit:
            one, arrival = order[looked]
            looked += 1
            latest = self._entries[space][one][-1]
            if latest.arrival == arrival:
                found.append(latest)
        sizes = Counter(key for key, _, _ in rows)
        return Ranked(tuple(found), len(order) - looked, sum(n > each for n in sizes.values()))

    def _under(self, space: str, key: str, each: int | None) -> list[tuple[str, str, int]]:
        """Return key, id and arrival of entries, or of the latest ``each`` and those that arrived with them."""
        rows = self._keys[space].get(key, [])
        if each is not None and len(rows) > each:
            at = len(rows) - max(each, 1)
            while at and rows[at - 1][0] == rows[at][0]:
                at -= 1
            rows = rows[at:]
        return [(key, one, arrival) for arrival, one in rows]

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
