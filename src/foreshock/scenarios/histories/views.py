"""The windows of the VIEWS prediction challenge: countries, what came about a month, and the draws of its benchmarks.

Months are VIEWS numbers: 1 is January 1980, 457 January 2018. Deaths are those of *state-based* violence (UCDP GED, best
estimate): government against an organised group, or state against state. One-sided killing of civilians and fighting between
groups without the state are not among them. The actuals of a year are of the vintage that VIEWS scored against; GED's own later
releases differ from it by a little, above all in the latest year.
Source: Hegre et al. 2025, "The 2023/24 VIEWS Prediction challenge", Journal of Peace Research.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.sets import found
from foreshock.scenarios.histories.states import iso3_of_name

if TYPE_CHECKING:
    import numpy as np

ACTUALS = "views_data_cm_actuals_{year}.parquet"
BENCHMARK = "views_benchmark_views_bm_cm_{name}_expanded_{year}.parquet"
BENCHMARKS = ("bootstrap", "last_historical_poisson")
COUNTRIES = "views_data_country.parquet"
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class ViewsCountry:
    """A country as VIEWS numbers it; ``iso3`` is None where none is known."""

    number: int
    name: str
    iso3: str | None


@dataclass(frozen=True, slots=True)
class Actual:
    """What came about in a country of VIEWS: deaths in each of the twelve months from ``first``."""

    country: int
    first: int
    deaths: tuple[float, ...]


def month_number(month: str) -> int:
    """Return the VIEWS number of a month: "1980-01" gives 1, "2019-12" gives 480.

    Raises:
        CatalogueError: the text is no month.
    """
    match = _MONTH.fullmatch(month)
    if not match:
        raise CatalogueError(f"{month!r} is no month", remedy="give months as 2019-12")
    return (int(match[1]) - 1980) * 12 + int(match[2])


def iso_month(number: int) -> str:
    """Return the month of a VIEWS number: 480 gives "2019-12"."""
    year, month = divmod(number - 1, 12)
    return f"{1980 + year:04d}-{month + 1:02d}"


def read_countries(data: Path) -> dict[int, ViewsCountry]:
    """Return the countries of VIEWS by number.

    Raises:
        CatalogueError: the set is not in the folder.
    """
    rows = _rows(found(data, COUNTRIES), ("country_id", "name", "isoab"))
    return {
        int(row["country_id"]): ViewsCountry(int(row["country_id"]), str(row["name"]), row["isoab"] or iso3_of_name(row["name"]))
        for row in rows
    }


def years_of_actuals(data: Path) -> tuple[int, ...]:
    """Return the years whose actuals are in the folder or in its ``forecast``, in order."""
    pattern = re.compile(ACTUALS.format(year=r"(\d{4})"))
    paths = [*data.glob("*.parquet"), *(data / "forecast").glob("*.parquet")]
    return tuple(sorted({int(match[1]) for path in paths if (match := pattern.fullmatch(path.name))}))


def read_actuals(data: Path, year: int) -> tuple[Actual, ...]:
    """Return what came about in a year, one record a country, by number.

    Raises:
        CatalogueError: the set is not in the folder, or a country has no number for one of the twelve months.
    """
    path, first = found(data, ACTUALS.format(year=year)), month_number(f"{year}-01")
    known: dict[int, dict[int, float]] = {}
    for row in _rows(path, ("country_id", "month_id", "ged_sb")):
        known.setdefault(int(row["country_id"]), {})[int(row["month_id"])] = float(row["ged_sb"])
    months = range(first, first + 12)
    for country, deaths in known.items():
        if sorted(deaths) != list(months):
            raise CatalogueError(f"{path}: country {country} has months {sorted(deaths)}", remedy=f"give all twelve of {year}")
    return tuple(Actual(country, first, tuple(known[country][month] for month in months)) for country in sorted(known))


def read_benchmark(data: Path, name: str, year: int) -> tuple[tuple[int, ...], np.ndarray[Any, Any]]:
    """Return the countries and the draws of a benchmark of VIEWS: an array (countries, 12 months, draws) of deaths.

    Raises:
        CatalogueError: the set is not in the folder, or not every country and month has the same number of draws.
    """
    import numpy as np
    import pyarrow.parquet as pq

    path = found(data, BENCHMARK.format(name=name, year=year))
    table = pq.read_table(path, columns=["country_id", "month_id", "draw", "outcome"])
    country, month, draw, outcome = (table[column].to_numpy() for column in table.column_names)
    order = np.lexsort((draw, month, country))
    countries = np.unique(country)
    count, rest = divmod(len(outcome), len(countries) * 12)
    cells, sizes = np.unique(country * 10_000 + month, return_counts=True)
    if rest or len(cells) != len(countries) * 12 or set(sizes.tolist()) != {count}:
        raise CatalogueError(f"{path}: not every country and month has {count} draws", remedy="give the set as published")
    return tuple(countries.tolist()), outcome[order].reshape(len(countries), 12, count).astype(float)


def _rows(path: Path, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    missing = sorted(set(columns) - set(table.column_names))
    if missing:
        raise CatalogueError(f"{path} has no column {', '.join(missing)}", remedy="give the set as published")
    return list(table.select(list(columns)).to_pylist())
