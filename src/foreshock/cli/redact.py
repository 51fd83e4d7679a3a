"""``foreshock redact``: erase a name or a text for good, and leave a tombstone."""

from __future__ import annotations

import os
import secrets
import sys
from dataclasses import astuple
from datetime import datetime
from pathlib import Path

import click

from foreshock.cli.options import ledger_option, now_option, settings_here, this_user
from foreshock.cli.plain import tell
from foreshock.cli.rows import write_rows
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.ledger.audit import AuditLog
from foreshock.ledger.redaction import Tombstone, keyed
from foreshock.settings import shown_address

KEY_BYTES = 32
COLUMNS = {"what": None, "about": 24, "known at": None, "by": 24, "why": 60, "hash": None}


@click.command()
@click.option("--name", help="The name to erase, wherever it stands and in every form; - reads it from standard input.")
@click.option(
    "--alias", "aliases", multiple=True, help="Another name of that person, in any script; may be given more than once."
)
@click.option("--document", help="The id of a document whose text is erased.")
@click.option("--claim", help="The id of a claim whose words are erased.")
@click.option("--dry-run", is_flag=True, help="Print how the name is written and in how many documents; change nothing.")
@click.option("--list", "listed", is_flag=True, help="Print the tombstones instead; with --name only those of that name.")
@click.option("--by", help="Who asks for it or decides.")
@click.option("--why", help="The reason, in a sentence; it is kept, so it must not hold what is erased.")
@click.option("--yes", is_flag=True, help="Do not ask first.")
@ledger_option
@now_option
def command(
    *,
    name: str | None,
    aliases: tuple[str, ...],
    document: str | None,
    claim: str | None,
    dry_run: bool,
    listed: bool,
    by: str | None,
    why: str | None,
    yes: bool,
    ledger: Path | str | None,
    now: datetime,
) -> None:
    """Erase a name everywhere, or the words of a document or claim, and leave a tombstone with a keyed hash of what was erased.

    This cannot be undone. Hashes still verify, and the same input given again does not bring it back; backups are not reached.
    """
    settings = settings_here()
    address = ledger or settings.ledger
    if name == "-":
        name, aliases = _names_given(aliases)
    if listed:
        _list(address, settings.key, name)
        return
    if dry_run and name:
        with Ledger(address, create=False) as kept:
            for form, count in kept.spelled(name, aliases).items():
                click.echo(f"{count}\t{form}")
        return
    if sum(one is not None for one in (name, document, claim)) != 1 or not by or not why or (aliases and not name):
        raise click.UsageError("give one of --name, --document and --claim, with --by and --why; --alias goes with --name")
    what = "the name" if name else f"the words of {'document' if document else 'claim'} {document or claim}"
    if not yes:
        click.confirm(f"Erase {what} from {shown_address(address)} for good?", abort=True)
    key = _key(settings.key, address)
    from foreshock.pipeline import forget_codings

    with Ledger(address) as kept:
        gone = kept.redact(name=name, aliases=aliases, document_id=document, claim_id=claim, by=by, why=why, now=now, key=key)
        # Never what was erased: a line of the log stays.
        AuditLog(kept).add(this_user(), "redact", document or claim or "a name", now, {"rows": sum(astuple(gone))})
    # What the cache has of files is not told apart by the names in it.
    if forgotten := forget_codings(settings):
        tell(f"the codings of {forgotten} files are taken out of the cache too")
    click.echo(
        f"erased {what}: {gone.documents} documents, {gone.claims} claims, {gone.contents} files, {gone.others} other rows"
    )


def _names_given(aliases: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the name and its aliases, one a line of standard input: there no list of processes and no shell keeps them."""
    lines = [line.strip() for line in sys.stdin.read().splitlines() if line.strip()]
    if not lines:
        raise click.UsageError("--name - reads the name from standard input, and its aliases in further lines; nothing came")
    return lines[0], (*aliases, *lines[1:])


def _list(address: Path | str, key: Path | None, name: str | None) -> None:
    with Ledger(address, create=False) as kept:
        stones = kept.tombstones()
    if name is not None:
        proof = keyed(_key(key, address), " ".join(name.split())).hex()
        stones = [one for one in stones if one.hash == proof]
    write_rows(stones, "table", sys.stdout, columns=COLUMNS, cells=_cells)


def _cells(one: Tombstone) -> list[str]:
    return [str(getattr(one, name.replace(" ", "_")) or "") for name in COLUMNS]


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
