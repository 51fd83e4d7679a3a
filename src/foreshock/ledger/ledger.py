"""The ledger on SQLite: documents and claims are added once, never changed, and read as they were known at any time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.dates import last_day, parse, utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.tables import SCHEMA, metadata
from foreshock.model import Claim, Document, Reading, claim_from_json, document_from_json, to_json

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Select

BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Kept:
    """What an addition changed: 1 and n for a new document version and its claims, 0 and 0 for what was known."""

    documents: int
    claims: int


@dataclass(frozen=True, slots=True)
class Query:
    """Filters of claims; None means any. ``since`` and ``until`` are ISO prefixes of when it happened, both ends included.

    ``holder`` is a part of a holder's name. ``as_of`` is an ISO prefix: only what was known by its last moment counts.
    """

    kind: str | None = None
    status: str | None = None
    language: str | None = None
    country: str | None = None
    holder: str | None = None
    document: str | None = None
    since: str | None = None
    until: str | None = None
    as_of: str | None = None
    limit: int | None = None


class Ledger:
    """An open ledger; use it as a context manager.

    Raises:
        LedgerError: the file cannot be opened, is no ledger, or was written by a later version.
    """

    def __init__(self, path: Path) -> None:
        from sqlalchemy import create_engine, event

        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._engine: Engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS})
        event.listen(self._engine, "connect", _prepare)
        with self._failing("open"):
            metadata().create_all(self._engine)
            self._check_schema()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    def knows(self, document: Document, coder: str) -> bool:
        """Whether this version of a document was coded by this coder already."""
        from sqlalchemy import select

        codings = metadata().tables["codings"]
        wanted = select(codings.c.coder).where(
            codings.c.document_id == document.id, codings.c.version == document.version, codings.c.coder == coder
        )
        with self._failing("read"), self._engine.connect() as connection:
            return connection.execute(wanted).first() is not None

    def add(self, reading: Reading, claims: Sequence[Claim], *, coder: str, now: datetime) -> Kept:
        """Add a document version and its claims in one transaction; what is known already is left as it stands.

        Args:
            reading: the document as read.
            claims: all claims that ``coder`` found in it, none where it found nothing.
            coder: the coder's name, kept also where there are no claims.
            now: the moment at which this became known.

        Raises:
            LedgerError: the disk is full or the file cannot be written; nothing of this document was added.
        """
        document, known_at = reading.document, utc_stamp(now)
        with self._failing("write"), self._engine.begin() as connection:
            new = _insert(connection, "documents", [_document_row(reading, known_at)])
            coding = {"document_id": document.id, "version": document.version, "coder": coder, "known_at": known_at}
            if not _insert(connection, "codings", [coding | {"sequence": _next_sequence(connection, document)}]):
                return Kept(new, 0)
            return Kept(new, _insert(connection, "claims", [_claim_row(claim, document, known_at) for claim in claims]))

    def claims(self, query: Query | None = None) -> Iterator[Claim]:
        """Yield claims in order of document and text: those of the latest coding of the latest version known at ``as_of``."""
        with self._failing("read"), self._engine.connect() as connection:
            for row in connection.execute(_claims_query(query or Query())):
                yield claim_from_json(row.record)

    def documents(self, *, as_of: str | None = None) -> Iterator[Document]:
        """Yield every document version known at ``as_of``, in the order in which they became known."""
        from sqlalchemy import select

        documents = metadata().tables["documents"]
        wanted = select(documents.c.record).order_by(documents.c.known_at, documents.c.id, documents.c.version)
        if as_of:
            wanted = wanted.where(documents.c.known_at <= _moment(as_of))
        with self._failing("read"), self._engine.connect() as connection:
            for row in connection.execute(wanted):
                yield document_from_json(row.record)

    def latest_documents(self, *, as_of: str | None = None) -> list[Document]:
        """Return the latest version of each document known at ``as_of``."""
        return list({one.id: one for one in self.documents(as_of=as_of)}.values())

    def _check_schema(self) -> None:
        from sqlalchemy import func, select

        versions = metadata().tables["schema_version"]
        with self._engine.begin() as connection:
            found = connection.execute(select(func.max(versions.c.version))).scalar()
            if found is None:
                _insert(connection, "schema_version", [{"version": SCHEMA}])
            elif found > SCHEMA:
                raise LedgerError(
                    f"{self.path} has schema {found}, this version reads up to {SCHEMA}", remedy="install a later Foreshock"
                )

    @contextmanager
    def _failing(self, what: str) -> Iterator[None]:
        from sqlalchemy.exc import DatabaseError

        try:
            yield
        except DatabaseError as error:
            raise LedgerError(f"cannot {what} the ledger {self.path}: {error.orig}", remedy=_remedy(str(error.orig))) from error


def _prepare(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _remedy(message: str) -> str:
    if "full" in message:
        return "free space on that disk and run the same command again: what was kept stays, the rest is added"
    if "not a database" in message or "malformed" in message:
        return "name another file with --ledger; this one is no ledger"
    if "readonly" in message or "unable to open" in message:
        return "name a file that you may write with --ledger"
    return "try again; if it goes on, copy the file away and report it"


def _insert(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> int:
    """Insert rows that are not there yet; return how many were new."""
    from sqlalchemy.dialects.sqlite import insert

    before = connection.exec_driver_sql("SELECT total_changes()").scalar() or 0
    if rows:
        connection.execute(insert(metadata().tables[table]).on_conflict_do_nothing(), list(rows))
    return int((connection.exec_driver_sql("SELECT total_changes()").scalar() or 0) - before)


def _next_sequence(connection: Connection, document: Document) -> int:
    from sqlalchemy import func, select

    codings = metadata().tables["codings"]
    last = connection.execute(select(func.max(codings.c.sequence)).where(codings.c.document_id == document.id)).scalar()
    return int(last or 0) + 1


def _document_row(reading: Reading, known_at: str) -> dict[str, Any]:
    document = reading.document
    return {
        "id": document.id,
        "version": document.version,
        "known_at": known_at,
        "published": document.published,
        "source": document.source,
        "language": document.language,
        "sha256": document.custody.sha256,
        "depth": reading.depth,
        "record": to_json(document),
    }


def _claim_row(claim: Claim, document: Document, known_at: str) -> dict[str, Any]:
    return {
        "id": claim.id,
        "document_id": claim.document_id,
        "version": claim.version,
        "coder": claim.coder,
        "known_at": known_at,
        "published": document.published,
        "happened": claim.when.start if claim.when else None,
        "start": claim.start,
        "kind": claim.kind,
        "status": claim.status,
        "language": claim.language,
        "country": claim.place.country if claim.place else None,
        "holders": "\n".join(f"{one.name}\n{one.raw}" for one in claim.holders),
        "confidence": claim.confidence,
        "record": to_json(claim),
    }


def _moment(as_of: str) -> str:
    known = parse(as_of)
    if known is None:
        raise LedgerError(f"{as_of!r} is no date", remedy="give an ISO date such as 2022-01-08 or 2022-01-08T12:00")
    return f"{known}:59Z" if "T" in known else f"{last_day(known).isoformat()}T23:59:59Z"


def _claims_query(query: Query) -> Select[Any]:
    from sqlalchemy import func, select

    claims, codings = metadata().tables["claims"], metadata().tables["codings"]
    latest = select(codings.c.document_id, func.max(codings.c.sequence).label("sequence")).group_by(codings.c.document_id)
    if query.as_of:
        latest = latest.where(codings.c.known_at <= _moment(query.as_of))
    newest = latest.subquery()
    same = (
        (claims.c.document_id == codings.c.document_id)
        & (claims.c.version == codings.c.version)
        & (claims.c.coder == codings.c.coder)
    )
    wanted = (
        select(claims.c.record)
        .join(codings, same)
        .join(newest, (newest.c.document_id == codings.c.document_id) & (newest.c.sequence == codings.c.sequence))
        .order_by(claims.c.document_id, claims.c.start, claims.c.id)
    )
    for column, value in (
        ("kind", query.kind),
        ("status", query.status),
        ("language", query.language),
        ("country", query.country),
    ):
        if value is not None:
            wanted = wanted.where(claims.c[column] == value)
    if query.document is not None:
        wanted = wanted.where(claims.c.document_id == query.document)
    if query.holder is not None:
        wanted = wanted.where(claims.c.holders.icontains(query.holder, autoescape=True))
    if query.since is not None:
        wanted = wanted.where(claims.c.happened >= query.since)
    if query.until is not None:
        wanted = wanted.where(func.substr(claims.c.happened, 1, len(query.until)) <= query.until)
    return wanted.limit(query.limit) if query.limit else wanted
