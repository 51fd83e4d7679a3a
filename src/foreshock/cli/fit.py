"""``foreshock fit``: measure the numbers that weighing stands on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from foreshock.cli.options import workbench
from foreshock.cli.progress import counted


@click.command()
@click.option("--data", required=True, type=click.Path(path_type=Path), help="Folder of the historical sets (with forecast/).")
@click.option("--out", type=click.Path(path_type=Path), help="Folder to write to; without it the package's own tables.")
@click.option("--only", multiple=True, metavar="TABLE", help="Fit this table only, such as hazards; may be repeated.")
@click.option("--date", "fitted", metavar="DATE", help="Date to give as that of the fit; today's by default.")
def command(data: Path, out: Path | None, only: tuple[str, ...], fitted: str | None) -> None:
    """Fit priors and likelihood ratios on historical sets and write the tables that weighing reads.

    The same sets give the same tables, byte for byte but for the date. No row of a set is written. The table "escalation"
    stands on a corpus that is coded first, which takes an hour: it is fitted only when it is named.
    """
    from foreshock.pipeline.corpus import told
    from foreshock.pipeline.fitting import fit

    now = datetime.now(UTC)
    day = fitted or now.date().isoformat()
    for path in counted(
        fit(data, fitted=day, out=out, only=only, told=lambda: told(data, workbench(), now=now)), "fitting table"
    ):
        click.echo(path)
