"""The fitted outlook that ships with the package: the widening, and what each country's history said at its end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.model import Provenance
from foreshock.scenarios.histories.views import month_number
from foreshock.scenarios.outlook.past import ACTIVITIES, Past
from foreshock.scenarios.outlook.widening import GROUPS, LEVELS, Widening
from foreshock.scenarios.ratio import provenance


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """What ``fitted/outlook.yaml`` holds.

    ``countries`` gives (level, spread, activity) of those with deaths in the five years before ``until``; ``silent`` are those
    that were counted and had none. A country in neither has no history.
    """

    widening: Widening
    until: str
    countries: Mapping[str, tuple[float, float, str]]
    silent: frozenset[str]
    provenance: Provenance

    def past_of(self, country: str) -> Past | None:
        """Return what a country's history said at its end; None where it has none."""
        import numpy as np

        level, spread, activity = self.countries.get(country, (0.0, 0.5, "silent"))
        if country not in self.countries and country not in self.silent:
            return None
        return Past(np.array([level]), np.array([spread]), np.array([ACTIVITIES.index(activity)]))


@cache
def load_fitted() -> Fitted:
    """Return the outlook that ships with the package."""
    return read_fitted(load_table("foreshock.scenarios", "fitted", "outlook.yaml"))


def read_fitted(table: Mapping[str, Any]) -> Fitted:
    """Return the outlook of a fitted table.

    Raises:
        CatalogueError: a part is missing, or an activity is not known.
    """
    try:
        until = str(table["until"])
        countries = {
            str(name): (float(row["level"]), float(row["spread"]), str(row["activity"]))
            for name, row in table["countries"].items()
        }
        silent = frozenset(map(str, table["silent"]))
        known, widening = provenance(table["provenance"]), table["widening"]
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"the fitted outlook lacks a part: {error}", remedy="fit again: foreshock fit --data DIR") from error
    if unknown := {activity for _, _, activity in countries.values()} - set(ACTIVITIES):
        raise CatalogueError(
            f"the fitted outlook has an activity {sorted(unknown)[0]!r}", remedy=f"one of {', '.join(ACTIVITIES)}"
        )
    return Fitted(widening_from_plain(widening, until=month_number(until)), until, countries, silent, known)


def widening_to_plain(widening: Widening) -> dict[str, Any]:
    """Return a widening as plain values: what ``widening_from_plain`` reads."""
    plain: dict[str, Any] = {}
    for i, activity in enumerate(ACTIVITIES):
        plain[activity] = {
            "moments": int(widening.rows[i]),
            "countries": int(widening.countries[i]),
            "most": float(widening.most[i]),
            "most_year": float(widening.most_year[i]),
            "months": {f"{first}-{last}": widening.months[g, i].tolist() for g, (first, last) in enumerate(GROUPS)},
            "years": {f"{first}-{last}": widening.years[g, i].tolist() for g, (first, last) in enumerate(GROUPS)},
        }
    return plain


def widening_from_plain(plain: Mapping[str, Any], *, until: int) -> Widening:
    """Return the widening of plain values.

    Raises:
        CatalogueError: an activity, a group or a level is missing.
    """
    import numpy as np

    names = [f"{first}-{last}" for first, last in GROUPS]
    try:
        months, years = (
            np.array([[plain[activity][kind][name] for activity in ACTIVITIES] for name in names], dtype=float)
            for kind in ("months", "years")
        )
        most, most_year, rows, countries = (
            np.array([plain[activity][key] for activity in ACTIVITIES]) for key in ("most", "most_year", "moments", "countries")
        )
    except (KeyError, TypeError, ValueError) as error:
        raise CatalogueError(f"the fitted outlook lacks a part: {error}", remedy="fit again: foreshock fit --data DIR") from error
    if months.shape != (len(GROUPS), len(ACTIVITIES), len(LEVELS)):
        raise CatalogueError(f"the fitted outlook has the shape {months.shape}", remedy="fit again: foreshock fit --data DIR")
    return Widening(months, years, most, most_year, rows, countries, until)
