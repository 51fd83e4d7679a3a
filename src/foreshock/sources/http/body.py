"""The body of a response, decompressed as it comes, within limits: a bomb is stopped before it unfolds."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from foreshock.errors import SourceError
from foreshock.sources.base import Limits

ENCODINGS = "gzip, deflate"
# At most this much is unfolded at once before the limits are asked again.
STEP = 1 << 16
# Small pages of white space compress very well; the ratio says something only beyond this size.
RATIO_FROM = 1_000_000
REMEDY = "save the page and give the file"


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it came over the wire, and after decompression."""

    raw: bytes
    data: bytes


class Unfolding:
    """An incremental decompressor that knows its limits; gzip files of several members are read to the last."""

    def __init__(self, encoding: str, limits: Limits, url: str) -> None:
        self._limits = limits
        self._url = url
        self._encoding = encoding
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._taken = 0
        self._given = bytearray()

    def feed(self, chunk: bytes) -> None:
        """Decompress what came.

        Raises:
            SourceError: it is broken, or unfolds beyond a limit.
        """
        self._taken += len(chunk)
        while chunk:
            out = self._step(chunk)
            self._given += out
            self._check()
            if self._inner.eof and self._inner.unused_data.strip(b"\x00") and self._encoding == "gzip":
                chunk = self._inner.unused_data.lstrip(b"\x00")
                self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
            elif self._inner.eof:
                return
            else:
                chunk = self._inner.unconsumed_tail

    def _step(self, chunk: bytes) -> bytes:
        try:
            return self._inner.decompress(chunk, STEP)
        except zlib.error as error:
            if self._encoding == "deflate" and not self._given and self._taken == len(chunk):
                # Some servers send deflate without its zlib frame (RFC 9110, 8.4.1.2, note).
                self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
                self._encoding = "raw deflate"
                return self._step(chunk)
            raise SourceError(f"{self._url}: broken {self._encoding} data: {error}", remedy=REMEDY) from error

    def _check(self) -> None:
        size = len(self._given)
        if size > self._limits.max_decoded_bytes:
            raise SourceError(f"{self._url} unfolds to more than {self._limits.max_decoded_bytes:,} bytes", remedy=REMEDY)
        if size > RATIO_FROM and size > self._limits.max_ratio * self._taken:
            raise SourceError(
                f"{self._url} unfolds to more than {self._limits.max_ratio} times its size: a bomb", remedy="do not fetch it"
            )

    def finish(self) -> bytes:
        """Return everything.

        Raises:
            SourceError: the data ended before its end.
        """
        if self._taken and not self._inner.eof:
            raise SourceError(f"{self._url}: the {self._encoding} data ends early", remedy="fetch it again")
        return bytes(self._given)


def read_body(chunks: Iterable[bytes], *, encoding: str, limits: Limits, url: str) -> Body:
    """Read a response's raw chunks to their end.

    Args:
        chunks: as they come over the wire.
        encoding: the Content-Encoding.
        limits: how large the body may be, before and after decompression.
        url: for messages.

    Raises:
        SourceError: the body is too large, a bomb, broken, or in an encoding that was not asked for.
    """
    encoding = encoding.strip().lower().removeprefix("x-")
    if encoding not in ("", "identity", "gzip", "deflate"):
        raise SourceError(f"{url} comes in the encoding {encoding[:40]!r}, which was not asked for", remedy=REMEDY)
    unfolding = Unfolding(encoding, limits, url) if encoding in ("gzip", "deflate") else None
    raw = bytearray()
    for chunk in chunks:
        raw += chunk
        if len(raw) > limits.max_page_bytes:
            raise SourceError(f"{url} has more than {limits.max_page_bytes:,} bytes", remedy=REMEDY)
        if unfolding is not None:
            unfolding.feed(chunk)
    data = unfolding.finish() if unfolding is not None else bytes(raw)
    return Body(bytes(raw), data)
