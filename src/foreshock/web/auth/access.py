"""What a desk knows of who may enter: made once when it starts, from its settings and the address that it listens on."""

from __future__ import annotations

import getpass
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from starlette.requests import Request

from foreshock.errors import AccessError
from foreshock.ledger import Ledger
from foreshock.ledger.access_tokens import AccessTokens
from foreshock.ledger.accounts import Accounts
from foreshock.ledger.audit import AuditLog, Doer
from foreshock.ledger.passwords import Passwords
from foreshock.ledger.sessions import Sessions
from foreshock.settings import Settings
from foreshock.web.auth.throttle import Throttle
from foreshock.web.auth.viewer import viewer
from foreshock.web.security.hosts import Hosts, is_loopback
from foreshock.web.security.proxy import Proxies
from foreshock.web.security.rate import Buckets

if TYPE_CHECKING:
    from foreshock.web.auth.oidc import Provider

KEY = "foreshock.access"
ADDRESS = "foreshock.address"
SECRET = "FORESHOCK_OIDC_SECRET"  # noqa: S105 - the name of a variable
MB = 1_000_000
# Behind one address there may be a whole office: it may ask for this many times what one account may.
OFFICE = 8.0


def clock() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


@dataclass
class Access:
    """The state of accounts at one running desk.

    Attributes:
        ledger: where accounts are kept; open for writing.
        settings: of the user.
        local: the user of this machine, who needs no login and is an admin; None where everybody needs one.
        hosts: the names that it answers to.
        proxies: whose X-Forwarded headers are believed.
        passwords: makes and checks hashes.
        provider: of OpenID Connect, None where there is none.
        now, steady: the clock, and one in seconds that is never set back.
    """

    ledger: Ledger
    settings: Settings
    local: str | None
    hosts: Hosts
    proxies: Proxies
    passwords: Passwords = field(default_factory=Passwords)
    provider: Provider | None = None
    now: Callable[[], datetime] = clock
    steady: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        given = self.settings
        self.accounts, self.tokens, self.log = Accounts(self.ledger), AccessTokens(self.ledger), AuditLog(self.ledger)
        self.sessions = Sessions(
            self.ledger,
            idle=timedelta(hours=given.session_idle_hours),
            longest=timedelta(hours=given.session_hours),
        )
        self.key = secrets.token_bytes(32)
        self.reads, self.writes = _buckets(given.reads_per_minute), _buckets(given.writes_per_minute)
        self.addresses = _buckets(given.reads_per_minute * OFFICE)
        self.names = Throttle(free=5, base=1, longest=60, forget=3600)
        self.strangers = Throttle(free=20, base=2, longest=900, forget=3600)
        # A hash takes 64 MB for as long as it is computed: more than two at once would be a way to bring the machine down.
        self.hashing = threading.BoundedSemaphore(2)


def make_access(
    ledger: Ledger,
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    secret: str | None = None,
    passwords: Passwords | None = None,
    now: Callable[[], datetime] = clock,
    steady: Callable[[], float] = time.monotonic,
) -> Access:
    """Return who may enter a desk that listens on an address.

    On a loopback address, without a proxy, and unless ``login = "always"``, the user of this machine needs no login.

    Args:
        ledger: where accounts are kept.
        settings: of the user.
        host: the address that is listened on.
        secret: of the client at the OpenID Connect provider, where it has one.
        passwords: makes and checks hashes.
        now, steady: clocks.

    Raises:
        AccessError: a login is needed and there is no account with a password and no provider.
    """
    from foreshock.web.auth.oidc import make_provider

    proxies, provider = Proxies(settings.trusted_proxy), make_provider(settings, secret)
    local = _user() if is_loopback(host) and not proxies and settings.login == "auto" else None
    own = () if host in ("", "0.0.0.0", "::") else (host,)  # noqa: S104 - compared, not bound to
    made = Access(
        ledger, settings, local, Hosts((*settings.hosts, *own), addresses=local is None), proxies, passwords or Passwords(),
        provider, now, steady,
    )  # fmt: skip
    if local is None and provider is None and not made.accounts.can_sign_in():
        why = f"{host} can be reached by others" if not is_loopback(host) else "a login is asked for"
        raise AccessError(
            f"{why}, and there is no account with a password in {ledger.shown}",
            remedy="make one with foreshock accounts add NAME --role admin, or set oidc_issuer and oidc_client",
        )
    return made


def access_of(request: Request) -> Access:
    """Return what the desk that a request came to knows of accounts."""
    found: Access = request.scope[KEY]
    return found


def doer(request: Request) -> Doer:
    """Return who makes a request, for the audit log."""
    found = viewer(request)
    return Doer(found.name, found.via, str(request.scope.get(ADDRESS, "")))


def audit(request: Request, did: str, subject: str, **detail: object) -> None:
    """Keep that whoever makes a request did something.

    Args:
        request: the request.
        did: a short word: "judge", "export", "feed-add", "feed-change", "feed-drop", "watch-add" ...
        subject: the id or name of what it was done to; never words of a text.
        detail: names and values, never a secret; None is left out.
    """
    access = access_of(request)
    access.log.add(doer(request), did, subject, access.now(), detail)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # in a container its number may have no name
        return "local"


def _buckets(per_minute: float) -> Buckets:
    return Buckets(rate=per_minute / 60, burst=max(5.0, per_minute / 4))
