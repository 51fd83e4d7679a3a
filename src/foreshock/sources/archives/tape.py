"""The unfolded bytes of an archive, looked at ahead of what is taken, forward only, in bounded memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from foreshock.sources.archives.unfold import Chunk

MARK = b"WARC/"
# How often an archive is read again from a place that was passed, where a record lied about its length.
REWINDS = 16


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an archive: the byte of the file, and how far into the member that begins there."""

    offset: int
    within: int = 0

    def __str__(self) -> str:
        """Return it as it is told: "offset 12" or "offset 12+34"."""
        return f"offset {self.offset}+{self.within}" if self.within else f"offset {self.offset}"


class Tape:
    """A buffer over chunks; it stops at each gap until :meth:`cross` is called.

    Args:
        chunks: gives the chunks from an offset on.
        packed: whether they are members.

    Attributes:
        buffer: what lies ahead; look at it after :meth:`fill`.
        packed: whether it is made of members.
        gap: why nothing more comes before :meth:`cross`, "" where something may.
        rewinds: how many more times it may go back.
    """

    def __init__(self, chunks: Callable[[int], Iterator[Chunk]], *, packed: bool) -> None:
        self.buffer = bytearray()
        self.gap = ""
        self.rewinds = REWINDS
        self._again = chunks
        self._chunks = chunks(0)
        self.packed = packed
        self._base = 0  # of the buffer's first byte, in all that was unfolded
        self._opened: deque[tuple[int, int]] = deque([(0, 0)])  # where members begin: there, and in the file
        self._gap_at = 0
        self._ended = False

    def fill(self, size: int) -> int:
        """Read ahead until so many bytes lie ahead, a gap or the end; return how many do."""
        while len(self.buffer) < size and not self.gap and not self._ended:
            one = next(self._chunks, None)
            if one is None:
                self._ended = True
            elif one.gap:
                self.gap, self._gap_at = one.gap, one.offset
            else:
                if one.opens or (not self.packed and not self.buffer):
                    self._opened.append((self._base + len(self.buffer), one.offset))
                self.buffer += one.data
        return len(self.buffer)

    @property
    def ended(self) -> bool:
        """Whether nothing lies ahead, not even a gap."""
        return self._ended and not self.buffer and not self.gap

    @property
    def at_break(self) -> bool:
        """Whether what lies ahead is all there is before a gap or the end."""
        return bool(self.gap) or self._ended

    def drop(self, size: int) -> None:
        """Pass over bytes that lie ahead."""
        del self.buffer[:size]
        self._base += size
        while len(self._opened) > 1 and self._opened[1][0] <= self._base:
            self._opened.popleft()

    def skip(self, size: int, *, stop: bool = True) -> int:
        """Pass over bytes without keeping them, up to a gap, the end or, to ``stop``, a member that begins a record.

        Returns:
            How many were passed.
        """
        left = size
        while left and self.fill(1):
            step = min(left, len(self.buffer))
            opening = self.opening(0, step) if stop else None
            self.drop(step if opening is None else opening)
            left -= step if opening is None else opening
            if opening is not None:
                break
        return size - left

    def cross(self) -> None:
        """Drop what lies before a gap and go on behind it."""
        self.drop(len(self.buffer))
        self.gap = ""

    def opening(self, start: int, stop: int) -> int | None:
        """Return where between two places ahead a member begins with a record; None where none does, and of plain bytes."""
        if not self.packed:
            return None
        found = (there - self._base for there, _ in self._opened)
        return next((at for at in found if start <= at < stop and self.buffer.startswith(MARK, at)), None)

    def opens(self, at: int) -> bool:
        """Whether a member begins at a place ahead."""
        return self.packed and any(there - self._base == at for there, _ in self._opened)

    def place(self, at: int = 0) -> Place:
        """Return where in the file a place ahead is."""
        if not self.buffer and self.gap:
            return Place(self._gap_at)
        there, offset = max((one for one in self._opened if one[0] <= self._base + at), default=self._opened[0])
        within = self._base + at - there
        return Place(offset, within) if self.packed else Place(offset + within)

    def rewind(self, place: Place) -> bool:
        """Go back to a place that was passed; return False where that was done too often."""
        if not self.rewinds:
            return False
        self.rewinds -= 1
        self._chunks = self._again(place.offset)
        self.buffer.clear()
        self.gap, self._ended = "", False
        self._opened = deque([(self._base, place.offset)])
        return self.skip(place.within, stop=False) == place.within
