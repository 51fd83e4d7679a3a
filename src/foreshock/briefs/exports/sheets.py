"""CSV tables with a Frictionless datapackage.json: UTF-8, RFC 4180, lists as JSON, formulas made harmless and back again."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from typing import IO, Any

from foreshock.briefs.exports.columns import LISTS, Column, Layout, layouts
from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Row
from foreshock.briefs.exports.sink import Parts

# A spreadsheet runs a cell that begins with one of these. An apostrophe is put before it, and before an apostrophe that the text
# itself begins with, so that taking one apostrophe away gives the text back.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def harmless(text: str) -> str:
    """Return a cell that no spreadsheet runs.

    >>> harmless("=1+1"), harmless("'tis"), harmless("calm")
    ("'=1+1", "''tis", 'calm')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def restored(cell: str) -> str:
    """Return the text of a cell that :func:`harmless` made; its inverse."""
    return cell.removeprefix("'")


def cell(value: Any, column: Column) -> str:
    """Return a value as a cell; what is not known is an empty one."""
    if value is None:
        return ""
    if column.type in LISTS:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    if column.type == "boolean":
        return "true" if value else "false"
    return harmless(value) if isinstance(value, str) else repr(value)


def value_of(text: str, column: Column) -> Any:
    """Return the value of a cell; the inverse of :func:`cell`."""
    if text == "":
        return [] if column.type in LISTS else None
    if column.type in LISTS:
        return json.loads(text)
    if column.type == "boolean":
        return text == "true"
    if column.type in ("integer", "number"):
        return int(text) if column.type == "integer" else float(text)
    return restored(text)


class Sheets:
    """Writes NAME.csv of each table and datapackage.json."""

    def __init__(self, parts: Parts) -> None:
        """Begin every table, so that one without rows has its header."""
        self.parts = parts
        self._files: dict[str, IO[str]] = {name: parts.text(f"{name}.csv") for name in layouts()}
        self._writers = {name: csv.writer(file, lineterminator="\r\n") for name, file in self._files.items()}
        for name, writer in self._writers.items():
            writer.writerow(layouts()[name].names)

    def add(self, table: str, row: Row) -> None:
        """Write a row."""
        self._writers[table].writerow([cell(row[one.name], one) for one in layouts()[table].columns])

    def finish(self, notice: Notice) -> None:
        """Write the datapackage."""
        file = self.parts.text("datapackage.json")
        json.dump(datapackage(notice), file, ensure_ascii=False, indent=2)
        file.write("\n")


def datapackage(notice: Notice) -> dict[str, Any]:
    """Return the Frictionless descriptor of the CSV tables."""
    return {
        "profile": "tabular-data-package",
        "name": "foreshock-export",
        "title": notice.title,
        "description": notice.sentence,
        "created": notice.made_at,
        "foreshock": notice.fields(),
        "resources": [_resource(layout) for layout in layouts().values()],
    }


def _resource(layout: Layout) -> Mapping[str, Any]:
    return {
        "name": layout.name,
        "path": f"{layout.name}.csv",
        "profile": "tabular-data-resource",
        "description": layout.gloss,
        "encoding": "utf-8",
        "format": "csv",
        "mediatype": "text/csv",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
        "schema": {
            "fields": [_field(one) for one in layout.columns],
            "missingValues": [""],
            "primaryKey": layout.key,
            "foreignKeys": [
                {"fields": one.name, "reference": {"resource": one.refers[0], "fields": one.refers[1]}}
                for one in layout.columns
                if one.refers
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    type_ = "array" if column.type in LISTS else column.type
    field: dict[str, Any] = {"name": column.name, "type": type_, "description": column.gloss}
    if column.constraints:
        field["constraints"] = dict(column.constraints)
    return field
