"""Signing in and out: a new session each time, whatever cookie came; every try in the audit log."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from foreshock.errors import AccessError
from foreshock.ledger.accounts import folded_name
from foreshock.ledger.audit import Doer
from foreshock.model import Account
from foreshock.web.auth.access import ADDRESS, Access, access_of
from foreshock.web.auth.cookies import cookie, session_cookie
from foreshock.web.auth.oidc import Person, free_name
from foreshock.web.security.proxy import address_key

WRONG = "No account has this name and this password."


class Throttled(AccessError):  # noqa: N818 - said so to a person
    """Too many passwords were tried; ``seconds`` are to be waited."""

    def __init__(self, seconds: float) -> None:
        self.seconds = int(seconds) + 1
        super().__init__(f"too many tries: wait {self.seconds} seconds")


def by_password(request: Request, name: str, password: str) -> Account:
    """Return the account of a name and a password.

    A name that nobody has takes as long and is answered alike.

    Raises:
        Throttled: too many were tried, of this account or from this address.
        AccessError: there is no such account, or it has another password.
    """
    access, address = access_of(request), str(request.scope.get(ADDRESS, ""))
    # As the account is looked up: another spelling of the name is no further try.
    who, place, now = folded_name(name)[:100], address_key(address), access.steady()
    for throttle, key in ((access.strangers, place), (access.names, who)):
        if (wait := throttle.take(key, now)) > 0:
            raise Throttled(wait)
    kept = access.accounts.password(name)
    with access.hashing:
        right = access.passwords.fits(kept, password)
    account = access.accounts.get(name)
    if not right or account is None or kept is None:
        # Whoever types a password into the field for the name must not find it in the log.
        subject = account.name if account is not None else "an unknown name"
        access.log.add(Doer("", "none", address), "login-failed", subject, access.now())
        raise AccessError(WRONG)
    access.names.passed(who, clear=True)
    access.strangers.passed(place, clear=False)
    with access.hashing:
        renewed = access.passwords.renewed(kept, password)
    if renewed is not None:
        access.accounts.rehash(account.name, kept, renewed)
    return account


def by_provider(request: Request, person: Person) -> Account:
    """Return the account of a person whom the provider knows; it is opened at the first login, and its role is the provider's.

    An account is found by issuer and subject, never by a name: a name at the provider gives nobody another one's account here.

    Raises:
        AccessError: the account was closed.
    """
    access, by = access_of(request), Doer("", "oidc", str(request.scope.get(ADDRESS, "")))
    found = access.accounts.of_subject(person.subject)
    if found is None:
        name = free_name(person.name, person.subject, lambda wanted: access.accounts.get(wanted) is not None)
        return access.accounts.add(name, person.role, by=by, now=access.now(), subject=person.subject)
    if found.closed_at is not None:
        raise AccessError("your account here was closed", remedy="ask an admin")
    if found.role != person.role:
        access.accounts.set_role(found.name, person.role, by=by, now=access.now(), even_last=True)
    return found


def enter(request: Request, account: Account, path: str, *, via: str) -> Response:
    """Open a session of an account, end the one that the browser had, and go to a path of the desk."""
    access, scheme = access_of(request), request.scope["scheme"]
    address = str(request.scope.get(ADDRESS, ""))
    _end(access, request)
    secret = access.sessions.open(account.name, now=access.now(), address=address, agent=request.headers.get("user-agent", ""))
    access.log.add(Doer(account.name, "session", address), "login", account.name, access.now(), {"by": via})
    answer = RedirectResponse(path, 303)
    answer.headers.append("Set-Cookie", cookie(session_cookie(scheme), secret, scheme))
    return answer


def leave(request: Request) -> Response:
    """End the session of the browser."""
    scheme = request.scope["scheme"]
    _end(access_of(request), request)
    answer = RedirectResponse("/login", 303)
    answer.headers.append("Set-Cookie", cookie(session_cookie(scheme), "", scheme, seconds=0))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _end(access: Access, request: Request) -> None:
    secret = request.cookies.get(session_cookie(request.scope["scheme"]), "")
    found = access.sessions.find(secret, access.now()) if secret else None
    if found is not None:
        access.sessions.end(found.account, only=found.id)
