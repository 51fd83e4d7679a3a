"""``foreshock migrate``: bring a ledger of an earlier version up to this one."""

from __future__ import annotations

from pathlib import Path

import click

from foreshock.cli.options import ledger_option, settings_here
from foreshock.ledger import Ledger
from foreshock.settings import shown_address


@click.command()
@ledger_option
def command(*, ledger: Path | str | None) -> None:
    """Bring the tables of a ledger of an earlier version up to those of this one, all or nothing.

    Make a copy of the file first.
    """
    address = ledger or settings_here().ledger
    before, after = Ledger.migrate(address)
    told = f"is of schema {after} already" if before == after else f"went from schema {before} to {after}"
    click.echo(f"{shown_address(address)} {told}")
