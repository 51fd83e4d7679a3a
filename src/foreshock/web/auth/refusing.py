"""What somebody is told who is not let in: problem+json for programs, a page for those who are signed in, else plain words."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from foreshock.web.auth.viewer import KEY, NOBODY


class Refusal(Exception):  # noqa: N818 - no error: an answer
    """A request that is not let in.

    Args:
        status: of HTTP.
        detail: why, in a sentence.
        headers: further headers of the answer.
    """

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.headers = status, detail, headers or {}


def is_api(scope: Scope) -> bool:
    """Whether a program asks: what it is told must be JSON."""
    return bool(scope["path"].startswith(("/api", "/mcp")))


async def answer(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request that is not let in."""
    title = HTTPStatus(refusal.status).phrase
    made: Response
    if 300 <= refusal.status < 400:
        made = Response(status_code=refusal.status)
    elif is_api(scope):
        told = {"type": "about:blank", "title": title, "status": refusal.status, "detail": refusal.detail}
        made = JSONResponse(told, refusal.status, media_type="application/problem+json")
    elif scope.get(KEY, NOBODY).role != "nobody" and refusal.status in (403, 413):
        from foreshock.web.faults import fault

        made = await asyncio.to_thread(fault, Request(scope, receive), refusal.status, title, refusal.detail)
    else:
        made = PlainTextResponse(f"{title}. {refusal.detail}\n", refusal.status)
    made.headers.update(refusal.headers)
    await made(scope, receive, send)
