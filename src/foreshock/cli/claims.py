"""``foreshock claims``: the claims of the ledger, filtered."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import click

from foreshock.cli.options import IsoDate, ledger_option, settings_here
from foreshock.cli.tables import FORMATS, write_claims
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger, Query
from foreshock.model import Kind, Status


@click.command()
@ledger_option
@click.option("--kind", type=click.Choice(get_args(Kind), case_sensitive=False), help="Only this kind.")
@click.option("--status", type=click.Choice(get_args(Status), case_sensitive=False), help="Only this standing.")
@click.option("--holder", help="Only claims with this in a holder's name.")
@click.option("--country", help="Only places in this country, ISO 3166 alpha-3.")
@click.option("--language", help="Only documents in this language, ISO 639-1.")
@click.option("--document", help="Only the document with this id.")
@click.option("--since", type=IsoDate(), help="Only what happened on or after this date; undated claims are left out.")
@click.option("--until", type=IsoDate(), help="Only what happened on or before this date; undated claims are left out.")
@click.option("--as-of", type=IsoDate(), help="Only what was known by the end of this date.")
@click.option("--limit", type=click.IntRange(min=1), help="At most this many.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How claims are printed.")
def command(ledger: Path | None, form: str, country: str | None, **filters: str | int | None) -> None:
    """Print claims that the ledger holds."""
    path = ledger or settings_here().ledger
    if not path.is_file():
        raise LedgerError(f"there is no ledger at {path}", remedy="keep something first with foreshock ingest, or name one with --ledger")
    query = Query(country=country.upper() if country else None, **filters)  # type: ignore[arg-type]
    with Ledger(path) as kept:
        write_claims(kept.claims(query), form, sys.stdout)
