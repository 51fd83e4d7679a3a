"""Compressed text as a stream of lines; a break in it ends a line and is kept as a problem."""

from __future__ import annotations

import io
from collections.abc import Iterator

from foreshock.sources.archives.unfold import Chunk


class Unfolded(io.RawIOBase):
    """The unfolded bytes of chunks; wrap it in ``io.BufferedReader``.

    Attributes:
        gaps: the breaks met so far, as (byte of the file, why); in their place stands the end of a line.
    """

    def __init__(self, chunks: Iterator[Chunk]) -> None:
        super().__init__()
        self.gaps: list[tuple[int, str]] = []
        self._chunks = chunks
        self._ahead = memoryview(b"")

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill a buffer with what comes next; return how many bytes, 0 at the end."""
        while not self._ahead:
            one = next(self._chunks, None)
            if one is None:
                return 0
            if one.gap:
                self.gaps.append((one.offset, one.gap))
            self._ahead = memoryview(b"\n" if one.gap else one.data)
        size = min(len(buffer), len(self._ahead))
        buffer[:size] = self._ahead[:size]
        self._ahead = self._ahead[size:]
        return size
