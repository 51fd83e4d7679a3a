"""Escalations of violence by the month: deaths a country-month of UCDP's georeferenced events, and where few became many.

    escalation: fewer than 25 deaths in the last three months, 25 or more in the next three

Deaths are the best estimates of all three sorts of organised violence together: with a state on one side, between other groups,
and against civilians (Sundberg and Melander 2013, UCDP GED). The set counts months from January 1980 = 1; months before its first
one (January 1989) have no value. A year's months are published in June of the next year (:data:`.sets.LAGS`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.sets import found

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GED, COUNTRIES = "ged_country_month_to_2019.parquet", "views_data_country.parquet"
SORTS = ("ged_best_sb", "ged_best_ns", "ged_best_os")
FIRST_YEAR, MONTHS, DEATHS = 1980, 3, 25
KOSOVO = "XKX"  # the one state to which the set gives no code


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths by country and month.

    Attributes:
        countries: ISO 3166 alpha-3, one a row.
        deaths: (countries, months) from January 1980; nan where the state or the set did not exist.
    """

    countries: tuple[str, ...]
    deaths: NDArray[np.float64]

    @property
    def years(self) -> NDArray[np.int64]:
        """The calendar year of each month."""
        import numpy as np

        return FIRST_YEAR + np.arange(self.deaths.shape[1]) // 12


def read_deaths(data: Path) -> Deaths:
    """Return the deaths a country-month of a folder of data.

    Raises:
        CatalogueError: a file is missing or lacks a column.
    """
    import numpy as np

    codes = {row["country_id"]: str(row["isoab"] or KOSOVO) for row in _rows(data, COUNTRIES, ("country_id", "isoab"))}
    rows = [row for row in _rows(data, GED, ("country_id", "month_id", *SORTS)) if row["country_id"] in codes]
    countries = sorted({codes[row["country_id"]] for row in rows})
    at = {country: number for number, country in enumerate(countries)}
    deaths = np.full((len(countries), max(row["month_id"] for row in rows)), np.nan)
    for row in rows:
        told = [row[sort] for sort in SORTS]
        if None not in told:
            deaths[at[codes[row["country_id"]]], row["month_id"] - 1] = sum(told)
    return Deaths(tuple(countries), deaths)


def _rows(data: Path, name: str, needs: tuple[str, ...]) -> list[dict[str, Any]]:
    from pyarrow import parquet

    table = parquet.read_table(found(data, name))
    if missing := sorted(set(needs) - set(table.column_names)):
        raise CatalogueError(f"{name} has no column {', '.join(missing)}", remedy="give the set as published")
    rows: list[dict[str, Any]] = table.select(list(needs)).to_pylist()
    return rows


def at_risk(deaths: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return (countries, months): whether fewer than 25 died in the three months that end with this one, all of them known."""
    import numpy as np

    risk: NDArray[np.bool_] = np.zeros(deaths.shape, dtype=bool)
    risk[:, MONTHS - 1 :] = _sums(deaths) < DEATHS
    return risk


def escalates(deaths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (countries, months): 1 where 25 or more die in the next three months, else 0; nan where not at risk or not known.

    >>> import numpy as np
    >>> escalates(np.array([[0.0, 3, 0, 0, 20, 9, 0, 0, 0]]))
    array([[nan, nan,  1.,  1.,  0., nan, nan, nan, nan]])
    """
    import numpy as np

    found = np.full(deaths.shape, np.nan)
    last = deaths.shape[1] - MONTHS
    following = _sums(deaths)[:, MONTHS:]
    found[:, MONTHS - 1 : last] = np.where(np.isnan(following), np.nan, following >= DEATHS)
    return np.where(at_risk(deaths), found, np.nan)


def _sums(deaths: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    return np.asarray(np.lib.stride_tricks.sliding_window_view(deaths, MONTHS, axis=1).sum(axis=-1))
