"""What joining remembers, kept in the ledger: the store that ``incidents`` asks for, without knowing of it.

A store is used within one transaction, so that what a batch of codings leads to is kept wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.ledger.backend import Backend
from foreshock.ledger.query import moment
from foreshock.ledger.tables import table
from foreshock.model import Entry

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select

MANY = 500  # values in one statement
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

    def put(self, space: str, entries: Iterable[Entry]) -> None:
        """Add entries; one with the id and arrival of a known one is left as it stands."""
        given = iter(entries)
        while some := list(islice(given, MANY)):
            new = {(one.id, one.arrival): one for one in reversed(some)}
            for row in self._rows(space, {one.id for one in some}, columns=("id", "arrival")):
                new.pop((row.id, row.arrival), None)
            rows = [self._row(space, one) for one in reversed(new.values())]
            keys = [(space, key, one.id, one.arrival) for one in new.values() for key in dict.fromkeys(one.keys)]
            for name, columns, added in (("entries", ENTRY, rows), ("entry_keys", KEY, keys)):
                if added:
                    self._backend.insert(self._connection, name, columns, added)

    def get(self, space: str, ids: Sequence[str], *, as_of: str | None = None) -> dict[str, Entry]:
        """Return the latest entry of each id that is known; those known by ``as_of`` only (an ISO prefix)."""
        found: dict[str, Entry] = {}
        for some in _chunks(dict.fromkeys(ids)):
            latest: dict[str, Row[Any]] = {row.id: row for row in self._rows(space, some, as_of=as_of)}
            found.update((one, _entry(latest[one])) for one in some if one in latest)
        return found

    def under(self, space: str, keys: Sequence[str], *, limit: int | None = None) -> list[Entry]:
        """Return the latest entries that have one of the keys, each once, latest arrival first, then by id.

        An entry whose latest version no longer has the key is left out. Only as many entries are read as are returned, however
        many there are under the keys.
        """
        wanted = dict.fromkeys(keys)
        ids = self._ids(space, wanted, most=limit)
        found = self._still(space, ids, wanted)
        if limit is not None and len(found) < limit <= len(ids):  # later versions of some no longer have the key
            found = self._still(space, self._ids(space, wanted, most=None), wanted)
        return found[:limit]

    def _ids(self, space: str, keys: Iterable[str], *, most: int | None) -> list[str]:
        """Return the ids that ever had one of the keys, the latest first; the index alone is read."""
        from sqlalchemy import func, select

        kept, arrivals = table("entry_keys"), dict[str, int]()
        last = func.max(kept.c.arrival)
        for some in _chunks(keys):
            statement = select(kept.c.id, last.label("arrival")).where(kept.c.space == space, kept.c.key.in_(some))
            statement = statement.group_by(kept.c.id).order_by(last.desc(), kept.c.id).limit(most)
            for row in self._connection.execute(statement):
                arrivals[row.id] = max(row.arrival, arrivals.get(row.id, row.arrival))
        return sorted(arrivals, key=lambda one: (-arrivals[one], one))[:most]

    def _still(self, space: str, ids: Sequence[str], keys: Iterable[str]) -> list[Entry]:
        """Return the entries of ids whose latest version has one of the keys."""
        wanted = set(keys)
        latest = [one for one in self.get(space, ids).values() if wanted.intersection(one.keys)]
        return sorted(latest, key=lambda one: (-one.arrival, one.id))

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
        counters = table("counters")
        there = self.counts(space, list(added))
        new = [(space, key, n) for key, n in added.items() if key not in there]
        more = [{"the_key": key, "more": n} for key, n in added.items() if key in there]
        if new:
            self._backend.insert(self._connection, "counters", ("space", "key", "n"), new)
        if more:
            from sqlalchemy import bindparam

            those = counters.update().where(counters.c.space == space, counters.c.key == bindparam("the_key"))
            self._connection.execute(those.values(n=counters.c.n + bindparam("more")), more)

    def counts(self, space: str, keys: Sequence[str]) -> dict[str, int]:
        """Return the counters of keys; one never added to is left out."""
        from sqlalchemy import select

        counters, found = table("counters"), dict[str, int]()
        for some in _chunks(dict.fromkeys(keys)):
            statement = select(counters.c.key, counters.c.n).where(counters.c.space == space, counters.c.key.in_(some))
            there = {row.key: row.n for row in self._connection.execute(statement)}
            found.update((key, there[key]) for key in some if key in there)
        return found

    def _rows(
        self, space: str, ids: Iterable[str], *, as_of: str | None = None, columns: Sequence[str] = ENTRY
    ) -> Iterable[Row[Any]]:
        """Return all versions of at most :data:`MANY` entries, earlier ones first."""
        from sqlalchemy import select

        kept = table("entries")
        statement: Select[Any] = select(*(kept.c[name] for name in columns)).where(
            kept.c.space == space, kept.c.id.in_(list(ids))
        )
        if as_of is not None:
            statement = statement.where(kept.c.known_at <= moment(as_of))
        return self._connection.execute(statement.order_by(kept.c.id, kept.c.arrival))

    @staticmethod
    def _row(space: str, one: Entry) -> tuple[Any, ...]:
        return (space, one.id, one.arrival, one.known_at, _encode(one.value).decode(), _encode(one.keys).decode())


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    given = iter(values)
    while some := list(islice(given, MANY)):
        yield some


def _entry(row: Row[Any]) -> Entry:
    return Entry(row.id, row.arrival, row.known_at, _value(row.value), _keys(row.keys))
