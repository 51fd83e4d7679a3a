"""How leaders left office, from Archigos.

Source: Goemans, Gleditsch & Chiozza 2009, "Introducing Archigos". A spell is one leader's time in office; its exit is regular,
irregular (against the rules), or foreign (by the force of another state), and irregular ones say by whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.sets import day_of, read_rows, whole

SET = "archigos.csv"
Way = Literal["regular", "popular", "armed", "foreign", "in office"]
_COLUMNS = ["gwcode", "startdate", "enddate", "exit", "exitcode"]
_POPULAR = "Popular Protest"


@dataclass(frozen=True, slots=True)
class Spell:
    """One leader's time in office in the state with Gleditsch-Ward number ``country``; days are as precise as the set's.

    ``way`` is how it ended: "popular" by protest, "armed" by soldiers, rebels, others within the state or an assassin,
    "foreign" by the force of another state, "regular" by the rules or by death, "in office" where the set ends before the spell.
    """

    country: int
    start: date
    end: date
    way: Way


def read_spells(data: Path) -> tuple[Spell, ...]:
    """Return the spells of the set, by state and start.

    Raises:
        CatalogueError: the set is missing or not whole, or a spell has no dates.
    """
    out = []
    for row in read_rows(data, SET, needs=_COLUMNS):
        start, end = day_of(row["startdate"]), day_of(row["enddate"])
        if start is None or end is None:
            raise CatalogueError(f"a spell of {row['gwcode']} in {SET} has no dates", remedy="give the set as published")
        out.append(Spell(whole(row["gwcode"]), start, end, _way(row["exit"], row["exitcode"])))
    return tuple(sorted(out, key=lambda spell: (spell.country, spell.start, spell.end)))


def _way(exit_: str, code: str) -> Way:
    if exit_ == "Still in Office":
        return "in office"
    if exit_ == "Foreign":
        return "foreign"
    if exit_ == "Irregular":
        return "popular" if code.startswith(_POPULAR) else "armed"
    return "regular"
