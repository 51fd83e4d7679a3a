"""The date of Easter in the Western churches and in the Orthodox ones."""

from __future__ import annotations

from datetime import date, timedelta


def easter_of(year: int) -> date:
    """Return Easter Sunday of a year from 1583 on, by the anonymous Gregorian computus (Nature, 20 April 1876).

    >>> easter_of(2024)
    datetime.date(2024, 3, 31)
    """
    golden, (century, rest) = year % 19, divmod(year, 100)
    leap, kept = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - shift + 15) % 30
    fourth, last = divmod(rest, 4)
    weekday = (32 + 2 * kept + 2 * fourth - moon - last) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter_of(year: int) -> date:
    """Return Orthodox Easter Sunday in the Gregorian calendar, by the Julian computus (Meeus, Astronomical Algorithms).

    >>> orthodox_easter_of(2024)
    datetime.date(2024, 5, 5)
    """
    moon = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + weekday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=year // 100 - year // 400 - 2)
