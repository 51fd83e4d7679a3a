"""``foreshock weigh``: how likely each scenario is, and why."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from foreshock.cli.options import archive_option, as_of_option, crisis_option, ledger_option, now_option, workbench
from foreshock.cli.plain import plain, tell
from foreshock.cli.weighing_text import told
from foreshock.ledger import Ledger
from foreshock.model import StartState, Tier


@click.command()
@click.option("--country", help="ISO 3166 alpha-3, such as KAZ.")
@crisis_option
@as_of_option
@archive_option
@click.option("--state", type=click.Choice(get_args(StartState)), help="Where the country stands, if you know better.")
@click.option("--tier", type=click.Choice(get_args(Tier)), help="How far the crisis is, if you know better.")
@click.option("--scenario", "only", multiple=True, help="Only this one; may be given more than once.")
@click.option("--horizon", type=int, default=90, show_default=True, help="Days for which the evidence is spelt out.")
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Folder with a register of shutdowns."
)
@click.option("--keep", is_flag=True, help="Keep the estimates in the ledger, to be scored later.")
@click.option("--board", is_flag=True, help="Also the board of scenarios against evidence.")
@ledger_option
@now_option
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How it is printed."
)
def command(
    country: str | None,
    crisis: str | None,
    as_of: str | None,
    published: bool,
    state: StartState | None,
    tier: Tier | None,
    only: tuple[str, ...],
    horizon: int,
    data: Path | None,
    keep: bool,
    board: bool,
    ledger: Path | str | None,
    now: datetime,
    form: str,
) -> None:
    """Weigh where a crisis is tipping: every scenario with its prior, its evidence, and what could not be seen.

    A number comes from measured history. Evidence moves it only as far as history shows that such evidence deserves, and what was
    never measured weighs nothing and is listed. With --keep the estimates are scored once their horizon has passed.
    """
    from foreshock import pipeline

    if not country and not crisis:
        raise click.UsageError("weigh what? give --country KAZ or --crisis NAME")
    bench = workbench()
    address = ledger or bench.settings.ledger
    with Ledger(address, create=False) as kept:
        if waiting := pipeline.not_joined(kept, as_of=None if published else as_of):
            tell(f"{waiting} documents are kept and not joined yet; join them with foreshock join")
        found = pipeline.weigh(
            kept,
            bench,
            now=now,
            country=country.upper() if country else None,
            crisis=crisis,
            as_of=as_of,
            published=published,
            state=state,
            tier=tier,
            data=data,
        )
    if keep:
        with Ledger(address) as kept:
            tell(f"{pipeline.keep_estimates(kept, found, now=now)} estimates kept")
    chosen = [pipeline.only_scenarios(one, only) for one in found]
    if form == "json":
        click.echo(json.dumps([pipeline.as_data(one) for one in chosen], ensure_ascii=False, indent=1))
        return
    click.echo(plain("\n\n".join(told(one, horizon=horizon, with_board=board) for one in chosen)))
