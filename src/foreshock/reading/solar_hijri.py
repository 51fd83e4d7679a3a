"""Dates of the Solar Hijri calendar, by which Iran and, under other names of months, Afghanistan date their news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

LANGUAGES = frozenset({"fa"})
_IRAN = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_AFGHANISTAN = ("حمل", "ثور", "جوزا", "سرطان", "اسد", "سنبله", "میزان", "عقرب", "قوس", "جدی", "دلو", "حوت")
MONTHS = {name: number for names in (_IRAN, _AFGHANISTAN) for number, name in enumerate(names, 1)} | {"امرداد": 5}
# Years that the cycle below is right for, and that news is of.
FIRST, LAST = 1200, 1500
_MONTH = "|".join(MONTHS)
_NAMED = re.compile(rf"(?<![\w/])(?P<d>\d\d?)\s+(?P<n>{_MONTH})(?:\s?ماه)?[,،]?\s+(?:سال\s+)?(?P<y>1[2-4]\d\d)(?![\w/])")
_DIGITS = re.compile(r"(?<![\w/.-])(?P<y>1[2-4]\d\d)([/.-])(?P<m>\d\d?)\2(?P<d>\d\d?)(?![\w/.-])")


def gregorian(year: int, month: int, day: int) -> date | None:
    """Return the day of the Gregorian calendar, None where the calendar has no such day.

    By the cycle of 33 years with eight leap years, which agrees with the astronomical calendar in the years of
    ``FIRST`` to ``LAST`` (Heydari-Malayeri 2004, "A concise review of the Iranian calendar").

    >>> gregorian(1400, 1, 1), gregorian(1399, 12, 30), gregorian(1400, 12, 30)
    (datetime.date(2021, 3, 21), datetime.date(2021, 3, 20), None)
    """
    if not (FIRST <= year <= LAST and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    found = _first_day(year) + timedelta(days=31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)
    last = _first_day(year) + timedelta(days=31 * min(month, 6) + 30 * max(month - 6, 0))
    return found if found < min(last, _first_day(year + 1)) else None


def month_days(year: int, month: int) -> int:
    """Return how many days a month has: 31 in the first half of the year, then 30, in the last one 29 but in leap years."""
    return 31 if month <= 6 else 30 if month < 12 or gregorian(year, 12, 30) else 29


def _first_day(year: int) -> date:
    """Return the day of Nowruz: from that of 1400 by whole years and the leap days between."""
    return date(2021, 3, 21) + timedelta(days=365 * (year - 1400) + _leaps(year) - _leaps(1400))


def _leaps(year: int) -> int:
    """Return how many leap years of the cycle lie before a year: those that leave 1, 5, 9, 13, 17, 22, 26 or 30 of 33."""
    cycles, rest = divmod(year, 33)
    return 8 * cycles + sum(leap < rest for leap in (1, 5, 9, 13, 17, 22, 26, 30))


def dates(text: str) -> Iterator[tuple[int, int, date]]:
    """Yield the full dates of a text with their half-open offsets; digits are ASCII."""
    for match in _NAMED.finditer(text):
        if (found := gregorian(int(match["y"]), MONTHS[match["n"]], int(match["d"]))) is not None:
            yield match.start(), match.end(), found
    for match in _DIGITS.finditer(text):
        if (found := gregorian(int(match["y"]), int(match["m"]), int(match["d"]))) is not None:
            yield match.start(), match.end(), found
