"""The commands as a user runs them: on this machine, in processes of their own, in bad weather."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("distributed")
pytest.importorskip("cryptography")

from tests.batch import world


def start(folder: Path, *given: str, most: int | None = None) -> subprocess.Popen[str]:
    """Start foreshock in a session of its own; no file of it may grow over ``most`` bytes."""
    command = [sys.executable, "-m", "foreshock", *given]
    pipe = subprocess.PIPE
    # What Python compiles would be cut at the limit too, and stay so: it does not look whether all was written.
    environment = os.environ | ({} if most is None else {"PYTHONDONTWRITEBYTECODE": "1"})
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    if most is not None:
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
    return process


def session(leader: int) -> set[int]:
    """Return the living processes of a session."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.add(int(path.parent.name))
    return found


def backfill(folder: Path, *, most: int | None = None) -> subprocess.Popen[str]:
    return start(folder, "backfill", "in", "--out", "out", "--workers", "1", "--coder", "rules", "--json", most=most)


def test_a_full_disk_an_interrupt_and_a_file_that_cannot_be_read(tmp_path, gazetteer_path):
    for number in range(3):
        world.write(tmp_path / "in" / f"{number}.jsonl", 20, start=15 * number, broken=number)
    (tmp_path / "in" / "empty.jsonl").write_text("", encoding="utf-8")

    full = backfill(tmp_path, most=6_000)
    out, err = full.communicate()
    assert (full.returncode, out) == (1, "")
    assert err.splitlines()[-1].endswith("File too large (raise the limit on the size of files, or name another place)")
    assert "Traceback" not in err
    assert world.standing(tmp_path / "out") == []

    stopped = backfill(tmp_path)
    world.until(lambda: list((tmp_path / "out" / ".part").glob("*/documents.parquet")))
    os.killpg(stopped.pid, signal.SIGINT)
    out, err = stopped.communicate()
    assert (stopped.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "foreshock: interrupted; what was kept stays, the same command goes on from there"
    assert "Traceback" not in err
    world.until(lambda: not session(stopped.pid), seconds=30)  # what keeps track of shared resources ends after the command

    whole = backfill(tmp_path)
    out, err = whole.communicate()
    told = json.loads(out)
    assert whole.returncode == 3
    assert f"{tmp_path}/in/empty.jsonl: unreadable: " in err
    assert told["files"] | {"coded": 3, "unchanged": 0} == {
        "all": 4, "coded": 3, "unchanged": 0, "poisoned": 0, "unreadable": 1, "failed": 0,
    }  # fmt: skip
    assert (told["documents"], told["skipped"]) == (60, 3)
    assert told["stands"] == {"documents": 60, "distinct": 50, "claims": 120}
    assert [one["state"] for one in told["named"]] == ["unreadable"]
    world.until(lambda: not session(whole.pid), seconds=30)

    # Nothing to be done, so no cluster is started; and what was coded comes into a ledger, each document once.
    (tmp_path / "in" / "empty.jsonl").unlink()
    again = start(tmp_path, "backfill", "in", "--out", "out", "--coder", "rules")
    assert again.communicate()[0] == (
        "out: 3 files: 3 unchanged; 60 documents with 120 claims, 3 broken records skipped; 10 documents stand in a second file\n"
    )
    assert again.returncode == 0
    load = start(tmp_path, "load", "out", "--ledger", "l.sqlite")
    assert load.communicate()[0] == "l.sqlite: 50 documents and 100 claims added, 10 documents known already\n"


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--scheduler", "tcp://10.0.0.1:8786"], "whoever reaches it runs code on the workers"),
        (["--tls-ca", "ca.pem"], "--tls-ca, --tls-cert and --tls-key go together"),
        (["--insecure"], "go with --scheduler"),
        (["--scheduler", "tcp://127.0.0.1:1", "--workers", "2"], "--workers are of this machine"),
    ],
)
def test_what_does_not_go_together_is_refused(tmp_path, monkeypatch, capsys, gazetteer_path, given, says):
    from foreshock.cli import app

    world.write(tmp_path / "a.jsonl", 1)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["foreshock", "backfill", "a.jsonl", "--out", "out", "--coder", "rules", *given])
    assert app.run() in (1, 2)
    assert says in capsys.readouterr().err


def test_a_scheduler_that_does_not_answer_is_told(tmp_path, monkeypatch, capsys, gazetteer_path):
    from foreshock.cli import app

    world.write(tmp_path / "a.jsonl", 1)
    monkeypatch.chdir(tmp_path)
    address = f"tcp://127.0.0.1:{world.free_port()}"
    given = ["backfill", "a.jsonl", "--out", "out", "--coder", "rules", "--scheduler", address, "--wait", "0"]
    monkeypatch.setattr(sys, "argv", ["foreshock", *given])
    monkeypatch.setattr("foreshock.batch.cluster.CONNECTS", "200ms")
    assert app.run() == 1
    assert f"no scheduler answers at {address}" in capsys.readouterr().err
