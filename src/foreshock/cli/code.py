"""``foreshock code``: the claims of files, one a line."""

from __future__ import annotations

import sys
from datetime import datetime

import click

from foreshock import pipeline
from foreshock.cli.app import PARTLY
from foreshock.cli.options import coder_option, gather_all, now_option, published_option, workbench
from foreshock.cli.progress import counted
from foreshock.cli.tables import FORMATS, write_claims


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="How claims are printed.")
@coder_option
@published_option
@now_option
def command(inputs: tuple[str, ...], form: str, coder: str, published: str | None, now: datetime) -> None:
    """Print the claims of INPUT: files, folders, one URL, or - for standard input.

    A claim says who gives what content which standing, in which words; docs/claims.md explains its fields.
    """
    bench = workbench()
    documents, failed = gather_all(inputs, bench.settings, now)
    claims = []
    for document in counted(documents, "coding"):
        reading = pipeline.read(document, bench, now=now, published=published)
        if reading.depth == "surface":
            click.echo(
                f"foreshock: {document.source}: language {reading.document.language} is read on the surface only "
                f"({len(reading.mentions)} places, dates and numbers); no claims are coded",
                err=True,
            )
        claims.extend(pipeline.code(reading, bench, coder=coder))
    write_claims(claims, form, sys.stdout)
    if failed:
        raise click.exceptions.Exit(PARTLY)
