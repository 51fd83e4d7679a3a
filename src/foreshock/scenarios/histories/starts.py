"""Days on which something began: armed conflicts by their first and by their 25th death, and coup attempts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from foreshock.scenarios.histories.sets import Span, read_rows
from foreshock.scenarios.histories.states import iso3_of_gw
from foreshock.scenarios.histories.ucdp import ELSEWHERE, ConflictYear

COUPS = "coups_powell_thyne_to_2019.csv"
By = Literal["start_date", "start_date2"]


@dataclass(frozen=True, slots=True)
class Start:
    """A beginning in a country (ISO 3166 alpha-3), on one of the days of ``when``; ``new`` is false for what came back."""

    country: str
    when: Span
    new: bool = True


def conflict_starts(years: tuple[ConflictYear, ...], *, by: By) -> tuple[Start, ...]:
    """Return the starts of conflicts within states, by day.

    Args:
        years: conflict-years of UCDP/PRIO.
        by: "start_date", the first death of a conflict, which a conflict has once; or "start_date2", the 25th death of each of
            its episodes, a median forty days later: a conflict that comes back starts again and is then not new.
    """
    first = {one.conflict: min(other.year for other in years if other.conflict == one.conflict) for one in years}
    found: dict[tuple[int, Span], Start] = {}
    for one in sorted(years, key=lambda one: (one.conflict, one.year)):
        when, country = one.first_death if by == "start_date" else one.reached, iso3_of_gw(one.country)
        if one.sort == "intrastate" and when is not None and country is not None and one.conflict not in ELSEWHERE:
            new = by == "start_date" or one.year == first[one.conflict]
            found.setdefault((one.conflict, when), Start(country, when, new))
    return tuple(sorted(found.values(), key=lambda start: (start.when.first, start.country)))


def coup_starts(data: Path) -> tuple[Start, ...]:
    """Return the coup attempts of Powell & Thyne 2011, successful or not, by day.

    Raises:
        CatalogueError: the set is missing or not whole.
    """
    found = set()
    for row in read_rows(data, COUPS, needs=["ccode", "year", "month", "day"]):
        day, country = date(int(row["year"]), int(row["month"]), int(row["day"])), iso3_of_gw(int(row["ccode"]))
        if country is not None:
            found.add(Start(country, Span(day, day)))
    return tuple(sorted(found, key=lambda start: (start.when.first, start.country)))
