"""``foreshock redact``: erase a name or a text for good, and leave a tombstone."""

from __future__ import annotations

import os
import secrets
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.options import ledger_option, now_option, settings_here
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.settings import shown_address

KEY_BYTES = 32


@click.command()
@click.option("--name", help="The name to erase, wherever it stands.")
@click.option("--document", help="The document whose text is erased; with --name, only there.")
@click.option("--by", required=True, help="Who decides.")
@click.option("--why", required=True, help="The reason, in a sentence; it is kept, so it must not hold what is erased.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@ledger_option
@now_option
def command(
    *, name: str | None, document: str | None, by: str, why: str, yes: bool, ledger: Path | str | None, now: datetime
) -> None:
    """Erase a name everywhere, or the text of a document, and leave a tombstone with a keyed hash of what was erased.

    This cannot be undone. Hashes still verify, and the same input given again does not bring it back; backups are not reached.
    """
    if not name and not document:
        raise click.UsageError("give --name, --document, or both")
    if name and name.casefold() in why.casefold():
        raise click.UsageError("--why holds the name that is to be erased; say it in other words")
    settings = settings_here()
    address = ledger or settings.ledger
    what = " of ".join(
        part for part in ("the name" if name else "the whole text", f"document {document}" if document else "") if part
    )
    if not yes:
        click.confirm(f"Erase {what} from {shown_address(address)} for good?", abort=True)
    with Ledger(address) as kept:
        rows = kept.redact(name=name, document_id=document, by=by, why=why, now=now, key=_key(settings.key, address))
    click.echo(f"erased {what} in {rows} rows of {shown_address(address)}")


def _key(path: Path | None, address: Path | str) -> bytes:
    """Return the secret of this ledger's tombstones; it is made on first use, for the owner's eyes only."""
    place = path or (address.with_name("foreshock.key") if isinstance(address, Path) else Path("foreshock.key"))
    if place.is_file():
        try:
            return bytes.fromhex(place.read_text(encoding="ascii").strip())
        except ValueError as error:
            raise LedgerError(
                f"{place} holds no key", remedy="restore it from a copy; without it tombstones cannot be checked"
            ) from error
    key = secrets.token_bytes(KEY_BYTES)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(key.hex() + "\n")
    return key
