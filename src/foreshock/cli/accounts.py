"""``foreshock accounts``: who may sign in at the desk."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from foreshock.cli.options import ledger_option, now_option, settings_here, this_user
from foreshock.cli.rows import FORMATS, write_rows
from foreshock.ledger import Ledger
from foreshock.ledger.accounts import Accounts, account_name
from foreshock.ledger.passwords import Passwords
from foreshock.model import Account, Role

COLUMNS = {"name": 64, "role": None, "opened": None, "closed": None, "password": None, "provider": 60}


@click.command()
@click.argument("action", type=click.Choice(["list", "add", "role", "password", "close"]), default="list")
@click.argument("name", required=False)
@click.option("--role", type=click.Choice(get_args(Role)), help="What the account may do.")
@click.option("--stdin", "piped", is_flag=True, help="Read the password from standard input, one line, instead of asking for it.")
@click.option("--no-password", "bare", is_flag=True, help="Open an account that has tokens only.")
@ledger_option
@now_option
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True, help="How the list is printed.")
def command(
    *,
    action: str,
    name: str | None,
    role: Role | None,
    piped: bool,
    bare: bool,
    ledger: Path | str | None,
    now: datetime,
    form: str,
) -> None:
    """Keep the accounts of the desk: who may sign in, as what, and with which password.

    list prints them, add opens one, role and password change one, close closes it for good and ends its sessions and tokens.
    """
    address = ledger or settings_here().ledger
    if action == "list":
        with Ledger(address, create=False) as kept:
            write_rows(Accounts(kept).all(), form, sys.stdout, columns=COLUMNS, cells=_cells)
        return
    if not name:
        raise click.UsageError(f"{action} needs a NAME")
    if action in ("add", "role") and role is None:
        raise click.UsageError(f"{action} needs --role, one of {', '.join(get_args(Role))}")
    name, by = account_name(name), this_user()
    asked = action == "password" or (action == "add" and not bare)
    password = Passwords().make(_password(piped=piped), name) if asked else None
    with Ledger(address) as kept:
        accounts = Accounts(kept)
        if action == "add" and role is not None:
            accounts.add(name, role, by=by, now=now, password=password)
        elif action == "role" and role is not None:
            accounts.set_role(name, role, by=by, now=now)
        elif action == "password" and password is not None:
            accounts.set_password(name, password, by=by, now=now)
        else:
            accounts.close(name, by=by, now=now)
    done = {"add": f"opened as {role}", "role": f"now {role}", "password": "has a new password", "close": "closed"}
    click.echo(f"{name}: {done[action]}")


def _password(*, piped: bool) -> str:
    if piped:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise click.UsageError("there is no terminal to ask for the password; give it on standard input with --stdin")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _cells(one: Account) -> list[str]:
    return [one.name, one.role, one.opened_at, one.closed_at or "", "yes" if one.has_password else "", one.subject or ""]
