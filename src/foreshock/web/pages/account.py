"""One's own account: the password, the browsers that are signed in, the tokens of one's programs."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foreshock.errors import AccessError
from foreshock.ledger.access_tokens import SCOPES
from foreshock.model import Account, Scope
from foreshock.web.ask import Ask
from foreshock.web.auth import Viewer, audit, require, viewer
from foreshock.web.auth.access import access_of, doer
from foreshock.web.auth.login import by_password, enter
from foreshock.web.templating import page

router = APIRouter()
HERE = "/account"
# What a token of a role is good for: more would be refused when it is used.
OFFERED: dict[str, tuple[Scope, ...]] = {"reader": ("read",), "analyst": ("read", "judge", "ingest"), "admin": SCOPES}
Reader = Annotated[Viewer, Depends(require("reader"))]


@router.get(HERE, include_in_schema=False)
def account(request: Request, who: Reader) -> HTMLResponse:
    """Show one's account."""
    access, mine = access_of(request), _mine(request)
    return page(
        request,
        "account/account.html.j2",
        Ask(),
        mine=mine,
        sessions=access.sessions.of(mine.name, access.now()) if mine else [],
        tokens=access.tokens.all(mine.name) if mine else [],
        scopes=OFFERED[who.role],
        now=access.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


@router.post(f"{HERE}/password", include_in_schema=False)
def change_password(
    request: Request,
    who: Reader,
    current: Annotated[str, Form(max_length=2000)],
    new: Annotated[str, Form(max_length=2000)],
    again: Annotated[str, Form(max_length=2000)],
) -> Response:
    """Change one's password; all other browsers are signed out."""
    access = access_of(request)
    if new != again:
        raise AccessError("the two new passwords differ", remedy="go back and type them again")
    checked = by_password(request, _owned(request).name, current)
    with access.hashing:
        made = access.passwords.make(new, checked.name)
    access.accounts.set_password(checked.name, made, by=doer(request), now=access.now())
    return enter(request, checked, HERE, via=f"a new password of {who.name}")


@router.post(f"{HERE}/sessions", include_in_schema=False)
def end_sessions(request: Request, who: Reader, session: Annotated[str, Form(max_length=40)] = "") -> Response:
    """End one session of one's own, or all but this one."""
    access, mine = access_of(request), _owned(request)
    ended = access.sessions.end(mine.name, only=session or None, but=None if session else who.session)
    audit(request, "session-end", mine.name, ended=ended)
    return RedirectResponse(HERE, 303)


@router.post(f"{HERE}/tokens", include_in_schema=False)
def make_token(
    request: Request,
    who: Reader,
    name: Annotated[str, Form(max_length=200)],
    scopes: Annotated[list[str], Form()],
    days: Annotated[int, Form(ge=1, le=3660)] = 90,
) -> Response:
    """Make a token and show its secret, once."""
    access, mine = access_of(request), _owned(request)
    if set(scopes) - set(OFFERED[who.role]):
        raise AccessError("a token cannot do more than you", remedy=f"choose among {', '.join(OFFERED[who.role])}")
    made, secret = access.tokens.add(mine.name, name, scopes, by=doer(request), now=access.now(), days=days)
    return page(request, "account/token.html.j2", Ask(), token=made, secret=secret)


@router.post(f"{HERE}/tokens/revoke", include_in_schema=False)
def revoke_token(request: Request, who: Reader, token: Annotated[str, Form(max_length=40)]) -> Response:  # noqa: ARG001
    """Revoke a token of one's own."""
    access, mine = access_of(request), _owned(request)
    access.tokens.revoke(token, by=doer(request), now=access.now(), account=mine.name)
    return RedirectResponse(HERE, 303)


def _mine(request: Request) -> Account | None:
    """Return the account of whoever looks; the user of this machine has one only where somebody made it."""
    found = access_of(request).accounts.get(viewer(request).name)
    return None if found is None or found.closed_at is not None else found


def _owned(request: Request) -> Account:
    found = _mine(request)
    if found is None:
        raise AccessError("you have no account here", remedy="make one with foreshock accounts add")
    return found
