"""``foreshock join``: join what is kept into incidents."""

from __future__ import annotations

from pathlib import Path

import click

from foreshock.cli.options import ledger_option, settings_here
from foreshock.cli.progress import counted
from foreshock.ledger import Ledger
from foreshock.settings import shown_address


@click.command()
@ledger_option
def command(*, ledger: Path | str | None) -> None:
    """Join what was kept since the last time: copies to their origins, claims to incidents.

    What was joined before is not joined again; after an interruption the same command goes on from there.
    """
    address = ledger or settings_here().ledger
    with Ledger(address) as kept:
        join_all(kept, address)


def join_all(ledger: Ledger, address: Path | str) -> None:
    """Join a ledger to its end and say what that made."""
    from foreshock import pipeline

    documents = claims = links = 0
    for step in counted(pipeline.join(ledger), "joining"):
        documents, claims, links = documents + step.documents, claims + step.claims, links + step.links
    click.echo(f"{shown_address(address)}: {documents} documents with {claims} claims joined, {links} links between documents")
