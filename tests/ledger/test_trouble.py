"""What can go wrong with a ledger's file: each ends in a LedgerError with a remedy, and the file is whole."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
from contextlib import closing
from pathlib import Path

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from tests.ledger.records import CODER, DAY, claim, reading

ROOT = Path(__file__).parents[2]


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database, database:
        return [row[0] for row in database.execute("PRAGMA integrity_check")] == ["ok"]


def counts(path: Path) -> tuple[int, int, int]:
    with closing(sqlite3.connect(path)) as database, database:
        return tuple(
            database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("documents", "codings", "claims")
        )


def test_two_processes_that_make_the_same_ledger(tmp_path):
    write = "import sys; from tests.ledger.records import write_many; write_many(sys.argv[1], 'x', 2)"
    running = [python(write, tmp_path / "new.sqlite") for _ in range(3)]
    for process in running:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    assert counts(tmp_path / "new.sqlite") == (4, 4, 8)


LIMITED = """
    import resource, sys
    from pathlib import Path
    from foreshock.errors import LedgerError
    from foreshock.ledger import Ledger
    from tests.ledger.records import CODER, DAY, claim, reading

    sys.dont_write_bytecode = True  # it would be cut at the limit too, and stay so
    with Ledger(Path(sys.argv[1])) as ledger:
        one = reading("small")
        ledger.add(one, [claim(one)], coder=CODER, now=DAY)
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, resource.RLIM_INFINITY))
        try:
            for number in range(200):
                large = reading(f"large-{number}", text="Calm. " * 5_000)
                ledger.add(large, [claim(large)], coder=CODER, now=DAY)
        except LedgerError as error:
            print(error)
"""


def test_a_file_that_may_not_grow(tmp_path):
    path = tmp_path / "ledger.sqlite"
    output, errors = python(LIMITED, path).communicate(timeout=60)
    assert "cannot write the ledger" in output, errors
    assert "run the same command again; what was kept stays" in output
    documents, codings, claims = counts(path)
    assert documents == codings == claims > 0
    assert whole(path)


@pytest.fixture
def small_disk():
    folder = Path(tempfile.mkdtemp())
    mounted = (
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=900k", "tmpfs", str(folder)], check=False, capture_output=True)
        if shutil.which("mount")
        else None
    )
    if mounted is None or mounted.returncode:
        folder.rmdir()
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()


def test_a_disk_that_is_full(small_disk):
    path = small_disk / "ledger.sqlite"

    def fill() -> None:
        with Ledger(path) as ledger:
            for number in range(200):
                one = reading(f"large-{number}", text="Calm. " * 1_000)
                ledger.add(one, [claim(one)], coder=CODER, now=DAY)

    with pytest.raises(LedgerError, match="full") as error:
        fill()
    assert error.value.remedy.startswith(("free space", "the disk is full"))
    documents, codings, claims = counts(path)
    assert documents == codings == claims > 0
    assert whole(path)


def full(path: Path) -> str:
    with Ledger(path) as ledger, closing(sqlite3.connect(path)) as database:
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        limit = f"PRAGMA max_page_count={pages + 2}"
        with ledger._backend.engine.connect() as connection:
            connection.exec_driver_sql(limit)
        with pytest.raises(LedgerError) as error:
            ledger.add(reading(text="Calm. " * 10_000), [], coder=CODER, now=DAY)
        assert list(ledger.documents()) == []
    return str(error.value)


def test_no_page_left(tmp_path):
    said = full(tmp_path / "ledger.sqlite")
    assert "database or disk is full" in said
    assert "free space on that disk and run the same command again" in said


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize(
    ("data", "message"),
    [(b"Dear diary, nothing happened today. " * 40, "not a database"), (b"SQLite format 3\x00" + b"\xff" * 900, "ledger")],
)
def test_a_file_that_is_no_database(tmp_path, data, message, create):
    path = tmp_path / "diary.sqlite"
    path.write_bytes(data)
    with pytest.raises(LedgerError, match=message) as error:
        Ledger(path, create=create)
    assert "--ledger" in error.value.remedy
    assert path.read_bytes() == data


@pytest.mark.parametrize("create", [True, False])
def test_the_database_of_another_program_is_left_as_it_is(tmp_path, create):
    path = tmp_path / "recipes.sqlite"
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE soup (name TEXT)")
    with pytest.raises(LedgerError, match="no ledger; its tables: soup"):
        Ledger(path, create=create)
    with closing(sqlite3.connect(path)) as database, database:
        assert database.execute("SELECT name FROM sqlite_master").fetchall() == [("soup",)]


def test_a_ledger_of_a_later_version(tmp_path):
    path = tmp_path / "ledger.sqlite"
    Ledger(path).close()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("INSERT INTO schema_version VALUES (99)")
    with pytest.raises(LedgerError, match="schema 99, this version reads 5") as error:
        Ledger(path)
    assert "later Foreshock" in error.value.remedy


def test_no_ledger_is_made_by_reading(tmp_path):
    path = tmp_path / "none.sqlite"
    with pytest.raises(LedgerError, match="there is no ledger at"):
        Ledger(path, create=False)
    path.touch()
    with pytest.raises(LedgerError, match="is empty"):
        Ledger(path, create=False)
    assert path.read_bytes() == b""


def test_a_ledger_opened_for_reading_is_not_written(tmp_path):
    path = tmp_path / "ledger.sqlite"
    Ledger(path).close()
    with Ledger(path, create=False) as ledger, pytest.raises(LedgerError, match="readonly") as error:
        ledger.add(reading(), [], coder=CODER, now=DAY)
    assert "may write" in error.value.remedy


@pytest.mark.parametrize("blocked", ["file", "folder"])
def test_a_place_that_cannot_be_a_ledger(tmp_path, blocked):
    (tmp_path / "file").write_text("x")
    path = tmp_path / "file" / "ledger.sqlite" if blocked == "file" else tmp_path
    with pytest.raises(LedgerError) as error:
        Ledger(path)
    assert "--ledger" in error.value.remedy


@pytest.fixture
def as_nobody():
    """A folder that may be entered but not written, as a user who is not root."""
    folder = Path(tempfile.mkdtemp())
    with Ledger(folder / "ledger.sqlite") as ledger:
        one = reading()
        ledger.add(one, [claim(one)], coder=CODER, now=DAY)
    (folder / "ledger.sqlite").chmod(0o444)
    folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    yield folder
    if root:
        os.seteuid(0)
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_file_that_may_not_be_written(as_nobody):
    with pytest.raises(LedgerError, match="cannot open the ledger") as error:
        Ledger(as_nobody / "ledger.sqlite")
    assert "may write" in error.value.remedy
    with pytest.raises(LedgerError, match="cannot open the ledger"):
        Ledger(as_nobody / "new.sqlite")
