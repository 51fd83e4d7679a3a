"""Which tables a ledger has: made where there are none, refused where they are of another version or another program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foreshock.errors import LedgerError
from foreshock.ledger.backend import Backend, connected
from foreshock.ledger.search_index import make_search
from foreshock.ledger.tables import MARKS, SCHEMA, metadata, table

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVISIONS = "alembic_version"  # Alembic's own table; its numbers are schemas with four digits


def revision(schema: int) -> str:
    """Return the name of the migration that leads to a schema: ``0002``."""
    return f"{schema:04}"


def ready(backend: Backend, *, create: bool) -> None:
    """Check that a ledger of this version is there; make an empty one where nothing is and it may be made.

    Raises:
        LedgerError: the database is empty and none may be made, is another program's, or of another version; it is left as it is.
    """
    with connected(backend, "open") as connection:
        if kept_schema(connection, backend) is not None:
            return check(connection, backend)
        if not create:
            raise LedgerError(f"{backend.shown} is empty", remedy="keep something first with foreshock ingest")
    with connected(backend, "open", writes=True) as connection:
        if kept_schema(connection, backend) is None:
            make(connection, backend)
        return check(connection, backend)


def make(connection: Connection, backend: Backend) -> None:
    """Make the tables of this version in an empty database."""
    from sqlalchemy import Column, MetaData, String, Table

    backend.prepare(connection)
    metadata().create_all(connection)
    make_search(connection)
    connection.execute(table("schema_version").insert(), [{"version": SCHEMA}])
    revisions = Table(REVISIONS, MetaData(), Column("version_num", String(32), primary_key=True))
    revisions.create(connection)
    connection.execute(revisions.insert(), [{"version_num": revision(SCHEMA)}])


def kept_schema(connection: Connection, backend: Backend) -> int | None:
    """Return the number of the schema that is there; None where the database is empty.

    Raises:
        LedgerError: it is a database of another program.
    """
    from sqlalchemy import func, select

    found = backend.tables(connection)
    if not found:
        return None
    if not found >= MARKS:
        listed = ", ".join(sorted(found)[:5])
        raise LedgerError(
            f"{backend.shown} is a database, but no ledger; its tables: {listed}",
            remedy="name another file, or another database of the server, with --ledger",
        )
    version = connection.execute(select(func.max(table("schema_version").c.version))).scalar()
    return int(version or 0)


def check(connection: Connection, backend: Backend) -> None:
    """Refuse a ledger of another version.

    Raises:
        LedgerError: with what to do about it.
    """
    found = kept_schema(connection, backend)
    if found != SCHEMA:
        later = found is None or found > SCHEMA
        raise LedgerError(
            f"{backend.shown} has schema {found}, this version reads {SCHEMA}",
            remedy="install a later Foreshock, or name another ledger with --ledger" if later else "run foreshock migrate",
        )
