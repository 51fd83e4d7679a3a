"""UCDP GED by country and month: deaths in state-based violence from January 1989 on.

The table counts months as VIEWS does (``histories/views.py``). Before 1989 nothing was counted: those months are None, as are the
months of a country that did not exist yet. The file is of a later vintage than what was known in each month: a year's numbers are
revised in the June after it, so a replay on it is a little better informed than a forecaster of the day was.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.sets import found
from foreshock.scenarios.histories.views import read_countries

FILE = "ged_country_month_to_2019.parquet"
FIRST = 109  # January 1989


@dataclass(frozen=True, slots=True)
class CountryDeaths:
    """Deaths in state-based violence of a country, one number a month from ``first`` (a VIEWS number) on.

    ``iso3`` and ``name`` are None for a state that is gone. None among ``deaths``: not counted.
    """

    number: int
    iso3: str | None
    name: str | None
    first: int
    deaths: tuple[float | None, ...]


def read_deaths(data: Path) -> tuple[CountryDeaths, ...]:
    """Return the deaths of every country in the set, from January 1989 to the last month of the set, by VIEWS number.

    Raises:
        CatalogueError: the set is not in the folder, lacks a column, or holds a negative number or a month twice.
    """
    import pyarrow.parquet as pq

    path = found(data, FILE)
    table = pq.read_table(path)
    missing = sorted({"month_id", "country_id", "ged_best_sb"} - set(table.column_names))
    if missing:
        raise CatalogueError(f"{path} has no column {', '.join(missing)}", remedy="give the set as published")
    months, countries, deaths = (table[name].to_pylist() for name in ("month_id", "country_id", "ged_best_sb"))
    last = max(months)
    known: dict[int, dict[int, float | None]] = {}
    for month, country, number in zip(months, countries, deaths, strict=True):
        held = known.setdefault(country, {})
        if month in held or (number is not None and not number >= 0):
            raise CatalogueError(f"{path}: country {country}, month {month}: {number}", remedy="one number >= 0 a month")
        held[month] = number
    named = read_countries(data)
    return tuple(
        CountryDeaths(
            country,
            named[country].iso3 if country in named else None,
            named[country].name if country in named else None,
            FIRST,
            tuple(known[country].get(month) for month in range(FIRST, last + 1)),
        )
        for country in sorted(known)
    )
