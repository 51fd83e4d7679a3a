"""Tokens of the API: shown once when made, kept as what they can be checked by, each with scopes and an end."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast, get_args

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.audit import Doer, add_deed
from foreshock.ledger.backend import connected
from foreshock.ledger.rows import plain
from foreshock.ledger.sessions import BYTES, HANDLE, digest_of
from foreshock.ledger.tables import table
from foreshock.model import Scope, Token

if TYPE_CHECKING:
    from sqlalchemy import Row, Select

    from foreshock.ledger.ledger import Ledger

PREFIX = "fs_"  # by this a token is known where it was left by mistake: in a log, in a repository
SCOPES: tuple[Scope, ...] = get_args(Scope)
LONGEST = 80  # code points of a token's name


class AccessTokens:
    """The tokens of an open ledger that may be written."""

    def __init__(self, ledger: Ledger) -> None:
        self._backend = ledger._backend

    def add(
        self, account: str, name: str, scopes: Sequence[str], *, by: Doer, now: datetime, days: int | None = None
    ) -> tuple[Token, str]:
        """Make a token of an account; return it, and its secret, which is kept nowhere.

        Args:
            account: the name of an open account.
            name: what it is for, in a few words.
            scopes: what it may be used for; the role of the account bounds that, too.
            by: who makes it.
            now: the moment.
            days: after how many days it ends, None for never.

        Raises:
            LedgerError: there is no such account, a scope is none, there are none, or it would end before it began.
        """
        wanted = _scopes(scopes)
        if days is not None and not 0 < days <= 3660:
            raise LedgerError(f"a token for {days} days", remedy="give 1 to 3660 days, or none for no end")
        name = plain(" ".join(name.split()))[:LONGEST]
        if not name:
            raise LedgerError("a token without a name", remedy="say in a few words what it is for")
        secret, handle = PREFIX + secrets.token_urlsafe(BYTES), secrets.token_hex(HANDLE // 2)
        ends = None if days is None else utc_stamp(now + timedelta(days=days))
        values = {
            "digest": digest_of(secret), "id": handle, "account": account, "name": name, "scopes": " ".join(wanted),
            "made_at": utc_stamp(now), "expires_at": ends,
        }  # fmt: skip
        from sqlalchemy import select

        accounts = table("accounts")
        with connected(self._backend, "write", writes=True) as connection:
            row = connection.execute(
                select(accounts.c.role).where(accounts.c.name == account, accounts.c.closed_at.is_(None))
            ).first()
            if row is None:
                raise LedgerError(f"there is no open account {account}", remedy="foreshock accounts list shows them")
            connection.execute(table("tokens").insert().values(**values))
            add_deed(connection, by, "token-add", handle, now, {"account": account, "scopes": values["scopes"], "until": ends})
        return Token(handle, account, row.role, name, wanted, utc_stamp(now), ends), secret

    def find(self, secret: str, now: datetime) -> Token | None:
        """Return the token of a secret; None where there is none in force."""
        kept, accounts = table("tokens"), table("accounts")
        wanted = _rows().where(
            kept.c.digest == digest_of(secret),
            kept.c.revoked_at.is_(None),
            accounts.c.closed_at.is_(None),
            kept.c.expires_at.is_(None) | (kept.c.expires_at > utc_stamp(now)),
        )
        with connected(self._backend, "read") as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _token(row)

    def touch(self, token: Token, now: datetime) -> None:
        """Note that a token was used."""
        kept = table("tokens")
        with connected(self._backend, "write", writes=True) as connection:
            connection.execute(kept.update().where(kept.c.id == token.id).values(used_at=utc_stamp(now)))

    def all(self, account: str | None = None) -> list[Token]:
        """Return the tokens, of one account or of all, revoked and ended ones too, the latest first."""
        kept = table("tokens")
        wanted = _rows().order_by(kept.c.made_at.desc(), kept.c.id)
        if account is not None:
            wanted = wanted.where(kept.c.account == account)
        with connected(self._backend, "read") as connection:
            return [_token(row) for row in connection.execute(wanted)]

    def revoke(self, handle: str, *, by: Doer, now: datetime, account: str | None = None) -> bool:
        """Revoke a token for good, one of an account where that is given; return False where none in force has the handle."""
        kept = table("tokens")
        gone = kept.update().where(kept.c.id == handle, kept.c.revoked_at.is_(None))
        if account is not None:
            gone = gone.where(kept.c.account == account)
        with connected(self._backend, "write", writes=True) as connection:
            if not connection.execute(gone.values(revoked_at=utc_stamp(now))).rowcount:
                return False
            add_deed(connection, by, "token-revoke", handle, now)
        return True


def _rows() -> Select[Any]:
    from sqlalchemy import select

    kept, accounts = table("tokens"), table("accounts")
    return select(kept, accounts.c.role).join(accounts, accounts.c.name == kept.c.account)


def _scopes(scopes: Sequence[str]) -> tuple[Scope, ...]:
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise LedgerError(f"a token for {' '.join(unknown) or 'nothing'}", remedy=f"give some of {', '.join(SCOPES)}")
    return tuple(one for one in SCOPES if one in scopes)


def _token(row: Row[Any]) -> Token:
    scopes = cast("tuple[Scope, ...]", tuple(row.scopes.split()))
    return Token(row.id, row.account, row.role, row.name, scopes, row.made_at, row.expires_at, row.used_at, row.revoked_at)
