"""``foreshock claims``: the claims of the ledger, filtered."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.filters import filtered
from foreshock.cli.options import ledger_option, now_option, settings_here
from foreshock.cli.tables import FORMATS, write_claims
from foreshock.ledger import Ledger, Query


@click.command()
@ledger_option
@now_option
@filtered
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How claims are printed.")
def command(*, query: Query, ledger: Path | str | None, now: datetime, form: str) -> None:
    """Print the claims that the ledger holds.

    Without a filter all of them; with filters those that pass each one. Private persons are shown by role until an analyst
    releases them.
    """
    from foreshock import pipeline

    with (
        Ledger(ledger or settings_here().ledger, create=False) as kept,
        closing(pipeline.shown_claims(kept, query, now=now)) as found,
    ):
        write_claims(found, form, sys.stdout)
