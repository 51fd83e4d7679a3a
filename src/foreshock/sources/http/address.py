"""Which addresses may be fetched, and which two addresses are the same page."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from foreshock.errors import SourceError, UnreachableError

if TYPE_CHECKING:
    import httpx

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
# Name -> the addresses it stands for, as text.
Resolver = Callable[[str, int], Sequence[str]]
Allow = Callable[[IP], bool]

HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")
PORTS = frozenset({80, 443})
# Ranges of the IANA special-purpose registries that `is_global` of some Python versions lets through.
CLOSED = tuple(
    ipaddress.ip_network(one)
    for one in (
        "192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64", "2001:2::/48", "2001:10::/28",
        "2001:20::/28", "2001:db8::/32", "3fff::/20", "5f00::/16", "fec0::/10",
    )
)  # fmt: skip
NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Names that a resolver, a proxy or a search domain answers with something near; .onion is for the proxy only (RFC 7686).
NEAR = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".corp", ".home.arpa", ".localdomain")
# Parameters that say who sent the reader, not what the page is.
TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|_ga|_gl|ref_src|ref_url|cmpid|"
    r"ocid|at_\w+|xtor|ito|smid|_openstat|spm",
    re.IGNORECASE,
)


def is_public(ip: IP) -> bool:
    """Return whether an address is on the open internet, and with it every IPv4 address that it carries inside."""
    if isinstance(ip, ipaddress.IPv6Address):
        if any(not is_public(inner) for inner in _embedded(ip)):
            return False
        if ip.ipv4_mapped is not None:
            return True
        # The upper 96 bits all nought: the withdrawn "IPv4-compatible" form, loopback and the unspecified address.
        if ip.is_site_local or int(ip) >> 32 == 0:
            return False
    elif ip.is_reserved:
        return False
    closed = any(ip.version == network.version and ip in network for network in CLOSED)
    return ip.is_global and not ip.is_multicast and not closed


def _embedded(ip: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """IPv4 addresses inside an IPv6 one: mapped, 6to4, Teredo (server and client), NAT64, ISATAP."""
    found = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
    low = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    isatap = int(ip) >> 32 & 0xFDFFFFFF == 0x5EFE
    return [one for one in (*found, low if ip in NAT64 or isatap else None) if one is not None]


def system_resolver(host: str, port: int) -> Sequence[str]:
    """Return what the system's resolver gives for a name, in its order."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def parse_url(address: str) -> httpx.URL:
    """Return the parsed address; the same parse is then fetched, so that no second parser can see another host in it.

    Raises:
        SourceError: no http(s) address, or one with a user name or password in it.
    """
    import httpx  # noqa: PLC0415  (heavy import)

    try:
        url = httpx.URL(address)
        host = url.raw_host.decode("ascii") if url.host else ""  # a host that IDNA cannot read ("xn--") raises there
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceError(
            f"{address[:200]!r} is not a web address: {error}", remedy="give an address such as https://example.org/page"
        ) from error
    if url.scheme not in ("http", "https"):
        raise SourceError(f"{address[:200]}: {url.scheme or 'no scheme'} is not fetched", remedy="only http and https are")
    if url.userinfo:
        raise SourceError(
            f"{url.copy_with(username='', password='')}: addresses with a user name or password are refused",
            remedy="leave them out",
        )
    if not HOST.fullmatch(host):
        raise SourceError(
            f"{address[:200]}: there is no host that could be asked in this address",
            remedy="give an address such as https://example.org/page",
        )
    return url


def check_port(url: httpx.URL, ports: frozenset[int]) -> int:
    """Return the port of an address.

    Raises:
        SourceError: the port is not among those open to this fetcher.
    """
    port = url.port or (443 if url.scheme == "https" else 80)
    if port not in ports:
        raise SourceError(f"{url}: port {port} is refused", remedy=f"only {', '.join(map(str, sorted(ports)))} are fetched")
    return port


def literal(host: str) -> IP | None:
    """Return the address that a host is written as, in any form that resolvers take ("127.1", "0x7f000001"), or None."""
    bare = host.strip("[]").rstrip(".")
    try:
        return ipaddress.ip_address(bare)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(bare)) if bare else None
    except (OSError, ValueError):
        return None


def check_unresolved(host: str, allow: Allow) -> None:
    """Check a host that a proxy will resolve: all that can be known of it without asking.

    Raises:
        SourceError: a private address, or a name that means a near machine.
    """
    name = host.strip("[]").rstrip(".").lower()
    ip = literal(host)
    if ip is not None:
        if not allow(ip):
            raise refused(host, str(ip))
    elif "." not in name or f".{name}".endswith(NEAR):
        raise refused(host, "a name of the local network")


def resolve(host: str, port: int, *, resolver: Resolver, allow: Allow) -> list[IP]:
    """Return the checked addresses of a host, asked for once; the caller connects to these and to nothing else.

    Raises:
        SourceError: the name does not resolve, or any of its addresses is not on the open internet: a name that mixes
            public and private addresses is an attack or a mistake.
    """
    if f".{host.rstrip('.').lower()}".endswith(".onion"):
        raise SourceError(f"{host} is an onion address", remedy="set a SOCKS proxy that leads into Tor")
    written = literal(host)
    try:
        found = [written] if written is not None else [ipaddress.ip_address(one.split("%")[0]) for one in resolver(host, port)]
    except (OSError, UnicodeError, ValueError) as error:
        raise UnreachableError(f"{host} does not resolve: {error}", remedy="check the address and the network") from error
    if not found:
        raise SourceError(f"{host} does not resolve to any address", remedy="check the address and the network")
    for ip in found:
        if not allow(ip):
            raise refused(host, str(ip))
    return list(dict.fromkeys(found))


def refused(host: str, what: str) -> SourceError:
    """Return the error for a host that is not on the open internet."""
    return SourceError(f"{host} is refused: {what} is not on the open internet", remedy="save the page and give the file")


def canonical(address: str) -> str | None:
    """Return an http(s) address in the form that names a page: lower-case host, no default port, fragment or tracking.

    >>> canonical("HTTPS://Example.org:443/a?utm_source=x&id=7#top")
    'https://example.org/a?id=7'
    """
    try:
        url = parse_url(address)
    except SourceError:
        return None
    kept = [(key, value) for key, value in url.params.multi_items() if not TRACKING.fullmatch(key)]
    if len(kept) != len(url.params.multi_items()):
        url = url.copy_with(params=kept) if kept else url.copy_with(query=None)
    return str(url.copy_with(fragment=None))


def host_of(address: str | None) -> str:
    """Return the host of an address without "www.", or "" where there is none."""
    return parse_url(address).host.removeprefix("www.") if address else ""
