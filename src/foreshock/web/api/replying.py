"""How the API answers: the format that was asked for, unchanged answers as 304, pages with links, streams, compression."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Literal
from urllib.parse import urlencode

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from foreshock.dates import utc_stamp
from foreshock.ledger.head import Head
from foreshock.model import record_id
from foreshock.web.answers.answer import NOTICE, VERSION, Answer
from foreshock.web.api.problems import Problem
from foreshock.web.desk import desk_of

JSON, NDJSON = "application/json", "application/x-ndjson"
Form = Literal["json", "ndjson"]
FORMS: dict[str, Form] = {JSON: "json", NDJSON: "ndjson", "application/ndjson": "ndjson", "application/jsonl": "ndjson"}
TOGETHER = 200  # records that a stream sends at once
SMALL = 1_000  # bytes that are not worth compressing
LEVEL = 5
VARY = "Accept, Accept-Encoding, Authorization, Cookie"


def lists(
    request: Request,
    head: Head,
    form: Form | None,
    *,
    page: Callable[[], Answer],
    every: Callable[[], Iterable[Any]],
    as_of: str | None = None,
) -> Response:
    """Answer with a page of a list, or with a stream of all of it.

    Args:
        request: what is answered.
        head: how far the ledger had come that the answer is made of.
        form: that was asked for by a parameter.
        page: makes the page.
        every: makes the records of a stream.
        as_of: that was asked for.
    """
    chosen = form or accepted(request, FORMS)
    if (same := unchanged(request, head, chosen)) is not None:
        return same
    if chosen == "ndjson":
        return _stream(request, head, every(), as_of)
    made = page()
    following = _next(request, made.cursor) if made.cursor else None
    body = {**_said(made), "items": made.items, "next": following, "cursor": made.cursor}
    link = {"Link": f'<{following}>; rel="next"'} if following else {}
    return written(request, head, msgspec.json.encode(body), JSON, made.as_of, headers=link, form="json")


def record(request: Request, head: Head, made: Callable[[], Answer]) -> Response:
    """Answer with the one item of an answer."""
    accepted(request, {JSON: "json"})
    if (same := unchanged(request, head, "json")) is not None:
        return same
    found = made()
    body = {**_said(found), "item": found.items[0]}
    return written(request, head, msgspec.json.encode(body), JSON, found.as_of, form="json")


def whole(request: Request, made: Answer, *, status: int = 200) -> Response:
    """Answer with the one item of an answer that nobody keeps."""
    headers = {name: value for name, value in _headers(request, Head(), "json", made.as_of).items() if name != "ETag"}
    body = msgspec.json.encode({**_said(made), "item": made.items[0]})
    return Response(body, status, headers=headers | {"Cache-Control": "no-store"}, media_type=JSON)


def accepted(request: Request, forms: Mapping[str, Any]) -> Any:
    """Return the form that Accept likes best, the first one where it likes all alike.

    Raises:
        Problem: it likes none.
    """
    header = request.headers.get("accept", "*/*")
    liked: dict[str, float] = {}
    for part in header.split(","):
        kind, *parameters = (one.strip().lower() for one in part.split(";"))
        liked[kind] = max(liked.get(kind, 0.0), _weight(parameters))
    best, weight = None, 0.0
    for media, form in forms.items():
        group = f"{media.partition('/')[0]}/*"
        mine = next((liked[one] for one in (media, group, "*/*") if one in liked), 0.0)
        if mine > weight:
            best, weight = form, mine
    if best is None:
        raise Problem(406, f"nothing here is {header[:100]!r}", remedy=f"accept one of {', '.join(forms)}")
    return best


def unchanged(request: Request, head: Head, form: str) -> Response | None:
    """Return that nothing changed where the caller has the present answer already; else None."""
    tag = _tag(request, head, form)
    asked = request.headers.get("if-none-match", "")
    if tag not in (one.strip() for one in asked.split(",")) and asked.strip() != "*":
        return None
    return Response(status_code=304, headers={"ETag": tag, "Vary": VARY, "Cache-Control": "private, no-cache"})


def written(
    request: Request, head: Head, body: bytes, media: str, as_of: str, *, form: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a body as an answer: compressed where that was asked for, without it for HEAD, and with what it says of itself."""
    told = {**_headers(request, head, form, as_of), **(headers or {})}
    if len(body) > SMALL and _zipped(request):
        packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
        body = packer.compress(body) + packer.flush()
        told["Content-Encoding"] = "gzip"
    return _headless(request, Response(body, headers=told, media_type=media))


def _stream(request: Request, head: Head, records: Iterable[Any], as_of: str | None) -> Response:
    told = _headers(request, head, "ndjson", as_of or utc_stamp(desk_of(request).now()))
    lines = _lines(iter(records))
    first = next(lines, b"")  # what cannot be answered is told as a problem, before anything was sent
    if request.method == "HEAD":
        return Response(headers=told, media_type=NDJSON)
    zipped = _zipped(request)
    if zipped:
        told["Content-Encoding"] = "gzip"
    return StreamingResponse(_sent(first, lines, zipped=zipped), headers=told, media_type=NDJSON)


def _lines(records: Iterator[Any]) -> Iterator[bytes]:
    encoder = msgspec.json.Encoder()
    while some := list(islice(records, TOGETHER)):
        yield b"".join(encoder.encode(one) + b"\n" for one in some)


async def _sent(first: bytes, rest: Iterator[bytes], *, zipped: bool) -> AsyncIterator[bytes]:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31) if zipped else None
    some: bytes | None = first
    while some:
        yield packer.compress(some) + packer.flush(zlib.Z_SYNC_FLUSH) if packer else some
        some = await run_in_threadpool(next, rest, None)
    if packer:
        yield packer.flush()


def _headless(request: Request, made: Response) -> Response:
    if request.method == "HEAD":
        made.body = b""
    return made


def _said(made: Answer) -> dict[str, Any]:
    return {"notice": NOTICE, "as_of": made.as_of, "made_at": made.made_at, "claim_ids": made.claim_ids}


def _headers(request: Request, head: Head, form: str, as_of: str) -> dict[str, str]:
    return {
        "ETag": _tag(request, head, form),
        "Vary": VARY,
        "Cache-Control": "private, no-cache",
        "Foreshock-Notice": "machine-coded, unofficial",
        "Foreshock-As-Of": as_of,
        "Foreshock-Made-At": utc_stamp(desk_of(request).now()),
    }


def _tag(request: Request, head: Head, form: str) -> str:
    """Return the weak tag of an answer: it changes with the ledger, the day that ages count to, and what was asked."""
    day = desk_of(request).now().date()
    asked = (request.url.path, request.url.query, form)
    return f'W/"{record_id("answer", VERSION, head, day, *asked)}"'


def _next(request: Request, cursor: str) -> str:
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.url.path}?{urlencode([*asked, ('cursor', cursor)])}"


def _zipped(request: Request) -> bool:
    for part in request.headers.get("accept-encoding", "").split(","):
        kind, *parameters = (one.strip().lower() for one in part.split(";"))
        if kind in ("gzip", "*"):
            return _weight(parameters) > 0
    return False


def _weight(parameters: Iterable[str]) -> float:
    for one in parameters:
        name, _, value = one.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0
