"""Country-years with protests that were not years of armed conflict, and what came about in the following year.

Source: a join of Mass Mobilization (Clark & Regan 2016), Powell & Thyne and UCDP/PRIO: what protests were like in the year, the
attempts and conflict years of the country's past, and which of three classes the following year fell into.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.coups import UNKNOWN, number
from foreshock.scenarios.histories.sets import whole

NAMES = "crisis_years*.csv"
CLASSES = ("coup attempt", "armed conflict", "neither")
_KEYS = ("country", "gw", "year", "next_cls")


@dataclass(frozen=True, slots=True)
class CrisisYear:
    """One country-year.

    Attributes:
        gw, year: the state's Gleditsch-Ward number and the year that ``features`` are of.
        features: by column, None where missing. ``past_att``, ``past_conf``: attempts and conflict years of the country's past.
        following: index into ``CLASSES`` of what came about in the year after, None where it is not known.
    """

    gw: int
    year: int
    features: Mapping[str, float | None]
    following: int | None


def read_crisis_years(path: Path) -> tuple[CrisisYear, ...]:
    """Return the rows by year and country of a file, whatever its name, or of all ``crisis_years*.csv`` of a folder.

    Raises:
        CatalogueError: there is no such file, it lacks a column, names a class not in ``CLASSES``, or has two rows for a
            country-year.
    """
    found: dict[tuple[int, int], CrisisYear] = {}
    for file in _files(path):
        for row in _rows(file):
            key = (whole(row["year"]), whole(row["gw"]))
            if key in found:
                raise CatalogueError(f"{file.name} has state {key[1]} in {key[0]} twice", remedy="give one row a country-year")
            features = MappingProxyType({name: number(text) for name, text in row.items() if name not in _KEYS})
            found[key] = CrisisYear(key[1], key[0], features, _class(row["next_cls"], file))
    return tuple(found[key] for key in sorted(found))


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = sorted(path.glob(NAMES)) or sorted((path / "forecast").glob(NAMES))
    if not files:
        raise CatalogueError(f"{path} holds no {NAMES}", remedy="give such a file, or the folder that holds it")
    return files


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = sorted({*_KEYS, "past_att", "past_conf"} - {"country"} - set(reader.fieldnames or ()))
        if missing:
            raise CatalogueError(f"{file} has no column {', '.join(missing)}", remedy="give the set as published")
        return list(reader)


def _class(text: str | None, file: Path) -> int | None:
    if text is None or text.strip().upper() in UNKNOWN:
        return None
    if text.strip() not in CLASSES:
        raise CatalogueError(f"{file.name} has next_cls {text!r}", remedy=f"give one of {', '.join(CLASSES)}")
    return CLASSES.index(text.strip())
