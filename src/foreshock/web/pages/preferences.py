"""What a reader prefers: the language of the pages, light or dark; kept in the browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse

from foreshock.briefs.locale import LANGUAGES
from foreshock.web.locale import COOKIE
from foreshock.web.security.site import safe_path
from foreshock.web.templating import THEMES

router = APIRouter()
YEAR = 365 * 24 * 3600


@router.post("/preferences")
def preferences(
    request: Request,
    back: Annotated[str, Form()] = "/",
    language: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
) -> RedirectResponse:
    """Keep a language or a theme and go back to the page."""
    answer = RedirectResponse(safe_path(back), 303)
    secure = request.url.scheme == "https"
    for name, value, known in ((COOKIE, language, tuple(LANGUAGES)), ("foreshock-theme", theme, THEMES)):
        if value in known:
            answer.set_cookie(name, value, max_age=YEAR, samesite="lax", secure=secure, httponly=True)
    return answer
