"""``foreshock audit``: who did what."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import click

from foreshock.cli.options import IsoDate, ledger_option, settings_here
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger
from foreshock.ledger.audit import AuditLog, pages
from foreshock.model import Deed

COLUMNS = {"no": None, "at": None, "who": 30, "via": None, "did": None, "subject": 50, "address": None, "detail": 60}


@click.command()
@click.option("--who", help="Only what this account did.")
@click.option("--did", help="Only this: login, login-failed, judge, export, account-role, token-add ...")
@click.option("--since", type=IsoDate(), help="Only what was done on this date or later.")
@click.option("--limit", type=click.IntRange(min=1), help="Print at most this many lines.")
@ledger_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How the log is printed.")
def command(
    *, who: str | None, did: str | None, since: str | None, limit: int | None, ledger: Path | str | None, form: str
) -> None:
    """Print the audit log, the latest first: who did what to what, when, how signed in, and from where.

    Each line is sealed and none may be missing: foreshock verify checks that.
    """
    with Ledger(ledger or settings_here().ledger, create=False) as kept:
        deeds = islice(pages(AuditLog(kept), who=who, did=did, since=since), limit)
        write_rows(deeds, form, sys.stdout, columns=COLUMNS, cells=_cells)


def _cells(one: Deed) -> list[str]:
    told = " ".join(f"{name}={value}" for name, value in one.detail)
    return [str(one.no), one.at, one.who, one.via, one.did, one.subject, one.address, told]
