"""``foreshock outcomes``: what came of scenarios, recorded by people or from a set."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from foreshock.cli.options import IsoDate, as_of_option, ledger_option, now_option, settings_here
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger
from foreshock.model import to_json

COLUMNS = {"id": None, "scenario": None, "country": None, "occurred": None, "checked until": None, "source": 30, "why": 60}


@click.command()
@click.argument("action", type=click.Choice(["list", "add", "import", "withdraw"]), default="list")
@click.argument("subject", required=False)
@click.option("--scenario", help="Its id, such as coup-attempt.")
@click.option("--country", help="ISO 3166 alpha-3, such as KAZ.")
@click.option("--occurred", type=IsoDate(), help="When it came about: a day, or 2022-01 where only the month is known.")
@click.option("--none-until", type=IsoDate(), help="It was checked until this day: nothing but what is on record came about.")
@click.option("--source", help="Who found it so, or which set says it.")
@click.option("--why", default="", help="The reason, in a sentence.")
@ledger_option
@as_of_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How the list is printed.")
def command(
    action: str,
    subject: str | None,
    scenario: str | None,
    country: str | None,
    occurred: str | None,
    none_until: str | None,
    source: str | None,
    why: str,
    ledger: Path | str | None,
    as_of: str | None,
    now: datetime,
    form: str,
) -> None:
    """Keep what came of scenarios, so that estimates can be scored; nothing is concluded from silence.

    list prints what is kept, add keeps one outcome, import FILE those of a CSV file, all or none, withdraw ID takes back what was
    kept in error. For leadership-holds the outcome is the break: --occurred is the day on which the leadership fell, --none-until
    one by which it had not.
    """
    from foreshock import pipeline

    settings, where = settings_here(), country.upper() if country else None
    address = ledger or settings.ledger
    if action == "list":
        with Ledger(address, create=False) as kept:
            found = kept.outcomes(as_of=as_of, scenario=scenario, country=where)
        rows = [{"id": one.id, **to_json(one)} for one in found]
        write_rows(rows, form, sys.stdout, columns=COLUMNS, cells=_cells)
        return
    scenarios = pipeline.weighing_tables(settings).scenarios
    if action == "import":
        if subject is None:
            raise click.UsageError("import needs a FILE")
        told = pipeline.read_outcomes(Path(subject), scenarios=scenarios, today=now.date())
    elif action == "withdraw":
        if subject is None or not source or not why:
            raise click.UsageError("withdraw needs an ID, --source and --why")
        with Ledger(address, create=False) as kept:
            found = [one for one in kept.outcomes() if one.id.startswith(subject)]
        if len(found) != 1:
            raise click.UsageError(f"{len(found)} outcomes have an id that begins with {subject!r}; see foreshock outcomes list")
        told = [replace(found[0], occurred=None, checked_until=None, source=source, why=why, withdraws=found[0].id)]
    else:
        if not scenario or not where or not source:
            raise click.UsageError("give --scenario, --country and --source")
        dates = {"occurred": occurred, "checked_until": none_until}
        told = [pipeline.outcome(scenario, where, **dates, source=source, why=why, scenarios=scenarios, today=now.date())]
    with Ledger(address) as kept:
        new = kept.keep_outcomes(told, known_at=now)
    known = len(told) - new
    if action == "withdraw":
        click.echo(f"withdrew the outcome {told[0].withdraws}")
        return
    click.echo(f"kept {new} outcome{'' if new == 1 else 's'}" + (f"; {known} known already" if known else ""))


def _cells(row: dict[str, Any]) -> list[str]:
    return [row["id"][:8], *(row[name] or "" for name in ("scenario", "country", "occurred", "checked_until", "source", "why"))]
