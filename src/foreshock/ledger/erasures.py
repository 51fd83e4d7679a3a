"""What vouches for a redaction: for each row that lost words, what sealed it before and what seals it now, in a chain.

A redacted row has no salt, so its first digest says nothing of its words; that digest stays in it and in all that is made of it.
The row of ``erasures`` ties it to the digest of what stands there now, under a new salt, and to the tombstone that says who
asked, when and why: a salt that is taken away, other words put in or another asker are found. ``chain`` is SHA-256 over the chain
before and this row: none can be taken out, put in or moved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import urandom
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.ledger.digests import SALT, START, link, row_digest
from foreshock.ledger.tables import table

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

NOTHING = bytes(32)  # the digest of bytes that are gone, and of a tombstone before it was set
TOMBSTONE = ("no", "known_at", "what", "about", "hash", "by", "why")
STONES, CONTENTS = "tombstones", "contents"
# Table -> the column that names its row in ``erasures``.
KEYS = {
    "documents": ("id", "version"), "claims": ("no",), "judgements": ("arrival",), "crises": ("arrival",),
    "estimates": ("arrival",), "outcomes": ("arrival",), "audit": ("arrival",), "watches": ("arrival",), "alerts": ("arrival",),
    CONTENTS: ("sha256",), STONES: ("no",),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Erasure:
    """The last word on a row that was redacted: what it was sealed by at first, and is sealed by now; None: it was forgotten."""

    first: bytes
    after: bytes
    salt: bytes | None
    tombstone: int


def key_of(name: str, row: Any) -> str:
    """Return by what a row of a table is named in ``erasures``."""
    return " ".join(str(getattr(row, column)) for column in KEYS[name])


def tombstone_values(row: Any) -> list[Any]:
    """Return the values of a tombstone in the order in which they are sealed; the keyed hash in hex."""
    return [_bytes(row.hash).hex() if name == "hash" else getattr(row, name) for name in TOMBSTONE]


class Erasures:
    """Adds what vouches for the redactions of one transaction, whose connection has the writers' lock.

    Args:
        connection: with the lock.
        tombstone: the number of the tombstone that will be set.
    """

    def __init__(self, connection: Connection, tombstone: int) -> None:
        from sqlalchemy import select

        kept = table("erasures")
        last = connection.execute(select(kept.c.no, kept.c.chain).order_by(kept.c.no.desc()).limit(1)).first()
        self._connection = connection
        self._tombstone = tombstone
        self._no, self._chain = (int(last.no), bytes(last.chain)) if last else (0, START)

    def add(self, name: str, key: str, before: bytes, values: Sequence[Any] | None) -> None:
        """Add that a row was redacted.

        Args:
            name, key: the table and which row of it.
            before: what sealed it at first; where it was redacted before, the last erasure counts.
            values: what stands there now, in the order of its digest; None where nothing does.
        """
        from sqlalchemy import select

        kept = table("erasures")
        same = (kept.c.name == name) & (kept.c.key == key)
        earlier = self._connection.execute(select(kept.c.after).where(same).order_by(kept.c.no.desc()).limit(1)).scalar()
        if earlier is not None:
            # What stood there after the redaction before may hold the words that go now.
            self._connection.execute(kept.update().where(same).values(salt=None))
            before = bytes(earlier)
        salt = None if values is None else urandom(SALT)
        after = NOTHING if salt is None or values is None else row_digest(salt, values)
        self._no += 1
        self._chain = link(self._chain, erasure_digest(self._no, self._tombstone, name, key, before, after))
        row = {"no": self._no, "tombstone": self._tombstone, "name": name, "key": key, "before": before, "after": after}
        self._connection.execute(kept.insert(), {**row, "salt": salt, "chain": self._chain})


def erasure_digest(no: int, tombstone: int, name: str, key: str, before: bytes, after: bytes) -> bytes:
    """Return the digest of a row of ``erasures``, without its salt, which may be forgotten."""
    return hashlib.sha256(msgspec.json.encode([no, tombstone, name, key]) + before + after).digest()


def checked(rows: Iterator[Row[Any]], found: dict[tuple[str, str], Erasure]) -> Iterator[tuple[int, str]]:
    """Yield what is wrong with the chain of erasures, by number, and fill in the last word on each row.

    Args:
        rows: those of ``erasures`` in order.
        found: filled: (table, key) -> the erasure that counts.
    """
    chain, expected = START, 1
    for row in rows:
        no, before, after = row.no, _bytes(row.before), _bytes(row.after)
        if no != expected:
            yield no, f"erasure {expected} is missing before it"
        chain = link(chain, erasure_digest(no, row.tombstone, row.name, row.key, before, after))
        if chain != _bytes(row.chain):
            yield no, "it does not follow the erasure before it"
        earlier = found.get((row.name, row.key))
        if earlier is not None and earlier.after != before:
            yield no, "it does not begin where the redaction of the same row before it ended"
        first = earlier.first if earlier else before
        found[row.name, row.key] = Erasure(first, after, None if row.salt is None else _bytes(row.salt), row.tombstone)
        chain, expected = _bytes(row.chain), no + 1 if isinstance(no, int) else expected + 1


def _bytes(value: Any) -> bytes:
    """Return a hash; empty where something else stands in its place, as in a hurt row."""
    return value if isinstance(value, bytes) else b""
