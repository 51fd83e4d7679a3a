"""Posts one body to one address: resolved once, checked, pinned; no redirect is followed and the answer's body is not read.

Only https on the open internet, on port 443, unless the operator named the host: then its private addresses, plain http and the
port that he wrote are open too, for that host alone.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpcore

from foreshock.errors import SourceError
from foreshock.sources.http.address import NEAR, Allow, Resolver, is_public, literal, parse_url, system_resolver
from foreshock.sources.http.fetcher import USER_AGENT, socks
from foreshock.sources.http.transport import Clock, Deadline, PinnedTransport

if TYPE_CHECKING:
    import httpx

CONNECT, READ, TOTAL = 10.0, 15.0, 30.0  # seconds
LISTED = "or list the host under webhook_hosts"


class PostingTransport(PinnedTransport):
    """The transport of pages, for bodies."""

    @contextmanager
    def post(self, url: httpx.URL, *, headers: Mapping[str, str], body: bytes) -> Iterator[httpcore.Response]:
        """Send a POST.

        Raises:
            SourceError: the host is not open to us, or does not resolve.
            httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError: the connection fails.
        """
        self.check(url)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        patience = {"connect": CONNECT, "read": READ, "write": READ, "pool": READ}
        with self._pool.stream(
            "POST", target, headers=list(headers.items()), content=body, extensions={"timeout": patience}
        ) as response:
            yield response


class HttpPoster:
    """Posts to webhooks.

    Args:
        hosts: those that the operator named, ``host`` or ``host:port``.
        proxy: a SOCKS5 proxy; named hosts that are private by themselves are reached without it.
        resolver, clock: for tests.

    Raises:
        SourceError: the proxy's address is no SOCKS5 address.
    """

    def __init__(
        self,
        *,
        hosts: Collection[str] = (),
        proxy: str | None = None,
        resolver: Resolver = system_resolver,
        clock: Clock = time.monotonic,
    ) -> None:
        self._hosts = frozenset(one.strip().lower() for one in hosts)
        self._proxy = socks(proxy)
        self._resolver = resolver
        self._clock = clock
        import httpx  # noqa: PLC0415  (heavy import)

        self._tls: ssl.SSLContext = httpx.create_ssl_context(trust_env=False)

    def check(self, address: str) -> httpx.URL:
        """Return the parsed address of a webhook, where it may be posted to as far as that can be told without asking.

        Raises:
            SourceError: it is no web address, not https, of another port, or private, and its host was not named.
        """
        url = parse_url(address)
        if self._named(url):
            return url
        if url.scheme != "https":
            raise SourceError(f"{_shown(url)} is not https", remedy=f"alerts are not sent in clear: give https, {LISTED}")
        if (url.port or 443) != 443:
            raise SourceError(f"{_shown(url)}: port {url.port} is refused", remedy=f"leave the port out, {LISTED} with its port")
        if _near(url):
            raise SourceError(f"{_shown(url)} is not on the open internet", remedy=f"give a public address, {LISTED}")
        return url

    def __call__(self, address: str, *, headers: Mapping[str, str], body: bytes) -> int:
        """Post a body and return the status of the answer, whatever it is.

        Raises:
            SourceError: the address is refused, does not answer, or is too slow.
        """
        url = self.check(address)
        named = self._named(url)
        allow: Allow = (lambda _: True) if named else is_public
        deadline = Deadline(self._clock() + TOTAL, self._clock)
        proxy = None if named and _near(url) else self._proxy
        transport = PostingTransport(deadline, tls=self._tls, proxy=proxy, resolver=self._resolver, allow=allow)
        sent = {"Host": url.netloc.decode("ascii"), "User-Agent": USER_AGENT, "Content-Length": str(len(body)), **headers}
        try:
            with transport.post(url, headers=sent, body=body) as response:
                return int(response.status)
        except httpcore.TimeoutException as error:
            raise SourceError(f"{_shown(url)} is too slow", remedy=f"at most {TOTAL:g} seconds are spent on it") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
            raise SourceError(f"{_shown(url)} does not answer", remedy="check the address and the network") from error
        finally:
            transport.close()

    def _named(self, url: httpx.URL) -> bool:
        host = url.host.lower()
        port = url.port or (443 if url.scheme == "https" else 80)
        shown = f"[{host}]" if ":" in host else host
        return f"{shown}:{port}" in self._hosts or (port in (80, 443) and host in self._hosts)


def _near(url: httpx.URL) -> bool:
    """Whether a host is private by itself: a written-out private address, or a name of the local network."""
    host = url.raw_host.decode("ascii")
    ip = literal(host)
    name = host.strip("[]").rstrip(".").lower()
    return not is_public(ip) if ip is not None else "." not in name or f".{name}".endswith(NEAR)


def _shown(url: httpx.URL) -> str:
    """Return an address as it may be told: its path may hold a key."""
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
