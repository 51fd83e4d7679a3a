"""``foreshock doctor``: what is missing here, and how to mend it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from foreshock.cli.app import FAILED
from foreshock.cli.doctor_checks import Finding, findings
from foreshock.cli.options import ledger_option, settings_here
from foreshock.cli.rows import FORMATS, write_rows

COLUMNS = {"what": 18, "state": None, "found": 60, "remedy": 60}


@click.command()
@ledger_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How it is printed.")
def command(*, ledger: Path | str | None, form: str) -> None:
    """Say what is missing on this machine, what cannot be done without it, and how to mend it; nothing is changed.

    Exit code 1 where something is wrong; what is only missing leaves 0.
    """
    settings = settings_here()
    found = list(findings(settings, ledger or settings.ledger))
    write_rows(found, form, sys.stdout, columns=COLUMNS, cells=_cells)
    if any(one.state == "wrong" for one in found):
        raise click.exceptions.Exit(FAILED)


def _cells(one: Finding) -> list[str]:
    return [one.what, one.state, one.found, one.remedy]
