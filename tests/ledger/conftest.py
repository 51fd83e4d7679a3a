"""Both engines for every law: a file, and a schema of its own on a PostgreSQL server that the tests start."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from foreshock.ledger import Ledger
from tests.postgres import running

ENGINES = ("sqlite", "postgresql")
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def server() -> str:
    """Return the address of the session's server."""
    return running()


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
