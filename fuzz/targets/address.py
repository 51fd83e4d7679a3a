"""Addresses and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator

from foreshock.errors import SourceError
from foreshock.sources.http.address import canonical, check_unresolved, host_of, is_public, literal, parse_url
from foreshock.sources.http.robots import allowed
from foreshock.sources.record import address_id
from fuzz.drawn import split
from fuzz.laws import in_time, must, must_be_text, same

MODULES = ("foreshock.sources.http.address", "foreshock.sources.http.robots", "foreshock.sources.record")
WORDS = (
    "http://", "https://", "xn--", "@", "[::1]", "127.1", "0x7f", "%00", "%2e", "#", "?utm_source=", "User-agent: *\n",
    "Disallow: /", "Allow: ", "$", "*", ":80", ":443", ".onion", "Foreshock", "\\",
)  # fmt: skip


ADDRESSES = (
    "HTTPS://Example.org:443/a?utm_source=x&id=7#top", "http://u:p@a.example/", "http://127.1/", "http://[::ffff:10.0.0.1]/",
    "http://пример.рф/путь?x=й", "http://a.example:99999/", "http://0x7f000001/", "http://xn--/", "ftp://a/", "http://a..b./x y",
)  # fmt: skip


def seeds() -> Iterator[bytes]:
    """Yield addresses, each with a robots.txt."""
    robots = b"User-agent: *\nDisallow: /*?print\nAllow: /a$\nUser-agent: foreshock\nuser-agent: x\nDisallow: /b*c*d\n"
    for one in ADDRESSES:
        yield one.encode() + b"\xff" + robots


def check(data: bytes) -> None:
    """Canonical is canonical, an id is an id, and no address leads near that is not refused."""
    address, robots = (one.decode("utf-8", "replace") for one in split(data, 2))
    with in_time(data):
        found = canonical(address)
        allowed(robots, "Foreshock", address if address.startswith("/") else f"/{address}")
    if found is None:
        return
    must_be_text(found)
    same(canonical(found), found, "a canonical address has another canonical form")
    must(len(address_id(found)) > 8 and host_of(found), "an address without a host", found)
    url = parse_url(found)
    ip = literal(url.host)
    if ip is not None and not is_public(ip):
        try:
            check_unresolved(url.host, is_public)
        except SourceError:
            return
        must(False, "a private address passes", found)
