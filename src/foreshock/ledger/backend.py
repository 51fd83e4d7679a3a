"""What differs between the engines: one small file each, behind one protocol."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, quote_plus

from foreshock.errors import LedgerError
from foreshock.ledger.postgres import Postgres
from foreshock.ledger.sqlite import SQLite
from foreshock.settings import SERVER

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine


class Backend(Protocol):
    """An engine under the ledger. ``shown`` is its address without a password; ``errors`` are its driver's.

    ``snapshot`` are the options of a connection that sees all statements of a transaction at one moment.
    """

    dialect: str
    shown: str
    engine: Engine
    errors: tuple[type[Exception], ...]
    snapshot: dict[str, Any]

    @property
    def path(self) -> Path | None:
        """The file, where the ledger is one."""

    def remedy(self, message: str) -> str:
        """Return what the user can do about an error of the engine."""

    def tables(self, connection: Connection) -> set[str]:
        """Return the names of the tables that are there."""

    def prepare(self, connection: Connection) -> None:
        """Check that the database can hold a ledger."""

    def scrub(self) -> None:
        """Leave nothing behind of what was erased: rewrite what the engine keeps, its journal included."""

    def damage(self, connection: Connection) -> list[str]:
        """Return what the engine itself says is damaged; from then on the connection reads damaged text too."""

    def insert(self, connection: Connection, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        """Insert many rows of one table, as fast as the driver can."""


def backend(address: Path | str, *, writable: bool) -> Backend:
    """Return the engine of an address: a path, or the ``postgresql://`` address of a server."""
    if isinstance(address, str) and address.startswith((SERVER, "postgres://")):
        return Postgres(f"{SERVER}{address.partition('://')[2]}", writable=writable)
    return SQLite(Path(address), writable=writable)


@contextmanager
def guarded(of: Backend, what: str) -> Iterator[None]:
    """Turn errors of the engine into ours: what it said, without a password, and what the user can do.

    Raises:
        LedgerError: "cannot WHAT the ledger ...".
    """
    from sqlalchemy.exc import DBAPIError

    caught: tuple[type[Exception], ...] = (DBAPIError, *of.errors)
    try:
        yield
    except caught as error:
        said = str(getattr(error, "orig", None) or error)
        for secret in _secrets(of.engine.url):
            said = said.replace(secret, "***")
        raise LedgerError(f"cannot {what} the ledger {of.shown}: {said}", remedy=of.remedy(said)) from error


def _secrets(url: URL) -> list[str]:
    """Return the passwords in an address, as they are and as they may be written in one: a server may quote them."""
    held = [url.password, *(url.query.get(name) for name in ("password", "sslpassword"))]
    known = {str(one) for one in held if one}
    return sorted({*known, *map(quote, known), *map(quote_plus, known)}, key=len, reverse=True)


@contextmanager
def connected(of: Backend, what: str, *, writes: bool = False, undone: bool = False, **options: Any) -> Iterator[Connection]:
    """Give a connection in a transaction, committed at the end; one that writes is the only one that does.

    Args:
        of: the engine.
        what: what is done, for messages: "cannot WHAT the ledger".
        writes: take the writers' lock first.
        undone: end with a rollback, which works on a damaged file too.
        options: execution options of the connection.

    Raises:
        LedgerError: the engine raised an error; nothing was changed.
    """
    with (
        guarded(of, what),
        of.engine.connect().execution_options(writes=writes, **options) as connection,
        connection.begin() as transaction,
    ):
        yield connection
        if undone:
            transaction.rollback()
