"""Signing in and out: the pages that are there without login, and tell nothing of what the desk holds."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from foreshock.errors import AccessError
from foreshock.web.ask import Ask
from foreshock.web.auth.access import access_of
from foreshock.web.auth.cookies import cookie
from foreshock.web.auth.login import Throttled, by_password, by_provider, enter, leave
from foreshock.web.auth.viewer import viewer
from foreshock.web.security.site import safe_path
from foreshock.web.templating import page

router = APIRouter()
BROWSER = "foreshock-oidc"  # binds a login at the provider to the browser that began it
BACK = "/login/oidc/back"


@router.get("/login", include_in_schema=False)
def login(request: Request) -> Response:
    """Show the form; where somebody is known already, go on."""
    to = safe_path(request.query_params.get("next", "/"))
    return RedirectResponse(to, 303) if viewer(request).role != "nobody" else _form(request, to)


@router.post("/login", include_in_schema=False)
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=2000)] = "",
    to: Annotated[str, Form(alias="next", max_length=3000)] = "/",
) -> Response:
    """Sign in with a name and a password."""
    if access_of(request).local is not None:
        return RedirectResponse("/", 303)
    try:
        return enter(request, by_password(request, name, password), safe_path(to), via="password")
    except Throttled as error:
        answer = _form(request, safe_path(to), status=429, wait=error.seconds)
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    except AccessError:
        return _form(request, safe_path(to), status=401, wrong=True)


@router.get("/login/oidc", include_in_schema=False)
def begin(request: Request) -> Response:
    """Send the browser to the provider."""
    access = access_of(request)
    if access.provider is None:
        return RedirectResponse("/login", 303)
    browser, scheme = secrets.token_urlsafe(32), request.scope["scheme"]
    to = safe_path(request.query_params.get("next", "/"))
    back = f"{scheme}://{request.headers['host']}{BACK}"
    try:
        address = access.provider.begin(back=back, path=to, browser=browser, now=access.steady())
    except AccessError as error:
        return _form(request, to, status=502, refused=str(error))
    answer = RedirectResponse(address, 303)
    answer.headers.append("Set-Cookie", cookie(BROWSER, browser, scheme, seconds=600))
    return answer


@router.get(BACK, include_in_schema=False)
def finish(request: Request) -> Response:
    """Sign in whom the provider sent back."""
    access, scheme = access_of(request), request.scope["scheme"]
    if access.provider is None:
        return RedirectResponse("/login", 303)
    try:
        person, to = access.provider.finish(dict(request.query_params), browser=request.cookies.get(BROWSER), now=access.steady())
        answer = enter(request, by_provider(request, person), to, via="oidc")
    except AccessError as error:
        answer = _form(request, "/", status=401, refused=str(error))
    answer.headers.append("Set-Cookie", cookie(BROWSER, "", scheme, seconds=0))
    return answer


@router.post("/logout", include_in_schema=False)
def sign_out(request: Request) -> Response:
    """End this session."""
    return leave(request)


def _form(request: Request, to: str, *, status: int = 200, wrong: bool = False, wait: int = 0, refused: str = "") -> Response:
    access = access_of(request)
    told = {"to": to, "wrong": wrong, "wait": wait, "refused": refused}
    ways = {"with_password": access.accounts.can_sign_in(), "with_provider": access.provider is not None}
    return page(request, "account/login.html.j2", Ask(), status=status, **told, **ways)
