"""Parquet tables: typed columns with their meaning as field metadata, the notice as metadata of the file."""

from __future__ import annotations

import json
from typing import Any

from foreshock.briefs.exports.columns import Column, layouts
from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Row
from foreshock.briefs.exports.sink import Parts, library

# Rows held in memory before they are written as one row group.
GROUP = 20_000


class Parquet:
    """Writes NAME.parquet of each table, a row group at a time."""

    def __init__(self, parts: Parts) -> None:
        """Begin every table, so that one without rows has its schema."""
        self._pa, self._pq = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
        self._schemas = {name: self._schema(name) for name in layouts()}
        self._rows: dict[str, list[Row]] = {name: [] for name in layouts()}
        self._writers = {
            name: self._pq.ParquetWriter(parts.path(f"{name}.parquet"), schema, compression="zstd")
            for name, schema in self._schemas.items()
        }

    def add(self, table: str, row: Row) -> None:
        """Take a row; write the group when it is full."""
        self._rows[table].append(row)
        if len(self._rows[table]) >= GROUP:
            self._flush(table)

    def finish(self, notice: Notice) -> None:
        """Write what is left and the notice."""
        told = {key: json.dumps(value, ensure_ascii=False) for key, value in notice.fields().items()}
        for table, writer in self._writers.items():
            self._flush(table)
            writer.add_key_value_metadata({"notice": notice.sentence, "foreshock": json.dumps(told, ensure_ascii=False)})
            writer.close()

    def _flush(self, table: str) -> None:
        rows, self._rows[table] = self._rows[table], []
        if rows:
            columns = [
                self._pa.array([_plain(row[one.name], one) for row in rows], type=self._type(one))
                for one in layouts()[table].columns
            ]
            self._writers[table].write_table(self._pa.Table.from_arrays(columns, schema=self._schemas[table]))

    def _schema(self, table: str) -> Any:
        layout = layouts()[table]
        fields = [
            self._pa.field(
                one.name, self._type(one), nullable=not one.constraints.get("required"), metadata={"description": one.gloss}
            )
            for one in layout.columns
        ]
        return self._pa.schema(fields, metadata={"description": layout.gloss})

    def _type(self, column: Column) -> Any:
        pa = self._pa
        return {
            "string": pa.string(),
            "integer": pa.int64(),
            "number": pa.float64(),
            "boolean": pa.bool_(),
            "strings": pa.list_(pa.string()),
            "numbers": pa.list_(pa.float64()),
            "json": pa.string(),
        }[column.type]


def _plain(value: Any, column: Column) -> Any:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if column.type == "json" else value
