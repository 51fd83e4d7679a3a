"""Pictures of the desk for the documents: ``make screenshots`` takes each screen of the example anew, into docs/images."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.settings import read_settings
from foreshock.web import Desk, example, make_app

IMAGES = Path(__file__).parent.parent / "docs" / "images"
SCREENS = {
    "brief": "/?wait", "map": "/map", "incidents": "/incidents", "figures": "/figures", "conditions": "/conditions",
    "disputes": "/disputes", "scenarios": "/scenarios", "silence": "/silence", "documents": "/documents?q=Almaty",
    "sources": "/sources", "origins": "/sources/origins", "feeds": "/sources/feeds", "alerts": "/watches",
}  # fmt: skip
SETTLES = 6_000  # milliseconds that a map drawn by software takes
FLAGS = ["--no-sandbox", "--disable-gpu"]


def main() -> None:
    """Take every picture."""
    from playwright.sync_api import sync_playwright

    with served() as (url, desk), sync_playwright() as playing:
        browser = playing.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        claims = [one for one in desk.ledger.claims() if one.language == "ja" and one.damage]
        reading = f"/documents/{claims[0].document_id}?claim={claims[0].id}"
        for name, path in {**SCREENS, "reading": reading}.items():
            page = browser.new_page(viewport={"width": 1280, "height": 860}, locale="en-GB", color_scheme="light")
            page.goto(url + path)
            page.wait_for_timeout(SETTLES if name in ("map", "silence", "brief") else 1_000)
            page.screenshot(path=IMAGES / f"desk-{name}.png")
            page.close()
        page = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark", locale="ja-JP")
        page.goto(url + "/disputes")
        page.wait_for_timeout(1_000)
        page.screenshot(path=IMAGES / "desk-phone.png")
        browser.close()


@contextmanager
def served() -> Iterator[tuple[str, Desk]]:
    """Serve the example on loopback; give its address and its desk."""
    import uvicorn

    bench = pipeline.Workbench(read_settings(Path.cwd(), dict(os.environ)))
    with TemporaryDirectory() as folder, Ledger(Path(folder) / "example.sqlite") as kept, socket.socket() as listening:
        for _ in example.fill(kept, bench):
            pass
        desk = Desk(kept, bench, now=example.now, example=True)
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(make_app(desk), log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", desk
        server.should_exit = True
        thread.join(5)
        desk.close()


if __name__ == "__main__":
    main()
