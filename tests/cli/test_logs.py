"""The log: one object a line, and no secret in it whoever wrote the message."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from foreshock.cli.logs import JsonLines, Lines, hushed


def record(message: str, *, error: bool = False) -> logging.LogRecord:
    trace = None
    if error:
        try:
            raise ValueError("at postgresql://desk:hunter2@db/foreshock")
        except ValueError:
            trace = sys.exc_info()
    return logging.LogRecord("foreshock.web", logging.ERROR, __file__, 1, message, None, trace)


@pytest.mark.parametrize(
    ("told", "secret"),
    [
        ("connect to postgresql://desk:hunter2@db/foreshock", "hunter2"),
        ("socks5://me:hunter2@proxy:1080 refused", "hunter2"),
        ("token fs_A1b2C3d4E5f6G7h8 was used", "A1b2C3d4E5f6G7h8"),
        ("Authorization: Bearer abcdef123456789", "abcdef123456789"),
    ],
)
def test_no_secret_is_logged(told: str, secret: str) -> None:
    assert secret in told
    assert secret not in hushed(told)
    assert secret not in JsonLines().format(record(told))
    assert secret not in Lines("%(message)s").format(record(told))


def test_a_record_is_one_line_of_json_with_its_trace() -> None:
    line = JsonLines().format(record("it failed\nand how", error=True))
    assert "\n" not in line
    found = json.loads(line)
    assert found["level"] == "error"
    assert found["message"] == "it failed\nand how"
    assert "ValueError" in found["trace"]
    assert "hunter2" not in found["trace"]


def test_a_terminal_gets_no_control_characters() -> None:
    shown = Lines("%(message)s").format(record("a title\x1b[2J\u202e here"))
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "\\x1b[2J" in shown


def test_a_watch_tells_its_log_in_json(tmp_path: Path) -> None:
    environment = os.environ | {"FORESHOCK_LOG_FORMAT": "json", "FORESHOCK_LEDGER": str(tmp_path / "l.sqlite")}
    (tmp_path / "dispatches").mkdir()
    (tmp_path / "dispatches" / "empty.txt").write_text("")
    for arguments in (["feeds", "add", str(tmp_path / "dispatches")], ["watch", "--once", "--no-join"]):
        done = subprocess.run(
            [sys.executable, "-m", "foreshock", *arguments],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert lines
    assert {one["logger"] for one in lines} == {"foreshock.watch"}
    assert "empty.txt" in done.stderr
