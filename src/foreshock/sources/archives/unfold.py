"""The bytes of an archive, unfolded as they are asked for: plain, members of gzip (RFC 1952), frames of Zstandard.

A member that is broken is a gap, and reading goes on at the next one. What was read of it before the break is given out: the
reader says whether that is of use.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from foreshock.sources.http.body import RATIO_FROM

GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"
STEP = 1 << 16
LOOK = 1 << 20  # bytes in which the first sign of a format is looked for
# After a break the search for the next member begins inside the broken one. Bytes made to look like members could have everything
# read again for each of them; so at most this many times the file is read again, and then the search goes forward only.
AGAIN = 4


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of the unfolded bytes, or a gap.

    Attributes:
        data: the bytes; empty for a gap.
        offset: where the member begins in the file; of plain bytes, where these begin.
        opens: whether a member begins here; never of plain bytes.
        gap: why nothing could be read up to the next member, "" where this is no gap.
    """

    data: bytes
    offset: int
    opens: bool = False
    gap: str = ""


def packing(stream: BinaryIO) -> str:
    """Return "gzip", "zstd" or "" by the first bytes of a stream, or where these are damaged, by what comes first behind them."""
    stream.seek(0)
    first = stream.read(LOOK)
    places = {"gzip": first.find(GZIP), "zstd": first.find(ZSTD), "": first.find(b"WARC/")}
    known = {name: at for name, at in places.items() if at >= 0}
    return min(known, key=lambda name: known[name]) if known else ""


def plain(stream: BinaryIO, at: int = 0) -> Iterator[Chunk]:
    """Yield the bytes of a stream from an offset on."""
    stream.seek(at)
    while data := stream.read(STEP):
        yield Chunk(data, at)
        at += len(data)


def zstd(stream: BinaryIO, at: int = 0) -> Iterator[Chunk]:
    """Yield the unfolded bytes of Zstandard frames; a break ends them, since what follows it cannot be told from its data."""
    from fastwarc.stream_io import ZstdReader  # noqa: PLC0415  (heavy import)

    stream.seek(at)
    reader = ZstdReader(stream)
    opens = True
    try:
        while data := reader.read(STEP):
            yield Chunk(data, at, opens)
            opens = False
    except (OSError, ValueError) as error:
        yield Chunk(b"", at, gap=f"broken Zstandard data: {error}")


def gzip(stream: BinaryIO, at: int = 0, *, ratio: int = 1_032) -> Iterator[Chunk]:
    """Yield the unfolded bytes of gzip members, from the member at an offset on.

    Args:
        stream: seekable.
        at: where a member begins.
        ratio: a member that unfolds to more than so many times its size, once over a megabyte, is a bomb and a gap.
    """
    again = AGAIN * max(STEP, stream.seek(0, 2))
    member, ahead = at, b""
    while True:
        one = Member(stream, member, ratio, ahead)
        yield from one.chunks()
        if one.whole:
            end, ahead = member + one.read - len(one.ahead), one.ahead
            if ahead.startswith(GZIP):
                member = end
                continue
            after, ahead = _next(stream, end), b""
            if after is None and _left(stream, end):
                yield Chunk(b"", end, gap="bytes that are no member up to the end")
            elif after is not None and after != end:
                yield Chunk(b"", end, gap=f"{after - end} bytes that are no member")
        else:
            yield Chunk(b"", member, gap=one.why)
            again -= one.read
            after, ahead = _next(stream, member + 1 if again > 0 else member + max(1, one.read)), b""
        if after is None:
            return
        member = after


@dataclass(slots=True)
class Member:
    """One member of a gzip file.

    Attributes:
        stream: the file.
        offset: where the member begins.
        ratio: how many times its size it may unfold to.
        ahead: bytes from the offset on that were read already; in the end, those read beyond the member.
        read: raw bytes taken, those ahead included.
        whole: whether it was read to its end.
        why: what is wrong with one that was not.
    """

    stream: BinaryIO
    offset: int
    ratio: int
    ahead: bytes = b""
    read: int = 0
    whole: bool = False
    why: str = ""

    def chunks(self) -> Iterator[Chunk]:
        """Yield what the member holds, as far as it can be read."""
        inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
        given, raw = 0, self.ahead
        self.read = len(raw)
        while not inner.eof:
            if not raw:
                # The reader may have moved in the stream meanwhile.
                self.stream.seek(self.offset + self.read)
                raw = self.stream.read(STEP)
                self.read += len(raw)
                if not raw:
                    self.why = "the gzip data ends early"
                    return
            try:
                data = inner.decompress(raw, STEP)
            except zlib.error as error:
                self.why = f"broken gzip data: {error}"
                return
            raw = inner.unconsumed_tail
            if data:
                yield Chunk(data, self.offset, opens=given == 0)
            given += len(data)
            if given > RATIO_FROM and given > self.ratio * self.read:
                self.why = f"a bomb: it unfolds to more than {self.ratio} times its size"
                return
        self.ahead, self.whole = inner.unused_data, True


def _next(stream: BinaryIO, at: int) -> int | None:
    """Return where the next member begins at or after an offset, None where none does."""
    stream.seek(at)
    kept = b""
    while data := stream.read(STEP):
        found = (kept + data).find(GZIP)
        if found >= 0:
            return at - len(kept) + found
        at += len(data)
        kept = (kept + data)[-2:]
    return None


def _left(stream: BinaryIO, at: int) -> bool:
    """Whether anything but zeros follows an offset: files are padded with these."""
    stream.seek(at)
    while data := stream.read(STEP):
        if data.strip(b"\0"):
            return True
    return False
