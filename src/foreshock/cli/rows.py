"""How records are printed: a table for people, or CSV, one JSON array, JSON lines for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TextIO, TypeVar

from foreshock.cli.plain import plain
from foreshock.model import to_json

FORMATS = ("jsonl", "json", "csv", "table")
Record = TypeVar("Record")
WIDE = 200


def write_rows(
    records: Iterable[Record],
    form: str,
    out: TextIO,
    *,
    columns: Mapping[str, int | None],
    cells: Callable[[Record], Sequence[str]],
) -> None:
    """Write records in one of ``FORMATS``.

    Args:
        records: what is printed, in order; JSON forms hold the whole records.
        form: one of ``FORMATS``.
        out: where to.
        columns: names of the columns of a table and of CSV, with the widest that a table lets them be, None as they come.
        cells: a record as the texts of those columns.
    """
    if form == "jsonl":
        for record in records:
            out.write(json.dumps(_values(record), ensure_ascii=False) + "\n")
    elif form == "json":
        out.write(json.dumps([_values(record) for record in records], ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        writer = csv.writer(out)
        writer.writerow(columns)
        writer.writerows([cell(text) for text in cells(record)] for record in records)
    else:
        _table(records, out, columns, cells)


FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones are read as the plain ones are


def cell(text: str) -> str:
    """Return a text as a cell of CSV that no spreadsheet runs."""
    # A cell that begins with one of these is a formula to a spreadsheet: hostile text must not run there.
    return f"'{text}" if text.startswith(FORMULA) else text


def _values(record: Any) -> Any:
    return record if isinstance(record, dict) else to_json(record)


def _table(
    records: Iterable[Record], out: TextIO, columns: Mapping[str, int | None], cells: Callable[[Record], Sequence[str]]
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out, width=None if out.isatty() else WIDE)
    table = Table(show_lines=False, header_style="bold")
    for name, width in columns.items():
        table.add_column(name, max_width=width, overflow="fold")
    for record in records:
        table.add_row(*(Text(plain(one)) for one in cells(record)))
    console.print(table)
