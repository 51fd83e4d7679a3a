"""The ledger on SQLite: documents and claims are added once, never changed, and read as they were known at any time."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.query import Query, claims_query, moment, newest_codings
from foreshock.ledger.rows import claim_row, coding_row, document_row
from foreshock.ledger.sqlite import check_owner, engine, remedy
from foreshock.ledger.tables import SCHEMA, metadata, table
from foreshock.model import Claim, Document, Reading, claim_from_json, document_from_json

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Kept:
    """What an addition changed: 1 and n for a new document version and its claims, 0 and 0 for what was known.

    A known version that is coded anew (by another coder, or under another date of publication) counts 0 and n.
    """

    documents: int
    claims: int


class Ledger:
    """An open ledger; use it as a context manager.

    Args:
        path: the SQLite file.
        create: make the file where it is missing and allow additions; without it the ledger is only read.

    Raises:
        LedgerError: the file cannot be opened, is no ledger, or was written by a later version.
    """

    def __init__(self, path: Path, *, create: bool = True) -> None:
        self.path = path
        if create:
            self._make_folder()
        elif not path.is_file():
            raise LedgerError(
                f"there is no ledger at {path}", remedy="keep something first with foreshock ingest, or name another"
            )
        self._engine = engine(path, writable=create)
        try:
            self._open(create=create)
        except LedgerError:
            self.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._engine.dispose()

    def knows(self, document: Document, coder: str) -> bool:
        """Whether this version, under this date of publication, was coded by this coder already."""
        with self._connected("read") as connection:
            return _sequence_of(connection, coding_row(document, coder, "")) is not None

    def add(self, reading: Reading, claims: Sequence[Claim], *, coder: str, now: datetime) -> Kept:
        """Add a document version and its claims in one transaction; what is known already is left as it stands.

        The latest coding of a document is the one that is read from then on; the ones before it stay for ``as_of``. A version
        that comes back after another one (an edit taken back) is known and does not become the latest again.

        Args:
            reading: the document as read.
            claims: all claims that ``coder`` found in it, none where it found nothing.
            coder: the coder's name, kept also where there are no claims.
            now: the moment at which this became known.

        Raises:
            LedgerError: the disk is full or the file cannot be written, or two claims have one id; nothing was added.
        """
        if len({claim.id for claim in claims}) != len(claims):
            where = reading.document.custody.origin
            raise LedgerError(f"{coder} gave two claims of one id in {where}", remedy="report it; the other inputs can be kept")
        coding = coding_row(reading.document, coder, utc_stamp(now))
        with self._connected("write", begin="BEGIN IMMEDIATE") as connection:
            new = _insert(connection, "documents", [document_row(reading, coding["known_at"])])
            if _sequence_of(connection, coding) is not None:
                return Kept(new, 0)
            coding["sequence"] = _next_sequence(connection, reading.document)
            _insert(connection, "codings", [coding])
            return Kept(new, _insert(connection, "claims", [claim_row(claim, coding) for claim in claims]))

    def claims(self, query: Query | None = None) -> Generator[Claim, None, None]:
        """Yield claims in order of document and text: those of the latest coding of each document known at ``as_of``.

        Close the generator before the ledger where it is not read to its end.

        Raises:
            LedgerError: the file cannot be read, or a date of the query is no date.
        """
        with self._connected("read") as connection:
            for row in connection.execute(claims_query(query or Query())):
                yield claim_from_json(row.record)

    def documents(self, *, as_of: str | None = None) -> Generator[Document, None, None]:
        """Yield every document version known at ``as_of``, in the order in which they became known."""
        from sqlalchemy import select

        documents = table("documents")
        wanted = select(documents.c.record).order_by(documents.c.known_at, documents.c.id, documents.c.version)
        if as_of is not None:
            wanted = wanted.where(documents.c.known_at <= moment(as_of))
        with self._connected("read") as connection:
            for row in connection.execute(wanted):
                yield document_from_json(row.record)

    def latest_documents(self, *, as_of: str | None = None) -> list[Document]:
        """Return each document as its latest coding known at ``as_of`` read it: that version, that date; in order of ids."""
        from sqlalchemy import select

        documents, codings, newest = table("documents"), table("codings"), newest_codings(as_of)
        latest = (newest.c.document_id == codings.c.document_id) & (newest.c.sequence == codings.c.sequence)
        same = (documents.c.id == codings.c.document_id) & (documents.c.version == codings.c.version)
        wanted = (
            select(documents.c.record, codings.c.published, codings.c.published_by)
            .join(codings, same)
            .join(newest, latest)
            .order_by(documents.c.id)
        )
        with self._connected("read") as connection:
            return [
                replace(document_from_json(row.record), published=row.published or None, published_by=row.published_by)
                for row in connection.execute(wanted)
            ]

    def _make_folder(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LedgerError(
                f"cannot make the folder {self.path.parent}: {error.strerror}", remedy="name another file with --ledger"
            ) from error

    def _open(self, *, create: bool) -> None:
        from sqlalchemy import func, select

        with self._connected("open", begin="BEGIN IMMEDIATE" if create else "BEGIN") as connection:
            known = check_owner(connection, self.path, marks=frozenset(metadata().tables))
            if not known and not create:
                raise LedgerError(f"{self.path} is empty", remedy="keep something first with foreshock ingest")
            if not known:
                metadata().create_all(connection)
                _insert(connection, "schema_version", [{"version": SCHEMA}])
            found = connection.execute(select(func.max(table("schema_version").c.version))).scalar()
            if found != SCHEMA:
                raise LedgerError(
                    f"{self.path} has schema {found}, this version reads {SCHEMA}",
                    remedy="install a later Foreshock, or name another file with --ledger",
                )

    @contextmanager
    def _connected(self, what: str, *, begin: str = "BEGIN") -> Iterator[Connection]:
        from sqlalchemy.exc import DatabaseError

        try:
            with self._engine.connect().execution_options(begin=begin) as connection, connection.begin():
                yield connection
        except (DatabaseError, sqlite3.DatabaseError) as error:
            said = str(error.orig if isinstance(error, DatabaseError) else error)
            raise LedgerError(f"cannot {what} the ledger {self.path}: {said}", remedy=remedy(said)) from error


def _insert(connection: Connection, name: str, rows: Sequence[dict[str, Any]]) -> int:
    """Insert rows that are not there yet; return how many were new."""
    from sqlalchemy.dialects.sqlite import insert

    before = connection.exec_driver_sql("SELECT total_changes()").scalar() or 0
    if rows:
        connection.execute(insert(table(name)).on_conflict_do_nothing(), list(rows))
    return int((connection.exec_driver_sql("SELECT total_changes()").scalar() or 0) - before)


def _sequence_of(connection: Connection, coding: dict[str, Any]) -> int | None:
    from sqlalchemy import select

    codings = table("codings")
    wanted = select(codings.c.sequence)
    for column in ("document_id", "version", "coder", "published"):
        wanted = wanted.where(codings.c[column] == coding[column])
    found = connection.execute(wanted).scalar()
    return None if found is None else int(found)


def _next_sequence(connection: Connection, document: Document) -> int:
    from sqlalchemy import func, select

    codings = table("codings")
    last = connection.execute(select(func.max(codings.c.sequence)).where(codings.c.document_id == document.id)).scalar()
    return int(last or 0) + 1
