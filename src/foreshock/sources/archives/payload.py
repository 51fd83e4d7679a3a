"""A record of a response -> the page as a fetcher would have brought it: headers read, chunks joined, compression undone."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from foreshock.errors import SourceError
from foreshock.sources.archives.records import HEADER_END, LONGEST_HEADER, Record
from foreshock.sources.base import Fetched, Limits
from foreshock.sources.http.body import RATIO_FROM, STEP, read_body
from foreshock.sources.http.fetcher import KEPT_HEADERS

HTML = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
# Where no type is declared, what a page begins with.
LOOKS_HTML = re.compile(
    rb"^[\s\xef\xbb\xbf]{0,200}(?:<!doctype html|<html|<head|<body|<\?xml[^>]{0,200}\?>\s{0,20}<!doctype html)", re.I
)
STATUS = re.compile(rb"HTTP/[0-9.]{1,5}[ \t]+([0-9]{3})(?:\s|$)")
CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,12})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
MOST_CHUNKS = 100_000
MAGIC = {"gzip": b"\x1f\x8b", "deflate": b"", "br": b"", "zstd": b"\x28\xb5\x2f\xfd"}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a record gives no page: a reason of the report, and for damage what was found."""

    reason: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it stands in a record: ``fields`` its headers, names in lower case; ``body`` what follows them."""

    status: int
    fields: Mapping[str, str]
    body: bytes


def page_of(record: Record, limits: Limits) -> Fetched | Refused:
    """Return the page in a record of type response or resource, or why there is none."""
    kind = record.fields.get("warc-type", "").lower()
    if kind == "response":
        if not record.fields.get("content-type", "").lower().startswith("application/http"):
            return Refused("no http")
        found = response(record.block)
        if found is None:
            return Refused("broken http", "a response without a status and headers that could be read")
    else:
        found = Response(200, {"content-type": record.fields.get("content-type", "")}, record.block)
    if found.status != 200:
        return Refused(f"status {found.status}")
    media_type = found.fields.get("content-type", "").split(";")[0].strip().lower()
    if media_type and media_type not in HTML:
        return Refused("not html")
    return _page(record, found, media_type or None, limits)


def response(block: bytes) -> Response | None:
    """Return the status, headers and body of an HTTP response, None where it is none."""
    from fastwarc.warc import HeaderMap  # noqa: PLC0415  (heavy import)

    status, end = STATUS.match(block), HEADER_END.search(block, 0, LONGEST_HEADER)
    if status is None or end is None:
        return None
    read = HeaderMap()
    try:
        read.parse(io.BytesIO(block[: end.end()].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")))
        fields = {name.strip().lower(): value.strip() for name, value in reversed(read.to_tuples())}
    except (OSError, ValueError):
        return None
    return Response(int(status[1]), fields, block[end.end() :])


def _page(record: Record, found: Response, media_type: str | None, limits: Limits) -> Fetched | Refused:
    url = address_of(record)
    body, notes = found.body, list[str]()
    if "chunked" in found.fields.get("transfer-encoding", "").lower():
        joined, whole = dechunk(body)
        body = body if joined is None else joined
        notes += [] if whole else ["its last chunks are missing"]
    encoding = found.fields.get("content-encoding", "").strip().lower().removeprefix("x-")
    if not body.startswith(MAGIC.get(encoding, b"")) or LOOKS_HTML.match(body):
        encoding = ""  # the crawler undid it and left the header
    try:
        data = unfold(body, encoding, limits, url)
    except SourceError as error:
        return Refused(
            "bomb" if "times its size" in error.message else "broken encoding", error.message.removeprefix(url).strip(": ")
        )
    if media_type is None and not LOOKS_HTML.match(data):
        return Refused("not html")
    if cut := record.fields.get("warc-truncated"):
        notes.append(f"the crawler kept its beginning only ({cut[:40]})")
    if record.found:
        notes.append("found in a damaged archive by looking for the next record: it may be text of another page")
    charset = CHARSET.search(found.fields.get("content-type", ""))
    kept = tuple((name, found.fields[name]) for name in KEPT_HEADERS if name in found.fields)
    return Fetched(url, url, body, data, media_type or "text/html", charset[1] if charset else None, kept, tuple(notes))


def address_of(record: Record) -> str:
    """Return the address of a record's page, without the brackets that some crawlers write around it."""
    return record.fields.get("warc-target-uri", "").strip().removeprefix("<").removesuffix(">")


def dechunk(body: bytes) -> tuple[bytes | None, bool]:
    """Join the chunks of a body (RFC 9112, 7.1).

    Returns:
        The body, None where it is not in chunks after all (crawlers that join them may leave the header), and
         whether it is whole.
    """
    out, at = bytearray(), 0
    for _ in range(MOST_CHUNKS):
        size = CHUNK.match(body, at)
        if size is None:
            break
        length = int(size[1], 16)
        if not length:
            return bytes(out), True
        out += body[size.end() : size.end() + length]
        at = size.end() + length
        if at > len(body):
            return bytes(out), False
        at += 2 if body.startswith(b"\r\n", at) else 1 if body.startswith(b"\n", at) else 0
    return (None, True) if at == 0 else (bytes(out), False)


def unfold(body: bytes, encoding: str, limits: Limits, url: str) -> bytes:
    """Undo the compression of a body.

    Raises:
        SourceError: it is broken, a bomb, too large, or in an encoding that is not known.
    """
    if encoding not in ("br", "zstd"):
        steps = (body[at : at + STEP] for at in range(0, len(body), STEP))
        return read_body(steps, encoding=encoding, limits=limits, url=url).data
    from fastwarc.stream_io import BrotliReader, ZstdReader  # noqa: PLC0415  (heavy import)

    reader = BrotliReader(io.BytesIO(body)) if encoding == "br" else ZstdReader(io.BytesIO(body))
    out = bytearray()
    try:
        while data := reader.read(STEP):
            out += data
            if len(out) > limits.max_decoded_bytes or (len(out) > RATIO_FROM and len(out) > limits.max_ratio * len(body)):
                raise SourceError(f"{url}: it unfolds to more than {limits.max_ratio} times its size, or too far: a bomb")
    except (OSError, ValueError) as error:
        raise SourceError(f"{url}: broken {encoding} data: {error}") from error
    return bytes(out)
