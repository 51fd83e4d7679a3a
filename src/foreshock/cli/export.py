"""``foreshock export``: tables, maps, bundles, calendars and feeds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.options import as_of_option, now_option, workbench
from foreshock.cli.scope import narrowed
from foreshock.ledger import Ledger

FORMATS = ("csv", "parquet", "jsonl", "geojson", "stix", "ical", "atom", "all")


@click.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write into.")
@click.option(
    "--format",
    "formats",
    type=click.Choice(FORMATS),
    multiple=True,
    default=("csv",),
    show_default=True,
    help="Which formats; may be given more than once.",
)
@narrowed
@as_of_option
@now_option
def command(
    *,
    out: Path,
    formats: tuple[str, ...],
    ledger: Path | str | None,
    crisis: str | None,
    country: str | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
    now: datetime,
) -> None:
    """Write what the ledger holds into a folder, with a codebook, for spreadsheets, maps and other systems.

    Private persons are shown by role, exact sites of people at risk at district level and 72 hours late, unless an analyst
    released them. Every file says that it is coded by machine, unofficial, as of when and until when.
    """
    from foreshock import pipeline

    bench = workbench()
    with Ledger(ledger or bench.settings.ledger, create=False) as kept:
        found = pipeline.situation(
            kept,
            crisis=crisis,
            country=country.upper() if country else None,
            since=since,
            until=until,
            as_of=as_of,
            now=now,
            catalogue=bench.catalogue,
        )
        for path in pipeline.export(kept, found, out, formats=formats, now=now, codebook=bench.codebook):
            click.echo(f"wrote {path}")
