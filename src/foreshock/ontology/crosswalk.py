"""From (kind, mode, status) to the roots of PLOVER, CAMEO and ACLED-like types; from (country, sector) to a CAMEO actor code.

Our claims keep the act and its standing apart; event codebooks fold them together ("threatened to shell" is THREATEN there).
The table is ``crosswalk.yaml``; each kind's own root stands in ``kinds/<KIND>.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_yaml
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.kind_file import STATUSES


@dataclass(frozen=True, slots=True)
class Codes:
    """The other codebooks' names for a claim; null where they have none. ``cameo`` is a two-digit root."""

    plover: str | None = None
    cameo: str | None = None
    acled: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the statuses: for these statuses of this group give these codes, or ``keep`` the act's own."""

    statuses: frozenset[str]
    group: str
    keep: bool
    codes: Codes


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The loaded tables; ``roots`` is keyed by (kind, mode), mode None for the kind itself."""

    roots: Mapping[tuple[str, str | None], Codes]
    groups: Mapping[str, frozenset[tuple[str, str | None]]]
    rules: tuple[Rule, ...]
    outside: frozenset[str]
    sectors: Mapping[str, str | None]

    def codes(self, kind: str, mode: str | None, status: str) -> Codes:
        """Return the codes of a claim's kind, mode and status; a mode that is not known counts as none.

        Raises:
            CatalogueError: the kind or the status is not known.
        """
        if (kind, None) not in self.roots:
            raise CatalogueError(f"no kind {kind!r} in the crosswalk", remedy="use a kind of the codebook")
        if status not in STATUSES:
            raise CatalogueError(f"no status {status!r}", remedy=f"use one of {', '.join(STATUSES)}")
        if kind in self.outside:
            return Codes()
        own = self.roots.get((kind, mode), self.roots[(kind, None)])
        for rule in self.rules:
            if status in rule.statuses and self._in(rule.group, kind, mode):
                return own if rule.keep else rule.codes
        return own

    def _in(self, group: str, kind: str, mode: str | None) -> bool:
        return group == "any" or (kind, None) in self.groups[group] or (kind, mode) in self.groups[group]

    def actor_code(self, country: str | None, sector: str | None) -> str | None:
        """Return the CAMEO code of an actor: ISO alpha-3 country and role, such as KAZGOV; null where neither is known."""
        role = self.sectors.get(sector, sector) if sector else None
        return (country or "") + (role or "") or None


def load_crosswalk(codebook: Codebook) -> Crosswalk:
    """Return the crosswalk over a codebook.

    Raises:
        CatalogueError: the table names a kind, mode, status or group that is not there.
    """
    table = load_yaml(files("foreshock.ontology").joinpath("crosswalk.yaml").read_text("utf-8"))
    roots: dict[tuple[str, str | None], Codes] = {(entry.kind, None): Codes(**entry.crosswalk) for entry in codebook}
    for key, changes in table["modes"].items():
        kind, mode = _split(key, codebook)
        roots[(kind, mode)] = replace(roots[(kind, None)], **changes)
    groups = {name: frozenset(_split(key, codebook) for key in keys) for name, keys in table["groups"].items()}
    return Crosswalk(
        roots=roots,
        groups=groups,
        rules=tuple(_rule(row, groups) for row in table["statuses"]),
        outside=frozenset(_split(key, codebook)[0] for key in table["outside"]),
        sectors=table["sectors"],
    )


def _split(key: str, codebook: Codebook) -> tuple[str, str | None]:
    kind, _, mode = key.partition("/")
    if kind not in codebook.kinds or (mode and mode not in codebook[kind].modes):
        raise CatalogueError(f"crosswalk.yaml: {key!r} is not in the codebook", remedy="name a kind, or KIND/mode")
    return kind, mode or None


def _rule(row: Mapping[str, Any], groups: Mapping[str, object]) -> Rule:
    wrong = [status for status in row["status"] if status not in STATUSES]
    if wrong or (row["of"] != "any" and row["of"] not in groups):
        raise CatalogueError(f"crosswalk.yaml: {row!r} does not fit", remedy="name statuses of the contract and a group above")
    return Rule(frozenset(row["status"]), row["of"], bool(row.get("keep")), Codes(row.get("plover"), row.get("cameo")))
