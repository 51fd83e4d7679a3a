"""``foreshock crises``: saved filters with a name."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.options import IsoDate, as_of_option, ledger_option, now_option, settings_here
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger
from foreshock.model import Crisis

COLUMNS = {"name": None, "countries": 40, "since": None, "until": None, "words": 60}


@click.command()
@click.argument("action", type=click.Choice(["list", "add", "drop"]), default="list")
@click.argument("name", required=False)
@click.option("--country", "countries", multiple=True, help="A country, ISO 3166 alpha-3; may be given more than once.")
@click.option("--since", type=IsoDate(), help="The first day of its window.")
@click.option("--until", type=IsoDate(), help="The last day of its window.")
@click.option("--word", "words", multiple=True, help="A word that a claim must bear; of several one is enough.")
@ledger_option
@as_of_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How the list is printed.")
def command(
    action: str,
    name: str | None,
    countries: tuple[str, ...],
    since: str | None,
    until: str | None,
    words: tuple[str, ...],
    ledger: Path | str | None,
    as_of: str | None,
    now: datetime,
    form: str,
) -> None:
    """Keep named filters: a crisis scopes incidents, disputes, conditions, tallies, exports and briefs.

    list prints them, add keeps a filter under NAME from now on, drop drops it from now on; what was known before stays.
    """
    address = ledger or settings_here().ledger
    if action == "list":
        with Ledger(address, create=False) as kept:
            write_rows(kept.crises(as_of=as_of), form, sys.stdout, columns=COLUMNS, cells=_cells)
        return
    if not name:
        raise click.UsageError(f"{action} needs a NAME")
    with Ledger(address) as kept:
        if action == "add":
            kept.keep_crisis(Crisis(name, tuple(one.upper() for one in countries), since, until, words), now=now)
        else:
            kept.drop_crisis(name, now=now)
    click.echo(f"{'kept' if action == 'add' else 'dropped'} the crisis {name!r}")


def _cells(crisis: Crisis) -> list[str]:
    return [crisis.name, " ".join(crisis.countries), crisis.since or "", crisis.until or "", ", ".join(crisis.words)]
