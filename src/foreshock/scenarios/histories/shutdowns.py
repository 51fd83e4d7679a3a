"""Shutdowns of the internet, 2016 to 2022, from a register that is handed in (no row of it ships).

The register's words for how wide a shutdown was changed: until 2018 a national one has a word of its own; from 2019 on its widest
word is "in more than one state, province or region". A country that is wholly cut off falls under that too, so it is taken for
the whole: too much is held to be hidden rather than too little. Two sorts of rows are a part at most, however wide: shutdowns for
school exams, which last hours of a day, and those of more than two months, by then blocks of single services that people report
around (Chad 2018-19, Nigeria 2021). Several regions, told apart from the nation, are a part.

An end that the register lacks is not known, and is not made up: such a stretch is blind on the day it began, and its cause says
that its end is not known. One that was going on when the register's year closed is blind until the end of that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from foreshock.errors import CatalogueError
from foreshock.model import Blind
from foreshock.scenarios.histories.sets import read_rows
from foreshock.scenarios.histories.states import iso3_of_name

FILE = "internet_shutdowns_2016_2022.csv"
SOURCE = "the register of internet shutdowns 2016-2022"
COLUMNS = ("country", "start_date", "end_date", "geo_scope", "actual_cause", "sheet")
WHOLE = ("national", "level 3", "it affected locations in more than one state, province, or region")
EXAMS = re.compile(r"exam", re.IGNORECASE)
ONGOING = re.compile(r"\s*ongoing\s*", re.IGNORECASE)
LONGEST = timedelta(days=62)
PARTS = frozenset({"Somaliland"})  # of a state
# The register's spellings that no table of states has.
SPELLINGS = {"DemocraticRepublicCongo": "Democratic Republic of the Congo", "SriLanka": "Sri Lanka", "Somaliland": "Somalia"}


def load_shutdowns(data: Path) -> tuple[Blind, ...]:
    """Return the shutdowns of a register as blind stretches, the earliest first; rows that are told twice are one.

    Args:
        data: the folder that holds ``forecast/internet_shutdowns_2016_2022.csv``.

    Raises:
        CatalogueError: the file is missing or lacks a column, a date is none, or a name is that of no state.
    """
    rows = read_rows(data, FILE, needs=COLUMNS)
    found = dict.fromkeys(_blind(row, number) for number, row in enumerate(rows, 2))
    return tuple(sorted(found, key=lambda one: (one.since, one.country, one.until or "", one.cause)))


def names_unknown(names: Iterable[str]) -> list[str]:
    """Return the names that are those of no state that is there now."""
    return sorted({name for name in names if _iso3(name) is None})


def _blind(row: dict[str, str], number: int) -> Blind:
    country = _iso3(row["country"])
    if country is None:
        raise CatalogueError(f"line {number} of {FILE} names no state: {row['country']!r}", remedy="give the name in English")
    since = _day(row["start_date"])
    if since is None:
        raise CatalogueError(f"line {number} of {FILE} has no start: {row['start_date']!r}", remedy="give it as 2022-01-04")
    until, known = _end(row, since)
    cause = " ".join(row["actual_cause"].split()).casefold() or "unknown"
    wide = " ".join(row["geo_scope"].split()).casefold() in WHOLE and row["country"].strip() not in PARTS
    whole = wide and not EXAMS.search(cause) and until - since <= LONGEST
    cause = "internet shut down" + ("" if cause in ("unknown", "other") else f", {cause}") + ("" if known else ", end not known")
    return Blind(country, cause, since.isoformat(), until.isoformat(), whole, SOURCE)


def _end(row: dict[str, str], since: date) -> tuple[date, bool]:
    """Return the last day for which the register holds it, and whether that is known to be its end."""
    end = _day(row["end_date"])
    if end is not None and end >= since:
        return end, True
    if ONGOING.fullmatch(row["end_date"]):
        years = [int(year) for year in re.findall(r"\d{4}", row["sheet"])]
        return max(date(max(years, default=since.year), 12, 31), since), False
    return since, False


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _iso3(name: str) -> str | None:
    return iso3_of_name(SPELLINGS.get(name.strip(), name.strip()))
