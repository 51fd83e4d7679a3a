"""Which names the desk answers to: a page elsewhere that lets its own name lead here (DNS rebinding) gets nothing."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable

PORT = re.compile(r":\d{1,5}$")
LOCAL = frozenset({"localhost"})


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: 127.0.0.0/8, ::1 or localhost."""
    try:
        return host.lower() in LOCAL or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Hosts:
    """The names of the desk.

    Args:
        names: further names, as in the address line; without ports.
        addresses: whether any address in digits is one too; no name of others can be that, so it cannot be rebound.
    """

    def __init__(self, names: Iterable[str], *, addresses: bool) -> None:
        self._names = frozenset(name.strip().rstrip(".").lower().strip("[]") for name in names if name.strip())
        self._addresses = addresses

    def has(self, given: list[str]) -> bool:
        """Whether the Host headers of a request are one, and a name of the desk."""
        if len(given) != 1:
            return False
        host = PORT.sub("", given[0].strip()) if not given[0].endswith("]") else given[0].strip()
        name = host.rstrip(".").lower()
        if name.startswith("[") and name.endswith("]"):
            name = name[1:-1]
        elif ":" in name:
            return False
        if name in self._names or is_loopback(name):
            return True
        try:
            return self._addresses and not ipaddress.ip_address(name).is_unspecified
        except ValueError:
            return False
