"""Brings one page: robots asked, redirects followed by hand, every hop checked, everything within limits."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from typing import TYPE_CHECKING

import httpcore

from foreshock.errors import SourceError, UnreachableError
from foreshock.sources.base import Answer, Fetched, Limits
from foreshock.sources.http.address import PORTS, Allow, Resolver, check_port, is_public, parse_url, system_resolver
from foreshock.sources.http.body import ENCODINGS, Body, read_body
from foreshock.sources.http.robots import MAX_BYTES, allowed
from foreshock.sources.http.transport import Clock, Deadline, PinnedTransport, Proxy, Unsaid

if TYPE_CHECKING:
    import httpx

AGENT = "Foreshock"
USER_AGENT = "Foreshock/0.1"
ACCEPT = "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.9,*/*;q=0.5"
HEADERS = {"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": ENCODINGS}
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
MOST_ROBOTS = 500  # hosts whose robots.txt is remembered
LONGEST_MARK = 500  # characters of a validator that is sent back
# What an archive would want of the response: its validators, its type, and marks of translation.
KEPT_HEADERS = (
    "content-type", "content-encoding", "content-language", "date", "etag", "last-modified", "link", "server",
    "x-mt", "x-translated-by", "x-gt-lang", "x-machine-translated", "x-translation-engine",
)  # fmt: skip
SAVE = "save the page and give the file"


@dataclass(frozen=True, slots=True)
class Hop:
    """One response: its address, status, headers and body."""

    url: httpx.URL
    status: int
    headers: Mapping[str, str]
    body: Body


@dataclass(frozen=True, slots=True)
class Trail:
    """The way to a response: the addresses that redirected, and where the first one permanently is now."""

    passed: tuple[str, ...] = ()
    moved_to: str = ""


@dataclass(slots=True)
class Visit:
    """One address being fetched: its transport, limits, headers, and the robots.txt of the hosts met on the way."""

    transport: PinnedTransport
    limits: Limits
    headers: Mapping[str, str] = field(default_factory=lambda: HEADERS)
    robots: dict[str, str] = field(default_factory=dict)


class HttpFetcher:
    """The fetcher of the open web.

    Args:
        proxy: a SOCKS5 proxy that resolves names itself, ``socks5://[user:password@]host:port`` (``socks5h`` means the same).
        ports: the ports that may be fetched from.
        remember: for how many seconds the robots.txt of a host is remembered; 0: while one address is fetched.
        resolver, allow, clock: for tests, which reach a server of their own on this machine through them; see
            :class:`foreshock.sources.http.transport.PinnedTransport`. No setting reaches them.

    Raises:
        SourceError: the proxy's address is no SOCKS5 address.
    """

    def __init__(
        self,
        *,
        proxy: str | None = None,
        ports: frozenset[int] = PORTS,
        remember: float = 0.0,
        resolver: Resolver = system_resolver,
        allow: Allow = is_public,
        clock: Clock = time.monotonic,
    ) -> None:
        self._proxy = socks(proxy)
        self._ports = ports
        self._resolver = resolver
        self._allow = allow
        self._clock = clock
        self._remember = remember
        self._robots: dict[str, tuple[float, str]] = {}
        import httpx  # noqa: PLC0415  (heavy import)

        self._tls: ssl.SSLContext = httpx.create_ssl_context(trust_env=False)

    def __call__(self, url: str, *, limits: Limits) -> Fetched:
        """Return the page at an address.

        Raises:
            SourceError: the address or a redirect of it is refused (not http(s), not on the open internet, closed by
                robots.txt), answers with an error, takes too long, or is too large.
        """
        hop, trail = self._visit(url, limits, HEADERS)
        if hop.status != 200:
            raise SourceError(f"{hop.url} answers with status {hop.status}", remedy=_remedy(hop.status))
        return _fetched(url, hop, trail.passed)

    def ask(self, url: str, *, limits: Limits, etag: str = "", modified: str = "", accept: str = ACCEPT) -> Answer:
        """Return what the server says to a request for what changed since a version; see :class:`Answer`.

        Args:
            url: the address.
            limits: how much may be taken.
            etag, modified: what an earlier answer said of the version that we have.
            accept: which types are wanted.

        Raises:
            SourceError: as for a call, but for an answer with an error, which is returned.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": modified, "Accept": accept}
        hop, trail = self._visit(url, limits, HEADERS | {name: value for name, value in known.items() if value})
        return Answer(
            url=url,
            status=hop.status,
            page=_fetched(url, hop, trail.passed) if hop.status == 200 else None,
            moved_to=trail.moved_to,
            etag=_mark(hop.headers.get("etag", "")),
            modified=_mark(hop.headers.get("last-modified", "")),
            retry_after=hop.headers.get("retry-after", "")[:LONGEST_MARK],
        )

    def _visit(self, url: str, limits: Limits, headers: Mapping[str, str]) -> tuple[Hop, Trail]:
        deadline = Deadline(self._clock() + limits.total_seconds, self._clock)
        transport = PinnedTransport(deadline, tls=self._tls, proxy=self._proxy, resolver=self._resolver, allow=self._allow)
        try:
            return self._follow(Visit(transport, limits, headers), parse_url(url))
        finally:
            transport.close()

    def _follow(self, visit: Visit, url: httpx.URL, *, ask_robots: bool = True) -> tuple[Hop, Trail]:
        passed: list[str] = []
        moved, only_permanent = "", True
        while True:
            check_port(url, self._ports)
            if ask_robots:
                self._ask_robots(visit, url)
            hop = _get(visit, url)
            if hop.status not in REDIRECTS or "location" not in hop.headers:
                return hop, Trail(tuple(passed), moved)
            passed.append(str(url))
            if len(passed) > visit.limits.max_redirects:
                raise SourceError(f"{passed[0]} redirects more than {visit.limits.max_redirects} times", remedy=SAVE)
            url = _next(url, hop.headers["location"])
            only_permanent = only_permanent and hop.status in PERMANENT
            moved = str(url) if only_permanent else moved

    def _ask_robots(self, visit: Visit, url: httpx.URL) -> None:
        origin = str(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        known = self._robots.get(origin)
        if known is not None and self._clock() - known[0] < self._remember:
            visit.robots.setdefault(origin, known[1])
        if origin not in visit.robots:
            plain = replace(visit, headers=HEADERS)
            hop, _ = self._follow(plain, parse_url(origin), ask_robots=False)
            # RFC 9309, 2.3.1: missing means open; a server in trouble means closed.
            if hop.status >= 500:
                raise UnreachableError(
                    f"{origin} answers with status {hop.status}: the site is closed for now", remedy="try again later"
                )
            visit.robots[origin] = hop.body.data[:MAX_BYTES].decode("utf-8", errors="replace") if hop.status == 200 else ""
            if self._remember:
                if len(self._robots) >= MOST_ROBOTS:
                    self._robots.clear()
                self._robots[origin] = (self._clock(), visit.robots[origin])
        target = url.raw_path.decode("ascii")
        if not allowed(visit.robots[origin], AGENT, target):
            raise SourceError(f"{url} is closed to robots by {origin}", remedy=SAVE)


def _get(visit: Visit, url: httpx.URL) -> Hop:
    limits = visit.limits
    try:
        with visit.transport.get(
            url, headers=visit.headers, connect=limits.connect_seconds, read=limits.read_seconds
        ) as response:
            headers = _headers(response)
            body = Body(b"", b"")
            if response.status == 200:
                encoding = headers.get("content-encoding", "")
                body = read_body(response.iter_stream(), encoding=encoding, limits=limits, url=str(url))
            return Hop(url, response.status, headers, body)
    except httpcore.TimeoutException as error:
        remedy = f"at most {limits.total_seconds:g} seconds are spent on it; {SAVE}"
        raise UnreachableError(f"{url} is too slow: {error}", remedy=remedy) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.ProxyError) as error:
        raise UnreachableError(f"{url} cannot be fetched: {error}", remedy="check the address and the network") from error


