"""Reading a historical set: its file in the folder of data, its rows, and when what it says becomes known."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

from foreshock.errors import CatalogueError

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days among which one lies that is not known to the day; both ends belong to it."""

    first: date
    last: date

    def overlaps(self, start: date, end: date) -> bool:
        """Say whether the day may lie in ``start``..``end``, both included: an imprecise date is scored as an interval."""
        return self.first <= end and start <= self.last


@dataclass(frozen=True, slots=True)
class Lag:
    """How many days after the end of a calendar year a set tells of it, and why that many."""

    days: int
    reason: str


# A label enters a fit only at the end of its outcome plus this. Where releases were irregular the longer wait counts.
LAGS: Mapping[str, Lag] = MappingProxyType(
    {
        "ucdp_acd_to_2017.csv": Lag(181, "UCDP publishes a year's conflicts in June of the next"),
        "ged_country_month_to_2019.parquet": Lag(181, "UCDP publishes a year's events in June of the next"),
        "coups_country_years_to_2019.csv": Lag(31, "Powell & Thyne add an attempt within weeks of it"),
        "archigos.csv": Lag(365, "Archigos appears irregularly: version 4.1 of March 2016 ends with 2015"),
        "mass_mobilization_dev.csv": Lag(365, "Mass Mobilization appears in the course of the following year"),
    }
)


def read_rows(data: Path, name: str, *, needs: Iterable[str]) -> list[dict[str, str]]:
    """Return the rows of ``forecast/NAME`` in a folder of data, each a mapping of column to text.

    Raises:
        CatalogueError: the file is missing, or lacks one of the columns in ``needs``.
    """
    path = found(data, name)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        missing = sorted(set(needs) - set(reader.fieldnames or ()))
        if missing:
            raise CatalogueError(f"{path} has no column {', '.join(missing)}", remedy="give the set as published")
        return list(reader)


def found(data: Path, name: str) -> Path:
    """Return the path of a set: in the folder itself or in its ``forecast``.

    Raises:
        CatalogueError: there is no such file.
    """
    for path in (data / "forecast" / name, data / name):
        if path.is_file():
            return path
    raise CatalogueError(f"there is no {data / 'forecast' / name}", remedy="point --data at the folder that holds forecast/")


def day_of(text: str) -> date | None:
    """Return the date of a number of days since 1970-01-01, as the sets print them ("16252.0"); None where it is empty."""
    return _EPOCH + timedelta(days=int(float(text))) if text.strip() else None


def whole(text: str) -> int:
    """Return the whole number that a set prints as "750.0" or "750"."""
    return int(float(text))
