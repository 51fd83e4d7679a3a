"""``foreshock backup``: a copy of the ledger while it is in use, or a row of dated ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from foreshock.cli.options import ledger_option, now_option, settings_here
from foreshock.ledger import Ledger

DATED = re.compile(r"foreshock-\d{8}T\d{6}Z\.sqlite")


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="A folder for dated backups, instead of FILE.")
@click.option("--keep", type=click.IntRange(1), help="How many dated backups stay in the folder; the oldest go.")
@ledger_option
@now_option
def command(*, file: Path | None, into: Path | None, keep: int | None, ledger: Path | str | None, now: datetime) -> None:
    """Copy the ledger to FILE as it stands at one moment; writers go on meanwhile.

    FILE is an SQLite ledger whichever engine the original is on. A FILE that is there is not overwritten. With --into the file is
    named by the moment, and only after it is written whole do older ones go.
    """
    if (file is None) == (into is None):
        raise click.UsageError("name one FILE, or a folder with --into")
    if keep is not None and into is None:
        raise click.UsageError("--keep counts the backups of a folder; name it with --into")
    target = file or _dated(into, now)
    with Ledger(ledger or settings_here().ledger, create=False) as kept:
        kept.backup(target)
    click.echo(f"wrote {target}")
    if into is not None and keep is not None:
        for old in sorted(path for path in into.iterdir() if DATED.fullmatch(path.name))[:-keep]:
            old.unlink()
            click.echo(f"removed {old}")


def _dated(folder: Path | None, now: datetime) -> Path:
    assert folder is not None  # noqa: S101 - for the type only
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"foreshock-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.sqlite"
