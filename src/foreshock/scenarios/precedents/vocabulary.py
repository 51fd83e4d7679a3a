"""What crises are compared by, from features.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.model import Happening
from foreshock.ontology.actor_catalogue import SECTORS

# How a happening that is only asked for says why it is none (pipeline/happenings.py).
ASKED = "only requested"
Silence = Literal["abroad", "inside", "never"]
_ACT_KEYS = frozenset({"acts", "actor", "recipient", "abroad", "asked", "killed", "at_least"})
_KEYS = _ACT_KEYS | {"gloss", "silence", "or", "with", "shutdown", "words"}


@dataclass(frozen=True, slots=True)
class Sight:
    """A sort of happening: acts (KIND or KIND/mode) by sectors to sectors, at home or from abroad, with so many dead at least.

    ``asked``: what is only asked for is one too, as a demand to resign is.
    """

    acts: frozenset[str]
    actor: frozenset[str] = frozenset()
    recipient: frozenset[str] = frozenset()
    abroad: bool | None = None
    dead: float = 0
    asked: bool = False

    def shows(self, one: Happening) -> bool:
        """Say whether a happening is of this sort. What an international body does comes from abroad."""
        if not self._is_act(one):
            return False
        country, sector = one.actor
        if (self.actor and sector not in self.actor) or (self.recipient and one.recipient[1] not in self.recipient):
            return False
        away = sector == "IGO" or (country is not None and country != one.country)
        if self.abroad is not None and self.abroad != away:
            return False
        return not self.dead or (one.killed or 0) >= self.dead

    def may_show(self, one: Happening) -> bool:
        """Say whether a happening may be of this sort, as not all is known of who acted."""
        unknown = one.actor[1] is None or (self.abroad is not None and one.actor[0] is None)
        return unknown and self._is_act(one)

    def _is_act(self, one: Happening) -> bool:
        if one.ignored is not None and not (self.asked and one.ignored == ASKED):
            return False
        return one.kind in self.acts or f"{one.kind}/{one.mode}" in self.acts


@dataclass(frozen=True, slots=True)
class Feature:
    """Something that a crisis has or lacks.

    Attributes:
        id, gloss: its name in the tables, and how a reader is told of it.
        sights: sorts of happenings, any of which shows it.
        beside: acts of which one must have been seen too; empty where none need be.
        shutdown: whether a cut network shows it.
        words: language -> beginnings of words that say so in a report of the crisis.
        silence: what it means that no report tells of it. "abroad": absent, for it would be known even from outside; "inside":
            absent, but not known where the country could not be seen; "never": not known.
    """

    id: str
    gloss: str
    sights: tuple[Sight, ...]
    beside: frozenset[str]
    shutdown: bool
    words: Mapping[str, tuple[str, ...]]
    silence: Silence


@cache
def load_features() -> Mapping[str, Feature]:
    """Return the features of the package by id, in the order of the table."""
    return read_features(load_table(__package__, "features.yaml"))


def read_features(table: Mapping[str, Any]) -> dict[str, Feature]:
    """Return the features of a table.

    Raises:
        CatalogueError: a key is not known or missing, a sector does not exist, or nothing can show the feature.
    """
    return {str(name): _read(str(name), row) for name, row in table.items()}


def _read(name: str, row: Any) -> Feature:
    if not isinstance(row, Mapping) or not {"gloss", "silence"} <= row.keys():
        raise CatalogueError(f"feature {name!r} is not whole", remedy="give it a gloss, silence, and acts, words or shutdown")
    if unknown := sorted(set(row) - _KEYS):
        raise CatalogueError(f"feature {name!r} has {unknown[0]!r}", remedy=f"keys are {', '.join(sorted(_KEYS))}")
    if row["silence"] not in get_args(Silence):
        raise CatalogueError(
            f"feature {name!r} has silence {row['silence']!r}", remedy=f"use one of {', '.join(get_args(Silence))}"
        )
    sights = tuple(
        _sight(name, one) for one in (row, {"abroad": row.get("abroad")} | dict(row.get("or") or {})) if one.get("acts")
    )
    words = {str(code): tuple(str(word).casefold() for word in some) for code, some in (row.get("words") or {}).items()}
    if not (sights or words or row.get("shutdown")):
        raise CatalogueError(f"nothing shows feature {name!r}", remedy="give it acts, words by language, or shutdown: true")
    beside = frozenset(map(str, row.get("with") or ()))
    return Feature(name, str(row["gloss"]), sights, beside, bool(row.get("shutdown")), words, row["silence"])


def _sight(name: str, row: Mapping[str, Any]) -> Sight:
    return Sight(
        acts=frozenset(map(str, row["acts"])),
        actor=_sectors(name, row.get("actor") or ()),
        recipient=_sectors(name, row.get("recipient") or ()),
        abroad=row.get("abroad"),
        dead=float(row.get("at_least") or (1 if row.get("killed") else 0)),
        asked=bool(row.get("asked")),
    )


def _sectors(name: str, given: Iterable[Any]) -> frozenset[str]:
    found = frozenset(map(str, given))
    if unknown := sorted(found - SECTORS):
        raise CatalogueError(
            f"feature {name!r} names no sector {unknown[0]!r}", remedy=f"sectors are {', '.join(sorted(SECTORS))}"
        )
    return found
