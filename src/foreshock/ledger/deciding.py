"""What people decided: judgements on claims and what was made of them, and the crises that they named. Only added to."""

from __future__ import annotations

from collections.abc import Iterable
from os import urandom
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.ledger.digests import SALT, row_digest
from foreshock.ledger.query import moment
from foreshock.ledger.rows import plain
from foreshock.ledger.tables import table
from foreshock.model import Crisis, Judgement

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

JUDGEMENT = ("id", "arrival", "known_at", "subject", "verdict", "by", "why", "record")
CRISIS = ("name", "arrival", "known_at", "record")
_encode = msgspec.json.Encoder().encode
_judgement = msgspec.json.Decoder(Judgement).decode
_crisis = msgspec.json.Decoder(Crisis).decode


def judge(connection: Connection, one: Judgement) -> bool:
    """Add a judgement; return False where it is known already."""
    from sqlalchemy import select

    judgements = table("judgements")
    if connection.execute(select(judgements.c.id).where(judgements.c.id == one.id)).scalar() is not None:
        return False
    values = (one.id, next_arrival(connection, judgements), one.at, one.subject, one.verdict, plain(one.by), plain(one.why))
    add_sealed(connection, "judgements", JUDGEMENT, [(*values, _encode(one).decode())])
    return True


def judgements(connection: Connection, as_of: str | None) -> list[Judgement]:
    """Return the judgements known at a moment, in the order in which they were kept."""
    from sqlalchemy import select

    kept = table("judgements")
    wanted = select(kept.c.record).order_by(kept.c.arrival)
    if as_of is not None:
        wanted = wanted.where(kept.c.known_at <= moment(as_of))
    return [_judgement(record) for record in connection.execute(wanted).scalars()]


def keep_crisis(connection: Connection, name: str, crisis: Crisis | None, known_at: str) -> bool:
    """Add a version of a crisis, None to drop it; return False where it stands so already."""
    kept = table("crises")
    if _crises(connection, None).get(name) == crisis:
        return False
    record = None if crisis is None else _encode(crisis).decode()
    add_sealed(connection, "crises", CRISIS, [(name, next_arrival(connection, kept), known_at, record)])
    return True


def crises(connection: Connection, as_of: str | None) -> list[Crisis]:
    """Return the crises that were named at a moment and not dropped, by name."""
    return [one for _, one in sorted(_crises(connection, as_of).items())]


def _crises(connection: Connection, as_of: str | None) -> dict[str, Crisis]:
    from sqlalchemy import select

    kept = table("crises")
    wanted = select(kept.c.name, kept.c.record).order_by(kept.c.arrival)
    if as_of is not None:
        wanted = wanted.where(kept.c.known_at <= moment(as_of))
    latest = {row.name: row.record for row in connection.execute(wanted)}
    return {name: _crisis(record) for name, record in latest.items() if record is not None}


def next_arrival(connection: Connection, of: Table) -> int:
    """Return the number of the next row that is kept, from 1."""
    from sqlalchemy import func, select

    return int(connection.execute(select(func.max(of.c.arrival))).scalar() or 0) + 1


def add_sealed(connection: Connection, name: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Add rows of a table, each with a salt of its own and its digest."""
    for values in rows:
        salt = urandom(SALT)
        row = dict(zip(columns, values, strict=True))
        connection.execute(table(name).insert(), {**row, "salt": salt, "digest": row_digest(salt, values)})
