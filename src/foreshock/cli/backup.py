"""``foreshock backup``: a copy of the ledger while it is in use."""

from __future__ import annotations

from pathlib import Path

import click

from foreshock.cli.options import ledger_option, settings_here
from foreshock.ledger import Ledger


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@ledger_option
def command(*, file: Path, ledger: Path | str | None) -> None:
    """Copy the ledger to FILE as it stands at one moment; writers go on meanwhile.

    FILE is an SQLite ledger whichever engine the original is on. A FILE that is there is not overwritten.
    """
    with Ledger(ledger or settings_here().ledger, create=False) as kept:
        kept.backup(file)
    click.echo(f"wrote {file}")
