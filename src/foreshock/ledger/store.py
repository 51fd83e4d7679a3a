"""What joining remembers, kept in the ledger: the store that ``incidents`` asks for, without knowing of it.

A store is used within one transaction, so that what a batch of codings leads to is kept wholly or not at all. What is asked costs
what is returned, however much is remembered: under a key only its latest entries are read, of an entry only its latest version.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from foreshock.ledger import store_sql as sql
from foreshock.ledger.backend import Backend
from foreshock.ledger.query import moment
from foreshock.ledger.tables import table
from foreshock.ledger.window import NONE, Under, Window
from foreshock.model import Entry, Ranked
from foreshock.model.entry import Ref, newest, ranking

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["LedgerStore", "Window"]
T = TypeVar("T")
MANY = 500  # values in one statement
WIDER = 4  # times as many entries are read under a key where later versions have left it
ENTRY = ("space", "id", "arrival", "known_at", "value", "keys")
KEY = ("space", "key", "id", "arrival")
_encode = msgspec.json.Encoder().encode
_value = msgspec.json.Decoder(dict[str, Any]).decode
_keys = msgspec.json.Decoder(tuple[str, ...]).decode


class LedgerStore:
    """Entries by space, id and key, within one transaction of the ledger; :meth:`Ledger.joining` gives one."""

    def __init__(self, backend: Backend, connection: Connection) -> None:
        self._backend = backend
        self._connection = connection
        self._sql = sql.Statements(backend.dialect)
        # Thousands of small questions a second: the driver is asked itself, which takes half of the time.
        self._driver: Any = connection.connection.driver_connection
        self._window: Window | None = None

    def look_through(self, window: Window) -> bool:
        """Read through a window that outlives this transaction, of this ledger only.

        Return whether something was erased since the window was used last.
        """
        self._window = window
        ends = {space: self._end(space) for space in window.ends}
        return not window.still(int(self._ask(sql.ERASED)[0][0]), ends)

    def prepare(self) -> None:
        """Make the index by which the latest entries under a key are found, where a ledger does not have it yet."""
        self._connection.exec_driver_sql(sql.MAKE_INDEX)

    def put(self, space: str, entries: Iterable[Entry]) -> None:
        """Add entries; one with the id and arrival of a known one is left as it stands."""
        given = iter(entries)
        while some := list(islice(given, MANY)):
            new, versions = {(one.id, one.arrival): one for one in reversed(some)}, dict[str, int]()
            for one, arrival in self._ask(sql.VERSIONS, self._sql.listed({one.id for one in some}), space):
                new.pop((one, arrival), None)
                versions[one] = max(arrival, versions.get(one, arrival))
            rows = [self._row(space, one) for one in reversed(new.values())]
            keys = [(space, key, one.id, one.arrival) for one in new.values() for key in dict.fromkeys(one.keys)]
            for name, columns, added in (("entries", ENTRY, rows), ("entry_keys", KEY, keys)):
                if added:
                    self._backend.insert(self._connection, name, columns, added)
            if self._window is not None:
                self._window.put(space, new.values(), versions)

    def get(self, space: str, ids: Sequence[str], *, as_of: str | None = None) -> dict[str, Entry]:
        """Return the latest entry of each id that is known; those known by ``as_of`` only (an ISO prefix)."""
        found: dict[str, Entry] = {}
        for some in _chunks(dict.fromkeys(ids)):
            if as_of is not None:
                rows = self._ask(sql.ROWS_AS_OF, self._sql.listed(some), space, space, moment(as_of))
                there = {row[0]: _entry(row) for row in rows}
            elif self._window is None:
                there = self._latest(space, some)
            else:
                there = self._at_hand(space, some, self._window)
            found.update((one, there[one]) for one in some if one in there)
        return found

    def read(self, space: str, ids: Sequence[str], kind: type[T]) -> dict[str, tuple[T, str]]:
        """Return of the latest entry of each id that is known the value, read as a record of a kind, and ``known_at``."""
        wanted: Any = kind
        decode: Callable[[str], T] = _decoder(wanted)
        values = self._values(space, ids)
        return {one: (decode(value), known_at) for one, (known_at, value) in values.items()}

    def under(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Entry]:
        """Return the latest entries that have one of the keys, each once, latest arrival first, then by id.

        An entry whose latest version no longer has the key is left out. Only as many entries are read as are returned, however
        many there are under the keys.
        """
        return list(self.get(space, [one for _, one in self.found(space, keys, limit=limit)]).values())

    def found(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Ref]:
        """Return which entries :meth:`under` returns."""
        wanted, each = sorted(set(keys)), limit
        while True:
            refs, full = newest(self._under(space, wanted, each=each).values(), each=each)
            found, _ = self._standing(space, refs, limit)
            if limit is None or len(found) >= limit or not full:
                return found
            each = WIDER * max(1, each or 1)  # later versions of some no longer have the key

    def ranked(self, space: str, keys: Sequence[str], *, each: int, limit: int, narrow: bool = False) -> Ranked:
        """Return the ``limit`` entries that share most of the keys, of the latest ``each`` under every key.

        See :func:`foreshock.model.entry.ranking` for the order and ``narrow``.
        """
        under = self._under(space, sorted(set(keys)), each=each + 1)
        order = ranking(under, narrow=narrow)
        found, looked = self._standing(space, order, limit)
        return Ranked(tuple(found), len(order) - looked, sum(len(one) > each for one in under.values()))

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
            self._driver.cursor().executemany(self._sql.of(sql.ADD), rows)

    def counts(self, space: str, keys: Sequence[str]) -> dict[str, int]:
        """Return the counters of keys; one never added to is left out."""
        there = dict(map(tuple, self._ask(sql.COUNTS, self._sql.listed(dict.fromkeys(keys)), space))) if keys else {}
        return {key: there[key] for key in keys if key in there}

    def _at_hand(self, space: str, ids: Sequence[str], window: Window) -> dict[str, Entry]:
        """Return the latest versions of entries, those at hand and the others read."""
        found, missing = dict[str, Entry](), []
        for one, arrival in self._heads(space, ids).items():
            entry = window.entries.get((space, (-arrival, one)))
            if entry is None:
                missing.append(one)
            else:
                found[one] = entry
        read = self._latest(space, missing) if missing else {}
        for entry in read.values():
            window.entries.put((space, entry.ref), entry)
        return found | read

    def _values(self, space: str, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Return ``known_at`` and the value as it is kept of the latest versions of entries."""
        found, missing = dict[str, tuple[str, str]](), list[str]()
        window = self._window
        heads = self._heads(space, ids) if window is not None else {}
        for one in dict.fromkeys(ids):
            value = window.values.get((space, (-heads[one], one))) if window is not None and one in heads else None
            if value is None:
                missing.append(one)
            else:
                found[one] = value
        for some in _chunks(missing):
            for one, known_at, value in self._ask(sql.VALUES, self._sql.listed(some), space, space):
                found[one] = (known_at, value)
                if window is not None:
                    window.values.put((space, (-heads[one], one)), found[one])
        return found

    def _latest(self, space: str, ids: Sequence[str]) -> dict[str, Entry]:
        """Return the latest versions of at most :data:`MANY` entries as the ledger has them."""
        return {row[0]: _entry(row) for row in self._ask(sql.ROWS, self._sql.listed(ids), space, space)}

    def _heads(self, space: str, ids: Sequence[str]) -> dict[str, int]:
        """Return the arrivals of the latest versions of those entries that there are."""
        known: dict[str, int] = {}
        window, missing = self._kept(space), []
        for one in ids:
            arrival = window.heads.get((space, one)) if window is not None else None
            if arrival is None:
                missing.append(one)
            elif arrival != NONE:
                known[one] = arrival
        for some in _chunks(missing):
            for one, there in self._ask(sql.LATEST, space, self._sql.listed(some)):
                if window is not None:
                    window.heads.put((space, one), NONE if there is None else there)
                if there is not None:
                    known[one] = there
        return known

    def _standing(self, space: str, refs: Sequence[Ref], limit: int | None) -> tuple[list[Ref], int]:
        """Return the first ``limit`` versions that are the latest of their entries, and how many were looked at for it."""
        found, looked = list[Ref](), 0
        while looked < len(refs) and (limit is None or len(found) < limit):
            some = refs[looked : len(refs) if limit is None else looked + limit - len(found)]
            heads = self._heads(space, [one for _, one in some])
            found += [ref for ref in some if heads.get(ref[1]) == -ref[0]]
            looked += len(some)
        return found, looked

    def _under(self, space: str, keys: Sequence[str], *, each: int | None) -> dict[str, Sequence[Ref]]:
        """Return under every key all entries, or the latest ``each`` and those that arrived with them; the latest first."""
        found: dict[str, Sequence[Ref]] = {}
        window, missing = self._kept(space) if each is not None else None, []
        for key in keys:
            kept = window.under.get((space, key)) if window is not None else None
            if kept is None or each is None or kept.each < each:
                missing.append(key)
            elif kept.refs:
                found[key] = kept.latest(each)
        for key, refs in self._looked_up(space, missing, each=each):
            if window is not None and each is not None:
                window.under.put((space, key), Under(each, refs))
            if refs:
                found[key] = refs
        return found

    def _looked_up(self, space: str, keys: Sequence[str], *, each: int | None) -> Iterator[tuple[str, list[Ref]]]:
        """Yield what the ledger has under every key, in order; all, or the latest ``each`` and those that arrived with them."""
        for some in _chunks(keys):
            refs: dict[str, list[Ref]] = {key: [] for key in some}
            if each is None:
                rows = self._ask(sql.UNDER, self._sql.listed(some), space)
            else:
                rows = self._ask(sql.UNDER_LATEST, self._sql.listed(some), space, space, max(0, each - 1))
            same: dict[Ref, Ref] = {}
            for key, one, arrival in rows:
                ref = (-arrival, one)
                refs[key].append(same.setdefault(ref, ref))
            yield from ((key, sorted(found)) for key, found in refs.items())

    def _kept(self, space: str) -> Window | None:
        """Return the window, which from now on keeps what leads to the entries of a space."""
        if self._window is not None and space not in self._window.ends:
            self._window.ends[space] = self._end(space)
        return self._window

    def _end(self, space: str) -> int:
        return int(self._ask(sql.END, space)[0][0])

    def _ask(self, statement: str, *values: Any) -> list[Any]:
        rows: list[Any] = self._driver.execute(self._sql.of(statement), values).fetchall()
        return rows

    @staticmethod
    def _row(space: str, one: Entry) -> tuple[Any, ...]:
        return (space, one.id, one.arrival, one.known_at, _encode(one.value).decode(), _encode(one.keys).decode())


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    given = iter(values)
    while some := list(islice(given, MANY)):
        yield some


@cache
def _decoder(kind: Hashable) -> Callable[[str], Any]:
    return msgspec.json.Decoder(kind).decode


def _entry(row: Any) -> Entry:
    return Entry(row[0], row[1], row[2], _value(row[3]), _keys(row[4]))
