"""Leaders and elections of country-years: the REIGN set at the end of each year.

Source: Bell 2016, "The Rulers, Elections, and Irregular Governance Dataset (REIGN)". Columns on time since something are
natural logarithms of months; the others are 0 or 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from foreshock.scenarios.histories.coups import number
from foreshock.scenarios.histories.sets import read_rows, whole

SET = "reign_country_years.csv"
# An election expected within six months; held now, or lately; its lateness; a new leader lately; one expected to go irregularly;
# time since the last election, since the last lost one, and since the last irregular change.
ELECTIONS = (
    "anticipation",
    "election_now",
    "election_recent",
    "lastelection",
    "delayed",
    "lead_recent",
    "irreg_lead_ant",
    "loss",
    "irregular",
)


def read_reign(data: Path) -> Mapping[tuple[int, int], tuple[float | None, ...]]:
    """Return what the set says of each country-year (Gleditsch-Ward number, year), in the order of ``ELECTIONS``; None: missing.

    Raises:
        CatalogueError: the set is missing, lacks a column, or a cell is no number.
    """
    rows = read_rows(data, SET, needs=["gwcode", "year", *ELECTIONS])
    return MappingProxyType(
        {(whole(row["gwcode"]), whole(row["year"])): tuple(number(row[name]) for name in ELECTIONS) for row in rows}
    )