def _headers(response: httpcore.Response) -> dict[str, str]:
    """A response's headers by lower-case name; of one sent twice the first counts."""
    found: dict[str, str] = {}
    for name, value in response.headers:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
    return found


def _next(url: httpx.URL, location: str) -> httpx.URL:
    """Return the address that a redirect leads to; it is checked like one that a user gives."""
    import httpx  # noqa: PLC0415  (heavy import)

    try:
        target = url.join(location)
    except (httpx.InvalidURL, ValueError) as error:
        raise SourceError(f"{url} redirects to {location[:200]!r}, which is not a web address", remedy=SAVE) from error
    return parse_url(str(target)).copy_with(fragment=None)


def _mark(value: str) -> str:
    """Return a validator as it may be sent back; "" where it is none that a header can hold."""
    return value if len(value) <= LONGEST_MARK and value.isascii() and value.isprintable() else ""


def _fetched(url: str, hop: Hop, passed: Sequence[str]) -> Fetched:
    kept = tuple((name, value[:1000]) for name in KEPT_HEADERS if (value := hop.headers.get(name)) is not None)
    media_type, _, _ = hop.headers.get("content-type", "").partition(";")
    final = str(hop.url.copy_with(fragment=None))
    notes = (f"redirected from {' and '.join(passed)} to {final}",) if passed else ()
    return Fetched(
        url=url,
        final_url=final,
        raw=hop.body.raw,
        data=hop.body.data,
        media_type=media_type.strip().lower() or None,
        charset=_charset(hop.headers),
        headers=kept,
        notes=notes,
    )


def _charset(headers: Mapping[str, str]) -> str | None:
    """The charset parameter of Content-Type, as it stands: whether it is one is for the reader of the bytes to say."""
    message = EmailMessage()
    message["content-type"] = "".join(one for one in headers.get("content-type", "text/html") if one.isprintable())
    charset = message.get_param("charset")
    return charset if isinstance(charset, str) and charset else None


def socks(address: str | None) -> Proxy | None:
    """Return the proxy of an address.

    Raises:
        SourceError: it is no address, or no SOCKS5 proxy.
    """
    if address is None:
        return None
    import httpx  # noqa: PLC0415  (heavy import)

    remedy = "give socks5://host:port; the proxy resolves the names"
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:  # what it says quotes a part of the address, which may be the password
        raise SourceError("the proxy's address is not an address", remedy=remedy) from None
    if url.scheme not in ("socks5", "socks5h") or not url.host:
        raise SourceError(f"the proxy is of type {url.scheme or 'none'}; only SOCKS5 is used", remedy=remedy)
    auth = (url.username.encode(), Unsaid(url.password.encode())) if url.userinfo else None
    return Proxy(url.raw_host, url.port or 1080, auth)


def _remedy(status: int) -> str:
    known = {
        401: "it needs a login",
        403: "it refuses us",
        404: "check the address",
        410: "it was taken away",
        429: "try again later",
        451: "it is blocked by law",
    }
    return f"{known.get(status, 'try again later' if status >= 500 else 'check the address')}; {SAVE}"
