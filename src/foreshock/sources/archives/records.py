"""WARC records one by one (ISO 28500), and where there is none the place where the next begins.

fastwarc reads the headers; where a record ends is judged here, so that a damaged one costs no more than itself: a length is
believed where the digest fits, or where what ends a record, another record or the end follows. Otherwise the next record is
looked for, in a compressed archive at the beginning of a member, else at the beginning of a line.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from foreshock.sources.archives.report import Broken
from foreshock.sources.archives.tape import Place, Tape
from foreshock.sources.archives.unfold import STEP

LONGEST_HEADER = 65_536
TRAILER = 64  # bytes looked at after a record: four of line ends, and what follows
VERSION = re.compile(rb"WARC/[0-9]\.[0-9]{1,2}[ \t]*\r?\n")
NEXT = re.compile(rb"\nWARC/[0-9]\.[0-9]{1,2}[ \t]*\r?\n[A-Za-z]")
BOMB = "a bomb"  # how the gap of one begins
CLOSE = b"\r\n\r\n"  # of a record
HEADER_END = re.compile(rb"\r?\n\r?\n")
ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha384", "sha512"})


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands.

    Attributes:
        place: where it begins.
        fields: its headers; names in lower case.
        block: what follows them, of the length that they give.
        found: whether it was found by looking for it after a break, so that it may also be text inside a page.
    """

    place: Place
    fields: Mapping[str, str]
    block: bytes
    found: bool = False


