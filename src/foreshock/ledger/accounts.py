"""Accounts: who may sign in, and as what. Whatever changes one is written to the audit log in the same transaction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast, get_args

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.audit import Doer, add_deed
from foreshock.ledger.backend import connected
from foreshock.ledger.tables import table
from foreshock.model import Account, Role

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from foreshock.ledger.ledger import Ledger

NAME = re.compile(r"\w[\w.@+-]{0,63}")
ROLES: tuple[Role, ...] = get_args(Role)


def folded_name(text: str) -> str:
    """Return a name as it is compared, whether or not it can be one: without case, and without what only looks another width."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def account_name(text: str) -> str:
    """Return a name as accounts are called: in small letters, without what looks the same in another width.

    Raises:
        LedgerError: it is empty, too long, or has spaces or signs in it.
    """
    name = folded_name(text)
    if not NAME.fullmatch(name):
        raise LedgerError(f"{text!r} is no name of an account", remedy="give letters, digits and . @ + - _, at most 64")
    return name


class Accounts:
    """The accounts of an open ledger that may be written."""

    def __init__(self, ledger: Ledger) -> None:
        self._backend = ledger._backend

    def add(
        self, name: str, role: Role, *, by: Doer, now: datetime, password: str | None = None, subject: str | None = None
    ) -> Account:
        """Open an account; ``password`` is its hash, ``subject`` that of an OIDC provider.

        Raises:
            LedgerError: there is one of that name, open or closed, the name cannot be one, or the role is none.
        """
        name, role = account_name(name), _role(role)
        with self._change(by, now, "account-add", name, role=role, subject=subject) as (connection, kept):
            if _row(connection, name) is not None:
                raise LedgerError(f"there is an account {name} already", remedy="give another name")
            values = {"name": name, "role": role, "password": password, "subject": subject, "opened_at": utc_stamp(now)}
            connection.execute(kept.insert().values(**values))
        return Account(name, role, utc_stamp(now), None, subject, password is not None)

    def get(self, name: str) -> Account | None:
        """Return an account by its name as it was typed, None where there is none."""
        row = self._find(name)
        return None if row is None else _account(row)

    def of_subject(self, subject: str) -> Account | None:
        """Return the account of a subject of an OIDC provider."""
        from sqlalchemy import select

        kept = table("accounts")
        with connected(self._backend, "read") as connection:
            row = connection.execute(select(kept).where(kept.c.subject == subject)).first()
        return None if row is None else _account(row)

    def password(self, name: str) -> str | None:
        """Return the hash of an open account's password; None where there is no account, none open, or no password."""
        row = self._find(name)
        return None if row is None or row.closed_at is not None else cast("str | None", row.password)

    def all(self) -> list[Account]:
        """Return all accounts, closed ones too, by name."""
        from sqlalchemy import select

        kept = table("accounts")
        with connected(self._backend, "read") as connection:
            return [_account(row) for row in connection.execute(select(kept).order_by(kept.c.name))]

    def can_sign_in(self) -> bool:
        """Whether there is an open account with a password."""
        return any(one.has_password and one.closed_at is None for one in self.all())

    def set_role(self, name: str, role: Role, *, by: Doer, now: datetime, even_last: bool = False) -> None:
        """Give an account another role, from the next request on.

        Raises:
            LedgerError: there is none, or nobody would be left who may keep accounts, which ``even_last`` lets happen.
        """
        name, role = account_name(name), _role(role)
        with self._change(by, now, "account-role", name, role=role) as (connection, kept):
            _open(connection, name)
            connection.execute(kept.update().where(kept.c.name == name).values(role=role))
            if not even_last:
                _check_admins(connection, name)

    def set_password(self, name: str, password: str, *, by: Doer, now: datetime) -> None:
        """Give an account another password (its hash); all its sessions end.

        Raises:
            LedgerError: there is no open account of that name.
        """
        name = account_name(name)
        with self._change(by, now, "account-password", name) as (connection, kept):
            _open(connection, name)
            connection.execute(kept.update().where(kept.c.name == name).values(password=password))
            sessions = table("sessions")
            connection.execute(sessions.delete().where(sessions.c.account == name))

    def rehash(self, name: str, before: str, after: str) -> None:
        """Replace the hash of the same password, unless it was changed meanwhile."""
        kept = table("accounts")
        with connected(self._backend, "write", writes=True) as connection:
            connection.execute(kept.update().where(kept.c.name == name, kept.c.password == before).values(password=after))

    def close(self, name: str, *, by: Doer, now: datetime) -> None:
        """Close an account for good: its sessions end, its tokens are revoked, its name is not given again.

        Raises:
            LedgerError: there is no open one of that name, or nobody would be left who may keep accounts.
        """
        name, at = account_name(name), utc_stamp(now)
        with self._change(by, now, "account-close", name) as (connection, kept):
            _open(connection, name)
            connection.execute(kept.update().where(kept.c.name == name).values(closed_at=at, password=None))
            _check_admins(connection, name)
            sessions, tokens = table("sessions"), table("tokens")
            connection.execute(sessions.delete().where(sessions.c.account == name))
            mine = tokens.update().where(tokens.c.account == name, tokens.c.revoked_at.is_(None))
            connection.execute(mine.values(revoked_at=at))

    def _find(self, name: str) -> Row[Any] | None:
        try:
            name = account_name(name)
        except LedgerError:
            return None
        with connected(self._backend, "read") as connection:
            return _row(connection, name)

    @contextmanager
    def _change(self, by: Doer, now: datetime, did: str, name: str, **detail: object) -> Iterator[tuple[Connection, Any]]:
        with connected(self._backend, "write", writes=True) as connection:
            yield connection, table("accounts")
            add_deed(connection, by, did, name, now, detail)


def _row(connection: Connection, name: str) -> Row[Any] | None:
    from sqlalchemy import select

    kept = table("accounts")
    return connection.execute(select(kept).where(kept.c.name == name)).first()


def _open(connection: Connection, name: str) -> None:
    row = _row(connection, name)
    if row is None or row.closed_at is not None:
        raise LedgerError(f"there is no open account {name}", remedy="foreshock accounts list shows them")


def _check_admins(connection: Connection, name: str) -> None:
    from sqlalchemy import select

    kept = table("accounts")
    left = connection.execute(select(kept.c.name, kept.c.role).where(kept.c.closed_at.is_(None))).all()
    if left and all(row.role != "admin" for row in left):
        raise LedgerError(f"{name} is the last admin", remedy="make another account an admin first")


def _role(role: Role) -> Role:
    if role not in ROLES:
        raise LedgerError(f"{role!r} is no role", remedy=f"give one of {', '.join(ROLES)}")
    return role


def _account(row: Row[Any]) -> Account:
    return Account(row.name, row.role, row.opened_at, row.closed_at, row.subject, row.password is not None)
