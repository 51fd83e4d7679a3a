"""``foreshock tokens``: what lets a program in at the desk."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from foreshock.cli.options import ledger_option, now_option, settings_here, this_user
from foreshock.cli.plain import tell
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.ledger.access_tokens import AccessTokens
from foreshock.ledger.accounts import account_name
from foreshock.model import Scope, Token

COLUMNS = {"id": None, "account": 64, "name": 40, "scopes": None, "made": None, "until": None, "used": None, "revoked": None}


@click.command()
@click.argument("action", type=click.Choice(["list", "add", "revoke"]), default="list")
@click.argument("name", required=False)
@click.option("--account", help="The account that it acts for.")
@click.option(
    "--scope", "scopes", multiple=True, type=click.Choice(get_args(Scope)), help="What it may be used for; more than once."
)
@click.option("--days", type=click.IntRange(1, 3660), default=90, show_default=True, help="After how many days it ends.")
@click.option("--no-end", is_flag=True, help="It ends only when it is revoked.")
@ledger_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How the list is printed.")
def command(
    *,
    action: str,
    name: str | None,
    account: str | None,
    scopes: tuple[Scope, ...],
    days: int,
    no_end: bool,
    ledger: Path | str | None,
    now: datetime,
    form: str,
) -> None:
    """Keep the tokens of the API: each acts for an account, within scopes, until it ends.

    list prints them, add makes one called NAME and prints its secret, once; revoke takes the one with the id NAME back.
    """
    address = ledger or settings_here().ledger
    if action == "list":
        with Ledger(address, create=False) as kept:
            shown = AccessTokens(kept).all(account_name(account) if account else None)
            write_rows(shown, form, sys.stdout, columns=COLUMNS, cells=_cells)
        return
    if not name:
        raise click.UsageError(f"{action} needs a NAME")
    with Ledger(address) as kept:
        tokens = AccessTokens(kept)
        if action == "revoke":
            if not tokens.revoke(name, by=this_user(), now=now):
                raise LedgerError(f"no token in force has the id {name}", remedy="foreshock tokens list shows them")
            click.echo(f"revoked {name}")
            return
        if not account or not scopes:
            raise click.UsageError("add needs --account and --scope")
        made, secret = tokens.add(account_name(account), name, scopes, by=this_user(), now=now, days=None if no_end else days)
    tell(f"token {made.id} of {made.account} for {' '.join(made.scopes)}, until {made.expires_at or 'revoked'}; kept nowhere:")
    click.echo(secret)


def _cells(one: Token) -> list[str]:
    stamps = [one.made_at, one.expires_at or "", one.used_at or "", one.revoked_at or ""]
    return [one.id, one.account, one.name, " ".join(one.scopes), *stamps]
