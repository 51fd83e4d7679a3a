"""A zip file whose members are read where they lie: nothing is unpacked under its own name, and no path is followed."""

from __future__ import annotations

import io
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from foreshock.errors import SourceError

MOST_MEMBERS = 20_000
LOCAL = struct.Struct("<4s5H3L2H")  # the header that stands before a member's bytes (APPNOTE 4.3.7)
STEP = 1 << 20
# What zipfile raises of a broken file: NotImplementedError of methods that it cannot read, RuntimeError of locked members.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@contextmanager
def opened(stream: BinaryIO, origin: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip file.

    Raises:
        SourceError: it is none, or has too many members.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN as error:
        raise SourceError(f"{origin}: no zip file, or its directory is broken: {error}", remedy="fetch it again") from error
    with archive:
        if len(archive.infolist()) > MOST_MEMBERS:
            raise SourceError(f"{origin} has more than {MOST_MEMBERS:,} files in it", remedy="split it")
        yield archive


def refusal(member: zipfile.ZipInfo) -> str:
    """Return why a member may not be read, "" where it may."""
    if member.flag_bits & 0x1:
        return "it is encrypted"
    if stat.S_ISLNK(member.external_attr >> 16):
        return "it is a link"
    if member.filename.startswith("/") or "\\" in member.filename or ".." in member.filename.split("/"):
        return "its name leads out of the archive"
    return ""


@contextmanager
def member_stream(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, limit: int) -> Iterator[BinaryIO]:
    """Open a member as a seekable stream: a stored one where it lies, a compressed one from a temporary file.

    Args:
        archive: the zip file.
        member: one of its members.
        limit: bytes that a compressed one may unfold to.

    Raises:
        SourceError: it cannot be read, or unfolds to more than the limit.
    """
    try:
        inside = _stored(archive, member) if member.compress_type == zipfile.ZIP_STORED else _unpacked(archive, member, limit)
    except BROKEN as error:
        raise SourceError(f"{member.filename}: cannot be read: {error}", remedy="fetch the archive again") from error
    with inside:
        yield inside


def _stored(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    stream = cast(BinaryIO, archive.fp)
    return cast(BinaryIO, io.BufferedReader(_Slice(stream, *_extent(stream, member))))


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> BinaryIO:
    out = tempfile.TemporaryFile()  # noqa: SIM115  (closed by whoever reads it)
    try:
        with archive.open(member) as packed:
            size = 0
            while data := packed.read(STEP):
                size += len(data)
                if size > limit:
                    raise ValueError(f"it unfolds to more than the {limit:,} bytes that it claims")
                out.write(data)
    except BROKEN:
        out.close()
        raise
    out.seek(0)
    return cast(BinaryIO, out)


def _extent(stream: BinaryIO, member: zipfile.ZipInfo) -> tuple[int, int]:
    """Return where the bytes of a stored member begin, and how many there are."""
    stream.seek(member.header_offset)
    raw = stream.read(LOCAL.size)
    if len(raw) < LOCAL.size or not raw.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile("no header where it should begin")
    fields = LOCAL.unpack(raw)
    return member.header_offset + LOCAL.size + fields[9] + fields[10], member.compress_size


class _Slice(io.RawIOBase):
    """A part of a file as a file."""

    def __init__(self, stream: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._stream, self._start, self._size, self._at = stream, start, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        self._stream.seek(self._start + self._at)
        data = self._stream.read(min(len(buffer), max(0, self._size - self._at)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)
