"""What joining remembers, kept in the ledger: the store that ``incidents`` asks for, without knowing of it.

A store is used within one transaction, so that what a batch of codings leads to is kept wholly or not at all. What is asked costs
what is returned, however much is remembered: under a key only its latest entries are read, of an entry only its latest version.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.ledger import store_sql as sql
from foreshock.ledger.backend import Backend
from foreshock.ledger.query import moment
from foreshock.ledger.tables import table
from foreshock.model import Entry, Ranked
from foreshock.model.entry import ranking

if TYPE_CHECKING:
    from sqlalchemy import Connection

MANY = 500  # values in one statement
WINDOW = 4_000  # entries, of some 10 KB each as they are read
WIDER = 4  # times as many entries are read under a key where later versions have left it
ENTRY = ("space", "id", "arrival", "known_at", "value", "keys")
KEY = ("space", "key", "id", "arrival")
_encode = msgspec.json.Encoder().encode
_value = msgspec.json.Decoder(dict[str, Any]).decode
_keys = msgspec.json.Decoder(tuple[str, ...]).decode


@dataclass
class Window:
    """The entries that were read last, so that a hot one is read once: at most ``most``, whatever the ledger holds.

    A version of an entry never changes but by a redaction, after which all are forgotten.
    """

    most: int = WINDOW
    erased: int = -1
    _kept: OrderedDict[tuple[str, str, int], Entry] = field(default_factory=OrderedDict)

    def as_erased(self, erased: int) -> bool:
        """Forget all where something was erased since, and tell so; ``erased`` is the number of the last redaction."""
        if erased == self.erased:
            return False
        self.erased = erased
        self._kept.clear()
        return True

    def find(self, space: str, one: str, arrival: int) -> Entry | None:
        """Return a version of an entry where it is at hand."""
        found = self._kept.get((space, one, arrival))
        if found is not None:
            self._kept.move_to_end((space, one, arrival))
        return found

    def keep(self, space: str, entry: Entry) -> None:
        """Keep a version of an entry; the one that was not asked for longest goes."""
        self._kept[space, entry.id, entry.arrival] = entry
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)

    def __len__(self) -> int:
        return len(self._kept)


class LedgerStore:
    """Entries by space, id and key, within one transaction of the ledger; :meth:`Ledger.joining` gives one."""

    def __init__(self, backend: Backend, connection: Connection) -> None:
        self._backend = backend
        self._connection = connection
        self._sql = sql.Statements(backend.dialect)
        self._window: Window | None = None

    def look_through(self, window: Window) -> bool:
        """Read entries through a window that outlives this transaction, of this ledger only.

        Return whether something was erased since the window was used last, so that it was emptied.
        """
        self._window = window
        return window.as_erased(int(self._ask(sql.ERASED)[0][0]))

    def prepare(self) -> None:
        """Make the index by which the latest entries under a key are found, where a ledger does not have it yet."""
        self._connection.exec_driver_sql(sql.MAKE_INDEX)

    def put(self, space: str, entries: Iterable[Entry]) -> None:
        """Add entries; one with the id and arrival of a known one is left as it stands."""
        given = iter(entries)
        while some := list(islice(given, MANY)):
            new = {(one.id, one.arrival): one for one in reversed(some)}
            for one, arrival in self._ask(sql.VERSIONS, self._sql.listed({one.id for one in some}), space):
                new.pop((one, arrival), None)
            rows = [self._row(space, one) for one in reversed(new.values())]
            keys = [(space, key, one.id, one.arrival) for one in new.values() for key in dict.fromkeys(one.keys)]
            for name, columns, added in (("entries", ENTRY, rows), ("entry_keys", KEY, keys)):
                if added:
                    self._backend.insert(self._connection, name, columns, added)

    def get(self, space: str, ids: Sequence[str], *, as_of: str | None = None) -> dict[str, Entry]:
        """Return the latest entry of each id that is known; those known by ``as_of`` only (an ISO prefix)."""
        found: dict[str, Entry] = {}
        for some in _chunks(dict.fromkeys(ids)):
            if as_of is None:
                there = self._latest(space, some)
            else:
                rows = self._ask(sql.ROWS_AS_OF, self._sql.listed(some), space, space, moment(as_of))
                there = {row[0]: _entry(row) for row in rows}
            found.update((one, there[one]) for one in some if one in there)
        return found

    def under(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Entry]:
        """Return the latest entries that have one of the keys, each once, latest arrival first, then by id.

        An entry whose latest version no longer has the key is left out. Only as many entries are read as are returned, however
        many there are under the keys.
        """
        wanted, each = set(keys), limit
        while True:
            rows = list(self._under(space, sorted(wanted), each=each))
            full = any(n >= each for n in Counter(key for key, _, _ in rows).values()) if each is not None else False
            arrivals: dict[str, int] = {}
            for _, one, arrival in rows:
                arrivals[one] = max(arrival, arrivals.get(one, arrival))
            ids = sorted(arrivals, key=lambda one: (-arrivals[one], one))[: None if not full else limit]
            found = self._still(space, ids, wanted)
            if limit is None or len(found) >= limit or not full:
                return found[:limit]
            each = WIDER * (each or 1)  # later versions of some no longer have the key

    def ranked(self, space: str, keys: Sequence[str], *, each: int, limit: int, narrow: bool = False) -> Ranked:
        """Return the ``limit`` entries that share most of the keys, of the latest ``each`` under every key.

        See :func:`foreshock.model.entry.ranking` for the order and ``narrow``.
        """
        rows = list(self._under(space, sorted(set(keys)), each=each + 1))
        order, found, looked = ranking(rows, narrow=narrow), list[Entry](), 0
        while looked < len(order) and len(found) < limit:
            some = order[looked : looked + limit - len(found)]
            there = self.get(space, [one for one, _ in some])
            found += [there[one] for one, arrival in some if one in there and there[one].arrival == arrival]
            looked += len(some)
        sizes = Counter(key for key, _, _ in rows)
        return Ranked(tuple(found), len(order) - looked, sum(n > each for n in sizes.values()))

    def entries(self, space: str, *, as_of: str | None = None) -> Iterator[Entry]:
        """Yield the latest entry of each id, in order of first arrival, then id; those known by ``as_of`` only."""
        from sqlalchemy import func, select

        kept = table("entries")
        first = func.min(kept.c.arrival)
        statement = select(kept.c.id).where(kept.c.space == space).group_by(kept.c.id).order_by(first, kept.c.id)
        for some in _chunks(self._connection.execute(statement).scalars().all()):
            yield from self.get(space, some, as_of=as_of).values()

    def count(self, space: str, added: Mapping[str, int]) -> None:
        """Add to the counters of a space."""
        if added:
            rows = [(space, key, n) for key, n in sorted(added.items())]
            self._connection.exec_driver_sql(self._sql.of(sql.ADD), rows)

    def counts(self, space: str, keys: Sequence[str]) -> dict[str, int]:
        """Return the counters of keys; one never added to is left out."""
        there = dict(map(tuple, self._ask(sql.COUNTS, self._sql.listed(dict.fromkeys(keys)), space))) if keys else {}
        return {key: there[key] for key in keys if key in there}

    def _latest(self, space: str, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the latest versions of at most :data:`MANY` entries."""
        if self._window is None:
            return {row[0]: _entry(row) for row in self._ask(sql.ROWS, self._sql.listed(ids), space, space)}
        found: dict[str, Entry] = {}
        for one, arrival in self._ask(sql.LATEST, space, self._sql.listed(ids)):
            if arrival is not None and (entry := self._window.find(space, one, arrival)) is not None:
                found[one] = entry
            elif arrival is not None:
                found[one] = _MISSING
        missing = [one for one, entry in found.items() if entry is _MISSING]
        for row in self._ask(sql.ROWS, self._sql.listed(missing), space, space) if missing else ():
            found[row[0]] = entry = _entry(row)
            self._window.keep(space, entry)
        return found

    def _under(self, space: str, keys: Sequence[str], *, each: int | None) -> Iterator[tuple[str, str, int]]:
        """Yield key, id and arrival of entries, or of the latest ``each`` and those that arrived with them, under every key."""
        for some in _chunks(keys):
            if each is None:
                rows = self._ask(sql.UNDER, self._sql.listed(some), space)
            else:
                rows = self._ask(sql.UNDER_LATEST, self._sql.listed(some), space, space, max(0, each - 1))
            yield from ((row[0], row[1], row[2]) for row in rows)

    def _still(self, space: str, ids: Sequence[str], wanted: set[str]) -> list[Entry]:
        """Return the entries of ids whose latest version has one of the keys."""
        latest = [one for one in self.get(space, ids).values() if wanted.intersection(one.keys)]
        return sorted(latest, key=lambda one: (-one.arrival, one.id))

    def _ask(self, statement: str, *values: Any) -> Sequence[Any]:
        return self._connection.exec_driver_sql(self._sql.of(statement), values).fetchall()

    @staticmethod
    def _row(space: str, one: Entry) -> tuple[Any, ...]:
        return (space, one.id, one.arrival, one.known_at, _encode(one.value).decode(), _encode(one.keys).decode())


_MISSING = Entry("", 0, "")


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    given = iter(values)
    while some := list(islice(given, MANY)):
        yield some


def _entry(row: Any) -> Entry:
    return Entry(row[0], row[1], row[2], _value(row[3]), _keys(row[4]))
