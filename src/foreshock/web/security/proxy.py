"""Where a request comes from: the other end of the connection, or what a proxy that is trusted says of it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass

from foreshock.errors import AccessError

MARKS = frozenset({"forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"})
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from: ``forwarded`` where it has the marks of a proxy that is not trusted."""

    address: str
    scheme: str
    forwarded: bool


class Proxies:
    """The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.

    Args:
        trusted: addresses or networks: ``10.0.0.5``, ``172.18.0.0/16``.

    Raises:
        AccessError: one of them is neither.
    """

    def __init__(self, trusted: Iterable[str]) -> None:
        self._trusted = [_network(one) for one in trusted]

    def __bool__(self) -> bool:
        return bool(self._trusted)

    def origin(self, peer: str, scheme: str, headers: Iterable[tuple[str, str]]) -> Origin:
        """Return where a request comes from: with a trusted proxy the last address in its list that is no trusted proxy."""
        marks = [(name, value) for name, value in headers if name in MARKS]
        if not self._trusts(peer):
            return Origin(peer, scheme, bool(marks))
        listed = [one.strip() for name, value in marks if name == "x-forwarded-for" for one in value.split(",")]
        told = [value.strip().lower() for name, value in marks if name == "x-forwarded-proto"]
        scheme = "https" if told[-1:] == ["https"] else "http" if told[-1:] == ["http"] else scheme
        for one in reversed(listed):
            if not is_address(one):
                return Origin(peer, scheme, forwarded=False)
            if not self._trusts(one):
                return Origin(one, scheme, forwarded=False)
        return Origin(peer, scheme, forwarded=False)

    def _trusts(self, address: str) -> bool:
        return is_address(address) and any(ipaddress.ip_address(address) in one for one in self._trusted)


def address_key(address: str) -> str:
    """Return what requests from an address are counted by: itself, of IPv6 the network of 64 bits that one customer has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped) if mapped else str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)


def is_address(text: str) -> bool:
    """Whether a text is an address in digits."""
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _network(text: str) -> Network:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError as error:
        raise AccessError(f"trusted_proxy is {text!r}", remedy="give an address, or a network such as 172.18.0.0/16") from error