class Records:
    """Reads records from a tape.

    Args:
        tape: the unfolded bytes.
        limit: bytes of the largest block that is read; a larger one is passed over.
    """

    def __init__(self, tape: Tape, *, limit: int) -> None:
        self._tape = tape
        self._limit = limit
        self._lost = False  # in a stretch whose damage is counted already
        self._found = False

    def __iter__(self) -> Iterator[Record | Broken]:
        """Yield the records in order, and one ``Broken`` for each damaged stretch."""
        while not self._tape.ended:
            self._blank()
            if self._tape.fill(1):
                yield from (
                    self._one() if self._tape.buffer.startswith(b"WARC/") else self._search("no record", "no record begins")
                )
            elif self._tape.gap:
                yield from self._gap()

    def _blank(self) -> None:
        while self._tape.fill(1) and self._tape.buffer[0] in b"\r\n":
            self._tape.drop(len(self._tape.buffer) - len(self._tape.buffer.lstrip(b"\r\n")))

    def _one(self) -> Iterator[Record | Broken]:
        tape = self._tape
        self._found = self._found and not tape.opens(0)
        size = self._header_size()
        fields = _fields(bytes(tape.buffer[:size])) if size else None
        length = _length(fields)
        if fields is None or length is None:
            if tape.gap and not size:
                yield from self._gap()
            else:
                yield from self._search(
                    "broken header", "a record whose header cannot be read" if size else "a header without end"
                )
        elif length > self._limit:
            yield from self._oversize(fields, size, length)
        else:
            yield from self._whole(fields, size, length)

    def _header_size(self) -> int:
        for ahead in (4_096, LONGEST_HEADER):
            self._tape.fill(ahead)
            if found := HEADER_END.search(self._tape.buffer, 0, LONGEST_HEADER):
                return found.end()
        return 0

    def _whole(self, fields: Mapping[str, str], size: int, length: int) -> Iterator[Record | Broken]:
        tape, end = self._tape, size + length
        ahead = tape.fill(end + TRAILER)
        opening = tape.opening(1, min(end, ahead))
        url = fields.get("warc-target-uri", "")
        if opening is not None:
            yield from self._broken("wrong length", f"its length of {length:,} bytes goes beyond its member", url)
            tape.drop(opening)
        elif ahead < end and tape.gap:
            yield from self._gap(url)
        elif ahead < end:
            # Either the file ends early, or the length is wrong and what follows is in there.
            yield from self._search("cut off", f"{ahead - size:,} of {length:,} bytes are there", url)
        elif self._ends(end) or digest(fields.get("warc-block-digest", ""), memoryview(tape.buffer)[size:end]):
            yield Record(tape.place(), fields, bytes(memoryview(tape.buffer)[size:end]), self._found)
            self._lost = False
            cut = self._cut(end)
            tape.drop(end)
            if cut:
                yield from self._broken("cut off", "the file ends without the two line ends that close its last record", url)
                tape.drop(len(tape.buffer))
        else:
            yield from self._search("wrong length", f"no record follows its {length:,} bytes", url)

    def _ends(self, end: int) -> bool:
        """Whether a place ahead is where a record ends: two line ends stand there, or another record, or nothing more."""
        tape = self._tape
        if tape.buffer.startswith(CLOSE, end):
            return True
        after = end
        while after < len(tape.buffer) and tape.buffer[after] in b"\r\n" and after < end + TRAILER // 2:
            after += 1
        if after >= len(tape.buffer):
            return tape.at_break
        return tape.opens(after) or VERSION.match(tape.buffer, after) is not None

    def _cut(self, end: int) -> bool:
        """Whether a plain file ends before what closes the record at hand: whatever stood behind it may be lost too."""
        tape = self._tape
        return not tape.packed and not tape.gap and len(tape.buffer) < end + len(CLOSE) and CLOSE.startswith(tape.buffer[end:])

    def _oversize(self, fields: Mapping[str, str], size: int, length: int) -> Iterator[Broken]:
        tape = self._tape
        there, back = tape.place(), tape.place(5)
        tape.drop(size)
        passed = tape.skip(length)
        tape.fill(TRAILER)
        fits = passed == length and self._ends(0)
        url, again = fields.get("warc-target-uri", ""), not fits and not tape.opens(0)
        if fits and not self._lost:
            yield Broken(str(there), "too large", f"a record of {length:,} bytes; at most {self._limit:,} are read", url)
        elif not self._lost:
            reason, why = self._reason() if tape.gap else ("wrong length", f"its {length:,} bytes are not there")
            yield Broken(str(there), reason, why, url)
        self._lost = not fits
        # A member that begins a record is a place to go on from; otherwise what was passed may hold some.
        if again and not tape.gap.startswith(BOMB) and tape.rewind(back):
            self._found = True
        elif tape.gap:
            tape.cross()

    def _reason(self) -> tuple[str, str]:
        return "bomb" if self._tape.gap.startswith(BOMB) else "broken compression", self._tape.gap

    def _gap(self, url: str = "") -> Iterator[Broken]:
        yield from self._broken(*self._reason(), url)
        self._tape.cross()
        self._lost = self._found = False

    def _broken(self, reason: str, why: str, url: str = "") -> Iterator[Broken]:
        if not self._lost:
            yield Broken(str(self._tape.place()), reason, why, url)
        self._lost = True

    def _search(self, reason: str, why: str, url: str = "") -> Iterator[Broken]:
        """Count what is ahead and go to where the next record may begin."""
        yield from self._broken(reason, why, url)
        tape = self._tape
        while True:
            ahead = len(tape.buffer)
            opening = tape.opening(1, ahead)
            match = NEXT.search(tape.buffer, 0, ahead)
            places = [one for one in (opening, match.start() + 1 if match else None) if one is not None]
            if places:
                self._found = opening != min(places)
                tape.drop(min(places))
                return
            if tape.at_break:
                tape.drop(len(tape.buffer))
                return
            # What may be the beginning of a mark stays; more is read only where nothing was found.
            tape.drop(max(0, ahead - TRAILER))
            tape.fill(STEP)


def _fields(header: bytes) -> Mapping[str, str] | None:
    """Return the headers of a record; None where they are none."""
    from fastwarc.warc import HeaderMap  # noqa: PLC0415  (heavy import)

    if not VERSION.match(header):
        return None
    read = HeaderMap()
    try:
        read.parse(io.BytesIO(header))
        return {name.strip().lower(): value.strip() for name, value in reversed(read.to_tuples())}
    except (OSError, ValueError):
        return None


def _length(fields: Mapping[str, str] | None) -> int | None:
    raw = (fields or {}).get("content-length", "")
    return int(raw) if raw.isascii() and raw.isdecimal() and len(raw) < 19 else None


def digest(told: str, data: bytes | memoryview) -> bool | None:
    """Return whether a digest as WARC writes it, "sha1:BASE32", fits; None where it tells none that can be checked."""
    name, _, value = told.strip().partition(":")
    name = name.lower().replace("-", "")
    if name not in ALGORITHMS or not value:
        return None
    found = hashlib.new(name, data, usedforsecurity=False).digest()
    value = value.strip()
    written = {found.hex(), base64.b32encode(found).decode().rstrip("=").lower()}
    if value.lower().rstrip("=") in written:
        return True
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4), validate=True) == found
    except (binascii.Error, ValueError):
        return False
