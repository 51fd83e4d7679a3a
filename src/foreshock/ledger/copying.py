"""Backup and restore, also while the ledger is in use, from either engine to either.

What is copied is what stood there at one moment: the reader's transaction sees nothing of what writers add meanwhile, and stops
none of them. From file to file SQLite copies pages; otherwise rows are copied as they are, with salts, digests and chain, so that
the copy verifies as the ledger does, and the index of the search, which each engine writes in its own way, is made anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import LedgerError
from foreshock.ledger.backend import Backend, backend, connected
from foreshock.ledger.rows import CLAIM, claim_of, document_of
from foreshock.ledger.schema import check, make
from foreshock.ledger.search_index import CLAIMS, DOCUMENTS, WORDS, claim_words, document_words
from foreshock.ledger.tables import metadata, table

if TYPE_CHECKING:
    from sqlalchemy import Connection

MANY = 500


def copy(source: Backend, address: Path | str) -> None:
    """Copy a ledger to an address where nothing is.

    Raises:
        LedgerError: something is there already, or it cannot be written; nothing is left there then.
    """
    target = backend(address, writable=True)
    try:
        if target.path is not None and target.path.exists() and target.path.stat().st_size:
            raise LedgerError(f"{target.shown} is there already", remedy="name a new file")
        if source.path is not None and target.path is not None:
            _copy_pages(source, target.path)
        else:
            _copy_rows(source, target)
    finally:
        target.engine.dispose()


def _copy_pages(source: Backend, path: Path) -> None:
    """Copy a file beside its new place and put it there whole."""
    part = path.with_name(f"{path.name}.part")
    remove(part)
    try:
        with connected(source, "read") as connection, closing(sqlite3.connect(part)) as into:
            driver: Any = connection.connection.driver_connection
            driver.backup(into)
            into.execute("PRAGMA journal_mode=DELETE")
        part.replace(path)
    except (sqlite3.DatabaseError, OSError) as error:
        raise LedgerError(f"cannot write {path}: {error}", remedy=source.remedy(str(error))) from error
    finally:
        remove(part)


def _copy_rows(source: Backend, target: Backend) -> None:
    with connected(target, "write", writes=True) as into:
        if found := target.tables(into):
            raise LedgerError(f"{target.shown} is not empty; its tables: {', '.join(sorted(found)[:5])}", remedy="name a new one")
        make(into, target)
        with connected(source, "read", **source.snapshot) as old:
            check(old, source)
            for one in metadata().sorted_tables:
                if one.name != "schema_version":  # that one was made with the tables
                    # Contents are large: one of them is held at a time.
                    _copy_table(old, into, target, one, most=1 if one.name == "contents" else MANY)
        for name, rows in _search_rows(into, target.dialect):
            target.insert(into, name, WORDS, rows)


def _copy_table(old: Connection, into: Connection, target: Backend, one: Any, *, most: int) -> None:
    columns = tuple(column.name for column in one.columns)
    rows = old.execution_options(stream_results=True, yield_per=most).execute(one.select().order_by(*one.primary_key.columns))
    for some in _chunks((tuple(row) for row in rows), most):
        target.insert(into, one.name, columns, some)


def _search_rows(connection: Connection, dialect: str) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    """Yield the rows of the search's tables for all claims and documents that are there."""
    from sqlalchemy import func, select

    claims, codings, documents = table("claims"), table("codings"), table("documents")
    last = connection.execute(select(func.max(claims.c.no))).scalar() or 0
    for first in range(1, last + 1, MANY):
        rows = connection.execute(
            select(*(claims.c[name] for name in CLAIM)).where(claims.c.no.between(first, first + MANY - 1))
        ).all()
        yield CLAIMS, [(row.no, claim_words(claim_of(row), dialect)) for row in rows]
    arrival = func.min(codings.c.arrival)
    versions = select(codings.c.document_id, codings.c.version, arrival).group_by(codings.c.document_id, codings.c.version)
    for some in _chunks((tuple(row) for row in connection.execute(versions).all()), 20):
        found: list[tuple[int, str]] = []
        for key, version, first in some:
            wanted = select(documents.c.record).where(documents.c.id == key, documents.c.version == version)
            found += document_words(document_of(connection.execute(wanted).scalar_one()), first, dialect)
        yield DOCUMENTS, found


def _chunks(rows: Iterable[tuple[Any, ...]], most: int) -> Iterator[list[tuple[Any, ...]]]:
    given = iter(rows)
    while some := list(islice(given, most)):
        yield some


def remove(path: Path) -> None:
    """Remove a file of SQLite and what lies beside it."""
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)
