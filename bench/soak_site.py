"""The site of the soak, in a process of its own: feeds that grow while it serves them, and everything that goes wrong with feeds.

``python -m bench.soak_site FEEDS RATE SHARE SEED LANGUAGE...`` prints its port and serves until its standard input ends. It
adds RATE items a second and answers the SHARE of requests with a fault. ``/~calm`` ends both; ``/~told`` says which versions
stood in which answer, and how often each fault was served.
"""

from __future__ import annotations

import gzip
import json
import socket
import struct
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

from bench.soak_items import Desk, desks, page

HOSTS = 6
MB = 1_000_000
NOTHING: Mapping[str, str] = {}
START = datetime(2033, 5, 1, 6, 0, tzinfo=UTC)


class Site:
    """What is served and what was told of it; every member is used under the lock."""

    def __init__(self, feeds: int, rate: float, share: float, seed: int, languages: tuple[str, ...]) -> None:
        self.desks = desks(languages, feeds, HOSTS, seed=seed)
        self.rate, self.share, self.chance = rate, share, Random(seed + 1)
        self.lock, self.calm, self.port = threading.Lock(), False, 0
        self.told: dict[str, list[str]] = {}
        self.faults: Counter[str] = Counter()
        self.made = self.edited = 0

    def grow(self) -> None:
        """Write and edit items until the site is calm; one time in four an item that is shown is changed."""
        for desk in self.desks:
            desk.write(START)
        while not self.calm:
            time.sleep(1 / self.rate)
            with self.lock:
                desk = self.chance.choice(self.desks)
                if self.chance.random() < 0.25 and desk.edit():
                    self.edited += 1
                else:
                    desk.write(START + timedelta(seconds=desk.made))
                self.made = sum(one.made for one in self.desks)

    def fault(self, kinds: list[str]) -> str:
        """Draw the fault of an answer, "" for none."""
        if self.calm or self.chance.random() >= self.share:
            return ""
        kind = self.chance.choice(kinds)
        self.faults[kind] += 1
        return kind

    def feed(self, number: int) -> tuple[bytes, str, str]:
        """Return a feed, its character set and the name of this answer."""
        desk = self.desks[number]
        name = f"answer-{len(self.told)}"
        self.told[name] = [one.mark for one in desk.items]
        return desk.shown(self.port), desk.encoding, name

    def page(self, mark: str) -> bytes | None:
        """Return the page of an item that is shown, None for one that is not any more."""
        number = int(mark[1:].partition("x")[0])
        desk: Desk = self.desks[number]
        found = [one for one in desk.items if f"g{one.feed}x{one.number}" == mark]
        return page(found[0], desk.language) if found else None


@cache
def bomb() -> bytes:
    """Return zeros that unfold to 200 MB."""
    return gzip.compress(bytes(200 * MB), 9)


