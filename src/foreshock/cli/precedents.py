"""``foreshock precedents``: past crises that are like the one at hand, in what, and how each ended."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.options import IsoDate, archive_option, crisis_option, ledger_option, now_option, workbench
from foreshock.cli.plain import plain, tell
from foreshock.cli.precedents_text import told, values
from foreshock.ledger import Ledger


@click.command()
@click.option("--country", help="ISO 3166 alpha-3, such as KAZ.")
@crisis_option
@click.option("--as-of", type=IsoDate(), help="Only what was known, and what had ended, by the end of this date.")
@archive_option
@click.option(
    "--ending", "endings", multiple=True, help="Only those that ended so, such as foreign-troops; more than one may be given."
)
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="At most this many.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder with historical sets: their crises too.")
@click.option("--own", type=click.Path(path_type=Path), help="Folder with past crises of your own, in YAML.")
@ledger_option
@now_option
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How it is printed."
)
def command(
    *,
    country: str | None,
    crisis: str | None,
    as_of: str | None,
    published: bool,
    endings: tuple[str, ...],
    limit: int,
    data: Path | None,
    own: Path | None,
    ledger: Path | str | None,
    now: datetime,
    form: str,
) -> None:
    """Print the past crises nearest to a crisis, with what is alike, what differs, what is not known, and how each ended.

    Those that people compare it with in the reports are looked up too, with their rank. All of it is context: no estimate stands
    on it.
    """
    from foreshock import pipeline
    from foreshock.pipeline.precedents import Search, precedents

    if not country and not crisis:
        raise click.UsageError("precedents of what? give --country KAZ or --crisis NAME")
    bench = workbench()
    with Ledger(ledger or bench.settings.ledger, create=False) as kept:
        if waiting := pipeline.not_joined(kept, as_of=None if published else as_of):
            tell(f"{waiting} documents are kept and not joined yet; join them with foreshock join")
        found = precedents(
            kept,
            bench,
            now=now,
            country=country.upper() if country else None,
            crisis=crisis,
            as_of=as_of,
            published=published,
            search=Search(limit=limit, endings=endings, data=data, own=own),
        )
    if form == "json":
        click.echo(json.dumps([values(one) for one in found], ensure_ascii=False, indent=1))
        return
    click.echo(plain("\n\n".join(told(one) for one in found)))
