"""Rows read in parts while they are changed, and keys that are changed where two may become one: for redaction only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from foreshock.ledger.tables import table

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

MANY = 500


def rows_of(connection: Connection, name: str, key: str, *, only: Any = None, most: int = MANY) -> Iterator[Row[Any]]:
    """Yield the rows of a table, read in parts by a key, so that they may be changed meanwhile."""
    from sqlalchemy import select

    kept = table(name)
    keys = select(kept.c[key]).distinct().order_by(kept.c[key])
    found = connection.execute(keys if only is None else keys.where(only)).scalars().all()
    for at in range(0, len(found), most):
        wanted = select(kept).where(kept.c[key].in_(found[at : at + most]))
        yield from connection.execute(wanted.order_by(kept.c[key])).all()


def rekey(connection: Connection, name: str, column: str, change: Callable[[str], str]) -> int:
    """Change the values of a column of a key; counters that become one are added up, other rows are kept once."""
    from sqlalchemy import select

    kept, changed = table(name), 0
    keys = connection.execute(select(kept.c[column]).distinct()).scalars().all()
    for key in [one for one in keys if change(one) != one]:
        rows = connection.execute(select(kept).where(kept.c[column] == key)).all()
        connection.execute(kept.delete().where(kept.c[column] == key))
        for row in rows:
            _merge(connection, name, {**row._mapping, column: change(key)})
            changed += 1
    return changed


def _merge(connection: Connection, name: str, values: dict[str, Any]) -> None:
    from sqlalchemy import select

    kept = table(name)
    same = [column == values[column.name] for column in kept.primary_key.columns]
    there = connection.execute(select(kept).where(*same)).first()
    if there is None:
        connection.execute(kept.insert().values(**values))
    elif name == "counters":
        connection.execute(kept.update().where(*same).values(n=there.n + values["n"]))
