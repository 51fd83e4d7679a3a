"""Priors: what history says before any news, for a country, the state it comes from and its tier.

The rate of a scenario's onsets a year is a product, each factor measured by ``foreshock fit`` (``fitting/shrink.py`` has the
method):

    rate = rate(country at peace) x ratio(state) x ratio(tier)
    p(horizon) = 1 - exp(-rate x horizon / 365)

so that a constant hazard over the horizon gives 1 - (1 - p)^(h/365) of the yearly p. Ratios are of rates: at small
probabilities the same as ratios of odds, but they never lead past 1 and hold at every horizon. For "leadership-holds" the rate
is that of its opposite, and p = exp(-rate x horizon / 365).

Worked: .9 % a year at peace is a rate of .00904; in a conflict (1.6) and the crisis tier (1.5) .0217; in 90 days .00534.

Intervals are 90 %: factors are independent, so on the log scale the squares of their half-widths add. The era is the last one
measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp, expm1, log, log1p, sqrt
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.model import Prior, Provenance
from foreshock.scenarios.histories.states import WORLD, name_of_iso3, region_of_iso3
from foreshock.scenarios.ratio import provenance

YEAR = 365.0
_LEAST = 1e-12
_KEYS = ("provenance", "base_rate", "world", "states", "tiers", "regions", "countries")
Factor = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Hazards:
    """The fitted hazards by scenario, as ``fitted/hazards.yaml`` has them."""

    scenarios: Mapping[str, Mapping[str, Any]]

    def provenance(self, scenario: str) -> Provenance | None:
        """Return where a scenario's numbers come from; None where it was not measured."""
        found = self.scenarios.get(scenario)
        return provenance(found["provenance"]) if found else None


@cache
def load_hazards() -> Hazards:
    """Return the hazards that ship with the package."""
    return read_hazards(load_table(__package__, "fitted", "hazards.yaml"))


def read_hazards(table: Mapping[str, Any]) -> Hazards:
    """Return the hazards of a fitted table.

    Raises:
        CatalogueError: a scenario lacks a part, or a probability lies outside its interval or outside 0 to 1.
    """
    for name, one in table["scenarios"].items():
        if missing := [key for key in _KEYS if key not in one]:
            raise CatalogueError(f"hazards of {name!r} have no {', '.join(missing)}", remedy="fit again with foreshock fit")
        for row in (one["base_rate"], one["world"], *one["regions"].values(), *one["countries"].values()):
            if not 0 <= row["low"] <= row["p"] <= row["high"] <= 1:
                raise CatalogueError(
                    f"a hazard of {name!r} is {row['low']} <= {row['p']} <= {row['high']}", remedy="fit again with foreshock fit"
                )
    return Hazards(table["scenarios"])


def prior(hazards: Hazards, scenario: str, *, country: str, state: str, tier: str, on: date, horizon: int) -> Prior | None:
    """Return the prior of a scenario within ``horizon`` days from ``on``; None where its history was not measured.

    Args:
        hazards: the fitted numbers.
        scenario: its name among them.
        country: ISO 3166 alpha-3. Without a history of its own it is judged by its region, without a region by the world.
        state: where the country comes from: peace, conflict, after-coup.
        tier: quiet, protest, removal, crisis.
        on: the day of asking. The numbers are those of the last measured years whatever the day; one before their end is told so.
        horizon: days.

    Raises:
        CatalogueError: the state or the tier is not known.
    """
    table = hazards.scenarios.get(scenario)
    if table is None:
        return None
    for key, value in (("states", state), ("tiers", tier)):
        if value not in table[key]:
            raise CatalogueError(f"there is no {value!r} among {key}", remedy=f"one of {', '.join(table[key])}")
    holds = bool(table.get("holds"))
    yearly, falls_back = _yearly(table, country)
    least, most = sorted(_rate(yearly[end], holds=holds) for end in ("low", "high"))
    rate, low, high = _times(
        (_rate(yearly["p"], holds=holds), least, most),
        _ratio(table["states"][state]),
        _ratio(table["tiers"][tier]),
    )
    ends = [_within(one, horizon, holds=holds) for one in (low, high)]
    known = provenance(table["provenance"])
    return Prior(
        probability=_within(rate, horizon, holds=holds),
        low=min(ends),
        high=max(ends),
        base_rate=_within(_rate(table["base_rate"]["p"], holds=holds), horizon, holds=holds),
        why=_why(table, country, yearly, falls_back, state, tier, known, on),
        provenance=known,
        falls_back=falls_back,
    )


def _yearly(table: Mapping[str, Any], country: str) -> tuple[Mapping[str, Any], str | None]:
    """Return the yearly row to judge a country by, and the name of the region or "world" where it is not its own."""
    if country in table["countries"]:
        return table["countries"][country], None
    region = region_of_iso3(country)
    if region in table["regions"]:
        return table["regions"][region], region
    return table["world"], WORLD


def _ratio(row: Mapping[str, Any]) -> Factor:
    return float(row["ratio"]), float(row["low"]), float(row["high"])


def _rate(p: float, *, holds: bool) -> float:
    """Return the yearly rate behind a yearly probability, of the opposite where the scenario is that nothing breaks."""
    if holds:
        return -log(max(p, _LEAST))
    return -log1p(-min(p, 1 - _LEAST))


def _within(rate: float, horizon: int, *, holds: bool) -> float:
    exposed = rate * horizon / YEAR
    return exp(-exposed) if holds else -expm1(-exposed)


def _times(*factors: Factor) -> Factor:
    """Return the product of independent factors (middle, low, high) with its interval."""
    middle, down, up = 1.0, 0.0, 0.0
    for factor in factors:
        value, low, high = (max(one, _LEAST) for one in factor)
        middle *= value
        down += log(value / low) ** 2
        up += log(high / value) ** 2
    return middle, middle * exp(-sqrt(down)), middle * exp(sqrt(up))


def _why(
    table: Mapping[str, Any],
    country: str,
    yearly: Mapping[str, Any],
    falls_back: str | None,
    state: str,
    tier: str,
    known: Provenance,
    on: date,
) -> str:
    """Return the reasons in one or two sentences, each number with what it was counted on."""
    base = table["base_rate"]
    said = [f"In {base['span']} {_percent(base['p'])} of {base['n']} country-years"]
    if falls_back is None:
        said.append(
            f"{name_of_iso3(country)} {_percent(yearly['p'])} a year at peace ({yearly['onsets']} in {yearly['n']} years)"
        )
    else:
        place = f"{name_of_iso3(country)} is not in the sets and is judged by {falls_back}"
        said.append(f"{place}: {_percent(yearly['p'])} a year at peace")
    for name, key in ((state, "states"), (tier, "tiers")):
        row = table[key][name]
        of = " of a break" if table.get("holds") else ""
        if name != "peace":
            said.append(f"{name} {row['ratio']:.2g} times the rate{of} ({row['onsets']} in {row['n']} country-years)")
    why = "; ".join(said) + "."
    if table.get("note"):
        why += f" It is {table['note']}."
    if on.year <= int(known.span[-4:]):
        why += f" The numbers know the years to {known.span[-4:]}, so for {on.isoformat()} they are no forecast of that time."
    return why


def _percent(p: float) -> str:
    return f"{100 * p:.3g} %"
