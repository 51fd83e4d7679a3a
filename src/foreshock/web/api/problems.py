"""Errors for programs: problem+json (RFC 9457), each with what was found and, where there is one, the remedy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

MEDIA = "application/problem+json"
# The page of the API tells of each under this anchor.
TYPES = {
    400: "cannot-be-answered", 401: "not-signed-in", 403: "not-allowed", 404: "not-found", 405: "method", 406: "format",
    409: "conflict", 413: "too-large", 415: "media-type", 422: "parameters", 429: "too-many", 500: "fault", 503: "busy",
}  # fmt: skip
SHOWN = 60  # characters of a value that is handed back


class Problem(Exception):  # noqa: N818 - an answer, as HTTPException is
    """What a route raises to answer with a problem."""

    def __init__(self, status: int, detail: str, *, remedy: str = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.remedy, self.headers = status, detail, remedy, dict(headers or {})


def not_found(what: str, wanted: str, *, remedy: str) -> Problem:
    """Return that there is no record of an id."""
    return Problem(404, f"there is no {what} {wanted[:SHOWN]!r} here", remedy=remedy)


def problem(
    request: Request,
    status: int,
    detail: str,
    *,
    title: str = "",
    remedy: str = "",
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem as an answer.

    Args:
        request: that cannot be answered.
        status: of HTTP.
        detail: what was found, with the value.
        title: of the sort of problem; the phrase of HTTP where not given.
        remedy: what the caller can do.
        errors: one for each wrong parameter or field.
        headers: further ones.
    """
    told: dict[str, Any] = {
        "type": f"/api#{TYPES[status]}" if status in TYPES else "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
    }
    told |= {"remedy": remedy} if remedy else {}
    told |= {"errors": list(errors)} if errors else {}
    body = b"" if request.method == "HEAD" else msgspec.json.encode(told)
    return Response(body, status, headers=dict(headers or {}), media_type=MEDIA)


def error_of(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return one error of validation: a parameter by its name, a field of the body by its JSON pointer."""
    where, *path = found["loc"]
    told: dict[str, Any] = {"detail": str(found["msg"])}
    if where == "body":
        told["pointer"] = "#" + "".join(f"/{str(one).replace('~', '~0').replace('/', '~1')}" for one in path)
    else:
        told["parameter"] = ".".join(map(str, path))
    return told
