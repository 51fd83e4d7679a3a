"""How a route of the API is declared: who may ask, HEAD beside GET, and what OpenAPI says of its answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.routing import APIRoute
from starlette.responses import Response

from foreshock.web.api.problems import MEDIA
from foreshock.web.api.replying import JSON, NDJSON
from foreshock.web.api.schemas import ref
from foreshock.web.auth import require

PREFIX = "/api/v1"
READERS = [Depends(require("reader"))]
WHY = {
    400: "It cannot be answered: a name is not known, a search has no word, a cursor is of another question.",
    401: "Nobody is signed in, or the token is none that is in force.",
    403: "The role, or the token, does not let you do this.",
    404: "There is no such record here.",
    406: "None of the accepted formats is there.",
    409: "It is kept already.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "A parameter or a field is wrong; each is named.",
    429: "Too many requests; Retry-After says when to go on.",
}
ALWAYS = (400, 401, 403, 406, 422, 429)
HEADERS = {
    "ETag": "Changes with the ledger, the day and the question.",
    "Foreshock-Notice": "Machine-coded, unofficial.",
    "Foreshock-As-Of": "The moment whose knowledge the answer holds.",
    "Foreshock-Made-At": "The moment of making.",
}


class Route(APIRoute):
    """A route whose GET answers HEAD too."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if "GET" in (self.methods or ()):
            self.methods = {*(self.methods or ()), "HEAD"}


def routes(tag: str, *, reading: bool = True) -> APIRouter:
    """Return a router of the API for what one tag names.

    Args:
        tag: the heading under which its routes are told.
        reading: whether all of its routes only read, and readers may ask them; else each says itself who may.
    """
    return APIRouter(prefix=PREFIX, tags=[tag], route_class=Route, dependencies=READERS if reading else [])


def told(
    name: str,
    schema: dict[str, Any] | None = None,
    *,
    stream: str | None = None,
    others: Sequence[str] = (),
    missing: bool = False,
    problems: Sequence[int] = (),
    status: int = 200,
) -> dict[str, Any]:
    """Return what a route is declared with.

    Args:
        name: of the operation.
        schema: of its JSON.
        stream: the schema of a line, where it can stream lines.
        others: further media types that it answers with.
        missing: whether it may answer that there is no such record.
        problems: further statuses that it may answer with.
        status: of the answer.
    """
    content: dict[str, Any] = {JSON: {"schema": schema}} if schema else {}
    if stream:
        content[NDJSON] = {"schema": {"type": "string", "description": f"One {stream} a line, as JSON."}}
    content |= {media: {"schema": {"type": "string"}} for media in others}
    headers = {key: {"description": what, "schema": {"type": "string"}} for key, what in HEADERS.items()}
    wrong = {MEDIA: {"schema": ref("Problem")}}
    codes = sorted({*ALWAYS, *problems, *([404] if missing else [])})
    answers: dict[int | str, Any] = {
        status: {"description": "The answer.", "content": content, "headers": headers},
        **({304: {"description": "Nothing changed since the ETag of If-None-Match."}} if status == 200 else {}),
        **{code: {"description": WHY[code], "content": wrong} for code in codes},
    }
    return {
        "operation_id": name, "responses": answers, "response_class": Response, "response_model": None, "status_code": status,
    }  # fmt: skip
