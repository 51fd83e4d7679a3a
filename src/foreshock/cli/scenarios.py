"""``foreshock scenarios``: the questions that are asked, and what of them is measured."""

from __future__ import annotations

import json
from pathlib import Path

import click

from foreshock.cli.options import settings_here
from foreshock.cli.plain import plain
from foreshock.model import to_json


@click.group()
def command() -> None:
    """List the scenarios, show one, or check what of them is measured."""


@command.command("list")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How it is printed."
)
def list_(form: str) -> None:
    """Print every scenario: those of the package and those of your settings."""
    from foreshock import pipeline

    tables = pipeline.weighing_tables(settings_here())
    rows = list(tables.scenarios.values())
    if form == "json":
        click.echo(json.dumps([to_json(one) for one in rows], ensure_ascii=False, indent=1))
        return
    for one in rows:
        days = ", ".join(str(day) for day in one.horizons)
        click.echo(plain(f"{one.id:18} {one.short} ({days} days)"))


@command.command()
@click.argument("scenario")
def show(scenario: str) -> None:
    """Print one SCENARIO: its question, what resolves it, what it stands on."""
    from foreshock import pipeline

    tables = pipeline.weighing_tables(settings_here())
    findings = pipeline.check_scenarios(tables, only=[scenario])
    one = tables.scenarios[scenario]
    click.echo(plain(f"{one.id}: {one.question.replace('{days}', ' / '.join(map(str, one.horizons)))}"))
    click.echo(plain(f"Resolves: {' '.join(one.resolves.split())}"))
    for it in findings:
        click.echo(plain(f"  {'measured  ' if it.measured else 'unmeasured'}  {it.what:16} {it.why}"))


@command.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How it is printed."
)
def check(files: tuple[Path, ...], form: str) -> None:
    """Say what of each scenario is measured: of FILES, which may be scenarios of your own, or of all.

    A file that is no scenario is refused with the value and the remedy. What is unmeasured is no error: it is shown as such.
    """
    from foreshock import pipeline

    tables = pipeline.weighing_tables(settings_here(), files)
    own = [one for path in files for one in pipeline.scenario_ids(path)]
    findings = pipeline.check_scenarios(tables, only=own)
    if form == "json":
        click.echo(json.dumps([to_json(one) for one in findings], ensure_ascii=False, indent=1))
        return
    name = None
    for one in findings:
        if one.scenario != name:
            name = one.scenario
            click.echo(plain(f"{name}: {tables.scenarios[name].short}"))
        click.echo(plain(f"  {'measured  ' if one.measured else 'unmeasured'}  {one.what:16} {one.why}"))
