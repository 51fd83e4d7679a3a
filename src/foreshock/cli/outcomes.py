"""``foreshock outcomes``: what came of scenarios, recorded by people or from a set."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.options import IsoDate, as_of_option, ledger_option, now_option, settings_here
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger
from foreshock.model import Outcome

COLUMNS = {"scenario": None, "country": None, "occurred": None, "checked until": None, "source": 30, "why": 60}


@click.command()
@click.argument("action", type=click.Choice(["list", "add", "import"]), default="list")
@click.argument("file", required=False, type=click.Path(path_type=Path, dir_okay=False))
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
    file: Path | None,
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

    list prints what is kept, add keeps one outcome, import keeps those of a CSV file, all or none. For leadership-holds the
    outcome is the break: --occurred is the day on which the leadership fell, --none-until one by which it had not.
    """
    from foreshock import pipeline

    settings, where = settings_here(), country.upper() if country else None
    address = ledger or settings.ledger
    if action == "list":
        with Ledger(address, create=False) as kept:
            found = kept.outcomes(as_of=as_of, scenario=scenario, country=where)
        write_rows(found, form, sys.stdout, columns=COLUMNS, cells=_cells)
        return
    scenarios = pipeline.weighing_tables(settings).scenarios
    if action == "import":
        if file is None:
            raise click.UsageError("import needs a FILE")
        told = pipeline.read_outcomes(file, scenarios=scenarios, today=now.date())
    else:
        if not scenario or not where or not source:
            raise click.UsageError("give --scenario, --country and --source")
        dates = {"occurred": occurred, "checked_until": none_until}
        told = [pipeline.outcome(scenario, where, **dates, source=source, why=why, scenarios=scenarios, today=now.date())]
    with Ledger(address) as kept:
        new = kept.keep_outcomes(told, known_at=now)
    known = len(told) - new
    click.echo(f"kept {new} outcome{'' if new == 1 else 's'}" + (f"; {known} known already" if known else ""))


def _cells(one: Outcome) -> list[str]:
    return [one.scenario, one.country, one.occurred or "", one.checked_until or "", one.source, one.why]
