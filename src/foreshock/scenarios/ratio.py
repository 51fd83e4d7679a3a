"""Measured likelihood ratios: what a state of a window, seen or not seen, is worth for a scenario within a horizon."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_yaml
from foreshock.model import Provenance


@dataclass(frozen=True, slots=True)
class Ratio:
    """One indicator's ratios for one scenario and horizon, within countries, given a tier or state.

    Attributes:
        scenario, indicator, horizon: of what; horizon in days.
        given: the tier or state within which it was measured; "any" where in all.
        coder: who coded the feed on which it was measured, by name.
        feed: that feed.
        seen, unseen: P(state | event follows) / P(state), above 0; both average to 1 over a country's history.
        seen_low .. unseen_high: 90 % intervals by resampling countries.
        share_seen: how often the indicator is seen, 0 to 1.
        provenance: sets, span, windows and onsets behind it.
        outcome: what followed, where it is not the scenario's own event to the letter.
    """

    scenario: str
    indicator: str
    horizon: int
    given: str
    coder: str
    feed: str
    seen: float
    seen_low: float
    seen_high: float
    unseen: float
    unseen_low: float
    unseen_high: float
    share_seen: float
    provenance: Provenance
    outcome: str | None = None


@cache
def load_ratios() -> tuple[Ratio, ...]:
    """Return the ratios that the package ships (fitted/ratios_*.yaml)."""
    folder = files(__package__).joinpath("fitted")
    found = sorted((one for one in folder.iterdir() if one.name.startswith("ratios_")), key=lambda one: one.name)
    return tuple(ratio for one in found for ratio in read_ratios(load_yaml(one.read_text(encoding="utf-8")), one.name))


def read_ratios(table: Mapping[str, Any], where: str) -> list[Ratio]:
    """Return the ratios of a fitted table.

    Raises:
        CatalogueError: a ratio is not above 0, or lies outside its interval.
    """
    whole = provenance(table["provenance"])
    found = []
    for row in table["ratios"]:
        numbers = {key: float(row[key]) for key in _NUMBERS}
        one = Ratio(
            scenario=str(row["scenario"]),
            indicator=str(row["indicator"]),
            horizon=int(row["horizon"]),
            given=str(row.get("given", "any")),
            coder=str(table["coder"]),
            feed=str(table["feed"]),
            share_seen=float(row["share_seen"]),
            provenance=Provenance(whole.sets, whole.span, int(row["windows"]), int(row["onsets"]), whole.fitted, whole.command),
            outcome=row.get("outcome") or table.get("outcome"),
            **numbers,
        )
        for low, mid, high in ((one.seen_low, one.seen, one.seen_high), (one.unseen_low, one.unseen, one.unseen_high)):
            if not 0 < low <= mid <= high:
                raise CatalogueError(
                    f"{where}: the ratio of {one.indicator!r} for {one.scenario!r} is {low} <= {mid} <= {high}",
                    remedy="fit it again with foreshock fit",
                )
        found.append(one)
    return found


_NUMBERS = ("seen", "seen_low", "seen_high", "unseen", "unseen_low", "unseen_high")


def provenance(row: Mapping[str, Any]) -> Provenance:
    """Return the provenance that a fitted table gives."""
    return Provenance(
        tuple(map(str, row["sets"])), str(row["span"]), int(row["n"]), int(row["onsets"]), str(row["fitted"]), str(row["command"])
    )


def choose(
    ratios: Sequence[Ratio], scenario: str, indicator: str, horizon: int, *, tier: str, state: str, coder: str
) -> Ratio | None:
    """Return the ratio to take of those for a scenario, indicator and horizon: our own coder's first, then the most conditioned.

    None where none was measured: a ratio measured for another horizon is none.
    """
    order = [tier, state, "any"]
    found = [
        one
        for one in ratios
        if (one.scenario, one.indicator, one.horizon) == (scenario, indicator, horizon) and one.given in order
    ]
    return min(found, key=lambda one: (one.coder != coder, order.index(one.given)), default=None)
