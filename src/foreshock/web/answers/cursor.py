"""Where a page ended, as one opaque word: it names the last thing shown, so that what comes in between moves nothing.

A cursor belongs to its question: with another filter or order it is refused, since the page after it would be of neither.
"""

from __future__ import annotations

import base64
import binascii
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import msgspec

from foreshock.errors import ForeshockError
from foreshock.model import record_id

LONGEST = 2_000  # characters
Row = TypeVar("Row")
Place = tuple[str | int, ...]
Key = Callable[[Row], Place]


class CursorError(ForeshockError):
    """A cursor is none of ours, or that of another question."""


def question_of(name: str, asked: Mapping[str, object]) -> str:
    """Return the name of a question: of what, and with which filters; what is None is not asked."""
    told = sorted((key, str(value)) for key, value in asked.items() if value is not None)
    return record_id("question", name, *(f"{key}={value}" for key, value in told))


def pack(question: str, place: Place) -> str:
    """Return the cursor of the page that begins after a place."""
    return base64.urlsafe_b64encode(msgspec.json.encode([question, *place])).decode("ascii").rstrip("=")


def unpack(cursor: str | None, question: str, like: Place) -> Place | None:
    """Return the place of a cursor; None where none is given.

    Args:
        cursor: as it came.
        question: that is asked now.
        like: a place with the types that are expected.

    Raises:
        CursorError: it cannot be read, or is of another question.
    """
    if cursor is None:
        return None
    remedy = "leave the cursor out for the first page, and change no filter between pages"
    try:
        found = msgspec.json.decode(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise CursorError(f"{cursor[:40]!r} is no cursor", remedy=remedy) from error
    if not isinstance(found, list) or [type(one) for one in found[1:]] != [type(one) for one in like]:
        raise CursorError(f"{cursor[:40]!r} is no cursor", remedy=remedy)
    if any(isinstance(one, int) and abs(one) >= 2**63 for one in found):
        raise CursorError(f"{cursor[:40]!r} is no cursor", remedy=remedy)
    if found[0] != question:
        raise CursorError("the cursor is that of another question", remedy=remedy)
    return tuple(found[1:])


def page_of(
    rows: Sequence[Row], key: Callable[[Row], Place], after: Place | None, limit: int, *, descending: bool = False
) -> tuple[list[Row], Place | None]:
    """Return a page of rows, and the place after which the next one begins, None where it is the last.

    Args:
        rows: all of them, in ascending order of ``key``, also where they are paged downwards.
        key: what orders them; no two rows have the same.
        after: where the page before ended; the row of that place need not be there any more.
        limit: rows on a page.
        descending: page from the last row to the first.
    """
    if descending:
        end = len(rows) if after is None else bisect_left(rows, after, key=key)
        page = list(rows[max(0, end - limit) : end])[::-1]
        more = end > limit
    else:
        start = 0 if after is None else bisect_right(rows, after, key=key)
        page = list(rows[start : start + limit])
        more = start + limit < len(rows)
    return page, key(page[-1]) if page and more else None
