"""The audit log: who did what, only added to, each line sealed and none missing, so that ``foreshock verify`` vouches for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.dates import utc_stamp
from foreshock.ledger.backend import connected
from foreshock.ledger.deciding import add_sealed
from foreshock.ledger.rows import plain
from foreshock.ledger.tables import table
from foreshock.model import Deed

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from foreshock.ledger.ledger import Ledger

AUDIT = ("arrival", "known_at", "who", "did", "record")
LONGEST = 500  # code points of a value: what a stranger types must not fill the disk
_encode = msgspec.json.Encoder().encode
_deed = msgspec.json.Decoder(Deed).decode


@dataclass(frozen=True, slots=True)
class Doer:
    """Who does something: the name of the account, how it is signed in, and the address that it comes from."""

    who: str
    via: str
    address: str = ""


class AuditLog:
    """The log of an open ledger that may be written."""

    def __init__(self, ledger: Ledger) -> None:
        self._backend = ledger._backend

    def add(self, doer: Doer, did: str, subject: str, now: datetime, detail: Mapping[str, object] | None = None) -> Deed:
        """Keep that somebody did something; long values are cut."""
        with connected(self._backend, "write", writes=True) as connection:
            return add_deed(connection, doer, did, subject, now, detail)

    def deeds(
        self,
        *,
        who: str | None = None,
        did: str | None = None,
        since: str | None = None,
        before: int | None = None,
        limit: int | None = 100,
    ) -> list[Deed]:
        """Return lines, the latest first.

        Args:
            who: the name of an account.
            did: what was done.
            since: an ISO date; what was done before it is left out.
            before: the number of a line; it and those after it are left out, for the next page.
            limit: how many at most, None for all.
        """
        from sqlalchemy import select

        kept = table("audit")
        wanted = select(kept.c.record).order_by(kept.c.arrival.desc()).limit(limit)
        for column, value in (("who", who), ("did", did)):
            if value is not None:
                wanted = wanted.where(kept.c[column] == value)
        if since is not None:
            wanted = wanted.where(kept.c.known_at >= since)
        if before is not None:
            wanted = wanted.where(kept.c.arrival < before)
        with connected(self._backend, "read") as connection:
            return [_deed(record) for record in connection.execute(wanted).scalars()]


def add_deed(
    connection: Connection, doer: Doer, did: str, subject: str, now: datetime, detail: Mapping[str, object] | None = None
) -> Deed:
    """Add a line within a transaction that has the writers' lock; its time is never before that of the one before it."""
    from sqlalchemy import select

    kept = table("audit")
    last = connection.execute(select(kept.c.arrival, kept.c.known_at).order_by(kept.c.arrival.desc()).limit(1)).first()
    number, at = (1, utc_stamp(now)) if last is None else (last.arrival + 1, max(utc_stamp(now), last.known_at))
    told = tuple((name, _cut(value)) for name, value in (detail or {}).items() if value is not None)
    one = Deed(number, at, _cut(doer.who), doer.via, did, _cut(subject), _cut(doer.address), told)
    add_sealed(connection, "audit", AUDIT, [(number, at, one.who, did, _encode(one).decode())])
    return one


def _cut(value: Any) -> str:
    text = plain(str(value))
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def pages(log: AuditLog, most: int = 500, **filters: Any) -> Iterator[Deed]:
    """Yield all lines that a filter leaves, the latest first, read page by page."""
    before: int | None = None
    while some := log.deeds(before=before, limit=most, **filters):
        yield from some
        before = some[-1].no
