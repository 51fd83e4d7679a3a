"""Reads every row of a table, in parts: damage to one part is told and hides no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from foreshock.ledger.backend import Backend
from foreshock.ledger.tables import table

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row, Select

FaultState = Literal["hurt", "redacted"]
RESTORE = "restore the ledger from a backup, or read that input again into a new one"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, or that it was redacted, which is no damage.

    ``table`` is "file" where the engine itself finds damage; ``id`` names the row as the table does. ``what`` is one English
    sentence.
    """

    table: str
    id: str
    what: str
    remedy: str = RESTORE
    state: FaultState = "hurt"


class Scan:
    """A reader of a database that may be damaged, in a transaction that sees one moment."""

    def __init__(self, connection: Connection, backend: Backend) -> None:
        from sqlalchemy.exc import DBAPIError

        self._connection = connection
        self._errors: tuple[type[Exception], ...] = (DBAPIError, *backend.errors)
        self._nested = backend.dialect == "postgresql"  # where an error would end the transaction
        self.damage = backend.damage(connection)

    def rows(self, name: str, key: str, *, most: int = 500) -> Iterator[Row[Any] | Fault]:
        """Yield the rows of a table in the order of a key; a fault for each that cannot be read."""
        from sqlalchemy import select

        column = table(name).c[key]
        keys = self._all(select(column).distinct().order_by(column))
        if isinstance(keys, str):
            yield Fault(name, "", f"the table cannot be read: {keys}")
            return
        values = [row[0] for row in keys]
        for at in range(0, len(values), most):
            yield from self._part(name, column, values[at : at + most])

    def _part(self, name: str, column: Any, keys: Sequence[Any]) -> Iterator[Row[Any] | Fault]:
        from sqlalchemy import select

        rows = self._all(select(table(name)).where(column.in_(keys)).order_by(column))
        if isinstance(rows, str) and len(keys) > 1:
            for one in keys:
                yield from self._part(name, column, [one])
        elif isinstance(rows, str):
            yield Fault(name, str(keys[0]), f"the row cannot be read: {rows}")
        else:
            yield from rows
            there = {row._mapping[column] for row in rows}
            yield from (Fault(name, str(one), "an index has the row, the table does not") for one in keys if one not in there)

    def _all(self, statement: Select[Any]) -> list[Row[Any]] | str:
        """Return the rows, or what the engine says of its damage."""
        try:
            with self._connection.begin_nested() if self._nested else nullcontext():
                return list(self._connection.execute(statement).all())
        except self._errors as error:
            return str(getattr(error, "orig", None) or error)
