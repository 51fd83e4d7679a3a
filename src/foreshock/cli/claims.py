"""``foreshock claims``: the claims of the ledger, filtered."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import get_args

import click

from foreshock.cli.options import IsoDate, ledger_option, settings_here
from foreshock.cli.tables import FORMATS, write_claims
from foreshock.ledger import Ledger, Query
from foreshock.model import Kind, Status


@click.command()
@ledger_option
@click.option("--kind", type=click.Choice(get_args(Kind), case_sensitive=False), help="Only this kind.")
@click.option("--status", type=click.Choice(get_args(Status), case_sensitive=False), help="Only this standing.")
@click.option("--holder", help="Only claims with this in a holder's name, in any case.")
@click.option("--country", help="Only places in this country, ISO 3166 alpha-3.")
@click.option("--language", help="Only documents in this language, ISO 639-1.")
@click.option("--document", help="Only the document with this id.")
@click.option("--since", type=IsoDate(), help="Only what can have happened on or after this date; undated claims are left out.")
@click.option("--until", type=IsoDate(), help="Only what can have happened on or before this date; undated claims are left out.")
@click.option("--as-of", type=IsoDate(), help="Only what was known by the end of this date.")
@click.option("--limit", type=click.IntRange(min=1), help="At most this many.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How claims are printed.")
def command(ledger: Path | str | None, form: str, country: str | None, language: str | None, **filters: str | int | None) -> None:
    """Print the claims that the ledger holds.

    Without a filter all of them; with filters those that pass each one.
    """
    query = Query(
        country=country.upper() if country else None,
        language=language.lower() if language else None,
        **filters,  # type: ignore[arg-type]
    )
    with Ledger(ledger or settings_here().ledger, create=False) as kept, closing(kept.claims(query)) as found:
        write_claims(found, form, sys.stdout)
