"""Country-years of Powell & Thyne with whether a coup was attempted.

Source: Powell & Thyne 2011, "Global instances of coups from 1950 to 2010", Journal of Peace Research 48, as country-years by
Gleditsch-Ward number. An attempt is an illegal, overt attempt by the military or other elites within the state to unseat the
sitting executive, successful or not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.sets import read_rows, whole

SET = "coups_country_years_to_2019.csv"
_COLUMNS = ["gwcode", "year", "pt_attempt", "years_since_last_pt_attempt"]
UNKNOWN = frozenset({"", "NA", "NAN", "NULL", "NONE"})


@dataclass(frozen=True, slots=True)
class CoupYear:
    """One country-year.

    Attributes:
        gw: Gleditsch-Ward number.
        attempt: whether at least one coup was attempted; None where the set does not say.
        since: years since the last attempt at the end of the year, since independence where there was none before; 0 in a year
            with an attempt.
    """

    gw: int
    year: int
    attempt: bool | None
    since: float


def read_coup_years(data: Path) -> tuple[CoupYear, ...]:
    """Return the country-years by country and year, one each.

    Only a country's first row is asked how long ago the last attempt was; from there on it is counted from the attempts, so
    that no row can tell of what came after it.

    Raises:
        CatalogueError: the set is missing, lacks a column, or has two rows for one country-year.
    """
    found: dict[tuple[int, int], tuple[bool | None, float]] = {}
    for row in read_rows(data, SET, needs=_COLUMNS):
        key = (whole(row["gwcode"]), whole(row["year"]))
        if key in found:
            raise CatalogueError(f"{SET} has two rows for state {key[0]} in {key[1]}", remedy="give one row a country-year")
        attempt, since = number(row["pt_attempt"]), number(row["years_since_last_pt_attempt"])
        found[key] = (None if attempt is None else attempt > 0, since or 0.0)
    out: list[CoupYear] = []
    for (gw, year), (attempt, told) in sorted(found.items()):
        same = out and out[-1].gw == gw
        since = out[-1].since + year - out[-1].year if same else told
        out.append(CoupYear(gw, year, attempt, 0.0 if attempt else since))
    return tuple(out)


def number(text: str | None) -> float | None:
    """Return the number that a cell holds, None where it is empty or says that it is missing.

    Raises:
        CatalogueError: it holds something else.
    """
    if text is None or text.strip().upper() in UNKNOWN:
        return None
    try:
        return float(text)
    except ValueError:
        raise CatalogueError(f"a cell holds {text!r}, which is no number", remedy="give the set as published") from None
