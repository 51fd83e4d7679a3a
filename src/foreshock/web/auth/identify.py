"""Who makes a request: by a token in its header, by the cookie of a session, or as the user of this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from foreshock.ledger.access_tokens import PREFIX
from foreshock.model import Session, Token
from foreshock.web.auth import csrf
from foreshock.web.auth.access import Access
from foreshock.web.auth.cookies import session_cookie
from foreshock.web.auth.csrf import Proof, of_seed, of_session
from foreshock.web.auth.viewer import NOBODY, Viewer

SEEN = timedelta(minutes=2)  # how old the time at which a session or token was last seen may be, to spare writes
MOST = 200  # characters of a secret


@dataclass(frozen=True, slots=True)
class Identity:
    """Who makes a request, and how he proves that a page of ours does.

    Attributes:
        viewer: who it is.
        proof: the token of pages.
        wrong: whether a token was given that is none in force.
        seen: the session or token whose time should be noted, None where that was done a moment ago.
    """

    viewer: Viewer
    proof: Proof
    wrong: bool = False
    seen: Session | Token | None = None


def identify(access: Access, scheme: str, headers: Mapping[str, str], cookies: Mapping[str, str]) -> Identity:
    """Return who makes a request; a token goes before a cookie."""
    now = access.now()
    proof = of_seed(access.key, cookies.get(csrf.COOKIE))
    given = headers.get("authorization")
    if given is not None:
        return _by_token(access, given, proof, now)
    if access.local is not None:
        return Identity(Viewer(access.local, "admin", (), "loopback"), proof)
    secret = cookies.get(session_cookie(scheme), "")
    found = access.sessions.find(secret, now) if 0 < len(secret) <= MOST else None
    if found is None:
        return Identity(NOBODY, proof)
    who = Viewer(found.account, found.role, (), "session", found.id)
    return Identity(who, of_session(secret), seen=found if _stale(found.seen_at, now) else None)


def _by_token(access: Access, given: str, proof: Proof, now: datetime) -> Identity:
    kind, _, secret = given.strip().partition(" ")
    secret = secret.strip()
    right = kind.lower() == "bearer" and secret.startswith(PREFIX) and len(secret) <= MOST
    found = access.tokens.find(secret, now) if right else None
    if found is None:
        return Identity(NOBODY, proof, wrong=True)
    who = Viewer(found.account, found.role, found.scopes, "token")
    return Identity(who, proof, seen=found if _stale(found.used_at, now) else None)


def _stale(stamp: str | None, now: datetime) -> bool:
    return stamp is None or now - datetime.fromisoformat(stamp) > SEEN


def note(access: Access, seen: Session | Token, now: datetime) -> None:
    """Note that a session or token was seen at a moment, that of its request however late it is noted."""
    if isinstance(seen, Session):
        access.sessions.touch(seen, now)
    else:
        access.tokens.touch(seen, now)
