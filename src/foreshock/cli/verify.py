"""``foreshock verify``: recompute every hash of the ledger."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foreshock.cli.app import FAILED
from foreshock.cli.options import ledger_option, settings_here
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger
from foreshock.ledger.scan import Fault
from foreshock.settings import shown_address

COLUMNS = {"state": None, "table": None, "id": 44, "what": 70, "remedy": 60}


@click.command()
@ledger_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How faults are printed.")
def command(*, ledger: Path | str | None, form: str) -> None:
    """Recompute every hash: of the kept bytes, of documents and claims, and the chain that ties the codings together.

    Each thing that is hurt is named with what to do about it, and the exit code is then 1.
    """
    address = ledger or settings_here().ledger
    from foreshock import pipeline

    with Ledger(address, create=False) as kept:
        found = list(kept.verify(pipeline.identity))
    if found or form in ("json", "csv"):
        write_rows(found, form, sys.stdout, columns=COLUMNS, cells=_cells)
    hurt = sum(one.state == "hurt" for one in found)
    click.echo(f"{shown_address(address)}: {hurt or 'nothing'} hurt, {len(found) - hurt or 'nothing'} redacted", err=True)
    if hurt:
        raise click.exceptions.Exit(FAILED)


def _cells(fault: Fault) -> list[str]:
    return [fault.state, fault.table, fault.id, fault.what, fault.remedy]
