"""Laws that hold of whatever is read: of texts, spans, records and the time it takes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import msgspec

from foreshock import dates
from foreshock.model import Document, Extract

NOW = datetime(2033, 5, 4, 12, 0, tzinfo=UTC)
# Instrumented code takes about ten times as long; a law of time is there for what grows faster than its input.
AT_LEAST, A_KILOBYTE = 2.0, 1.0


class LawError(AssertionError):
    """What was read breaks a law."""


def must(holds: object, said: str, *seen: object) -> None:
    """Raise a LawError with what was seen, unless something holds."""
    if not holds:
        raise LawError(f"{said}: {', '.join(ascii(one)[:300] for one in seen)}")


def must_be_text(*texts: str | None) -> None:
    """Require what any file and any ledger can hold: no half characters, no NUL."""
    for one in texts:
        if one is not None:
            must("\0" not in one and not any("\ud800" <= char <= "\udfff" for char in one), "no text", one)


def must_be_dates(*found: str | None) -> None:
    """Require ISO prefixes of days that exist."""
    for one in found:
        must(one is None or dates.parse(one) == one, "no date", one)


def must_be_read(found: Extract) -> None:
    """Require of what was extracted: texts, a date that exists, a language tag."""
    must(found.text.strip(), "an empty text was read", found)
    must_be_text(found.text, *found.notes)
    must_be_dates(found.published)


def must_be_kept(found: Document) -> None:
    """Require of a document what keeping it needs: every string of it can be written; a ledger holds NUL escaped."""
    told = (found.text, found.title, found.source, found.url, found.language, found.licence, *found.notes)
    must_be_text(*((one or "").replace("\0", "") for one in told))
    must_be_dates(found.published)
    msgspec.json.encode(found)


def must_stand(text: str, found: Sequence[tuple[int, int, str]], *, apart: bool = True) -> None:
    """Require spans that lie in the text, hold what they say, stand in order and (``apart``) do not overlap."""
    last = 0
    for start, end, said in found:
        must(0 <= start < end <= len(text), "a span outside the text", start, end, len(text))
        must(text[start:end] == said, "a span says something else", text[start:end], said)
        must(start >= last, "spans overlap or stand out of order", start, last, said)
        last = end if apart else start


@contextmanager
def in_time(data: bytes | str) -> Iterator[None]:
    """Require that what is done inside takes no more than a second of this thread for each kilobyte, and two for nothing."""
    begun = time.thread_time()
    yield
    took = time.thread_time() - begun
    must(took <= AT_LEAST + A_KILOBYTE * len(data) / 1000, "it takes too long", round(took, 2), len(data))


def same(one: Any, other: Any, said: str) -> None:
    """Require that two things are equal."""
    must(one == other, said, one, other)
