"""Post: the way out for alerts, handed to those who deliver them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from foreshock.settings import Settings
from foreshock.sources.http.posting import HttpPoster


class Post(Protocol):
    """Posts a body; the real one is :class:`foreshock.sources.http.posting.HttpPoster`."""

    def check(self, address: str) -> object:
        """Raise SourceError where an address may not be posted to."""

    def __call__(self, address: str, *, headers: Mapping[str, str], body: bytes) -> int:
        """Return the status of the answer, or raise SourceError where there is none."""


def poster(settings: Settings) -> Post:
    """Return what posts to webhooks: through the proxy of the settings, and to private hosts only where they are named there.

    Raises:
        SourceError: the proxy's address is no SOCKS5 address.
    """
    return HttpPoster(hosts=settings.webhook_hosts, proxy=settings.proxy)
