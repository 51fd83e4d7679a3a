"""Dates that say how much of them is known: "2022-01" is a month, not the first of January.

A date here is an ISO 8601 prefix: ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or ``YYYY-MM-DDTHH:MM``. Its length is its precision.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

PREFIX = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?", re.ASCII
)


def parse(text: str) -> str | None:
    """Return ``text`` if it is an ISO prefix of a date that exists, cut to minutes at most; else None.

    >>> parse("2022-01"), parse("2022-02-30")
    ('2022-01', None)
    """
    match = PREFIX.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups()[:5])
    try:
        date(year or 0, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if hour is not None and (hour > 23 or (minute or 0) > 59):
        return None
    return text.strip()[:16] if hour is not None else text.strip()


def day_of(prefix: str | None) -> date | None:
    """Return the calendar day of a prefix that has one, else None: a month is not its first day."""
    if prefix is None or len(prefix) < 10:
        return None
    return date.fromisoformat(prefix[:10])


def first_day(prefix: str) -> date:
    """Return the first day that the prefix can mean."""
    parts = [int(part) for part in prefix[:10].split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(prefix: str) -> date:
    """Return the last day that the prefix can mean.

    >>> last_day("2022-02").isoformat()
    '2022-02-28'
    """
    parts = [int(part) for part in prefix[:10].split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1])


def shift(day: date, *, days: int = 0, months: int = 0, years: int = 0) -> date:
    """Return a day moved by whole days, months or years; the 31st of a shorter month is its last day."""
    total = day.year * 12 + day.month - 1 + months + 12 * years
    year, month = divmod(total, 12)
    moved = date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    return moved + timedelta(days=days)


def utc_stamp(moment: datetime) -> str:
    """Return a moment as ``YYYY-MM-DDTHH:MM:SSZ``.

    Raises:
        ValueError: the moment has no zone; a local time is not a moment.
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; pass an aware datetime")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
