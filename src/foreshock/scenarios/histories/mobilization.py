"""Protests of the Mass Mobilization set as tiers of country-years.

Source: Clark & Regan 2016, "Mass Mobilization Protest Data". A row is one protest against the government (of 50 people or
more), or a country-year without any. The set has names of countries, no numbers.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from foreshock.model.weighing import Tier
from foreshock.scenarios.histories.sets import read_rows
from foreshock.scenarios.histories.states import gw_of_iso3, iso3_of_name
from foreshock.scenarios.tiers import tier_of

SET = "mass_mobilization_dev.csv"
_COLUMNS = ["country", "year", "protest", "protesterviolence", "reasons_removal", "responses_killings"]


def read_tiers(data: Path) -> dict[tuple[str, int], Tier]:
    """Return the tier of each country-year that the set covers, by ISO code and year.

    A year counts as a whole: its tier is "crisis" when removal was demanded, protesters were killed by the state and protesters
    were violent in that year, be it in different protests. A country-year that is not in the set is not in the result.

    Raises:
        CatalogueError: the set is missing or not whole.
    """
    years: dict[tuple[str, int], list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(data, SET, needs=_COLUMNS):
        iso3 = iso3_of_name(row["country"])
        if iso3 is not None and gw_of_iso3(iso3) is not None:
            years[iso3, int(row["year"])].append(row)
    return {key: _tier(rows) for key, rows in sorted(years.items())}


def _tier(rows: list[dict[str, str]]) -> Tier:
    protests = [row for row in rows if row["protest"] == "1"]
    return tier_of(
        protest=bool(protests),
        removal=any(row["reasons_removal"] == "1" for row in protests),
        killing=any(row["responses_killings"] == "1" for row in protests),
        violence=any(row["protesterviolence"] == "1" for row in protests),
    )
