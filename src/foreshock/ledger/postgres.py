"""PostgreSQL under the ledger: a database, or a schema of one, that a team reads and writes at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import LedgerError
from foreshock.settings import shown_address

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# How long a writer waits for another one; each holds the lock for one document only.
LOCK_SECONDS = 60
# In the message of PostgreSQL -> what the user can do. The first match counts.
REMEDIES = (
    ("lock timeout", "another command is writing; try again when it is done"),
    ("No space left", "free space on the server and run the same command again: what was kept stays, the rest is added"),
    ("could not extend file", "free space on the server and run the same command again: what was kept stays, the rest is added"),
    ("temporary file size", "let the server use more space (temp_file_limit) and run the same command again"),
    ("read-only transaction", "name a ledger that you may write with --ledger"),
    ("permission denied", "let the user of that address make and write tables, or name another ledger with --ledger"),
    ("password authentication", "correct user and password of the address"),
    ("does not exist", "make that database or role first, or correct the address"),
    ("could not translate host", "correct the host of the address"),
    ("connection failed", "start the server, or correct the address"),
    ("connection is bad", "start the server, or correct the address"),
    ("connection refused", "start the server, or correct the address"),
    ("closed the connection", "the server went away: run the same command again; what was kept stays"),
    ("invalid page", "restore the ledger from a copy with foreshock restore"),
)


class Postgres:
    """A ledger on a server.

    Args:
        address: ``postgresql://user:password@host:port/database``; ``?options=-csearch_path%3DNAME`` names a schema.
        writable: whether tables may be made and rows added.

    Raises:
        LedgerError: the driver is not installed, or the address cannot be read.
    """

    dialect = "postgresql"

    def __init__(self, address: str, *, writable: bool) -> None:
        self.path: Path | None = None
        self.shown = shown_address(address)
        self.snapshot: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        try:
            import psycopg
        except ImportError as error:
            raise LedgerError(
                f"{self.shown} needs the driver of PostgreSQL, which is not installed",
                remedy="pip install 'foreshock[postgres]'",
            ) from error
        self.errors: tuple[type[Exception], ...] = (psycopg.Error,)
        self.engine = _engine(address, self.shown, writable=writable)

    def remedy(self, message: str) -> str:
        """Return what the user can do about an error of PostgreSQL."""
        return next((advice for mark, advice in REMEDIES if mark in message), "try again; if it goes on, report it")

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of the tables in the schema that is used."""
        found = connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        return {str(row[0]) for row in found}

    def prepare(self, connection: Connection) -> None:
        """Check that the database can hold a ledger.

        Raises:
            LedgerError: it is not in UTF-8, so it cannot hold every language.
        """
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
        if encoding != "UTF8":
            raise LedgerError(
                f"{self.shown} keeps text as {encoding}, a ledger needs UTF8",
                remedy="CREATE DATABASE ... ENCODING 'UTF8' TEMPLATE template0",
            )

    def scrub(self) -> None:
        """Write the tables anew without what was erased. The server's own log of changes keeps it until it is recycled."""
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for name in sorted(self.tables(connection)):
                connection.exec_driver_sql(f'VACUUM FULL "{name}"')

    def damage(self, connection: Connection) -> list[str]:
        """Return the pages whose checksum failed since the server counts; a page that is damaged is told when it is read, too."""
        failed = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
        count = connection.exec_driver_sql(failed).scalar() or 0
        return [f"the server counts {count} pages with a wrong checksum"] if count else []

    def insert(self, connection: Connection, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Insert many rows of one table by COPY, which is several times faster than statements."""
        from psycopg import sql

        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(name), sql.SQL(", ").join(sql.Identifier(one) for one in columns)
        )
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)


def _engine(address: str, shown: str, *, writable: bool) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise LedgerError(
            f"{shown} is no address of a server", remedy="write it as postgresql://user:password@host:5432/database"
        ) from None
    made = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    if not writable:
        made = made.execution_options(postgresql_readonly=True)
    event.listen(made, "begin", _begin)
    return made


def _begin(connection: Connection) -> None:
    # One writer at a time, for one document each, so that arrivals are committed in their order; readers never wait.
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
        connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended('foreshock ' || current_schema(), 0))")
