"""The tables of an export and their columns, from columns.yaml: the one source of schema, codebook and Parquet fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table

Type = Literal["string", "integer", "number", "boolean", "strings", "numbers", "json"]
LISTS = frozenset({"strings", "numbers", "json"})
_TYPES = frozenset({"string", "integer", "number", "boolean"}) | LISTS
_CONSTRAINTS = ("required", "unique", "minimum", "maximum", "enum", "pattern")
_KEYS = frozenset({"type", "gloss", "refers", *_CONSTRAINTS})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type, what it means, its constraints in Frictionless terms, and the table and column it refers to."""

    name: str
    type: Type
    gloss: str
    constraints: Mapping[str, Any]
    refers: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A table: what a row is, its key, and its columns in order."""

    name: str
    gloss: str
    key: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of the columns."""
        return [one.name for one in self.columns]


@cache
def layouts() -> Mapping[str, Layout]:
    """Return the tables by name.

    Raises:
        CatalogueError: a column has no gloss, an unknown type, or a key that is not there.
    """
    rows = load_table("foreshock.briefs.exports", "columns.yaml")
    found = {name: _layout(name, row) for name, row in rows.items()}
    for layout in found.values():
        for column in layout.columns:
            if column.refers and column.refers[1] not in found[column.refers[0]].names:
                raise CatalogueError(f"columns.yaml: {layout.name}.{column.name} refers to nothing", remedy="name a column above")
    return found


def _layout(name: str, row: Mapping[str, Any]) -> Layout:
    columns = tuple(_column(name, key, value) for key, value in row["columns"].items())
    if row["key"] not in {one.name for one in columns}:
        raise CatalogueError(f"columns.yaml: {name} has no column {row['key']!r}", remedy="name a column as its key")
    return Layout(name, row["gloss"], row["key"], columns)


def _column(table: str, name: str, row: Mapping[str, Any]) -> Column:
    if row.get("type") not in _TYPES or not row.get("gloss") or set(row) - _KEYS:
        raise CatalogueError(f"columns.yaml: {table}.{name} is {row!r}", remedy=f"give a gloss and one of {sorted(_TYPES)}")
    refers = row.get("refers")
    return Column(
        str(name),
        row["type"],
        str(row["gloss"]),
        {key: row[key] for key in _CONSTRAINTS if key in row},
        (refers["table"], refers["to"]) if refers else None,
    )
