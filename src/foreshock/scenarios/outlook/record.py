"""The records of an outlook: what is known of a country's deaths a month, and what the next months may bring."""

from __future__ import annotations

from dataclasses import dataclass

from foreshock.errors import CatalogueError
from foreshock.model import Provenance
from foreshock.scenarios.histories.views import iso_month, month_number

LEAST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthlyDeaths:
    """Deaths of a country a month, without a gap, from the month ``first`` ("2018-01") on; ``source`` says who counted.

    Raises:
        CatalogueError: a number is negative, infinite or none at all, or ``first`` is no month.
    """

    first: str
    deaths: tuple[float, ...]
    source: str

    def __post_init__(self) -> None:
        """Refuse what cannot be a count."""
        start = month_number(self.first)
        for i, number in enumerate(self.deaths):
            if not 0 <= number < float("inf"):
                raise CatalogueError(
                    f"{self.source}: {number} deaths in {iso_month(start + i)}", remedy="give 0 or more, as a number, each month"
                )

    @property
    def last(self) -> str:
        """Return the last month."""
        return iso_month(month_number(self.first) + len(self.deaths) - 1)

    def before(self, month: str) -> MonthlyDeaths:
        """Return the months before one; what comes later is not known there."""
        known = max(0, month_number(month) - month_number(self.first))
        return MonthlyDeaths(self.first, self.deaths[:known], self.source)


@dataclass(frozen=True, slots=True)
class MonthAhead:
    """Deaths that a month may bring: median and 90 % interval; it lies ``ahead`` months after the last known one."""

    month: str
    ahead: int
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class YearAhead:
    """Deaths that the twelve months from ``first`` may bring, with 90 % interval, and the probability of 25 or more.

    25 deaths a year are what UCDP calls an armed conflict. ``low`` to ``high`` are not the sums of the months': bad months come
    together, but not all at their worst.
    """

    first: str
    low: float
    median: float
    high: float
    at_least_25: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the months after a day may bring a country, in deaths of state-based violence.

    ``known_until`` is the last month of its history, ``age`` how many whole months passed since then, ``source`` whose history it
    is, ``activity`` what it was like at its end. Without any history ``months`` is empty, ``year`` None, and ``unmeasured`` says
    why. ``notes`` are sentences on what to keep in mind.
    """

    country: str
    name: str
    on: str
    source: str | None
    known_until: str | None
    age: int | None
    activity: str | None
    months: tuple[MonthAhead, ...]
    year: YearAhead | None
    provenance: Provenance
    notes: tuple[str, ...] = ()
    unmeasured: str | None = None
