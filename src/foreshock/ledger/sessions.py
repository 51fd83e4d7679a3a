"""Sessions of browsers: the secret is only in the cookie, here is what it can be checked by."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.backend import connected
from foreshock.ledger.tables import table
from foreshock.model import Session

if TYPE_CHECKING:
    from sqlalchemy import Row, Select

    from foreshock.ledger.ledger import Ledger

BYTES = 32
HANDLE = 12
AGENT = 200


def digest_of(secret: str) -> str:
    """Return what a secret is checked by: its SHA-256 in hex; there are 2^256 of them, so it needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


class Sessions:
    """The sessions of an open ledger that may be written.

    Args:
        ledger: the ledger.
        idle: after how long without a request a session ends.
        longest: after how long it ends anyhow.
    """

    def __init__(self, ledger: Ledger, *, idle: timedelta, longest: timedelta) -> None:
        self._backend = ledger._backend
        self._idle = idle
        self._longest = longest

    def open(self, account: str, *, now: datetime, address: str, agent: str) -> str:
        """Open a session of an account; return its secret, which is kept nowhere. Sessions that are over go meanwhile.

        Raises:
            LedgerError: the account was closed meanwhile.
        """
        from sqlalchemy import select

        secret, kept, accounts = secrets.token_urlsafe(BYTES), table("sessions"), table("accounts")
        at = utc_stamp(now)
        values = {
            "digest": digest_of(secret), "id": secrets.token_hex(HANDLE // 2), "account": account, "opened_at": at, "seen_at": at,
            "expires_at": utc_stamp(now + self._longest), "address": address[:AGENT], "agent": agent[:AGENT].replace("\0", ""),
        }  # fmt: skip
        with connected(self._backend, "write", writes=True) as connection:
            mine = select(accounts.c.name).where(accounts.c.name == account, accounts.c.closed_at.is_(None))
            if connection.execute(mine).first() is None:
                raise LedgerError(f"there is no open account {account}", remedy="ask an admin")
            over = (kept.c.expires_at <= at) | (kept.c.seen_at <= utc_stamp(now - self._idle))
            connection.execute(kept.delete().where(over))
            connection.execute(kept.insert().values(**values))
        return secret

    def find(self, secret: str, now: datetime) -> Session | None:
        """Return the session of a secret; None where there is none, it is over, or its account is closed."""
        kept, accounts = table("sessions"), table("accounts")
        wanted = self._of_open(now).where(kept.c.digest == digest_of(secret), accounts.c.closed_at.is_(None))
        with connected(self._backend, "read") as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _session(row)

    def touch(self, session: Session, now: datetime) -> None:
        """Note that a session was seen."""
        kept = table("sessions")
        with connected(self._backend, "write", writes=True) as connection:
            connection.execute(kept.update().where(kept.c.id == session.id).values(seen_at=utc_stamp(now)))

    def of(self, account: str, now: datetime) -> list[Session]:
        """Return the sessions of an account that are not over, the latest seen first."""
        kept = table("sessions")
        wanted = self._of_open(now).where(kept.c.account == account).order_by(kept.c.seen_at.desc(), kept.c.id)
        with connected(self._backend, "read") as connection:
            return [_session(row) for row in connection.execute(wanted)]

    def end(self, account: str, *, only: str | None = None, but: str | None = None) -> int:
        """End sessions of an account, all of them, that with the handle ``only``, or all but one; return how many ended."""
        kept = table("sessions")
        ended = kept.delete().where(kept.c.account == account)
        if only is not None:
            ended = ended.where(kept.c.id == only)
        if but is not None:
            ended = ended.where(kept.c.id != but)
        with connected(self._backend, "write", writes=True) as connection:
            return int(connection.execute(ended).rowcount)

    def _of_open(self, now: datetime) -> Select[Any]:
        from sqlalchemy import select

        kept, accounts = table("sessions"), table("accounts")
        rows = select(kept, accounts.c.role).join(accounts, accounts.c.name == kept.c.account)
        return rows.where(kept.c.expires_at > utc_stamp(now), kept.c.seen_at > utc_stamp(now - self._idle))


def _session(row: Row[Any]) -> Session:
    return Session(row.id, row.account, row.role, row.opened_at, row.seen_at, row.expires_at, row.address, row.agent)
