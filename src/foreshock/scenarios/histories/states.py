"""States as the sets name them: Gleditsch-Ward and Correlates of War numbers, names, ISO codes, and regions of the world.

A state that is gone goes to the state that took its seat: the Soviet Union to Russia, Yugoslavia (and Serbia and Montenegro) to
Serbia, Czechoslovakia to Czechia, West Germany to Germany, North Yemen to Yemen, North Vietnam to Vietnam. The German Democratic
Republic, South Vietnam, South Yemen, undivided Korea and states gone before 1946 went into another one and have no code of
their own here. Kiribati and Nauru: the Gleditsch-Ward number counts (970, 971), as the two systems use 970 for different states.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

from foreshock.knowledge import load_table

if TYPE_CHECKING:
    from collections.abc import Mapping

WORLD = "world"


def iso3_of_gw(code: int) -> str | None:
    """Return the ISO 3166 alpha-3 code of a Gleditsch-Ward (or Correlates of War) number; None: unknown, or without successor.

    365 (the Soviet Union, Russia) gives "RUS", 265 (the German Democratic Republic) None.
    """
    return _codes().get(code)


def gw_of_iso3(iso3: str) -> int | None:
    """Return the Gleditsch-Ward number of a state today: "SRB" gives 340, not Yugoslavia's 345. None: not of the system."""
    return _present().get(iso3)


def iso3_of_name(name: str) -> str | None:
    """Return the ISO 3166 alpha-3 code of a state's name as the sets print it; None: unknown, or a state without successor.

    "Congo Kinshasa", "Congo, DRC" and "Democratic Republic of the Congo" give "COD", "Congo" gives "COG".
    """
    return _names().get(_plain(name))


def is_gone(name: str) -> bool:
    """Say whether the name is that of a state that is gone without a clear successor: known, but nobody's today."""
    return _plain(name) in _gone()


def name_of_iso3(iso3: str) -> str:
    """Return the name to show for a code, or the code itself where there is none."""
    names = _table()["names"].get(iso3)
    return str(names[0]) if names else iso3


def region_of_iso3(iso3: str) -> str:
    """Return the region (UN M49) of a state, such as "Central Asia" for "KAZ"; "world" where it is unknown."""
    return _regions().get(iso3, WORLD)


def regions() -> Mapping[str, tuple[str, ...]]:
    """Return the states of each region, in the order of the table."""
    return MappingProxyType({name: tuple(members) for name, members in _table()["regions"].items()})


def _plain(name: str) -> str:
    """Return the letters and digits of a name, without case or accents."""
    return "".join(c for c in normalize("NFKD", name).casefold() if c.isalnum() and not combining(c))


@cache
def _table() -> dict[str, Any]:
    return dict(load_table(__package__, "states.yaml"))


@cache
def _codes() -> Mapping[int, str | None]:
    return MappingProxyType({int(code): iso3 for code, iso3 in _table()["codes"].items()})


@cache
def _present() -> Mapping[str, int]:
    # Some states have two numbers: those that are not of the Gleditsch-Ward system today come second.
    former = {255, 315, 345, 393, 679}
    return MappingProxyType({iso3: code for code, iso3 in _codes().items() if iso3 and code not in former})


@cache
def _names() -> Mapping[str, str]:
    return MappingProxyType({_plain(name): iso3 for iso3, names in _table()["names"].items() for name in names})


@cache
def _gone() -> frozenset[str]:
    return frozenset(_plain(name) for name in _table()["gone"])


@cache
def _regions() -> Mapping[str, str]:
    return MappingProxyType({iso3: name for name, members in _table()["regions"].items() for iso3 in members})
