"""SQLite under the ledger: one file in WAL mode, so that writers and readers in several processes do not stop each other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import LedgerError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# How long a writer waits for another one; each holds the file for one document only.
BUSY_SECONDS = 60
# In the message of SQLite -> what the user can do. The first match counts.
REMEDIES = (
    ("disk is full", "free space on that disk and run the same command again: what was kept stays, the rest is added"),
    ("disk I/O", "the disk is full or fails: free space and run the same command again; what was kept stays"),
    ("not a database", "name another file with --ledger; this one is no ledger"),
    ("malformed", "restore the file from a copy, or name another with --ledger and read the input again"),
    ("readonly", "name a file that you may write with --ledger"),
    ("unable to open", "name a file with --ledger, in a folder that you may write"),
    ("locked", "another command is writing; try again when it is done"),
)


def engine(path: Path, *, writable: bool) -> Engine:
    """Return an engine on the file; one that is not writable neither makes the file nor changes it.

    Args:
        path: the file.
        writable: whether statements may write; the journal is then put into WAL mode.
    """
    from sqlalchemy import QueuePool, create_engine, event

    mode = "rwc" if writable else "rw"
    address = f"{path.absolute().as_uri()}?mode={mode}"
    # Without a pool named, an address without a file would get one connection for all.
    made = create_engine("sqlite://", creator=lambda: _connect(address, writable=writable), poolclass=QueuePool)
    event.listen(made, "begin", _begin)
    return made


def remedy(message: str) -> str:
    """Return what the user can do about an error of SQLite."""
    return next((advice for mark, advice in REMEDIES if mark in message), "try again; if it goes on, keep a copy and report it")


def check_owner(connection: Connection, path: Path, *, marks: frozenset[str]) -> bool:
    """Return whether the file is a ledger already; False where it is empty.

    Raises:
        LedgerError: it is a database of another program, which is left as it is.
    """
    found = {str(row[0]) for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if found and not marks <= found:
        listed = ", ".join(sorted(found)[:5])
        raise LedgerError(f"{path} is a database, but no ledger; its tables: {listed}", remedy="name another file with --ledger")
    return bool(found)


def _connect(address: str, *, writable: bool) -> Any:
    import sqlite3

    connection = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        if writable and connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL" if writable else "PRAGMA query_only=ON")
        connection.execute("PRAGMA foreign_keys=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once and waits for it: one that begins as a reader would fail instead of waiting.
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))
