"""``foreshock ingest``: keep documents and their claims in the ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.inputs import Inputs
from foreshock.cli.join import join_all
from foreshock.cli.options import coder_option, ledger_option, now_option, published_option, workbench
from foreshock.cli.progress import counted
from foreshock.ledger import Ledger
from foreshock.settings import shown_address


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@ledger_option
@coder_option
@published_option
@now_option
@click.option("--no-join", is_flag=True, help="Do not join what was kept into incidents; foreshock join does so later.")
def command(
    *, inputs: tuple[str, ...], ledger: Path | str | None, coder: str, published: str | None, now: datetime, no_join: bool
) -> None:
    """Read INPUT, code it, keep it in the ledger and join it with what is there.

    INPUT is files, folders, URLs, or - for standard input. The same input twice adds nothing; after an interruption the same
    command goes on from there.
    """
    from foreshock import pipeline

    bench = workbench()
    address = ledger or bench.settings.ledger
    given = Inputs(inputs, bench.settings, now)
    documents = claims = known = 0
    with Ledger(address) as kept:
        for document in counted(given, "keeping"):
            with given.reporting():
                contents = given.contents.get(document.custody.sha256)
                added = pipeline.keep(document, bench, kept, now=now, published=published, coder=coder, contents=contents)
                documents, claims = documents + added.documents, claims + added.claims
                known += not (added.documents or added.claims)
        click.echo(f"{shown_address(address)}: {documents} documents and {claims} claims added, {known} documents known already")
        if not no_join:
            join_all(kept, address)
    given.finish()
