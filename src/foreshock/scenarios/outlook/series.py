"""Deaths a month from a user's own file: CSV with the columns ``month`` and ``deaths``, one row a month, no month left out."""

from __future__ import annotations

import csv
from pathlib import Path

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.views import iso_month, month_number
from foreshock.scenarios.outlook.record import MonthlyDeaths

COLUMNS = ("month", "deaths")


def read_series(path: Path) -> MonthlyDeaths:
    """Return the deaths that a CSV file tells, in the order of months.

    A month without deaths is 0, not a missing row: a gap may be quiet or may be unknown, so it is refused.

    Raises:
        CatalogueError: the file is not there or no text, lacks a column or a month, tells a month twice, or a number is none.
    """
    rows = _rows(path)
    numbers: dict[int, float] = {}
    for line, row in rows:
        try:
            month, deaths = month_number((row["month"] or "").strip()), float(row["deaths"] or "")
        except (CatalogueError, ValueError) as error:
            raise CatalogueError(
                f"{path}, line {line}: {row['month']!r}, {row['deaths']!r}", remedy="a month as 2019-12 and a number"
            ) from error
        if month in numbers:
            raise CatalogueError(f"{path}, line {line}: {iso_month(month)} is told twice", remedy="one row a month")
        numbers[month] = deaths
    if not numbers:
        raise CatalogueError(f"{path} tells no month", remedy="give a row a month, with 0 where nobody died")
    first, last = min(numbers), max(numbers)
    if gaps := [iso_month(month) for month in range(first, last) if month not in numbers]:
        raise CatalogueError(
            f"{path} lacks {len(gaps)} months, first {gaps[0]}",
            remedy="give 0 where nobody died; what is unknown cannot be left out",
        )
    return MonthlyDeaths(iso_month(first), tuple(numbers[month] for month in range(first, last + 1)), path.name)


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
                raise CatalogueError(f"{path} has no column {', '.join(missing)}", remedy="the first line is: month,deaths")
            return [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(f"{path} cannot be read: {error}", remedy="give a CSV file in UTF-8 with month,deaths") from error
