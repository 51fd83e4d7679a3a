"""A transport that connects to checked addresses only: resolved once, checked, pinned.

The check sits where the connection is made, below HTTP and TLS: the request keeps its name, so the Host header, SNI and the
certificate check are for the name, while the socket goes to the address that was checked. A name that answers differently
the second time (DNS rebinding) is never asked a second time.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpcore

from foreshock.sources.http.address import Allow, Resolver, check_unresolved, is_public, resolve, system_resolver

if TYPE_CHECKING:
    import httpx

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment on a monotonic clock at which patience with one address ends."""

    at: float
    clock: Clock = time.monotonic

    def cap(self, timeout: float | None) -> float:
        """Return the smaller of a timeout and the time left, in seconds.

        Raises:
            httpcore.ReadTimeout: no time is left.
        """
        left = self.at - self.clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this address is used up")
        return left if timeout is None else min(left, timeout)


class Unsaid(bytes):
    """Bytes that are sent and never shown: httpcore logs what it hands on."""

    def __repr__(self) -> str:
        """Return nothing of them."""
        return "***"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A SOCKS5 proxy: host and, where it wants them, user name and password, in bytes as they are sent."""

    host: bytes
    port: int
    auth: tuple[bytes, bytes] | None = None


class PacedStream(httpcore.NetworkStream):
    """A stream none of whose reads and writes outlives the deadline: neither slow bodies nor slow headers nor a silent proxy."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read as the stream below does."""
        return self._inner.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write as the stream below does."""
        self._inner.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        """Close the stream below."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the stream under TLS, as patient as this one."""
        return PacedStream(self._inner.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """Return what the stream below knows of itself."""
        return self._inner.get_extra_info(info)


class PinnedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses; unix sockets never."""

    def __init__(self, deadline: Deadline, *, resolver: Resolver, allow: Allow) -> None:
        self._deadline = deadline
        self._resolver = resolver
        self._allow = allow
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address of a host that answers."""
        addresses = resolve(host, port, resolver=self._resolver, allow=self._allow)
        for ip in addresses[:-1]:
            try:
                return self._open(str(ip), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._open(str(addresses[-1]), port, timeout, local_address, socket_options)

    def _open(
        self,
        host: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        options: Iterable[httpcore.SOCKET_OPTION] | None,
    ) -> httpcore.NetworkStream:
        stream = self._inner.connect_tcp(host, port, self._deadline.cap(timeout), local_address, options)
        return PacedStream(stream, self._deadline)


class ProxyBackend(PinnedBackend):
    """Opens the connection to the proxy that the user set, which may be on this machine; it resolves the names it is given."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the proxy."""
        return self._open(host, port, timeout, local_address, socket_options)


class PinnedTransport:
    """Fetches from the open internet and from nowhere else; the HTTP is httpx's own transport layer, httpcore.

    Args:
        deadline: when patience ends, for everything that this transport does.
        tls: the TLS context; it checks certificates for the name in the address.
        proxy: a SOCKS5 proxy, which then resolves the names; addresses and names that are private by themselves are still
            refused.
        resolver: from name to addresses; asked once a connection.
        allow: which addresses may be connected to. Only tests give another one; no setting reaches it.
    """

    def __init__(
        self,
        deadline: Deadline,
        *,
        tls: ssl.SSLContext,
        proxy: Proxy | None = None,
        resolver: Resolver = system_resolver,
        allow: Allow = is_public,
    ) -> None:
        self._allow = allow
        self._proxied = proxy is not None
        # No connection is kept: each request resolves, checks and connects anew.
        if proxy is None:
            backend = PinnedBackend(deadline, resolver=resolver, allow=allow)
            self._pool = httpcore.ConnectionPool(ssl_context=tls, max_keepalive_connections=0, network_backend=backend)
        else:
            self._pool = httpcore.SOCKSProxy(
                httpcore.URL(scheme=b"socks5", host=proxy.host, port=proxy.port, target=b"/"),
                proxy_auth=proxy.auth,
                ssl_context=tls,
                max_keepalive_connections=0,
                network_backend=ProxyBackend(deadline, resolver=resolver, allow=allow),
            )

    @contextmanager
    def get(self, url: httpx.URL, *, headers: Mapping[str, str], connect: float, read: float) -> Iterator[httpcore.Response]:
        """Send a GET; the body is read from the response's stream.

        Args:
            url: the address; its host also makes the Host header and the name that the certificate is checked for.
            headers: further headers.
            connect, read: patience in seconds with one connection and one read.

        Raises:
            SourceError: the host is not on the open internet, or does not resolve.
            httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError: the connection fails.
        """
        self.check(url)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        patience = {"connect": connect, "read": read, "write": read, "pool": read}
        with self._pool.stream("GET", target, headers=list(headers.items()), extensions={"timeout": patience}) as response:
            yield response

    def check(self, url: httpx.URL) -> None:
        """Refuse a host that a proxy will resolve and that is private by itself.

        Raises:
            SourceError: it is.
        """
        if self._proxied:
            check_unresolved(url.raw_host.decode("ascii"), self._allow)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()
