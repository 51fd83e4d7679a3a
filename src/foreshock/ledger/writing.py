"""What is added: documents, codings, claims, the bytes they came from. Nothing that is there is changed."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from os import urandom
from typing import TYPE_CHECKING, Any

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.backend import Backend
from foreshock.ledger.digests import SALT, START, coding_digest, link, row_digest
from foreshock.ledger.rows import CLAIM, CODING, DOCUMENT, claim_values, coding_values, document_values
from foreshock.ledger.search_index import CLAIMS, DOCUMENTS, WORDS, claim_words, document_words
from foreshock.ledger.tables import table
from foreshock.model import Claim, Document, PrivatePerson, Reading

if TYPE_CHECKING:
    from sqlalchemy import Connection

COLUMNS = {
    "contents": ("sha256", "size", "bytes", "known_at"),
    "documents": (*DOCUMENT, "salt", "digest"),
    "codings": (*CODING, "digest", "chain"),
    "superseded": ("arrival", "known_at"),
    "claims": (*CLAIM, "salt", "digest"),
    CLAIMS: WORDS,
    DOCUMENTS: WORDS,
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What an addition changed: 1 and n for a new document version and its claims, 0 and 0 for what was known.

    A known version that is coded anew (by another coder, or under another date of publication) counts 0 and n.
    """

    documents: int
    claims: int


@dataclass(frozen=True, slots=True)
class Batch:
    """One coding to be added: a document as read, all claims that one coder found in it, when, and from which bytes."""

    reading: Reading
    claims: Sequence[Claim]
    coder: str
    now: datetime
    contents: bytes | None = None
    persons: Sequence[PrivatePerson] = ()


@dataclass(slots=True)
class Tail:
    """Where the ledger ends: what the next coding and the next claim are numbered, chained to and known after."""

    arrival: int
    chain: bytes
    known_at: str
    no: int


class Known:
    """What the ledger knows of some documents: asked once for all of them."""

    def __init__(self, connection: Connection, asked: Sequence[Document]) -> None:
        from sqlalchemy import select

        ids = list({one.id for one in asked})
        hashes = list({one.custody.sha256 for one in asked})
        documents, codings, contents = table("documents"), table("codings"), table("contents")
        those = select(documents.c.id, documents.c.version, documents.c.digest, documents.c.salt).where(documents.c.id.in_(ids))
        rows = connection.execute(those).all()
        self.documents = {(row.id, row.version): bytes(row.digest) for row in rows}
        self.redacted = {(row.id, row.version) for row in rows if row.salt is None}
        self.codings: set[tuple[str, str, str, str]] = set()
        self.latest: dict[str, tuple[int, int]] = {}
        for row in connection.execute(select(codings).where(codings.c.document_id.in_(ids)).order_by(codings.c.arrival)):
            self.codings.add((row.document_id, row.version, row.coder, row.published))
            self.latest[row.document_id] = (row.arrival, row.sequence)
        kept = select(contents.c.sha256).where(contents.c.sha256.in_(hashes))
        self.contents = set(connection.execute(kept).scalars())

    def has(self, document: Document, coder: str) -> bool:
        """Whether the coding is known, or its version was redacted, which no reading of the same input may bring back."""
        return coding_key(document, coder) in self.codings or (document.id, document.version) in self.redacted


class Writer:
    """Adds batches within one transaction, whose connection has the writers' lock; what they hold is inserted together."""

    def __init__(self, backend: Backend, connection: Connection) -> None:
        self._backend = backend
        self._connection = connection
        self._tail = _tail(connection)
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in COLUMNS}

    def add(self, batches: Sequence[Batch]) -> Kept:
        """Add what is new of some batches.

        Raises:
            LedgerError: two claims of a batch have one id.
        """
        self._known = Known(self._connection, [one.reading.document for one in batches])
        kept = [self._add(one) for one in batches]
        for name, rows in self._rows.items():
            if rows:
                self._backend.insert(self._connection, name, COLUMNS[name], rows)
        return Kept(sum(one.documents for one in kept), sum(one.claims for one in kept))

    def _add(self, batch: Batch) -> Kept:
        document = batch.reading.document
        if len({claim.id for claim in batch.claims}) != len(batch.claims):
            where = document.custody.origin
            raise LedgerError(
                f"{batch.coder} gave two claims of one id in {where}", remedy="report it; the other inputs can be kept"
            )
        # A clock that was set back must not make a later row known earlier: as-of reading relies on the order.
        known_at = max(utc_stamp(batch.now), self._tail.known_at)
        new = self._document(batch.reading, known_at)
        if batch.contents is not None:
            self._contents(document.custody.sha256, batch.contents, known_at)
        if self._known.has(document, batch.coder):
            return Kept(new, 0)
        self._coding(batch, known_at)
        return Kept(new, len(batch.claims))

    def _document(self, reading: Reading, known_at: str) -> int:
        key = (reading.document.id, reading.document.version)
        if key in self._known.documents:
            return 0
        values, salt = document_values(reading, known_at), urandom(SALT)
        self._known.documents[key] = row_digest(salt, values)
        self._rows["documents"].append((*values, salt, self._known.documents[key]))
        self._rows[DOCUMENTS] += document_words(reading.document, self._tail.arrival + 1, self._backend.dialect)
        return 1

    def _contents(self, sha256: str, data: bytes, known_at: str) -> None:
        if sha256 not in self._known.contents:
            self._known.contents.add(sha256)
            self._rows["contents"].append((sha256, len(data), zlib.compress(data), known_at))

    def _coding(self, batch: Batch, known_at: str) -> None:
        document, tail, known = batch.reading.document, self._tail, self._known
        before = known.latest.get(document.id)
        arrival, sequence = tail.arrival + 1, before[1] + 1 if before else 1
        values = coding_values(
            document, batch.coder, arrival=arrival, sequence=sequence, known_at=known_at, persons=batch.persons
        )
        digests = self._add_claims(batch.claims, values)
        digest = coding_digest(values, known.documents[document.id, document.version], sha256(b"".join(digests)).digest())
        chain = link(tail.chain, digest)
        self._rows["codings"].append((*values, digest, chain))
        if before:
            self._rows["superseded"].append((before[0], known_at))
        known.latest[document.id] = (arrival, sequence)
        known.codings.add(coding_key(document, batch.coder))
        self._tail = Tail(arrival, chain, known_at, tail.no + len(digests))

    def _add_claims(self, claims: Sequence[Claim], coding: tuple[Any, ...]) -> list[bytes]:
        salts, digests = urandom(SALT * len(claims)), []
        for place, claim in enumerate(claims):
            row = claim_values(claim, coding, self._tail.no + 1 + place)
            salt = salts[place * SALT : (place + 1) * SALT]
            digest = row_digest(salt, row)
            digests.append(digest)
            self._rows["claims"].append((*row, salt, digest))
            self._rows[CLAIMS].append((row[0], claim_words(claim, self._backend.dialect)))
        return digests


def coding_key(document: Document, coder: str) -> tuple[str, str, str, str]:
    """Return what makes a coding that coding: document, version, coder, date of publication."""
    return (document.id, document.version, coder, document.published or "")


def _tail(connection: Connection) -> Tail:
    from sqlalchemy import func, select

    codings, claims = table("codings"), table("claims")
    last = connection.execute(
        select(codings.c.arrival, codings.c.chain, codings.c.known_at).order_by(codings.c.arrival.desc()).limit(1)
    ).first()
    no = int(connection.execute(select(func.max(claims.c.no))).scalar() or 0)
    return Tail(int(last[0]), bytes(last[1]), str(last[2]), no) if last else Tail(0, START, "", no)
