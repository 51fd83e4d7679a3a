"""The statements of what joining remembers, as each engine takes them; lists are handed over whole, so that few are parsed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

# A list of strings as rows of one column, as each engine reads it.
_LIST = {"sqlite": "json_each(?)", "postgresql": "unnest(CAST(? AS text[])) AS json_each(value)"}
INDEX = "entry_keys_latest"
_encode = msgspec.json.Encoder().encode


class Statements:
    """SQL of one engine; its driver marks a parameter with ``?`` or ``%s``."""

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect

    def of(self, sql: str) -> str:
        """Return a statement, with LIST for a list of strings, in the words of the engine."""
        return _of(self._dialect, sql)

    def listed(self, values: Iterable[str]) -> Any:
        """Return a list of strings as the engine takes it for a LIST."""
        return _encode(list(values)).decode() if self._dialect == "sqlite" else list(values)


@cache
def _of(dialect: str, sql: str) -> str:
    sql = sql.replace("LIST", _LIST[dialect])
    return sql if dialect == "sqlite" else sql.replace("?", "%s")


# Looking under a key reads its latest entries and no others: by this index, which the first joining makes.
MAKE_INDEX = f"CREATE INDEX IF NOT EXISTS {INDEX} ON entry_keys (space, key, arrival)"
# CROSS JOIN keeps SQLite to the order that is written: each of the list is looked up, nothing is gone through.
LATEST = "SELECT json_each.value, (SELECT max(arrival) FROM entries WHERE space = ? AND id = json_each.value) FROM LIST"
_OF_LIST = "FROM LIST CROSS JOIN entries e WHERE e.space = ? AND e.id = json_each.value"
_ROWS = f"SELECT e.id, e.arrival, e.known_at, e.value, e.keys {_OF_LIST}"
_LAST = "SELECT max(arrival) FROM entries WHERE space = ? AND id = json_each.value"
VALUES = f"SELECT e.id, e.known_at, e.value {_OF_LIST} AND e.arrival = ({_LAST})"
ROWS = f"{_ROWS} AND e.arrival = ({_LAST})"
ROWS_AS_OF = f"{_ROWS} AND e.arrival = ({_LAST} AND known_at <= ?)"
VERSIONS = f"SELECT e.id, e.arrival {_OF_LIST}"
UNDER = "SELECT k.key, k.id, k.arrival FROM LIST CROSS JOIN entry_keys k WHERE k.space = ? AND k.key = json_each.value"
_LEAST = "SELECT arrival FROM entry_keys WHERE space = ? AND key = json_each.value ORDER BY arrival DESC LIMIT 1 OFFSET ?"
UNDER_LATEST = f"{UNDER} AND k.arrival >= coalesce(({_LEAST}), 0)"
COUNTS = "SELECT c.key, c.n FROM LIST CROSS JOIN counters c WHERE c.space = ? AND c.key = json_each.value"
ADD = """
    INSERT INTO counters (space, key, n) VALUES (?, ?, ?) ON CONFLICT (space, key) DO UPDATE SET n = counters.n + excluded.n"""
ERASED = "SELECT coalesce(max(no), 0) FROM tombstones"
END = "SELECT coalesce(max(arrival), 0) FROM entries WHERE space = ?"
