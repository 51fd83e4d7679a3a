"""Feasts that move: Easter in the churches of West and East by computation, those of other calendars by a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from foreshock.coding.easter import easter_of, orthodox_easter_of
from foreshock.knowledge import load_table


@cache
def _tabled() -> Mapping[str, Mapping[int, str]]:
    known = load_table(__package__, "calendar_feasts.yaml")
    return {str(name): {int(year): str(day) for year, day in days.items()} for name, days in known.items()}


def feast_day(name: str, year: int) -> date | None:
    """Return the day of a feast in a year, None where it is not known.

    Args:
        name: "easter", "orthodox_easter", "advent" (the first Sunday of it) or a key of ``calendar_feasts.yaml``.
        year: of the Gregorian calendar.
    """
    if not 1582 < year < 4000:
        return None
    if name == "easter":
        return easter_of(year)
    if name == "orthodox_easter":
        return orthodox_easter_of(year)
    if name == "advent":
        christmas_eve = date(year, 12, 24)
        return christmas_eve - timedelta(days=(christmas_eve.weekday() + 1) % 7, weeks=3)
    day = _tabled().get(name, {}).get(year)
    return None if day is None else date.fromisoformat(f"{year:04d}-{day}")
