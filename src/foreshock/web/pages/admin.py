"""For admins: who may sign in, what lets programs in, and who did what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from foreshock.dates import parse
from foreshock.errors import AccessError
from foreshock.ledger.accounts import ROLES, account_name
from foreshock.model import Role
from foreshock.web.ask import Ask
from foreshock.web.auth import require
from foreshock.web.auth.access import access_of, doer
from foreshock.web.templating import page

router = APIRouter(dependencies=[Depends(require("admin"))])
HERE = "/admin"
LINES = 100
Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=2000)]


@router.get(HERE, include_in_schema=False)
def accounts(request: Request) -> HTMLResponse:
    """Show the accounts and all tokens in force."""
    access = access_of(request)
    now = access.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    tokens = [one for one in access.tokens.all() if not one.revoked_at and (one.expires_at is None or one.expires_at > now)]
    return page(
        request,
        "account/admin.html.j2",
        Ask(),
        accounts=access.accounts.all(),
        tokens=tokens,
        roles=ROLES,
        local=access.local,
        provider=access.provider is not None,
    )


@router.post(f"{HERE}/accounts", include_in_schema=False)
def add_account(request: Request, name: Name, role: Annotated[Role, Form()], password: Password) -> Response:
    """Open an account."""
    access = access_of(request)
    called = account_name(name)
    with access.hashing:
        made = access.passwords.make(password, called)
    access.accounts.add(called, role, by=doer(request), now=access.now(), password=made)
    return RedirectResponse(HERE, 303)


@router.post(f"{HERE}/accounts/role", include_in_schema=False)
def change_role(request: Request, name: Name, role: Annotated[Role, Form()]) -> Response:
    """Give an account another role."""
    access = access_of(request)
    access.accounts.set_role(name, role, by=doer(request), now=access.now())
    return RedirectResponse(HERE, 303)


@router.post(f"{HERE}/accounts/password", include_in_schema=False)
def reset_password(request: Request, name: Name, password: Password) -> Response:
    """Give an account another password; it is signed out everywhere."""
    access = access_of(request)
    with access.hashing:
        made = access.passwords.make(password, account_name(name))
    access.accounts.set_password(name, made, by=doer(request), now=access.now())
    return RedirectResponse(HERE, 303)


@router.post(f"{HERE}/accounts/close", include_in_schema=False)
def close_account(request: Request, name: Name) -> Response:
    """Close an account for good."""
    access = access_of(request)
    access.accounts.close(name, by=doer(request), now=access.now())
    return RedirectResponse(HERE, 303)


@router.post(f"{HERE}/tokens/revoke", include_in_schema=False)
def revoke_token(request: Request, token: Annotated[str, Form(max_length=40)]) -> Response:
    """Revoke a token of anybody."""
    access = access_of(request)
    access.tokens.revoke(token, by=doer(request), now=access.now())
    return RedirectResponse(HERE, 303)


@router.get(f"{HERE}/audit", include_in_schema=False)
def audit_log(
    request: Request,
    who: Annotated[str, Query(max_length=100)] = "",
    did: Annotated[str, Query(max_length=100)] = "",
    since: Annotated[str, Query(max_length=40)] = "",
    before: Annotated[int | None, Query(ge=1)] = None,
) -> HTMLResponse:
    """Show who did what, the latest first."""
    if since and (parse(since) is None or len(since) > 10):
        raise AccessError(f"since is {since!r}, no day", remedy="give an ISO date such as 2026-11-29")
    asked = {"who": who.strip() or None, "did": did.strip() or None, "since": since.strip() or None}
    deeds = access_of(request).log.deeds(before=before, limit=LINES + 1, **asked)
    older = deeds[LINES - 1].no if len(deeds) > LINES else None
    return page(request, "account/audit.html.j2", Ask(), deeds=deeds[:LINES], older=older, asked=asked)
