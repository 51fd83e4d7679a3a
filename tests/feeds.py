"""A site on loopback that serves feeds as real ones are served, and worse, and the fetcher that may reach it."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from foreshock.ledger import Kept, Ledger
from foreshock.model import Document
from foreshock.pipeline import WatchTools
from foreshock.reading.read import read
from foreshock.sources import Limits
from foreshock.sources.http.address import IP, is_public
from foreshock.sources.http.fetcher import HttpFetcher

HOSTS = ("paper-compass.example", "felt-herald.example", "other.example")
QUICK = Limits(total_seconds=1.0, read_seconds=0.6, connect_seconds=0.6, max_page_bytes=3_000_000, max_decoded_bytes=9_000_000)
NOW = datetime(2033, 5, 4, 12, 0, tzinfo=UTC)


@dataclass
class Reply:
    """What the site says at a path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    modified: str = ""
    pause: float = 0.0  # seconds between two bytes


@dataclass
class FeedSite:
    """A site whose replies a test changes while it runs; ``seen`` are the paths that were asked for, with their status."""

    port: int = 0
    replies: dict[str, Reply | Callable[[], Reply]] = field(default_factory=dict)
    seen: list[tuple[str, int]] = field(default_factory=list)
    made: dict[str, HttpFetcher] = field(default_factory=dict)

    def url(self, path: str, host: str = HOSTS[0]) -> str:
        return f"http://{host}:{self.port}{path}"

    def asked(self, path: str) -> list[int]:
        return [status for one, status in self.seen if one == path]

    def fetcher(self, **options: Any) -> HttpFetcher:
        given = {"ports": frozenset({self.port}), "resolver": names, "allow": loopback_too} | options
        # Reading the certificates of the system takes longer than a poll.
        if str(options) not in self.made:
            self.made[str(options)] = HttpFetcher(**given)
        return self.made[str(options)]


def names(host: str, _: int) -> list[str]:
    if host not in HOSTS:
        raise OSError(f"{host} is not of this test")
    return ["127.0.0.1"]


def loopback_too(ip: IP) -> bool:
    return ip == ipaddress.ip_address("127.0.0.1") or is_public(ip)


@contextmanager
def feed_site() -> Iterator[FeedSite]:
    """Give a site that runs."""
    site = FeedSite()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def do_GET(self) -> None:
            reply = site.replies.get(self.path, Reply(b"", 404))
            reply = reply if isinstance(reply, Reply) else reply()
            same = (reply.etag and self.headers["If-None-Match"] == reply.etag) or (
                reply.modified and self.headers["If-Modified-Since"] == reply.modified
            )
            status = 304 if same else reply.status
            site.seen.append((self.path, status))
            body = b"" if same else reply.body
            try:
                self.send_response(status)
                marks = {"ETag": reply.etag, "Last-Modified": reply.modified}
                length = {} if same else {"Content-Length": str(len(body))}
                for name, value in (length | {key: one for key, one in marks.items() if one} | reply.headers).items():
                    self.send_header(name, value)
                self.end_headers()
                if not reply.pause:
                    self.wfile.write(body)
                for at in range(len(body) if reply.pause else 0):
                    self.wfile.write(body[at : at + 1])
                    time.sleep(reply.pause)
            except (BrokenPipeError, ConnectionResetError):
                return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


def rss(*items: str, title: str = "The Paper Compass") -> bytes:
    """Return an RSS feed."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><language>en</language>{''.join(items)}</channel></rss>"
    ).encode()


def item(number: int, text: str, *, link: str = "", content: str = "", title: str = "", day: datetime = NOW) -> str:
    """Return an item of an RSS feed."""
    whole = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    address = f"<link>{link}</link>" if link else ""
    return (
        f"<item><guid isPermaLink='false'>g{number}</guid><title>{title or f'Headline {number}'}</title>{address}"
        f"<description>{text}</description>{whole}<pubDate>{format_datetime(day)}</pubDate></item>"
    )


def page(*paragraphs: str, title: str = "A page") -> bytes:
    """Return a page with a text that is long enough to be one."""
    inside = "".join(f"<p>{one}</p>" for one in paragraphs)
    head = f"<html lang=en><head><title>{title}</title></head><body><article><h1>{title}</h1>"
    return f"{head}{inside}</article></body></html>".encode()


def keep_plain(ledger: Ledger, document: Document, contents: bytes | None, now: datetime) -> Kept:
    """Keep a document as it is read, without coding it: what is taken in is asked here, not what it says."""
    reading = read(document, now=now, language="en")
    if ledger.knows(reading.document, "none@1"):
        return Kept(0, 0)
    return ledger.add(reading, [], coder="none@1", now=now, contents=contents)


def tools(site: FeedSite, **options: Any) -> WatchTools:
    """Return tools that reach the site."""
    return WatchTools(site.fetcher(**options), keep_plain, QUICK)
