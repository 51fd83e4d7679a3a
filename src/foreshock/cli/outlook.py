"""``foreshock outlook``: deaths that the next months may bring a country."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foreshock.cli.options import IsoDate, now_option
from foreshock.cli.plain import plain
from foreshock.dates import last_day
from foreshock.model import to_json

if TYPE_CHECKING:
    from foreshock.pipeline.outlook import Outlook


@click.command()
@click.argument("country")
@click.option("--data", type=click.Path(path_type=Path), help="Folder with UCDP GED (forecast/) to take the history from.")
@click.option("--deaths", type=click.Path(path_type=Path), help="CSV file with month,deaths to take the history from.")
@click.option("--months", type=click.IntRange(1, 12), default=12, show_default=True, help="How many months are told.")
@click.option("--as-of", type=IsoDate(), help="Look ahead from the end of this date; only months over by then are seen.")
@click.option(
    "--format", "form", type=click.Choice(("table", "json")), default="table", show_default=True, help="How it is printed."
)
@now_option
def command(
    country: str, data: Path | None, deaths: Path | None, months: int, as_of: str | None, form: str, now: datetime
) -> None:
    """Print the deaths that each of the next months may bring COUNTRY, and how likely 25 or more are in a year.

    COUNTRY is an ISO 3166 alpha-3 code such as KAZ, or a name. Without a history of your own the package's summary of the last
    months of UCDP GED is taken, and its age is said.
    """
    from foreshock.pipeline.outlook import outlook_of

    on = last_day(as_of) if as_of else now.date()
    found = outlook_of(country, on=on, data=data, deaths=deaths, months=months)
    click.echo(json.dumps(to_json(found), ensure_ascii=False, indent=1) if form == "json" else plain(_text(found)))


def _text(found: Outlook) -> str:
    head = f"{found.name} ({found.country}), deaths in state-based violence, looking ahead from {found.on}"
    if found.year is None:
        return f"{head}\n{found.unmeasured}"
    lines = [head, f"History: {found.source}, to {found.known_until}; at its end {found.activity}{_a_month(found)}.", ""]
    lines += [f"{'month':>8} {'low':>8} {'median':>8} {'high':>8}   90 % interval"]
    lines += [f"{one.month:>8} {one.low:8,.0f} {one.median:8,.0f} {one.high:8,.0f}" for one in found.months]
    year = found.year
    lines += [f"{'12 mon.':>8} {year.low:8,.0f} {year.median:8,.0f} {year.high:8,.0f}   from {year.first}", ""]
    lines += [f"25 deaths or more in those twelve months: {_chance(year.at_least_25)}.", *found.notes]
    known = found.provenance
    lines += [f"Fitted on {', '.join(known.sets)}, {known.span}, {known.n:,} country-months, on {known.fitted}."]
    return "\n".join(lines)


def _a_month(found: Outlook) -> str:
    return "" if found.activity in ("silent", "lull") else " deaths a month"


def _chance(value: float) -> str:
    if value < 0.01:
        return "under 1 %"
    return "about 99 % or more" if value >= 0.985 else f"about {100 * value:.0f} %"
