"""Indicators: what weighing looks for in a window of days, from indicators.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.model import Happening
from foreshock.ontology.actor_catalogue import SECTORS

_KEYS = frozenset({"gloss", "window", "acts", "actor", "recipient", "abroad", "tier"})


@dataclass(frozen=True, slots=True)
class Indicator:
    """A state of a window.

    Attributes:
        id: its name in the tables.
        gloss: how a reader is told of it.
        window: length in days.
        acts: kinds, or kinds with a mode, any of which counts.
        actor, recipient: PLOVER sectors, any of which counts; empty for anybody.
        abroad: True where the actor must be of another country, False where he must not.
        tier: whether the crisis tiers are made of it; given the tier it is no evidence again.
    """

    id: str
    gloss: str
    window: int
    acts: frozenset[str]
    actor: frozenset[str] = frozenset()
    recipient: frozenset[str] = frozenset()
    abroad: bool | None = None
    tier: bool = False


def matches(indicator: Indicator, happening: Happening) -> bool:
    """Say whether one happening counts for an indicator, whatever its day; what is ``ignored`` counts for none."""
    if happening.ignored is not None:
        return False
    act = happening.kind if happening.mode is None else f"{happening.kind}/{happening.mode}"
    if happening.kind not in indicator.acts and act not in indicator.acts:
        return False
    country, sector = happening.actor
    if indicator.actor and sector not in indicator.actor:
        return False
    if indicator.recipient and happening.recipient[1] not in indicator.recipient:
        return False
    away = country is not None and country != happening.country
    return indicator.abroad is None or indicator.abroad == away


@cache
def load_indicators() -> Mapping[str, Indicator]:
    """Return the indicators of the package by id, in the order of the table."""
    return read_indicators(load_table(__package__, "indicators.yaml"))


def read_indicators(table: Mapping[str, Any]) -> dict[str, Indicator]:
    """Return the indicators of a table.

    Raises:
        CatalogueError: a key is not known, a window is no number of days, a sector does not exist.
    """
    return {str(name): _read(str(name), row) for name, row in table.items()}


def _read(name: str, row: Any) -> Indicator:
    if not isinstance(row, Mapping) or not {"gloss", "window", "acts"} <= row.keys():
        raise CatalogueError(f"indicator {name!r} is not whole", remedy="give it a gloss, a window in days, and acts")
    if unknown := sorted(set(row) - _KEYS):
        raise CatalogueError(
            f"indicator {name!r} has {', '.join(map(repr, unknown))}", remedy=f"keys are {', '.join(sorted(_KEYS))}"
        )
    if not isinstance(row["window"], int) or isinstance(row["window"], bool) or row["window"] < 1:
        raise CatalogueError(f"the window of indicator {name!r} is {row['window']!r}", remedy="give whole days, such as 14")
    return Indicator(
        id=name,
        gloss=str(row["gloss"]),
        window=row["window"],
        acts=frozenset(map(str, row["acts"])),
        actor=_sectors(name, row.get("actor", ())),
        recipient=_sectors(name, row.get("recipient", ())),
        abroad=row.get("abroad"),
        tier=bool(row.get("tier", False)),
    )


def _sectors(name: str, given: Iterable[Any]) -> frozenset[str]:
    found = frozenset(map(str, given))
    if unknown := sorted(found - SECTORS):
        raise CatalogueError(
            f"indicator {name!r} names no sector {unknown[0]!r}", remedy=f"sectors are {', '.join(sorted(SECTORS))}"
        )
    return found
