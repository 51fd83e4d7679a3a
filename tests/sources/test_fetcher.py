"""The fetcher against real servers on loopback, which it reaches only through the injected `allow` and `resolver`."""

from __future__ import annotations

import gzip
import ipaddress
import shutil
import socket
import socketserver
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import httpx
import pytest

from foreshock.errors import SourceError
from foreshock.model import Document
from foreshock.reading.extract import extract
from foreshock.sources import Limits, gather
from foreshock.sources.http.address import IP, is_public
from foreshock.sources.http.fetcher import HttpFetcher
from foreshock.sources.http.transport import Deadline, PinnedTransport

HTML = "<html lang=ja><body><article><p>" + "大統領は非常事態を宣言した。" * 9 + "</p></article></body></html>"
QUICK = Limits(total_seconds=1.5, read_seconds=1.0, connect_seconds=1.0, max_page_bytes=3_000_000, max_decoded_bytes=9_000_000)


class Site(BaseHTTPRequestHandler):
    seen: list[tuple[str, str]]

    def log_message(self, *_: object) -> None:
        return

    def answer(self, body: bytes = b"", *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content_Type": "text/html", "Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def drip(self, chunk: bytes, pause: float) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        for _ in range(100_000):
            self.wfile.write(chunk)
            time.sleep(pause)

    def do_GET(self) -> None:
        self.seen.append((self.headers["Host"], self.path))
        port = self.server.server_address[1]
        page = HTML.encode("cp932")
        deflater = zlib.compressobj(wbits=-15)
        routes = {
            "/robots.txt": lambda: self.answer(b"User-agent: *\nDisallow: /closed\n", Content_Type="text/plain"),
            "/page": lambda: self.answer(HTML.encode(), Content_Type="text/html; charset=utf-8", ETag='"1"', Set_Cookie="a=1"),
            "/lies": lambda: self.answer(page, Content_Type="text/html; charset=iso-8859-1"),
            "/gzip": lambda: self.answer(gzip.compress(HTML.encode()), Content_Encoding="gzip"),
            "/members": lambda: self.answer(
                gzip.compress(HTML[:99].encode()) + gzip.compress(HTML[99:].encode()), Content_Encoding="gzip"
            ),
            "/deflate": lambda: self.answer(deflater.compress(HTML.encode()) + deflater.flush(), Content_Encoding="deflate"),
            "/cut": lambda: self.answer(gzip.compress(HTML.encode())[:-20], Content_Encoding="gzip"),
            "/bomb": lambda: self.answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip"),
            "/brotli": lambda: self.answer(b"xx", Content_Encoding="br"),
            "/slow": lambda: self.drip(b"a", 0.2),
            "/endless": lambda: self.drip(b"a" * 65536, 0),
            "/short": lambda: self.answer(b"abc", Content_Length="10"),
            "/moved": lambda: self.answer(status=302, Location="/page"),
            "/loop": lambda: self.answer(status=302, Location="/loop"),
            "/to-closed": lambda: self.answer(status=302, Location="/closed"),
            "/to-private": lambda: self.answer(status=302, Location=f"http://10.0.0.1:{port}/"),
            "/to-metadata": lambda: self.answer(status=301, Location=f"http://inside.example:{port}/"),
            "/to-file": lambda: self.answer(status=302, Location="file:///etc/passwd"),
            "/to-port": lambda: self.answer(status=302, Location="http://site.example:22/"),
            "/to-password": lambda: self.answer(status=302, Location="http://a:b@site.example/"),
        }
        try:
            routes.get(self.path, lambda: self.answer(status=404))()
        except (BrokenPipeError, ConnectionResetError):
            return


@contextmanager
def serving(handler: type[socketserver.BaseRequestHandler], tls: ssl.SSLContext | None = None) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def site() -> Iterator[tuple[int, list[tuple[str, str]]]]:
    seen: list[tuple[str, str]] = []
    with serving(type("Here", (Site,), {"seen": seen})) as port:
        yield port, seen


def loopback_too(ip: IP) -> bool:
    return ip == ipaddress.ip_address("127.0.0.1") or is_public(ip)


def names(host: str, port: int) -> list[str]:
    return {"site.example": ["127.0.0.1"], "inside.example": ["169.254.169.254"]}[host]


def fetcher(port: int, **options: object) -> HttpFetcher:
    return HttpFetcher(**{"ports": frozenset({port}), "resolver": names, "allow": loopback_too, **options})  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["/page", "/gzip", "/members", "/deflate"])
def test_a_page(site: tuple[int, list[tuple[str, str]]], path: str) -> None:
    port, seen = site
    found = fetcher(port)(f"http://site.example:{port}{path}", limits=QUICK)
    assert found.data.decode() == HTML
    assert (found.media_type, dict(found.headers).get("set-cookie")) == ("text/html", None)
    assert seen == [(f"site.example:{port}", "/robots.txt"), (f"site.example:{port}", path)]


def test_raw_bytes_are_those_on_the_wire(site: tuple[int, list[tuple[str, str]]]) -> None:
    found = fetcher(site[0])(f"http://site.example:{site[0]}/gzip", limits=QUICK)
    assert gzip.decompress(found.raw) == found.data


def test_from_address_to_document_past_a_wrong_charset(site: tuple[int, list[tuple[str, str]]]) -> None:
    address = f"http://site.example:{site[0]}/lies"
    (found,) = gather(address, extract=extract, now=datetime(2022, 1, 8, tzinfo=UTC), fetch=fetcher(site[0]), limits=QUICK)
    assert isinstance(found, Document)
    assert found.text.startswith("大統領は非常事態を宣言した。")
    assert any("iso-8859-1 was declared by the server" in note for note in found.notes)


