"""Secrets in settings are nowhere in what commands say, at the most verbose level, whatever fails and whoever quotes them."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from foreshock.cli.logs import hushed
from foreshock.settings import Settings, shown_address

SECRET = "hunter2-S3cret"
ENCODED = "hunter2%2DS3cret"
# Every library logs all it can, through no filter of ours; the command's own log is put beside it. One process runs them all.
RUNNER = """
import json, logging, os, sys
logging.basicConfig(level=1, stream=sys.stderr, format="%(name)s %(message)s")
from foreshock.cli import app, logs
real = logs.start
def start(form, *, level=1):
    real(form, level=1)
    for name in ("httpx", "httpcore", "apscheduler"):
        logging.getLogger(name).setLevel(1)
logs.start = start
clean = dict(os.environ)
for environment, arguments in json.load(sys.stdin):
    os.environ.clear()
    os.environ.update(clean | environment)
    sys.argv = ["foreshock", *arguments]
    print("RAN", arguments[0], app.run(), file=sys.stderr)
"""


@contextmanager
def server(answer: Callable[[socket.socket], None]) -> Iterator[int]:
    """Give the port of a server that answers each caller in its way."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    caller, _ = listening.accept()
                except OSError:
                    return
                with caller:
                    caller.settimeout(5)
                    try:
                        answer(caller)
                    except OSError:
                        continue

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def quoting_postgres(caller: socket.socket) -> None:
    """A server of PostgreSQL that asks for the password in clear, and quotes it when it refuses."""
    length, code = struct.unpack("!II", caller.recv(8))
    while code in (80877103, 80877104):  # TLS or GSS, which it lacks
        caller.sendall(b"N")
        length, code = struct.unpack("!II", caller.recv(8))
    caller.recv(length - 8)
    caller.sendall(b"R" + struct.pack("!II", 8, 3))
    caller.recv(1)
    (length,) = struct.unpack("!I", caller.recv(4))
    given = caller.recv(length - 4).rstrip(b"\0")
    told = b"SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed, I was given " + given + b"\0\0"
    caller.sendall(b"E" + struct.pack("!I", len(told) + 4) + told)


def quoting_mail(caller: socket.socket) -> None:
    """A mail server that quotes what it was told when it refuses a login."""
    caller.sendall(b"220 here\r\n")
    while line := caller.recv(4096):
        if line.upper().startswith(b"EHLO"):
            caller.sendall(b"250-here\r\n250 AUTH PLAIN LOGIN\r\n")
        else:
            caller.sendall(b"535 no: " + line.strip() + f" {SECRET}".encode() + b"\r\n")


def refusing_proxy(caller: socket.socket) -> None:
    caller.recv(4)
    caller.sendall(b"\x05\x02")
    caller.recv(256)
    caller.sendall(b"\x01\x01")  # a wrong password


