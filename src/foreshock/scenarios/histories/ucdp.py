"""Armed conflicts of UCDP/PRIO: conflict-years, the episodes they make, and foreign troops in them.

Source: Gleditsch et al. 2002, "Armed Conflict 1946-2001", and its codebook. A conflict is listed for each calendar year in
which it killed at least 25 people in battle. ``start_date`` is the first death of the *conflict*, ``start_date2`` the 25th
death of the *episode*: a conflict that comes back has a new second date and keeps the first one, so only a new conflict has a
known beginning.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from foreshock.scenarios.histories.sets import Span, day_of, read_rows, whole

SET = "ucdp_acd_to_2017.csv"
Sort = Literal["intrastate", "interstate", "extrasystemic"]

# A restart after a single quiet year is the same fighting under the threshold for a while; after two it is an onset again.
QUIET_YEARS = 2
# The United States against al-Qaida is a conflict "in" the United States by the set's rule, and was fought elsewhere.
ELSEWHERE = frozenset({418})
_COLUMNS = [
    "conflict_id",
    "year",
    "gwno_a",
    "gwno_a_2nd",
    "gwno_b",
    "gwno_b_2nd",
    "incompatibility",
    "intensity_level",
    "type_of_conflict",
    "start_date",
    "start_prec",
    "start_date2",
    "start_prec2",
    "ep_end",
]
_WITHIN_MONTH = (2, 3)
_WITHIN_YEAR = (4, 5)


@dataclass(frozen=True, slots=True)
class ConflictYear:
    """One conflict in one calendar year.

    Attributes:
        conflict, year: its number in the set, and the year.
        sort: intrastate (internationalised or not), interstate, extrasystemic.
        internationalised: troops of a third state fight in an intrastate conflict, on either side.
        country: Gleditsch-Ward number of side A, the government.
        other: that of side B where it is a state.
        helpers: states with troops on side A, that of the government.
        opposed: states with troops on side B.
        war: at least 1,000 deaths in battle in the year.
        first_death: the first death of the conflict; None where not even its year is sure.
        reached: the day on which the episode had killed 25; None where not even its year is sure.
        ended: the conflict was not active in the next year.
    """

    conflict: int
    year: int
    sort: Sort
    internationalised: bool
    country: int
    other: int | None
    helpers: frozenset[int]
    opposed: frozenset[int]
    about: str
    war: bool
    first_death: Span | None
    reached: Span | None
    ended: bool


@dataclass(frozen=True, slots=True)
class Episode:
    """Consecutive years of one conflict, with at least ``QUIET_YEARS`` years of quiet before.

    ``new`` is true for the first episode of a conflict, false for one that came back. ``began`` is the first death, known for new
    conflicts only; ``reached`` the 25th, a median forty days later. ``joined`` is the first year with troops on the
    government's side, ``opposed`` the first with troops on the other, ``first_foreign`` whether there were any in the first year.
    """

    conflict: int
    sort: Sort
    country: int
    other: int | None
    first_year: int
    last_year: int
    new: bool
    began: Span | None
    reached: Span | None
    first_foreign: bool
    joined: int | None
    opposed: int | None


def span_of(day: date | None, precision: int) -> Span | None:
    """Return the days among which a date lies, by the set's code of precision.

    1: the day; 2 and 3: its month; 4 and 5: its year; 6 and 7: not even the year is sure, so None. 1998-06-30 with 3 is June
    1998: the set fills in the last day, which is no knowledge.
    """
    if day is None:
        return None
    if precision == 1:
        return Span(day, day)
    if precision in _WITHIN_MONTH:
        return Span(day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    if precision in _WITHIN_YEAR:
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    return None


def read_conflicts(data: Path) -> tuple[ConflictYear, ...]:
    """Return the conflict-years of the set, by conflict and year.

    The set has a row for each third state; they are one conflict-year here.

    Raises:
        CatalogueError: the set is missing or not whole.
    """
    rows: dict[tuple[int, int], list[dict[str, str]]] = defaultdict(list)
    for row in read_rows(data, SET, needs=_COLUMNS):
        rows[whole(row["conflict_id"]), whole(row["year"])].append(row)
    return tuple(_conflict_year(key, rows[key]) for key in sorted(rows))


def _conflict_year(key: tuple[int, int], rows: list[dict[str, str]]) -> ConflictYear:
    row = rows[0]
    sort: Sort = "intrastate"
    if row["type_of_conflict"] in ("interstate", "extrasystemic"):
        sort = "interstate" if row["type_of_conflict"] == "interstate" else "extrasystemic"
    return ConflictYear(
        conflict=key[0],
        year=key[1],
        sort=sort,
        internationalised=row["type_of_conflict"] == "II",
        country=whole(row["gwno_a"]),
        other=whole(row["gwno_b"]) if row["gwno_b"] else None,
        helpers=frozenset(whole(one["gwno_a_2nd"]) for one in rows if one["gwno_a_2nd"]),
        opposed=frozenset(whole(one["gwno_b_2nd"]) for one in rows if one["gwno_b_2nd"]),
        about=row["incompatibility"],
        war=whole(row["intensity_level"]) == 2,
        first_death=span_of(day_of(row["start_date"]), whole(row["start_prec"])),
        reached=span_of(day_of(row["start_date2"]), whole(row["start_prec2"])),
        ended=whole(row["ep_end"]) == 1,
    )


def episodes(years: Iterable[ConflictYear], *, quiet: int = QUIET_YEARS) -> tuple[Episode, ...]:
    """Return the episodes of conflicts, by conflict and first year; a gap of fewer than ``quiet`` years does not end one."""
    by_conflict: dict[int, list[ConflictYear]] = defaultdict(list)
    for one in years:
        by_conflict[one.conflict].append(one)
    out = []
    for conflict in sorted(by_conflict):
        runs: list[list[ConflictYear]] = []
        for one in sorted(by_conflict[conflict], key=lambda item: item.year):
            if runs and one.year - runs[-1][-1].year <= quiet:
                runs[-1].append(one)
            else:
                runs.append([one])
        out += [_episode(run, new=index == 0) for index, run in enumerate(runs)]
    return tuple(out)


def _episode(run: list[ConflictYear], *, new: bool) -> Episode:
    first = run[0]
    return Episode(
        conflict=first.conflict,
        sort=first.sort,
        country=first.country,
        other=first.other,
        first_year=first.year,
        last_year=run[-1].year,
        new=new,
        began=first.first_death if new else None,
        reached=first.reached,
        first_foreign=bool(first.helpers or first.opposed),
        joined=next((one.year for one in run if one.helpers), None),
        opposed=next((one.year for one in run if one.opposed), None),
    )