def test_redirects_are_followed_and_noted(site: tuple[int, list[tuple[str, str]]]) -> None:
    found = fetcher(site[0])(f"http://site.example:{site[0]}/moved", limits=QUICK)
    assert found.final_url.endswith("/page")
    assert "redirected from" in found.notes[0]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/to-private", r"10\.0\.0\.1 is refused"),
        ("/to-metadata", r"169\.254\.169\.254 is not on the open internet"),
        ("/to-file", "file is not fetched"),
        ("/to-port", "port 22 is refused"),
        ("/to-password", "user name or password"),
        ("/to-closed", "closed to robots"),
        ("/closed", "closed to robots"),
        ("/loop", "more than 5 times"),
        ("/bomb", "bomb|unfolds to more"),
        ("/brotli", "'br', which was not asked for"),
        ("/cut", "ends early"),
        ("/short", "cannot be fetched"),
        ("/slow", "too slow"),
        ("/endless", "more than 3,000,000 bytes|too slow"),
        ("/nothing", "status 404"),
    ],
)
def test_what_is_refused(site: tuple[int, list[tuple[str, str]]], path: str, message: str) -> None:
    before = time.monotonic()
    with pytest.raises(SourceError, match=message) as error:
        fetcher(site[0])(f"http://site.example:{site[0]}{path}", limits=QUICK)
    assert error.value.remedy
    assert time.monotonic() - before < 5


def test_without_the_injected_predicate_loopback_is_refused(site: tuple[int, list[tuple[str, str]]]) -> None:
    port, seen = site
    for host in ("127.0.0.1", "localhost", "[::1]"):
        with pytest.raises(SourceError, match="not on the open internet"):
            HttpFetcher(ports=frozenset({port}))(f"http://{host}:{port}/page", limits=QUICK)
    assert seen == []


def test_a_name_that_turns_private_between_two_answers_is_refused(site: tuple[int, list[tuple[str, str]]]) -> None:
    port, seen = site
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    asked = []

    def rebinding(host: str, _: int) -> list[str]:
        asked.append(host)
        return next(answers)

    with pytest.raises(SourceError, match=r"10\.0\.0\.1 is not on the open internet"):
        fetcher(port, resolver=rebinding)(f"http://site.example:{port}/page", limits=QUICK)
    assert len(asked) == 2
    assert [path for _, path in seen] == ["/robots.txt"]


def test_a_name_is_asked_for_once_a_connection(site: tuple[int, list[tuple[str, str]]]) -> None:
    asked = []

    def counting(host: str, port: int) -> list[str]:
        asked.append(host)
        return names(host, port)

    fetcher(site[0], resolver=counting)(f"http://site.example:{site[0]}/page", limits=QUICK)
    assert asked == ["site.example"] * 2


class Socks(socketserver.BaseRequestHandler):
    hosts: list[tuple[int, bytes]]
    target: int

    def handle(self) -> None:
        self.request.recv(3)
        self.request.sendall(b"\x05\x00")
        _, _, _, kind = self.request.recv(4)
        host = self.request.recv(self.request.recv(1)[0]) if kind == 3 else self.request.recv(4)
        self.request.recv(2)
        self.hosts.append((kind, host))
        self.request.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        with socket.create_connection(("127.0.0.1", self.target)) as out:
            back = threading.Thread(target=self.pump, args=(out, self.request), daemon=True)
            back.start()
            self.pump(self.request, out)
            back.join(2)

    @staticmethod
    def pump(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return


def test_a_socks_proxy_gets_the_name_and_not_an_address(site: tuple[int, list[tuple[str, str]]]) -> None:
    hosts: list[tuple[int, bytes]] = []
    with serving(type("Proxy", (Socks,), {"hosts": hosts, "target": site[0]})) as proxy:
        through = HttpFetcher(proxy=f"socks5h://127.0.0.1:{proxy}", resolver=lambda *_: pytest.fail("resolved here"))
        found = through("http://far.example/page", limits=QUICK)
        assert found.data.decode() == HTML
        assert set(hosts) == {(3, b"far.example")}
        for address in (
            "http://127.0.0.1/",
            "http://localhost/",
            "http://[::1]/",
            "http://169.254.169.254/",
            "http://nas.local/",
        ):
            with pytest.raises(SourceError, match="refused"):
                through(address, limits=QUICK)
        assert set(hosts) == {(3, b"far.example")}


def test_a_silent_proxy_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        through = HttpFetcher(proxy=f"socks5://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(SourceError, match="too slow"):
            through("http://far.example/page", limits=Limits(total_seconds=0.5))


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:1", "127.0.0.1:9050", "socks4://127.0.0.1:1"])
def test_only_socks5_is_a_proxy(proxy: str) -> None:
    with pytest.raises(SourceError, match="proxy"):
        HttpFetcher(proxy=proxy)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
def test_the_certificate_is_checked_for_the_name_though_the_address_is_pinned(tmp_path: Path) -> None:
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    name = ["-subj", "/CN=site.example", "-addext", "subjectAltName=DNS:site.example", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*make, *name], check=True, capture_output=True)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    client = ssl.create_default_context(cafile=str(cert))
    with serving(type("Here", (Site,), {"seen": []}), server) as port:
        transport = PinnedTransport(
            Deadline(time.monotonic() + 5), tls=client, resolver=lambda *_: ["127.0.0.1"], allow=loopback_too
        )
        with transport.get(httpx.URL(f"https://site.example:{port}/page"), headers={}, connect=2, read=2) as response:
            assert response.status == 200
        other = httpx.URL(f"https://other.example:{port}/page")
        refused = pytest.raises(httpcore.ConnectError, match=r"(?i)certificate|hostname")
        with refused, transport.get(other, headers={}, connect=2, read=2):
            pytest.fail("a certificate for another name was taken")
        transport.close()
