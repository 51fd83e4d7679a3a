"""``foreshock languages``: which languages are read how deep."""

from __future__ import annotations

import json

import click


@click.command()
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="How languages are printed."
)
def command(form: str) -> None:
    """Print which languages are read how deep.

    Listed are those with a table of their own: parsed ones have a grammar, surface ones give claims by cue words.
    """
    from foreshock import pipeline

    found = pipeline.languages()
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for code, depth in found.items():
        click.echo(f"{code:4} {depth}")
    click.echo("every other language: surface (sentences, places, dates and numbers that are sure; no claims)")
