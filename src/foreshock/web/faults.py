"""Errors as pages: what was found and the remedy, never a trace; the API answers the same as problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from foreshock.errors import ForeshockError
from foreshock.web.api.problems import SHOWN, Problem, error_of, problem
from foreshock.web.ask import Ask
from foreshock.web.templating import page

log = logging.getLogger("foreshock.web")


def add_faults(app: FastAPI) -> None:
    """Answer every error of an app in one way."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ForeshockError, _ours)
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(Exception, _unknown)


def is_api(request: Request) -> bool:
    """Whether a program asks, and is answered as one; the page on the API is for people."""
    return request.url.path.startswith("/api/")


def fault(request: Request, status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> Response:
    """Return an error: problem+json for the API, a page for people."""
    if is_api(request):
        return problem(request, status, detail, title=title, headers=headers)
    found = page(request, "fault.html.j2", Ask(), status=status, title=title, detail=detail, code=status)
    found.headers.update(headers or {})
    return found


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    title, detail = HTTPStatus(error.status_code).phrase, str(error.detail)
    if error.status_code == HTTPStatus.NOT_FOUND and detail == title:  # the router's own words, which say no more than the title
        detail = f"There is nothing at {request.url.path[:SHOWN]!r} on this desk."
    return fault(request, error.status_code, title, detail, dict(error.headers or {}))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    if is_api(request):
        found = [error_of(one) for one in error.errors()]
        status = 400 if any(one["type"] == "json_invalid" for one in error.errors()) else 422
        wrong = ", ".join(dict.fromkeys(one.get("parameter", one.get("pointer")) or "without a name" for one in found))
        return problem(request, status, f"wrong: {wrong}", title="The request cannot be read", errors=found)
    told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return fault(request, 422, "The request cannot be read", told)


async def _ours(request: Request, error: Exception) -> Response:
    if is_api(request) and isinstance(error, ForeshockError):
        return problem(request, 400, error.message, title="This cannot be answered", remedy=error.remedy)
    return fault(request, 400, "This cannot be answered", str(error))


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)  # noqa: S101 - registered for this class only
    return problem(request, error.status, str(error), remedy=error.remedy, headers=error.headers)


async def _unknown(request: Request, error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return fault(request, 500, "Something went wrong here", "The log of the server says what. Nothing was lost or changed.")