def said(folder: Path, *runs: tuple[dict[str, str], list[str]]) -> str:
    """Return all that commands say and log, each with settings of its own in the environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FORESHOCK_")}
    done = subprocess.run(
        [sys.executable, "-c", RUNNER],
        cwd=folder, env=clean, input=json.dumps(runs), capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stderr.count("RAN ") == len(runs)
    return done.stdout + done.stderr


def assert_hushed(told: str) -> None:
    for form in (SECRET, ENCODED, SECRET.encode().hex()):
        assert form not in told, told[max(0, told.index(form) - 300) : told.index(form) + 60]


def ledgers(port: int) -> list[str]:
    end = "sslmode=disable&gssencmode=disable"
    return [
        f"postgresql://desk:{ENCODED}@127.0.0.1:{port}/db?{end}",
        f"postgresql://127.0.0.1:{port}/db?user=a&password={SECRET}&{end}",
        f"postgresql://desk:{SECRET}@127.0.0.1:1/db?sslpassword={SECRET}",  # nobody is there
        f"postgresql://desk:{SECRET}@127.0.0.1:x/db",
    ]


def test_no_secret_is_said_whatever_fails_and_whoever_quotes_it(tmp_path):
    pytest.importorskip("psycopg")
    erase = ["redact", "--name", "Ann Example", "--by", "a", "--why", "b", "--yes"]
    watch = ["watches", "add", "north", "--on", "dispute", "--email", "ana@example.org", "--webhook", "https://127.0.0.1:1/in"]
    with server(quoting_postgres) as postgres, server(refusing_proxy) as proxy, server(quoting_mail) as mail:
        runs = [({"FORESHOCK_LEDGER": one}, command) for one in ledgers(postgres) for command in (["claims"], ["doctor"], erase)]
        runs += [({"FORESHOCK_LEDGER": ledgers(postgres)[2]}, command) for command in (["watch", "--once"], ["verify"])]
        for given in (f"socks5://me:{SECRET}@127.0.0.1:{proxy}", f"http://me:{SECRET}@127.0.0.1:{proxy}",
                      f"socks5://me:{SECRET}:x@127.0.0.1:y", SECRET):  # fmt: skip
            runs.append(({"FORESHOCK_PROXY": given}, ["read", "https://news.example/a"]))
        mails = {
            "FORESHOCK_SMTP": f"smtp+plain://desk@127.0.0.1:{mail}", "FORESHOCK_SMTP_FROM": "desk@example.org",
            "FORESHOCK_SMTP_PASSWORD": SECRET, "FORESHOCK_SECRET_DESK": f"{SECRET}-{SECRET}", "FORESHOCK_OIDC_SECRET": SECRET,
            "FORESHOCK_WEBHOOK_HOSTS": "127.0.0.1:1", "FORESHOCK_LOG_FORMAT": "json",
        }  # fmt: skip
        runs += [(mails, [*watch, "--secret", "desk"]), (mails, ["watches", "test", "north"]), (mails, ["doctor"])]
        runs.append(({**mails, "FORESHOCK_SMTP": f"smtp://desk:{SECRET}@127.0.0.1:{mail}"}, ["watches", "test", "north"]))
        told = said(tmp_path, *runs)
    said_so = [
        "password authentication failed, I was given ***", "Invalid username/password", "the mail server answers 535",
        "smtp has a password in it", "the proxy's address is not an address",
    ]  # fmt: skip
    assert [one for one in said_so if one not in told] == []
    assert_hushed(told)


def test_settings_and_addresses_are_shown_without_passwords():
    settings = Settings(ledger=f"postgresql://desk:{SECRET}@db/x", cache=Path("c"), proxy=f"socks5://me:{SECRET}@p:1")
    assert SECRET not in repr(settings)
    assert "me:***@p:1" in repr(settings)
    for address in (f"postgresql://a:{SECRET}@h/d", f"postgresql://h/d?password={SECRET}&a=1", f"postgresql://a:p@{SECRET}@h/d",
                    f"postgresql://:{SECRET}@h/d", f"postgresql://h/d?a=1&sslpassword={SECRET}"):  # fmt: skip
        assert SECRET not in shown_address(address)
        assert SECRET not in hushed(f"at {address} it failed")
    assert shown_address("postgresql://a@h/d?options=-csearch_path%3Dx") == "postgresql://a@h/d?options=-csearch_path%3Dx"


def test_a_trace_of_the_ledger_quotes_no_words(tmp_path, caplog):
    """The errors of the database do not carry what was kept or looked for."""
    from sqlalchemy import text
    from sqlalchemy.exc import DBAPIError

    from foreshock.ledger.backend import backend

    of = backend(tmp_path / "l.sqlite", writable=True)
    with pytest.raises(DBAPIError) as error, of.engine.connect() as connection:
        connection.execute(text("INSERT INTO nowhere VALUES (:name)"), {"name": SECRET})
    assert SECRET not in str(error.value)
    of.engine.dispose()
