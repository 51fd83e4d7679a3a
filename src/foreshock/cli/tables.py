"""How claims are printed: JSON lines, one JSON array, CSV, or a table for people."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from typing import TextIO

from foreshock.cli.plain import plain
from foreshock.model import Claim, Figure, to_json

FORMATS = ("jsonl", "json", "csv", "table")
COLUMNS = ("where", "kind", "status", "holder", "actor", "recipient", "place", "when", "figures", "text")
WIDTHS = {"text": 60, "holder": 24, "actor": 20, "recipient": 20}


def write_claims(claims: Iterable[Claim], form: str, out: TextIO) -> None:
    """Write claims in one of ``FORMATS``."""
    if form == "jsonl":
        for claim in claims:
            out.write(json.dumps(to_json(claim), ensure_ascii=False) + "\n")
    elif form == "json":
        out.write(json.dumps([to_json(claim) for claim in claims], ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        writer.writerows([_cell(text) for text in row(claim)] for claim in claims)
    else:
        _table(claims, out)


def row(claim: Claim) -> list[str]:
    """Return a claim as the cells of ``COLUMNS``."""
    kind = f"{claim.kind}/{claim.mode}" if claim.mode else claim.kind
    status = ("not " if claim.negated else "") + claim.status
    return [
        f"{claim.document_id[:6]}:{claim.start}-{claim.end}",
        kind,
        status,
        " > ".join(holder.name for holder in claim.holders if holder.role != "document"),
        claim.actor.name if claim.actor else "",
        claim.recipient.name if claim.recipient else "",
        claim.place.name if claim.place else "",
        (claim.when.start or claim.when.raw) if claim.when else "",
        "; ".join(figure_text(figure) for figure in claim.figures),
        " ".join(claim.text.split()),
    ]


def figure_text(figure: Figure) -> str:
    """Return a figure in words: "at_least 56 killed", "lost killed (XNUMX)"; a damaged one never as a number."""
    if figure.state != "read":
        return f"{figure.what} {figure.state} ({figure.raw})"
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    spread = (
        f"{known[0]:g}"
        if len(set(known)) == 1
        else f"{figure.low:g}-{figure.high:g}"
        if figure.low and figure.high
        else figure.raw
    )
    return " ".join(part for part in (figure.bound, spread if known else figure.raw, figure.what) if part)


def _cell(text: str) -> str:
    # A cell that begins with one of these is a formula to a spreadsheet: hostile text must not run there.
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _table(claims: Iterable[Claim], out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=out, width=None if out.isatty() else 200)
    table = Table(show_lines=False, header_style="bold")
    for column in COLUMNS:
        table.add_column(column, max_width=WIDTHS.get(column), overflow="fold")
    for claim in claims:
        table.add_row(*(Text(plain(cell)) for cell in row(claim)))
    console.print(table)
