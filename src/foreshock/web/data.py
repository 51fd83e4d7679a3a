"""Data that scripts of a page read: JSON or a drawing, marked by what is in it, so that nothing is sent twice."""

from __future__ import annotations

import hashlib

from starlette.requests import Request
from starlette.responses import Response

JSON = "application/json"


def mark_of(body: bytes) -> str:
    """Return the ETag of a body, a digest of it."""
    return f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'


def answered(request: Request, body: bytes, media_type: str = JSON) -> Response:
    """Return a body, or 304 without one where the asker has it already; no cache on the way may keep either."""
    mark = mark_of(body)
    headers = {"ETag": mark, "Cache-Control": "private, no-store"}
    had = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if mark in had or "*" in had:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)
