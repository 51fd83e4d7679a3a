"""``foreshock restore``: fill an empty ledger from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from foreshock.cli.app import FAILED
from foreshock.cli.options import ledger_option, settings_here
from foreshock.cli.plain import tell
from foreshock.ledger import Ledger
from foreshock.settings import shown_address


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@ledger_option
def command(*, file: Path, ledger: Path | str | None) -> None:
    """Fill an empty ledger from FILE, a backup, and verify it.

    A ledger that holds anything is refused and left as it is.
    """
    address = ledger or settings_here().ledger
    hurt = [one for one in Ledger.restore(file, address) if one.state == "hurt"]
    for one in hurt:
        tell(f"{one.table} {one.id}: {one.what}")
    click.echo(f"restored {shown_address(address)}")
    if hurt:
        tell("the backup itself was hurt; take an earlier one where there is one")
        raise click.exceptions.Exit(FAILED)
