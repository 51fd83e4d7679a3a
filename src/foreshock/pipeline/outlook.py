"""Outlook: where a country's deaths a month come from, and what the next months may bring."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from foreshock.errors import CatalogueError
from foreshock.scenarios.fitting.outlook import as_array
from foreshock.scenarios.fitting.widening import fit_widening
from foreshock.scenarios.histories.ged import FIRST, CountryDeaths, read_deaths
from foreshock.scenarios.histories.states import iso3_of_name
from foreshock.scenarios.histories.views import iso_month, month_number
from foreshock.scenarios.outlook import MonthlyDeaths, Outlook, load_fitted, outlook, read_series
from foreshock.scenarios.outlook.widening import Widening

__all__ = ["MonthlyDeaths", "Outlook", "outlook_of"]


def outlook_of(country: str, *, on: date, data: Path | None = None, deaths: Path | None = None, months: int = 12) -> Outlook:
    """Return the outlook of a country: from a CSV file of deaths a month, from GED in a folder, or from what the package ships.

    With GED and a day within its span the widening is fitted anew on the months before that day, so that nothing later is seen.

    Args:
        country: ISO 3166 alpha-3, or the name of a state.
        on: the day from which one looks ahead.
        data: folder with ``forecast/`` or with GED itself.
        deaths: CSV with ``month,deaths``.
        months: 1 to 12.

    Raises:
        CatalogueError: no such country, bad input, or history that cannot bear an outlook.
    """
    fitted = load_fitted()
    if data is not None and deaths is not None:
        raise CatalogueError("both --data and --deaths", remedy="give one history")
    if deaths is not None:
        return outlook(country, history=read_series(deaths), on=on, fitted=fitted, months=months)
    if data is None:
        return outlook(country, history=None, on=on, fitted=fitted, months=months)
    ged = read_deaths(data)
    history = _history(ged, country)
    widening = _widening(ged, on) if history and on < _day_after(fitted.until) else None
    return outlook(country, history=history, on=on, fitted=fitted, widening=widening, months=months)


def _history(ged: tuple[CountryDeaths, ...], country: str) -> MonthlyDeaths | None:
    """Return a country's months from the first that was counted without a gap after it; None where the set does not count it."""
    code = country.strip().upper() if len(country.strip()) == 3 else iso3_of_name(country)
    for one in ged:
        if code is None or one.iso3 != code:
            continue
        counted: list[float] = []
        for number in reversed(one.deaths):
            if number is None:
                break
            counted.append(number)
        if counted:
            return MonthlyDeaths(iso_month(one.first + len(one.deaths) - len(counted)), tuple(reversed(counted)), "UCDP GED")
    return None


def _widening(ged: tuple[CountryDeaths, ...], on: date) -> Widening:
    end = month_number(f"{on.year:04d}-{on.month:02d}") - FIRST
    return fit_widening(as_array(ged)[:, : max(0, end)], until=FIRST + end - 1)


def _day_after(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1)
