"""Outcomes from a CSV file: scenario, country, occurred or checked_until, source, why."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from datetime import date
from pathlib import Path

from foreshock.dates import first_day, parse
from foreshock.errors import CatalogueError
from foreshock.model import Outcome

COLUMNS = ("scenario", "country", "occurred", "checked_until", "source", "why")
NEEDED = ("scenario", "country", "source")


def read_outcomes(path: Path, *, scenarios: Collection[str], today: date) -> list[Outcome]:
    """Return the outcomes of a CSV file with a header; ``occurred``, ``checked_until`` and ``why`` may be empty or missing.

    Args:
        path: UTF-8, with or without a byte-order mark.
        scenarios: ids that there are.
        today: no outcome is of a later day.

    Raises:
        CatalogueError: the file cannot be read, or a line of it is no outcome; the line is named.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            header = reader.fieldnames or []
            if missing := [one for one in NEEDED if one not in header]:
                raise CatalogueError(f"{path} has no column {missing[0]!r}", remedy=f"its header is {','.join(COLUMNS)}")
            if unknown := [one for one in header if one not in COLUMNS]:
                raise CatalogueError(f"{path} has a column {unknown[0]!r}", remedy=f"its header is {','.join(COLUMNS)}")
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CatalogueError(f"outcomes cannot be read from {path}: {error}", remedy="name a CSV file in UTF-8") from error
    return [_outcome(f"{path}, line {line}", row, scenarios, today) for line, row in rows]


def outcome(
    scenario: str,
    country: str,
    *,
    occurred: str | None,
    checked_until: str | None,
    source: str,
    why: str = "",
    scenarios: Collection[str],
    today: date,
) -> Outcome:
    """Return an outcome that may be kept.

    Raises:
        CatalogueError: no such scenario or country, no source, not just one date that exists, or one that lies ahead.
    """
    if scenario not in scenarios:
        raise CatalogueError(f"there is no scenario {scenario!r}", remedy=f"known are {', '.join(scenarios)}")
    if not re.fullmatch("[A-Z]{3}", country):
        raise CatalogueError(f"{country!r} is no country", remedy="give its ISO 3166 alpha-3 code, such as KAZ")
    if not source.strip():
        raise CatalogueError("an outcome without a source", remedy="say who found it so, or which set")
    if bool(occurred) == bool(checked_until):
        given = "both dates" if occurred else "no date"
        raise CatalogueError(
            f"an outcome of {scenario} in {country} with {given}",
            remedy="give the date on which it occurred, or the day until which it was checked and did not",
        )
    day = parse(occurred or checked_until or "")
    if day is None or len(day) > 10 or (checked_until and len(day) != 10):
        raise CatalogueError(
            f"{occurred or checked_until!r} is no {'date' if occurred else 'day'}",
            remedy="write 2022-01-08" + (", or 2022-01 where only the month is known" if occurred else ""),
        )
    if first_day(day) > today:
        raise CatalogueError(f"an outcome of {day}, which lies ahead of {today}", remedy="record it once the day has passed")
    return Outcome(scenario, country, day if occurred else None, day if checked_until else None, source.strip(), why.strip())


def _outcome(where: str, row: dict[str, str | None], scenarios: Collection[str], today: date) -> Outcome:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    try:
        return outcome(
            cells["scenario"],
            cells["country"].upper(),
            occurred=cells["occurred"] or None,
            checked_until=cells["checked_until"] or None,
            source=cells["source"],
            why=cells["why"],
            scenarios=scenarios,
            today=today,
        )
    except CatalogueError as error:
        raise CatalogueError(f"{where}: {error.message}", remedy=error.remedy) from error
