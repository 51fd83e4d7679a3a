"""Custody: every hash of the ledger computed anew from what stands there, and what does not match, by name.

Checked are the pages of an SQLite file; the SHA-256 of kept bytes; the digest of each row that is not redacted, and with it every
value in it; the hashes that are ids of documents, versions and claims; the chain of codings, so that none is missing or moved;
that each coding but a document's last is superseded by the next; and that no judgement, crisis, estimate, outcome, watch, alert
or line of the audit log is missing. Of a row that was redacted: that a tombstone accounts for it, and that it stands as it was
left; of a tombstone, that it says what it said (:mod:`foreshock.ledger.erasures`).
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.ledger.audit import AUDIT
from foreshock.ledger.backend import Backend
from foreshock.ledger.deciding import CRISIS, JUDGEMENT
from foreshock.ledger.digests import START, coding_digest, link, row_digest
from foreshock.ledger.erasures import CONTENTS, NOTHING, STONES, Erasure, checked, key_of, tombstone_values
from foreshock.ledger.estimating import ESTIMATE, OUTCOME
from foreshock.ledger.rows import CLAIM, CODING, DOCUMENT, claim_of, document_of
from foreshock.ledger.scan import Fault, Scan
from foreshock.ledger.watches import ALERT, WATCH
from foreshock.model import Document, claim_id, record_id

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

Identify = Callable[[Document], str | None]
SEALED = {
    "judgements": JUDGEMENT, "crises": CRISIS, "estimates": ESTIMATE, "outcomes": OUTCOME, "audit": AUDIT,
    "watches": WATCH, "alerts": ALERT,
}  # fmt: skip
UNREADABLE = (msgspec.MsgspecError, UnicodeError, TypeError, ValueError)


def verify(connection: Connection, backend: Backend, identify: Identify | None) -> Iterator[Fault]:
    """Yield what does not match; nothing of a whole ledger without redactions.

    Args:
        connection: in a transaction that sees one moment.
        backend: its engine.
        identify: returns the id that a document should have, None where that cannot be told from the document.
    """
    scan = Scan(connection, backend)
    yield from (Fault("file", "", said) for said in scan.damage)
    digests = Digests()
    yield from _erasures(scan, digests)
    yield from _contents(scan, digests)
    yield from _documents(scan, digests, identify)
    yield from _claims(scan, digests)
    yield from _codings(scan, digests)
    for name, columns in SEALED.items():
        yield from _numbered(scan, digests, name, columns)


class Digests:
    """The digests of documents, and of all claims of each coding, as they stand in their rows; and what was erased."""

    def __init__(self) -> None:
        self.erased: dict[tuple[str, str], Erasure] = {}
        self.documents: dict[tuple[str, str], bytes] = {}
        self.claims: dict[int, Any] = {}


def _erasures(scan: Scan, digests: Digests) -> Iterator[Fault]:
    rows: list[Any] = []
    for row in scan.rows("erasures", "no"):
        if isinstance(row, Fault):
            yield row
        else:
            rows.append(row)
    yield from (Fault("erasures", str(no), said) for no, said in checked(iter(rows), digests.erased))
    wanted = {one.tombstone for one in digests.erased.values()}
    for row in scan.rows(STONES, "no"):
        if isinstance(row, Fault):
            yield row
            continue
        wanted.discard(row.no)
        one = digests.erased.get((STONES, str(row.no)))
        if one is None or one.salt is None or _stone_digest(one.salt, row) != one.after:
            yield Fault(STONES, str(row.no), "it does not say what was kept of its redaction")
    yield from (Fault(STONES, str(no), "it is missing, and rows were redacted under it") for no in sorted(wanted))


def _stone_digest(salt: bytes, row: Row[Any]) -> bytes | None:
    try:
        return row_digest(salt, tombstone_values(row))
    except UNREADABLE:
        return None


def _contents(scan: Scan, digests: Digests) -> Iterator[Fault]:
    for row in scan.rows(CONTENTS, "sha256", most=1):
        if isinstance(row, Fault):
            yield row
        elif row.bytes is None:
            yield _redacted(CONTENTS, row.sha256, row, (), digests)
        elif said := _bytes_fault(row):
            yield Fault("contents", row.sha256, said)


def _bytes_fault(row: Row[Any]) -> str | None:
    try:
        data = zlib.decompress(row.bytes)
    except (zlib.error, TypeError) as error:  # a hurt row may hold a number in their place
        return f"the bytes cannot be unpacked: {error}"
    found = hashlib.sha256(data).hexdigest()
    return None if found == row.sha256 and len(data) == row.size else f"the bytes have the SHA-256 {found}"


def _documents(scan: Scan, digests: Digests, identify: Identify | None) -> Iterator[Fault]:
    for row in scan.rows("documents", "id"):
        if isinstance(row, Fault):
            yield row
            continue
        key = f"{row.id} {row.version}"
        digests.documents[row.id, row.version] = _bytes(row.digest)
        yield from _sealed("documents", key, row, DOCUMENT, digests)
        if row.salt is not None:
            yield from (Fault("documents", key, said) for said in _document_faults(row, identify))


def _document_faults(row: Row[Any], identify: Identify | None) -> Iterator[str]:
    try:
        one = document_of(row.record)
        version = record_id("version", one.title or "", one.text)
    except UNREADABLE as error:
        yield f"the record cannot be read: {error}"
        return
    if version != row.version:
        yield f"title and text have the version {version}"
    if identify is not None and (found := identify(one)) not in (None, row.id):
        yield f"source and address have the id {found}"


def _claims(scan: Scan, digests: Digests) -> Iterator[Fault]:
    for row in scan.rows("claims", "no"):
        if isinstance(row, Fault):
            yield row
            continue
        digests.claims.setdefault(row.arrival, hashlib.sha256()).update(_bytes(row.digest))
        yield from _sealed("claims", row.id, row, CLAIM, digests)
        if row.salt is not None and (said := _claim_fault(row)):
            yield Fault("claims", row.id, said)


def _claim_fault(row: Row[Any]) -> str | None:
    try:
        one = claim_of(row)
        found = claim_id(one.document_id, one.version, one.start, one.end, one.kind, one.coder)
    except UNREADABLE as error:
        return f"the record cannot be read: {error}"
    return None if found == row.id else f"what makes the claim has the id {found}"


def _codings(scan: Scan, digests: Digests) -> Iterator[Fault]:
    superseded: dict[int, str] = {}
    for row in scan.rows("superseded", "arrival"):
        if isinstance(row, Fault):
            yield row
        else:
            superseded[row.arrival] = row.known_at
    chain, expected, last = START, 1, dict[str, int]()
    for row in scan.rows("codings", "arrival"):
        if isinstance(row, Fault):
            yield row
            expected += 1
            continue
        for said in _coding_faults(row, digests, chain, expected):
            yield Fault("codings", str(row.arrival), said)
        before = last.get(row.document_id)
        if before is not None and superseded.pop(before, None) != row.known_at:
            yield Fault("superseded", str(before), f"coding {row.arrival} supersedes it, which is not noted so")
        # A byte of the file can turn a number into words.
        expected = row.arrival + 1 if isinstance(row.arrival, int) else expected + 1
        chain, last[row.document_id] = _bytes(row.chain), row.arrival
    for arrival in superseded:
        yield Fault("superseded", str(arrival), "no later coding of its document is there")


def _coding_faults(row: Row[Any], digests: Digests, chain: bytes, expected: int) -> Iterator[str]:
    if row.arrival != expected:
        yield f"coding {expected} is missing before it"
    document = digests.documents.get((row.document_id, row.version))
    claims = digests.claims.pop(row.arrival, None) or hashlib.sha256()
    if document is None:
        yield f"its document {row.document_id} {row.version} is missing"
    elif _coding_digest(row, document, claims.digest()) != _bytes(row.digest):
        yield "the row, its document or its claims are not what was kept"
    if link(chain, _bytes(row.digest)) != _bytes(row.chain):
        yield "it does not follow the coding before it"


def _coding_digest(row: Row[Any], document: bytes, claims: bytes) -> bytes | None:
    try:
        return coding_digest([getattr(row, name) for name in CODING], document, claims)
    except UNREADABLE:
        return None


def _numbered(scan: Scan, digests: Digests, name: str, columns: Sequence[str]) -> Iterator[Fault]:
    """Yield what is wrong with rows that are numbered from 1 in the order in which they were kept: none may be missing."""
    expected = 1
    for row in scan.rows(name, "arrival"):
        if isinstance(row, Fault):
            yield row
            expected += 1
            continue
        if row.arrival != expected:
            yield Fault(name, str(row[0]), f"number {expected} is missing before it")
        expected = row.arrival + 1 if isinstance(row.arrival, int) else expected + 1
        yield from _sealed(name, str(row[0]), row, columns, digests)


def _sealed(name: str, key: str, row: Row[Any], columns: Sequence[str], digests: Digests) -> Iterator[Fault]:
    if row.salt is None:
        yield _redacted(name, key, row, columns, digests)
    elif _digest(row.salt, row, columns) != _bytes(row.digest):
        yield Fault(name, key, "the row is not what was kept")


def _digest(salt: bytes, row: Row[Any], columns: Sequence[str]) -> bytes | None:
    try:
        return row_digest(salt, [getattr(row, column) for column in columns])
    except UNREADABLE:
        return None


def _redacted(name: str, key: str, row: Row[Any], columns: Sequence[str], digests: Digests) -> Fault:
    """Return that a row was redacted, or what is wrong with it where that is not what happened."""
    one = digests.erased.get((name, key_of(name, row)))
    if one is None:
        return Fault(name, key, "it lost what vouches for it, and no tombstone says that it was redacted")
    if columns and one.first != _bytes(row.digest):
        return Fault(name, key, "it is another row than the one that was redacted")
    if columns and (one.salt is None or _digest(one.salt, row, columns) != one.after):
        return Fault(name, key, "it was changed after it was redacted")
    if not columns and one.after != NOTHING:
        return Fault(name, key, "its bytes are gone, but were not redacted")
    return Fault(name, key, "it was redacted", f"see tombstone {one.tombstone}: foreshock redact --list", "redacted")


def _bytes(value: Any) -> bytes:
    """Return a hash; empty where something else stands in its place."""
    return value if isinstance(value, bytes) else b""
