"""SQLite under the ledger: one file in WAL mode, so that writers and readers in several processes do not stop each other."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

SEARCH = ("claim_words", "document_words")
# How long a writer waits for another one; each holds the file for one document only.
BUSY_SECONDS = 60
# The indexes of a large ledger are written in no order: with the 2 MB that SQLite takes by itself each page would be read again.
CACHE_KB = 65_536
# 32 MB of new pages are gathered before they go into the file; a page that is changed again and again goes there once.
CHECKPOINT_PAGES = 8_192
# In the message of SQLite -> what the user can do. The first match counts.
REMEDIES = (
    ("disk is full", "free space on that disk and run the same command again: what was kept stays, the rest is added"),
    ("disk I/O", "the disk is full or fails: free space and run the same command again; what was kept stays"),
    ("not a database", "name another file with --ledger; this one is no ledger"),
    ("malformed", "restore the file from a copy, or name another with --ledger and read the input again"),
    ("can't decode", "restore the file from a copy, or name another with --ledger and read the input again"),
    ("readonly", "name a file that you may write with --ledger"),
    ("unable to open", "name a file with --ledger, in a folder that you may write"),
    ("locked", "another command is writing; try again when it is done"),
)


class SQLite:
    """A ledger's file.

    Args:
        path: the file.
        writable: whether it may be made and written; it is then put into WAL mode.

    Raises:
        LedgerError: it is not there and may not be made, or its folder cannot be made.
    """

    dialect = "sqlite"

    def __init__(self, path: Path, *, writable: bool) -> None:
        self.path: Path | None = path
        self._file = path
        self.shown = str(path)
        self.snapshot: dict[str, Any] = {}  # every transaction is one
        self.errors: tuple[type[Exception], ...] = (sqlite3.DatabaseError, UnicodeDecodeError)  # the latter where text is damaged
        if writable:
            _make_folder(path.parent)
        elif not path.is_file():
            raise LedgerError(
                f"there is no ledger at {path}", remedy="keep something first with foreshock ingest, or name another"
            )
        self.engine = _engine(path, writable=writable)

    def remedy(self, message: str) -> str:
        """Return what the user can do about an error of SQLite."""
        return next(
            (advice for mark, advice in REMEDIES if mark in message), "try again; if it goes on, keep a copy and report it"
        )

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of the tables that are there."""
        return {str(row[0]) for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def prepare(self, connection: Connection) -> None:
        """Check that the database can hold a ledger; any file of SQLite can."""

    def scrub(self) -> None:
        """Write the file anew without what was erased, and empty its journal.

        Raises:
            LedgerError: others read the ledger meanwhile, so the journal could not be emptied.
        """
        with closing(sqlite3.connect(_uri(self._file, "rw"), uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as driver:
            driver.execute("PRAGMA secure_delete=ON")
            driver.execute("VACUUM")
            busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise LedgerError(
                f"{self.shown}: the words are erased, but its journal is still read by another command",
                remedy="stop other commands and give the same one again",
            )

    def damage(self, connection: Connection) -> list[str]:
        """Return what SQLite finds wrong with its pages and indexes; the connection then reads text that is no UTF-8 too."""
        driver: Any = connection.connection.driver_connection
        driver.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
        connection.connection.detach()  # no other reader gets it
        try:
            found = [str(row[0]) for row in driver.execute("PRAGMA integrity_check(20)")]
        except sqlite3.DatabaseError as error:
            found = [str(error)]
        return [one for one in found if one != "ok"] + self._search_damage()

    def _search_damage(self) -> list[str]:
        """Return what FTS5 finds wrong with the index of the search; it is asked by a statement, which is taken back."""
        found = []
        with closing(sqlite3.connect(_uri(self._file, "rw"), uri=True, timeout=BUSY_SECONDS, isolation_level=None)) as driver:
            for name in SEARCH:
                try:
                    driver.execute("BEGIN IMMEDIATE")
                    driver.execute(f"INSERT INTO {name}({name}) VALUES ('integrity-check')")  # noqa: S608 -- our own names
                except sqlite3.DatabaseError as error:
                    if "readonly" not in str(error):
                        found.append(f"the index of the search, {name}: {error}")
                with suppress(sqlite3.DatabaseError):  # said above
                    driver.rollback()
        return found

    def insert(self, connection: Connection, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Insert many rows of one table, as fast as the driver can."""
        listed = ", ".join(f'"{one}"' for one in columns)
        marks = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{name}" ({listed}) VALUES ({marks})', rows)  # noqa: S608 -- names of our own tables


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(
            f"cannot make the folder {folder}: {error.strerror}", remedy="name another file with --ledger"
        ) from error


def _engine(path: Path, *, writable: bool) -> Engine:
    from sqlalchemy import QueuePool, create_engine, event

    address = _uri(path, "rwc" if writable else "rw")
    # Without a pool named, an address without a file would get one connection for all.
    # What is kept and looked for stays out of the traces of errors.
    made = create_engine(
        "sqlite://", creator=lambda: _connect(address, writable=writable), poolclass=QueuePool, hide_parameters=True
    )
    event.listen(made, "begin", _begin)
    return made


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


def _connect(address: str, *, writable: bool) -> Any:
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        if writable and connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            _to_wal(connection)
        # What was acknowledged stays when the power goes, not only when the process does: wait for the disk at each commit.
        connection.execute("PRAGMA synchronous=FULL" if writable else "PRAGMA query_only=ON")
        connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA foreign_keys=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _to_wal(connection: sqlite3.Connection) -> None:
    """Put a file into WAL mode; SQLite tells some of several processes that do it at once "locked" without letting them wait."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once and waits for it: one that begins as a reader would fail instead of waiting.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
