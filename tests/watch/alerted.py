"""Alerts to be sent, a receiver of webhooks and a mail server, both real and on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from foreshock.ledger import Ledger
from foreshock.ledger.watches import Watches
from foreshock.model import Alert, AlertLine, Channel, Trigger, Watch, record_id
from tests.ledger.records import DAY

SECRET = "not a word of this is kept"
HOSTILE = "Line one\r\nBcc: all@example.org\n\u202e<script>alert('1')</script> & ]]> \x00\x1b[2J\ufffe 山田"


def alert(number: int = 1, **fields: Any) -> Alert:
    made = Alert(
        record_id("alert", number), "north", "2022-01-08T09:00:00Z", Trigger("dispute"), f"d{number}", "new",
        "Disputed: How many: Killed · Almaty?", (AlertLine("The ministry reported 3 killed.", ("c1",)),), "2022-01-08",
        country="KAZ", place="Almaty",
    )  # fmt: skip
    return replace(made, **fields)


def keep(ledger: Ledger, *alerts: Alert, channels: tuple[Channel, ...], name: str = "north") -> Watch:
    """Keep a watch with channels and alerts of it, which wait in the outbox from then on."""
    watch = Watch(name, (Trigger("dispute"),), channels=channels)
    store = Watches(ledger)
    store.keep(watch, now=DAY)
    assert store.commit(watch, store.state(name), marks={}, alerts=alerts, arrival=0, now=DAY)
    return watch


@dataclass
class Receiver:
    """A server that keeps what is posted to it and answers with the statuses that it is given, the last one for good."""

    answers: list[int] = field(default_factory=lambda: [200])
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in?key=hidden"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, _, body in self.got]


@contextmanager
def receiving(*answers: int) -> Iterator[Receiver]:
    """Run a receiver of webhooks."""
    kept = Receiver(list(answers) or [200])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.got.append((self.path, dict(self.headers), body))
            status = kept.answers.pop(0) if len(kept.answers) > 1 else kept.answers[0]
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{kept.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.port = server.server_address[1]
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.01), daemon=True)
    thread.start()
    try:
        yield kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
