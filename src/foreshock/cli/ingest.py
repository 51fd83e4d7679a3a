"""``foreshock ingest``: keep documents and their claims in the ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from foreshock import pipeline
from foreshock.cli.app import PARTLY
from foreshock.cli.options import coder_option, gather_all, ledger_option, now_option, published_option, workbench
from foreshock.cli.progress import counted
from foreshock.ledger import Ledger


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@ledger_option
@coder_option
@published_option
@now_option
def command(inputs: tuple[str, ...], ledger: Path | None, coder: str, published: str | None, now: datetime) -> None:
    """Read INPUT, code it and keep it. The same input twice adds nothing; after an interruption the same command goes on."""
    bench = workbench()
    path = ledger or bench.settings.ledger
    documents, failed = gather_all(inputs, bench.settings, now)
    added_documents = added_claims = 0
    with Ledger(path) as kept:
        for document in counted(documents, "keeping"):
            added = pipeline.keep(document, bench, kept, now=now, published=published, coder=coder)
            added_documents, added_claims = added_documents + added.documents, added_claims + added.claims
    known = len(documents) - added_documents
    click.echo(f"{path}: {added_documents} documents and {added_claims} claims added, {known} documents known already")
    if failed:
        raise click.exceptions.Exit(PARTLY)
