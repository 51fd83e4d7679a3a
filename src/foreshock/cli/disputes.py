"""``foreshock disputes``: what cannot both hold, side by side."""

from __future__ import annotations

import sys

import click

from foreshock.cli.plain import plain
from foreshock.cli.rows import write_rows
from foreshock.cli.scope import Scope, scoped
from foreshock.model import Dispute, Position

COLUMNS = {"id": None, "state": None, "question": 60, "position": 40, "holders": 40, "origins": None, "words": 60}


@click.command()
@click.option("--state", type=click.Choice(["open", "settled"]), help="Only those in this state.")
@click.option("--matrix", is_flag=True, help="Print each as a matrix of positions by holders.")
@scoped
def command(
    *,
    scope: Scope,
    state: str | None,
    matrix: bool,
) -> None:
    """Print disputes: a question, its positions, who holds each in which words, and how many origins stand behind it.

    A dispute is open until a person settles it with foreshock judge settle.
    """
    with scope.situation() as found:
        disputes = [one for one in found.disputes if not state or one.state == state]
        if matrix:
            for one in disputes:
                _matrix(one)
        elif scope.form in ("json", "jsonl"):
            write_rows(disputes, scope.form, sys.stdout, columns=COLUMNS, cells=lambda _: ())
        else:
            rows = [(one, position) for one in disputes for position in one.positions]
            write_rows(rows, scope.form, sys.stdout, columns=COLUMNS, cells=_cells)


def _cells(row: tuple[Dispute, Position]) -> list[str]:
    one, position = row
    words = " | ".join(" ".join(quote.text.split()) for quote in position.quotes)
    state = one.state if one.note is None else f"{one.state}: {one.note}"
    return [one.id[:8], state, one.question, position.label, "; ".join(position.holders), str(len(position.origins)), words]


def _matrix(one: Dispute) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    holders = list(dict.fromkeys(holder for position in one.positions for holder in position.holders))
    table = Table(title=Text(plain(f"{one.id[:8]} {one.question} [{one.state}]")), title_justify="left", show_lines=True)
    table.add_column("holder", overflow="fold")
    for position in one.positions:
        table.add_column(Text(plain(position.label)), overflow="fold")
    for holder in holders:
        told = [[" ".join(quote.text.split()) for quote in place.quotes if quote.holder == holder] for place in one.positions]
        table.add_row(Text(plain(holder)), *(Text(plain("\n".join(texts))) for texts in told))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
