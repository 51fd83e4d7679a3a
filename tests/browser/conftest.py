"""A real browser at a real server: Debian's Chromium, driven by playwright, and the desk on the example on loopback."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.web import Desk, make_app
from foreshock.web import example as invented
from tests.web.conftest import bench, example_file  # noqa: F401 - fixtures

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 30_000  # milliseconds


class Served:
    """A desk at an address."""

    def __init__(self, desk: Desk, url: str) -> None:
        self.desk, self.url = desk, url


def serving(path: Path, made: pipeline.Workbench) -> Iterator[Served]:
    """Serve the desk on a ledger's file until the fixture ends."""
    import uvicorn

    with Ledger(path) as kept, socket.socket() as listening:
        desk = Desk(kept, made, now=invented.now, example=True)
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(make_app(desk), log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        assert server.started
        yield Served(desk, f"http://127.0.0.1:{port}")
        server.should_exit = True
        thread.join(5)
        desk.close()


@pytest.fixture(scope="session")
def served(example_file: Path, bench: pipeline.Workbench, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:  # noqa: F811
    """The desk on the example; do not write to it."""
    path = tmp_path_factory.mktemp("served") / "desk.sqlite"
    shutil.copy(example_file, path)
    yield from serving(path, bench)


@pytest.fixture
def own_served(example_file: Path, bench: pipeline.Workbench, tmp_path: Path) -> Iterator[Served]:  # noqa: F811
    """A desk of one's own on a copy of the example, to write to."""
    path = tmp_path / "desk.sqlite"
    shutil.copy(example_file, path)
    yield from serving(path, bench)


# Its driver keeps an event loop running in this thread, in which no other test could run one: it ends with the module.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A running Chromium with a fresh profile."""
    if not Path(CHROMIUM).exists():
        pytest.skip("no chromium: make test installs it by apt where it may")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A page of a fresh visitor; an error of a script, or of the content policy, fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    shown = context.new_page()
    faults: list[str] = []
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("console", lambda told: faults.append(told.text) if told.type == "error" else None)
    yield shown
    context.close()
    assert not faults, faults
