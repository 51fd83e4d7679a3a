"""Which index a statement takes where SQLite, which keeps no statistics of ours, would guess wrong. PostgreSQL has its own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement


def unindexed(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column that SQLite will not look up in an index; its value is the same."""
    made: ColumnElement[Any] = _constructs()[0](column)
    return made


def sorted_late(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a number to order by that PostgreSQL sorts after the filters: it hopes for an early end where few rows answer."""
    made: ColumnElement[Any] = _constructs()[1](column)
    return made


@cache
def _constructs() -> tuple[Any, Any]:
    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.compiler import compiles

    class Unindexed(ColumnElement[Any]):
        inherit_cache = False

        def __init__(self, column: ColumnElement[Any]) -> None:
            self.column = column
            self.type = column.type

    class SortedLate(Unindexed):
        inherit_cache = False

    compiles(SortedLate, "sqlite")(lambda one, compiler, **options: compiler.process(one.column, **options))
    compiles(SortedLate, "postgresql")(lambda one, compiler, **options: f"({compiler.process(one.column, **options)} + 0)")
    compiles(Unindexed)(lambda one, compiler, **options: compiler.process(one.column, **options))
    compiles(Unindexed, "sqlite")(lambda one, compiler, **options: f"+{compiler.process(one.column, **options)}")
    return Unindexed, SortedLate
