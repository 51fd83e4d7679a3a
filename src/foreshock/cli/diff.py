"""``foreshock diff``: what an edit of an article did to its claims."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from foreshock.cli.options import as_of_option, ledger_option, settings_here
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.cli.tables import row
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.ledger.compare import Change
from foreshock.model import Claim

COLUMNS = {"what": None, "fields": 30, "before": 70, "after": 70}


@click.command()
@click.argument("document")
@as_of_option
@ledger_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How changes are printed.")
def command(*, document: str, as_of: str | None, ledger: Path | str | None, form: str) -> None:
    """Print which claims the latest version of DOCUMENT added, changed or silently dropped, against the version before.

    DOCUMENT is the id of a document, or the beginning of it.
    """
    from foreshock import pipeline

    with Ledger(ledger or settings_here().ledger, create=False) as kept:
        found = sorted({one.id for one in kept.documents(as_of=as_of) if one.id.startswith(document)})
        if len(found) != 1:
            how = f"{len(found)} documents have an id" if found else "no document has an id"
            raise LedgerError(f"{how} that begins with {document!r}", remedy="find it with foreshock search --documents")
        changes = pipeline.shown_changes(kept, found[0], now=datetime.now(UTC), as_of=as_of)
        write_rows(changes, form, sys.stdout, columns=COLUMNS, cells=_cells)


def _cells(change: Change) -> list[str]:
    return [change.what, ", ".join(change.fields), _told(change.before), _told(change.after)]


def _told(claim: Claim | None) -> str:
    if claim is None:
        return ""
    _, kind, status, holder, *_, words = row(claim)
    return f"{kind} {status} {holder}: {words}"
