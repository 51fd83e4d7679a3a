"""The date of an item: RFC 822, ISO 8601, and the ways in which feeds break them; never a guess at which number is the day."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache

from foreshock import dates

LOCALES = (
    "en", "ru", "uk", "fr", "es", "de", "it", "pt", "pl", "nl", "sv", "tr", "kk", "ar", "ar_SY", "ar_MA", "fa", "hi", "id", "cs",
    "ro", "el", "bg", "sr",
)  # fmt: skip
RFC = re.compile(r"\b\d{1,2}\s+[A-Za-z]{3,9}\.?\s+\d{2,4}\s+\d{1,2}:\d{2}")
HAN = re.compile(r"(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日(?:\D{0,6}(\d{1,2})[:時时](\d{2}))?")
NAMED = re.compile(r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]+(?:\s[^\W\d_]+)?)\.?,?\s+(?:de\s+)?(\d{4})(?:\D{1,8}(\d{1,2}):(\d{2}))?")
ISO_SPACED = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{1,2}:\d{2})(?::\d{2})?\s?(?:[A-Z]{2,4})?$")
LONGEST = 100


def iso_date(raw: str) -> str | None:
    """Return a date as an ISO prefix in its own zone, None where it cannot be read for sure.

    >>> iso_date("Sat, 08 Jan 2022 09:30:00 +0900"), iso_date("2022年1月8日"), iso_date("08/01/2022")
    ('2022-01-08T09:30', '2022-01-08', None)
    """
    text = " ".join(raw.split())[:LONGEST]
    if not text:
        return None
    if text.isascii() and (known := dates.parse(text) or dates.parse(text.replace(" ", "T", 1))):
        return known
    for read in (_rfc, _iso, _han, _named):
        if (found := read(text)) is not None and (known := dates.parse(found)) is not None:
            return known
    return None


def _rfc(text: str) -> str | None:
    if not RFC.search(text):
        return None
    try:
        return parsedate_to_datetime(text).isoformat(timespec="minutes")[:16]
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _iso(text: str) -> str | None:
    if match := ISO_SPACED.match(text):
        return f"{match[1]}T{match[2]:0>5}"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment.isoformat(timespec="minutes")[:16]


def _han(text: str) -> str | None:
    match = HAN.search(text)
    return _prefix(match[1], int(match[2]), match[3], match[4], match[5]) if match else None


def _named(text: str) -> str | None:
    match = NAMED.search(text)
    if not match:
        return None
    word = match[2].casefold()
    month = _months().get(word) or _months().get(word.split()[0])
    return _prefix(match[3], month, match[1], match[4], match[5]) if month else None


def _prefix(year: str, month: int, day: str, hour: str | None, minute: str | None) -> str:
    clock = f"T{int(hour):02}:{int(minute):02}" if hour and minute else ""
    return f"{int(year):04}-{month:02}-{int(day):02}{clock}"


@cache
def _months() -> dict[str, int]:
    """Names of months in many languages -> their numbers; a name that means two months is in none."""
    from babel.dates import get_month_names  # noqa: PLC0415  (heavy import)

    found: dict[str, set[int]] = {}
    for locale in LOCALES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, locale=locale).items():
                    key = str(name).casefold().strip(".")
                    if not key.isdigit() and len(key) > 1:
                        found.setdefault(key, set()).add(int(number))
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}
