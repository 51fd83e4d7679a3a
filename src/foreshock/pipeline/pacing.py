"""When a feed is asked again: its rhythm, longer and longer while it fails, and never before its server wants to be asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DAY = 86_400
SPREAD = 0.2  # the share of a pause that is left to chance, so that feeds do not all come at once
LONGEST = DAY  # of a pause after failures
LONGEST_ASKED = 7 * DAY  # of a pause that a server asks for


def next_due(now: datetime, *, every: int, failures: int, chance: float, retry_after: str = "") -> datetime:
    """Return when a feed is asked again.

    The pause is ``every`` seconds, doubled with each failure in a row up to a day, times 0.9 to 1.1 by chance; it is no shorter
    than what the server asks for in Retry-After (seconds or a date), of which a week is believed.

    Args:
        now: the moment.
        every: seconds between polls that go well.
        failures: polls that failed in a row, this one included; 0 after a good one.
        chance: a number from 0 to 1, drawn by the caller.
        retry_after: the header as it stands.
    """
    pause = float(every) if not failures else max(every, min(every * 2.0 ** min(failures, 30), LONGEST))
    pause *= 1 - SPREAD / 2 + SPREAD * chance
    return now + timedelta(seconds=max(pause, asked_seconds(retry_after, now)))


def asked_seconds(retry_after: str, now: datetime) -> float:
    """Return for how many seconds a Retry-After asks, 0 where it asks for nothing that can be read."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST_ASKED)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), LONGEST_ASKED)
