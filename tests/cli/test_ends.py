"""How a command ends when it is stopped, its reader goes, or its output cannot be written; in processes of their own."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from foreshock.ledger import Ledger
from tests.ledger.records import CODER, DAY, claim, reading

COMMAND = [sys.executable, "-m", "foreshock"]
DOCUMENTS = 250


def start(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    # A shell that runs its jobs in the background has them ignore SIGINT, and a process inherits that from the test run.
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  (no threads here)
    )


def kept(path: Path) -> int:
    if not path.is_file():
        return 0
    with closing(sqlite3.connect(path)) as database:
        try:
            return int(database.execute("SELECT count(*) FROM codings").fetchone()[0])
        except sqlite3.OperationalError:  # its tables are not made yet
            return 0


@pytest.fixture
def feed(tmp_path):
    """Many short texts in a language that is read on the surface, which needs no parser."""
    rows = [
        json.dumps({"id": str(n), "text": f"La calma regna nella città numero {n}, dice il municipio. I negozi riaprono lunedì."})
        for n in range(DOCUMENTS)
    ]
    (tmp_path / "feed.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_stopped_in_the_middle_the_same_command_goes_on(feed, sign, code):
    ledger = feed / "foreshock.sqlite"
    running = start("ingest", "feed.jsonl", "--coder", "rules", folder=feed)
    while kept(ledger) < 10:
        assert running.poll() is None, running.communicate()
        time.sleep(0.01)
    running.send_signal(sign)
    _, errors = running.communicate(timeout=30)
    assert running.returncode == code
    assert b"Traceback" not in errors
    assert code != 130 or b"interrupted; what was kept stays, the same command goes on" in errors
    before = kept(ledger)
    assert 10 <= before < DOCUMENTS
    with closing(sqlite3.connect(ledger)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = start("ingest", "feed.jsonl", "--coder", "rules", folder=feed)
    output, errors = again.communicate(timeout=60)
    assert (again.returncode, errors) == (0, b"")
    assert f"{DOCUMENTS - before} documents and 0 claims added, {before} documents known already" in output.decode()
    with Ledger(ledger) as opened:
        assert len({one.id for one in opened.documents()}) == len(list(opened.documents())) == DOCUMENTS


@pytest.fixture
def full_ledger(tmp_path):
    with Ledger(tmp_path / "foreshock.sqlite") as ledger:
        one = reading()
        ledger.add(one, [claim(one, start) for start in range(2_000)], coder=CODER, now=DAY)
    return tmp_path


@pytest.mark.parametrize("form", ["jsonl", "csv", "table"])
def test_a_reader_that_goes_is_no_error(full_ledger, form):
    running = start("claims", "--format", form, folder=full_ledger)
    assert running.stdout is not None
    running.stdout.readline()
    running.stdout.close()
    assert running.stderr is not None
    assert running.stderr.read() == b""
    assert running.wait(timeout=30) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("limit", ["1", "2000"])
def test_an_output_that_is_full(full_ledger, limit):
    with Path("/dev/full").open("wb") as full:
        command = [*COMMAND, "claims", "--format", "jsonl", "--limit", limit]
        done = subprocess.run(command, cwd=full_ledger, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == (
        "foreshock: the output: No space left on device (free space on that disk, then run the same command again)\n"
    )


def test_a_brief_that_cannot_be_written(tmp_path):
    (tmp_path / "x.txt").write_text("Le calme règne à Paris, dit la mairie de la ville.", encoding="utf-8")
    (tmp_path / "out").write_text("a file")
    running = start("brief", "x.txt", "--out", "out", folder=tmp_path)
    _, errors = running.communicate(timeout=60)
    assert running.returncode == 2
    assert b"is a file" in errors


def test_help_is_quick(tmp_path):
    best = 9.0
    for _ in range(3):
        began = time.monotonic()
        subprocess.run([*COMMAND, "--help"], cwd=tmp_path, check=True, capture_output=True)
        best = min(best, time.monotonic() - began)
    assert best < 0.5
