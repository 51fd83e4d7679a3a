"""``foreshock code``: the claims of files, one a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import click

from foreshock.cli.inputs import Inputs
from foreshock.cli.options import coder_option, now_option, published_option, workbench
from foreshock.cli.plain import tell
from foreshock.cli.progress import counted
from foreshock.cli.tables import FORMATS, write_claims
from foreshock.model import Claim, Reading

if TYPE_CHECKING:
    from foreshock import pipeline


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="How claims are printed.")
@coder_option
@published_option
@now_option
def command(inputs: tuple[str, ...], form: str, coder: str, published: str | None, now: datetime) -> None:
    """Print the claims of INPUT.

    INPUT is files, folders, URLs, or - for standard input. A claim says who gives what content which standing, in which words.
    """
    bench = workbench()
    given = Inputs(inputs, bench.settings, now)
    write_claims(_claims(given, bench, coder=coder, published=published), form, sys.stdout)
    given.finish()


def _claims(given: Inputs, bench: pipeline.Workbench, *, coder: str, published: str | None) -> Iterator[Claim]:
    from foreshock import pipeline

    for document in counted(given, "coding"):
        with given.reporting():
            reading = pipeline.read(document, bench, now=given.now, published=published)
            if reading.depth == "surface":
                _tell_surface(reading, pipeline.coder_name(reading, bench, coder=coder))
            yield from pipeline.code(reading, bench, coder=coder)


def _tell_surface(reading: Reading, named: str) -> None:
    document = reading.document
    tell(
        f"{document.source}: language {document.language} is read on the surface only "
        f"({len(reading.mentions)} places, dates and numbers); "
        + (f"its claims are those of {named}" if named != "surface@1" else "no claims are coded")
    )
