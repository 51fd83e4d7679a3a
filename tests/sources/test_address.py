from __future__ import annotations

import ipaddress

import pytest

from foreshock.errors import SourceError
from foreshock.sources.http.address import canonical, check_unresolved, is_public, parse_url, resolve
from foreshock.sources.http.robots import allowed


@pytest.mark.parametrize("ip", ["8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public(ip: str) -> None:
    assert is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "192.88.99.1",
        "::", "::1", "::7f00:1", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1",
        "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::1", "2001:0:808:808:0:0:80ff:fffe", "2606:4700::5efe:7f00:1",
    ],
)  # fmt: skip
def test_not_public(ip: str) -> None:
    assert not is_public(ipaddress.ip_address(ip))


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433", "017700000001", "127.0.0.1.", "[::1]", "[::ffff:a00:1]"])
def test_an_address_in_disguise_is_refused_with_and_without_a_proxy(host: str) -> None:
    with pytest.raises(SourceError, match="not on the open internet"):
        check_unresolved(host, is_public)
    with pytest.raises(SourceError, match="not on the open internet"):
        resolve(host, 80, resolver=lambda *_: ["8.8.8.8"], allow=is_public)


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST.", "a.localhost", "router", "nas.local", "db.internal", "x.home.arpa"])
def test_names_of_the_local_network_are_not_given_to_a_proxy(host: str) -> None:
    with pytest.raises(SourceError, match="local network"):
        check_unresolved(host, is_public)


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(SourceError, match=r"10\.0\.0\.1"):
        resolve("example.org", 80, resolver=lambda *_: ["8.8.8.8", "10.0.0.1"], allow=is_public)


def test_onion_names_are_not_asked_of_the_resolver() -> None:
    with pytest.raises(SourceError, match="SOCKS"):
        resolve("abc.onion", 80, resolver=lambda *_: pytest.fail("asked"), allow=is_public)


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org",
        "http://u:p@example.org/",
        "http:///x",
        "http://exa mple.org/",
    ],
)
def test_addresses_that_are_not_fetched(address: str) -> None:
    with pytest.raises(SourceError):
        parse_url(address)


def test_passwords_are_not_repeated() -> None:
    with pytest.raises(SourceError) as error:
        parse_url("http://user:hunter2@example.org/")
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("HTTP://Example.ORG:80/A?b=1&utm_medium=x#c", "http://example.org/A?b=1"),
        ("https://example.org/a?fbclid=1", "https://example.org/a"),
        ("https://example.org/a?q=%E3%81%82", "https://example.org/a?q=%E3%81%82"),
        ("calm.txt", None),
    ],
)
def test_canonical(address: str, same: str | None) -> None:
    assert canonical(address) == same


ROBOTS = """
User-agent: *
Disallow: /private
Allow: /private/open
Disallow: /*?print
Disallow: /*.pdf$

User-agent: Foreshock
User-agent: Other
Disallow: /only-us
"""


@pytest.mark.parametrize(
    ("agent", "target", "may"),
    [
        ("AnyBot", "/a", True), ("AnyBot", "/private/x", False), ("AnyBot", "/private/open/x", True),
        ("AnyBot", "/a?print=1", False),
        ("AnyBot", "/a.pdf", False), ("AnyBot", "/a.pdf?x", True),
        ("Foreshock", "/private/x", True), ("Foreshock", "/only-us", False),
    ],
)  # fmt: skip
def test_robots(agent: str, target: str, may: bool) -> None:
    assert allowed(ROBOTS, agent, target) is may


def test_robots_patterns_take_linear_time() -> None:
    assert allowed("User-agent: *\nDisallow: /" + "*a" * 900 + "$", "x", "/" + "a" * 5000 + "b")


@pytest.mark.parametrize("address", ["http://xn--/", "https://xn--a.xn--/x"])
def test_a_host_that_cannot_be_read_as_a_name_is_no_address(address: str) -> None:
    assert canonical(address) is None
    with pytest.raises(SourceError, match="not a web address"):
        parse_url(address)
