"""Forecasts of coups that were published with their data: a random forest, a year ahead.

Source: the set itself, country-years with the forecast made from the year before, and what Powell & Thyne's set says of the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from foreshock.scenarios.histories.coups import number
from foreshock.scenarios.histories.sets import read_rows, whole

SET = "coups_published_forecasts_2011_2019.csv"
_COLUMNS = ["gwcode", "for_year", "outcome", "observed", "p"]


@dataclass(frozen=True, slots=True)
class Published:
    """The forecast for one country-year and what came about; None where the set does not say."""

    gw: int
    year: int
    p: float | None
    observed: bool | None


def read_published(data: Path, *, outcome: str = "attempt") -> tuple[Published, ...]:
    """Return the forecasts of one outcome ("attempt", "coup" or "failed") by country and year.

    Raises:
        CatalogueError: the set is missing, lacks a column, or a cell is no number.
    """
    found = []
    for row in read_rows(data, SET, needs=_COLUMNS):
        if row["outcome"] == outcome:
            observed = number(row["observed"])
            came = None if observed is None else observed > 0
            found.append(Published(whole(row["gwcode"]), whole(row["for_year"]), number(row["p"]), came))
    return tuple(sorted(found, key=lambda one: (one.gw, one.year)))