@cache
def huge() -> bytes:
    """Return a feed that is larger than what is read of one."""
    return b'<rss version="2.0"><channel><title>Huge</title>' + b"<item><title>x</title></item>" * 400_000 + b"</channel></rss>"


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
)
ERROR_PAGE = b"<!doctype html><html><head><title>Sorry</title></head><body><p>We will be back soon.</p></body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers one request, rightly or with a fault."""

    site: Site

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer."""
        try:
            self._answer()
        except OSError:
            return  # whoever asked went away

    def _answer(self) -> None:
        kind, _, rest = self.path.lstrip("/").partition("/")
        if kind == "~calm":
            self.site.calm = True
            self._say(b"calm")
        elif kind == "~told":
            with self.site.lock:
                said = {
                    "told": self.site.told, "faults": self.site.faults, "made": self.site.made, "edited": self.site.edited,
                }  # fmt: skip
                self._say(json.dumps(said).encode())
        elif kind == "feed":
            self._feed(int(rest))
        elif kind == "page":
            self._page(rest)
        else:
            self._say(b"", 404)

    def _feed(self, number: int) -> None:
        with self.site.lock:
            fault = self.site.fault(sorted(FAULTS))
            body, encoding, name = self.site.feed(number)
        if fault:
            FAULTS[fault](self, body)
            return
        headers = {"ETag": f'"{sha256(body).hexdigest()[:16]}"'} if number % 2 else {}
        if headers and self.headers["If-None-Match"] == headers["ETag"]:
            self._say(b"", 304, headers=headers)
            return
        if number % 3 == 0:
            headers, body = headers | {"Content-Encoding": "gzip"}, gzip.compress(body)
        self._say(body, kind=f"application/xml; charset={encoding}", answer=name, headers=headers)

    def _page(self, mark: str) -> None:
        with self.site.lock:
            fault = self.site.fault(["error", "slow", "reset", "missing", "bomb"])
            body = self.site.page(mark)
        if body is None or fault == "missing":
            self._say(b"", 404)
        elif fault:
            FAULTS[fault](self, body)
        else:
            self._say(body, kind="text/html; charset=utf-8")

    def _say(
        self,
        body: bytes,
        status: int = 200,
        *,
        kind: str = "text/plain",
        answer: str = "",
        headers: Mapping[str, str] = NOTHING,
    ) -> None:
        self.send_response_only(status)
        said = {"Content-Type": kind, "Content-Length": str(len(body))}
        for key, value in (said | dict(headers) | ({"Server": answer} if answer else {})).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def slow(self, body: bytes) -> None:
        """Send a byte now and then, for longer than anyone waits."""
        self.send_response_only(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for at in range(40):
            self.wfile.write(body[at : at + 1])
            time.sleep(0.25)

    def silent(self, _: bytes) -> None:
        """Say nothing for longer than anyone waits."""
        time.sleep(8)

    def truncated(self, body: bytes) -> None:
        """Send the first half as if it were all."""
        self._say(body[: len(body) // 2], kind="application/xml")

    def wrong_encoding(self, body: bytes) -> None:
        """Declare a character set that it is not in."""
        self._say(body, kind="application/xml; charset=us-ascii")

    def error(self, _: bytes) -> None:
        """Answer 500."""
        self._say(b"oops", 500)

    def busy(self, _: bytes) -> None:
        """Answer 503 and ask for patience."""
        self._say(b"", 503, headers={"Retry-After": "1200"})

    def loop(self, _: bytes) -> None:
        """Redirect to itself."""
        self._say(b"", 302, headers={"Location": self.path})

    def far_away(self, _: bytes) -> None:
        """Redirect to an address of a private network."""
        self._say(b"", 302, headers={"Location": f"http://10.0.0.1:{self.site.port}/feed"})

    def bomb(self, _: bytes) -> None:
        """Send 200 kB that unfold to 200 MB."""
        self._say(bomb(), headers={"Content-Encoding": "gzip"})

    def half_zipped(self, body: bytes) -> None:
        """Send the first half of what was packed."""
        packed = gzip.compress(body)
        self._say(packed[: len(packed) // 2], headers={"Content-Encoding": "gzip"})

    def huge(self, _: bytes) -> None:
        """Send a feed of 12 MB."""
        self._say(huge(), kind="application/xml")

    def reset(self, body: bytes) -> None:
        """Reset the connection in the middle of the body."""
        self.send_response_only(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def no_http(self, _: bytes) -> None:
        """Say something that is no HTTP."""
        self.wfile.write(b"HTTP/9 lorem ipsum\r\n\r\n")

    def entities(self, _: bytes) -> None:
        """Send a feed that declares entities."""
        self._say(LAUGHS, kind="application/xml")

    def no_feed(self, _: bytes) -> None:
        """Send a page that says sorry, with 200."""
        self._say(ERROR_PAGE, kind="text/html")

    def empty(self, _: bytes) -> None:
        """Send nothing, with 200."""
        self._say(b"")

    def noise(self, body: bytes) -> None:
        """Send bytes that are no text."""
        self._say(bytes((one * 7 + 131) % 256 for one in body[:5000]), kind="application/xml")


FAULTS: dict[str, Callable[[Handler, bytes], None]] = {
    name.replace("_", "-"): getattr(Handler, name)
    for name in (
        "slow", "silent", "truncated", "wrong_encoding", "error", "busy", "loop", "far_away", "bomb", "half_zipped", "huge",
        "reset", "no_http", "entities", "no_feed", "empty", "noise",
    )
}  # fmt: skip


def main(given: list[str]) -> None:
    """Serve until standard input ends."""
    feeds, rate, share, seed, *languages = given
    Handler.site = site = Site(int(feeds), float(rate), float(share), int(seed), tuple(languages))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    threading.Thread(target=site.grow, daemon=True).start()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{site.port}\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.shutdown()


if __name__ == "__main__":
    main(sys.argv[1:])
