"""The outlook's widening, and what each country's history said at its end, from UCDP GED by country and month.

Of a country three fitted numbers ship (level, spread, activity at the last month of the set), never its months. The span of the
widening is the whole set, so it must not be used to replay a day within it: ``bench/weigh_deaths.py`` fits its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from foreshock.errors import CatalogueError
from foreshock.scenarios.fitting.provenance import provenance
from foreshock.scenarios.fitting.widening import fit_widening
from foreshock.scenarios.histories.ged import FILE, FIRST, CountryDeaths, read_deaths
from foreshock.scenarios.histories.views import iso_month
from foreshock.scenarios.outlook.past import ACTIVITIES, past
from foreshock.scenarios.outlook.shipped import widening_to_plain
from foreshock.scenarios.outlook.widening import GROUPS, LEVELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foreshock.scenarios.outlook.past import Array

WHAT = "Deaths a month: how wrong a country's past was about its next months, and what each past said at its end."
LEAST = 25.0


def fit(data: Path, *, fitted: str, command: str) -> dict[str, Any]:
    """Return the plain values of ``fitted/outlook.yaml``.

    ``n`` of the provenance is the country-months behind the widening, ``onsets`` the country-years of 25 deaths or more.

    Raises:
        CatalogueError: the set is missing or not whole.
    """
    ged = read_deaths(data)
    deaths = as_array(ged)
    last = FIRST + deaths.shape[1] - 1
    countries, silent = _ends(ged, deaths)
    return {
        "provenance": provenance(
            sets=(FILE,), span=(_year(FIRST), _year(last)), n=int((deaths >= 0).sum()), onsets=_conflict_years(deaths),
            fitted=fitted, command=command,
        ),
        "until": iso_month(last),
        "violence": "state-based",
        "groups": [f"{first}-{last}" for first, last in GROUPS],
        "levels": list(LEVELS),
        "widening": widening_to_plain(fit_widening(deaths, until=last)),
        "countries": countries,
        "silent": silent,
    }  # fmt: skip


def as_array(ged: Sequence[CountryDeaths]) -> Array:
    """Return deaths as an array (countries, months), NaN where none were counted.

    Raises:
        CatalogueError: the countries do not begin with the same month, or there are none.
    """
    import numpy as np

    if not ged or {(one.first, len(one.deaths)) for one in ged} != {(ged[0].first, len(ged[0].deaths))}:
        raise CatalogueError("the countries of the set cover different months", remedy="give the set as published")
    return np.array([[np.nan if number is None else number for number in one.deaths] for one in ged], dtype=float)


def _ends(ged: Sequence[CountryDeaths], deaths: Array) -> tuple[dict[str, Any], list[str]]:
    """Return level, spread and activity of the countries that had deaths of late, and the codes of those that had none."""
    import numpy as np

    found, countries, silent = past(deaths), {}, []
    for i, one in enumerate(ged):
        if one.iso3 is None or np.isnan(deaths[i, -12:]).any():
            continue  # gone, or not counted at the end
        activity = ACTIVITIES[int(found.activity[i])]
        if activity == "silent":
            silent.append(one.iso3)
        else:
            countries[one.iso3] = {"level": float(found.level[i]), "spread": float(found.spread[i]), "activity": activity}
    return dict(sorted(countries.items())), sorted(silent)


def _conflict_years(deaths: Array) -> int:
    whole = deaths[:, : deaths.shape[1] // 12 * 12]
    return int((whole.reshape(len(whole), -1, 12).sum(axis=2) >= LEAST).sum())


def _year(month: int) -> int:
    return int(iso_month(month)[:4])
