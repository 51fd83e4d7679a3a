"""Bad weather, on both engines: killed at any moment, many at once, no space left."""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Batch, Ledger
from tests.ledger.records import CODER, DAY, claim, reading, write_many
from tests.ledger.test_migrate import EDITED, old

KILLS = 24


@contextmanager
def child(work: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """Run work in a process of its own, which may write to a pipe; give its id and the pipe's other end."""
    there, here = os.pipe()
    number = os.fork()
    if number == 0:
        os.close(there)
        status = 1
        try:
            work(here)
            status = 0
        finally:
            os._exit(status)
    os.close(here)
    try:
        yield number, there
    finally:
        os.close(there)


def said_before_death(number: int, pipe: int, *, after: float) -> list[str]:
    """Kill a child after so many seconds; return the whole lines that it wrote."""
    data, end = b"", time.monotonic() + after
    while (left := end - time.monotonic()) > 0:
        ready, _, _ = select.select([pipe], [], [], left)
        if ready and not (more := os.read(pipe, 1 << 16)):
            break
        data += more if ready else b""
    os.kill(number, signal.SIGKILL)
    os.waitpid(number, 0)
    while more := os.read(pipe, 1 << 16):
        data += more
    return data.decode().split("\n")[:-1]


def ingest(address: Path | str, pipe: int, *, many: bool) -> None:
    """Keep documents without end, from the first; tell of each that is kept."""
    with Ledger(address) as ledger:
        for number in range(10_000):
            names = [f"d{number}-{one}" for one in range(7 if many else 1)]
            made = [reading(name, f"Calm in {name}. " * 40) for name in names]
            ledger.add_many([Batch(one, [claim(one), claim(one, 9)], CODER, DAY, one.document.text.encode()) for one in made])
            os.write(pipe, "".join(f"{one.document.id}\n" for one in made).encode())


def test_killed_at_any_moment_of_an_ingest(address):
    Ledger(address).close()
    dice, acknowledged = random.Random(3), set()
    for kill in range(KILLS):
        with child(lambda pipe, many=kill % 2 == 1: ingest(address, pipe, many=many)) as (number, pipe):
            acknowledged |= set(said_before_death(number, pipe, after=dice.uniform(0.02, 0.3)))
        with Ledger(address) as ledger:
            codings = list(ledger.codings())
            assert [one.arrival for one in codings] == list(range(1, len(codings) + 1))
            assert {len(one.claims) for one in codings} <= {2}
            assert acknowledged <= {one.document.id for one in codings}
    assert len(acknowledged) > KILLS
    with Ledger(address) as ledger:
        assert list(ledger.verify()) == []
        one = reading("the next run goes on")
        assert ledger.add(one, [claim(one)], coder=CODER, now=DAY).claims == 1


def test_killed_in_the_middle_of_a_join(address):
    Ledger(address).close()

    def join(pipe: int) -> None:
        from foreshock.model import Entry

        with Ledger(address) as ledger:
            for number in range(10_000):
                with ledger.joining() as store:
                    for half in range(2):
                        store.put("x", [Entry(f"{number}-{half}-{one}", number, "2022-01-08T09:00:00Z") for one in range(20)])
                    store.count("x", {"batches": 1})
                os.write(pipe, f"{number}\n".encode())

    dice, told = random.Random(5), 0
    for _ in range(6):
        with child(join) as (number, pipe):
            told = max([told, *(int(one) + 1 for one in said_before_death(number, pipe, after=dice.uniform(0.05, 0.3)))])
        with Ledger(address) as ledger, ledger.joined() as store:
            kept = len(list(store.entries("x")))
            assert kept % 40 == 0
            assert kept >= 40 * told


def test_killed_in_the_middle_of_a_migration(new_address):
    ended = set[tuple[int, int]]()
    for after in (0.0, 0.002, 0.005, 0.015, 0.05, 0.2):
        address = new_address()
        old(address)
        with child(lambda _, address=address: Ledger.migrate(address)) as (number, pipe):
            said_before_death(number, pipe, after=after)
        ended.add(Ledger.migrate(address))
        with Ledger(address) as ledger:
            assert list(ledger.claims()) == EDITED
            assert list(ledger.verify()) == []
    assert (1, 5) in ended  # it was as before; (5, 5) where the kill came too late


def read(address: Path | str) -> None:
    """Read again and again: every document that is seen has both its claims, and arrivals have no holes."""
    with Ledger(address, create=False) as ledger:
        for _ in range(25):
            codings = list(ledger.codings())
            assert [one.arrival for one in codings] == list(range(1, len(codings) + 1))
            assert {len(one.claims) for one in codings} <= {2}
            assert len(list(ledger.claims())) >= 2 * len(codings)


def test_two_writers_and_two_readers_at_once(address):
    Ledger(address).close()
    works = [
        lambda _: write_many(str(address), "one", 40), lambda _: write_many(str(address), "two", 40),
        lambda _: read(address), lambda _: read(address),
    ]  # fmt: skip
    running = []
    for work in works:
        with child(work) as (number, _):
            running.append(number)
    assert [os.waitpid(number, 0)[1] for number in running] == [0, 0, 0, 0]
    with Ledger(address) as ledger:
        assert len(list(ledger.codings())) == 120
        assert len(list(ledger.claims())) == 240
        assert list(ledger.verify()) == []


def test_a_reader_does_not_wait_for_a_writer(address):
    with Ledger(address) as ledger, Ledger(address, create=False) as reader:
        one = reading()
        ledger.add(one, [claim(one)], coder=CODER, now=DAY)
        began = time.monotonic()
        with ledger.joining():
            assert len(list(reader.claims())) == 1
            assert reader.last_arrival() == 1
        assert time.monotonic() - began < 5


@pytest.fixture
def small_space(server: str, new_schema: Callable[[], str]) -> Iterator[str]:
    """Return the address of a schema whose tables lie on a disk of 2 MB."""
    import psycopg

    folder = Path(tempfile.mkdtemp(prefix="fs-small-"))
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=2m,mode=0777", "tmpfs", str(folder)], check=False, capture_output=True
        )
        if shutil.which("mount")
        else None
    )
    if mounted is None or mounted.returncode:
        folder.rmdir()
        pytest.skip("no small disk can be mounted here")
    try:
        address, place = new_schema(), folder / "space"
        place.mkdir()
        if os.geteuid() == 0:
            shutil.chown(place, "embedded_postgres")
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'")
            yield f"{address}%20-cdefault_tablespace%3Dsmall"
            connection.execute(f"DROP SCHEMA {address.rpartition('%3D')[2]} CASCADE")
            connection.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def test_a_server_whose_disk_is_full(small_space):
    def fill(ledger: Ledger) -> None:
        dice = random.Random(1)
        for number in range(400):
            text = " ".join(str(dice.random()) for _ in range(600))
            one = reading(f"large-{number}", text)
            ledger.add(one, [claim(one)], coder=CODER, now=DAY)

    with Ledger(small_space) as ledger:
        with pytest.raises(LedgerError, match="No space left") as error:
            fill(ledger)
        assert error.value.remedy.startswith("free space on the server")
        codings = list(ledger.codings())
        assert codings
        assert {len(one.claims) for one in codings} == {1}
        assert list(ledger.verify()) == []


def test_no_server(tmp_path):
    for address in (f"postgresql://ana:s3cret@/none?host={tmp_path}", "postgresql://ana:s3cret@localhost:1/none"):
        with pytest.raises(LedgerError) as error:
            Ledger(address)
        assert "s3cret" not in str(error.value)
        assert error.value.remedy.startswith("start the server")
    with pytest.raises(LedgerError, match="no address of a server") as error:
        Ledger("postgresql://ana:s3cret@localhost:port/none")
    assert "s3cret" not in str(error.value)


def test_without_its_driver_postgresql_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(LedgerError, match="driver") as error:
        Ledger("postgresql://ana:s3cret@localhost/none")
    assert error.value.remedy == "pip install 'foreshock[postgres]'"
    assert "s3cret" not in str(error.value)
