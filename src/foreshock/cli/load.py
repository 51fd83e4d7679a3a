"""``foreshock load``: what a backfill coded into a ledger."""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.options import ledger_option, now_option, settings_here
from foreshock.ledger import Ledger
from foreshock.settings import shown_address

EVERY = {True: 0.5, False: 10.0}  # seconds between two tellings, on a terminal and off it


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@ledger_option
@now_option
@click.option("--join", "joins", is_flag=True, help="Join what was added into incidents too; foreshock join does so later.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
def command(*, folder: Path, ledger: Path | str | None, now: datetime, joins: bool, as_json: bool) -> None:
    """Add what foreshock backfill coded in DIR to the ledger, at the rate at which it takes whole batches.

    What the ledger knows already is passed over: the same folder twice adds nothing, and after an interruption the same command
    goes on from there.
    """
    from foreshock import batch
    from foreshock.cli.join import join_all

    address = ledger or settings_here().ledger
    on_terminal = sys.stderr.isatty()
    start = last = time.monotonic()
    far = None
    with Ledger(address) as kept:
        for far in batch.load(batch.Output(folder), kept, now=now):
            if time.monotonic() - last > EVERY[on_terminal]:
                last = time.monotonic()
                _show(far, last - start, on_terminal=on_terminal)
        seconds = time.monotonic() - start
        if on_terminal:
            sys.stderr.write("\r\x1b[2K")
        _tell(far, shown_address(address), seconds, as_json=as_json)
        if joins:
            join_all(kept, address)


def _show(far: object, elapsed: float, *, on_terminal: bool) -> None:
    from foreshock import batch

    if not isinstance(far, batch.Loaded):
        return
    text = (
        f"file {far.files} of {far.of}, {far.documents:,} documents, {far.claims:,} claims gone through, "
        f"{far.new_claims:,} new, {far.claims / elapsed:,.0f} claims/s"
    )
    sys.stderr.write(f"\r\x1b[2K{text}" if on_terminal else f"{text}\n")
    sys.stderr.flush()


def _tell(far: object, shown: str, seconds: float, *, as_json: bool) -> None:
    from foreshock import batch

    if not isinstance(far, batch.Loaded):  # folders of files without a document
        far = batch.Loaded(0, 0, 0, 0, 0, 0)
    if as_json:
        told = {name: getattr(far, name) for name in far.__dataclass_fields__}
        click.echo(json.dumps({"ledger": shown, **told, "seconds": round(seconds, 1)}))
        return
    click.echo(
        f"{shown}: {far.new_documents} documents and {far.new_claims} claims added, "
        f"{far.documents - far.new_documents} documents known already"
    )
