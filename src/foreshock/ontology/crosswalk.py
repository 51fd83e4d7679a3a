"""From (kind, mode, status) to the roots of PLOVER, CAMEO and ACLED-like types; from (country, sector) to a CAMEO actor code.

``crosswalk_back`` has the way back; ``event_types`` the finer types in the manner of ACLED.

Our claims keep the act and its standing apart; event codebooks fold them together ("threatened to shell" is THREATEN there).
The table is ``crosswalk.yaml``; each kind's own root stands in ``kinds/<KIND>.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.kind_file import STATUSES


@dataclass(frozen=True, slots=True)
class Codes:
    """The other codebooks' names for a claim; null where they have none.

    ``cameo`` is a two-digit root, ``cameo_code`` the three or four digits below it where they are sure; ``acled`` is the coarse
    type of a kind and mode alone (``event_types`` also looks at the parties and the words).
    """

    plover: str | None = None
    cameo: str | None = None
    acled: str | None = None
    plover_mode: str | None = None
    cameo_code: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the statuses: for these statuses of this group give these codes, or ``keep`` the act's own.

    A ``negated`` row fits only what is not done.
    """

    statuses: frozenset[str]
    group: str
    keep: bool
    codes: Codes
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """The loaded tables; ``roots`` is keyed by (kind, mode), mode None for the kind itself.

    ``verbal`` gives the mode that an act takes under a verbal root, by (root, kind, mode): shelling that is threatened is
    THREATEN/violence.
    """

    roots: Mapping[tuple[str, str | None], Codes]
    groups: Mapping[str, frozenset[tuple[str, str | None]]]
    rules: tuple[Rule, ...]
    outside: frozenset[str]
    sectors: Mapping[str, str | None]
    verbal: Mapping[tuple[str, str, str | None], str]
    armed: frozenset[str]
    fought: Mapping[tuple[str, str | None], str]

    def codes(self, kind: str, mode: str | None, status: str, *, negated: bool = False, doer: str | None = None) -> Codes:
        """Return the codes of a claim's kind, mode, status and polarity; a mode that is not known counts as none.

        ``doer`` is the sector of the claim's actor: what CAMEO calls a fight where an armed body does it is one (190: a band
        killed two men; a man killed his neighbour is 18).

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
        if doer in self.armed and (kind, mode) in self.fought:
            code = self.fought[kind, mode]
            own = replace(own, cameo=code[:2], cameo_code=code)
        for rule in self.rules:
            if status in rule.statuses and (negated or not rule.negated) and self._in(rule.group, kind, mode):
                return own if rule.keep else self._said(rule.codes, kind, mode, own)
        return own

    def _said(self, codes: Codes, kind: str, mode: str | None, own: Codes) -> Codes:
        """Return the codes of an act that is only said, with its mode there; a kind that is verbal itself keeps its mode."""
        root = codes.plover or ""
        if kind == root:
            below = own.cameo_code if own.cameo == codes.cameo else None
            return replace(codes, plover_mode=own.plover_mode, cameo_code=below)
        return replace(codes, plover_mode=self.verbal.get((root, kind, mode), self.verbal.get((root, kind, None))))

    def _in(self, group: str, kind: str, mode: str | None) -> bool:
        return group == "any" or (kind, None) in self.groups[group] or (kind, mode) in self.groups[group]

    def actor_code(self, country: str | None, sector: str | None) -> str | None:
        """Return the CAMEO code of an actor: ISO alpha-3 country and role, such as KAZGOV; null where neither is known."""
        role = self.sectors.get(sector, sector) if sector else None
        return (country or "") + (role or "") or None


@cache
def crosswalk_table() -> dict[str, Any]:
    """Return the table as it stands in the file; it is shared, so never change it."""
    table: dict[str, Any] = load_table("foreshock.ontology", "crosswalk.yaml")
    return table


def load_crosswalk(codebook: Codebook) -> Crosswalk:
    """Return the crosswalk over a codebook.

    Raises:
        CatalogueError: the table names a kind, mode, status or group that is not there.
    """
    table = crosswalk_table()
    groups = {name: frozenset(_split(key, codebook) for key in keys) for name, keys in table["groups"].items()}
    return Crosswalk(
        roots=_roots(table["modes"], codebook),
        groups=groups,
        rules=tuple(_rule(row, groups) for row in table["statuses"]),
        outside=frozenset(_split(key, codebook)[0] for key in table["outside"]),
        sectors=table["sectors"],
        verbal={
            (root, *_split(key, codebook)): mode
            for root, modes in table["verbal"].items()
            for mode, keys in modes.items()
            for key in keys
        },
        armed=frozenset(table["armed"]["sectors"]),
        fought={_split(key, codebook): code for key, code in table["armed"]["codes"].items()},
    )


def _roots(changed: Mapping[str, Mapping[str, str | None]], codebook: Codebook) -> dict[tuple[str, str | None], Codes]:
    """Return the codes of every kind and mode told as a fact; our modes of the sixteen are PLOVER's."""
    roots: dict[tuple[str, str | None], Codes] = {}
    for entry in codebook:
        own = Codes(**entry.crosswalk)
        roots[(entry.kind, None)] = own
        for name in entry.modes:
            roots[(entry.kind, name)] = replace(own, plover_mode=name if own.plover == entry.kind else None)
    for key, changes in changed.items():
        kind, mode = _split(key, codebook)
        roots[(kind, mode)] = replace(roots[(kind, mode)], **changes)
    return roots


def _split(key: str, codebook: Codebook) -> tuple[str, str | None]:
    kind, _, mode = key.partition("/")
    if kind not in codebook.kinds or (mode and mode not in codebook[kind].modes):
        raise CatalogueError(f"crosswalk.yaml: {key!r} is not in the codebook", remedy="name a kind, or KIND/mode")
    return kind, mode or None


def _rule(row: Mapping[str, Any], groups: Mapping[str, object]) -> Rule:
    wrong = [status for status in row["status"] if status not in STATUSES]
    if wrong or (row["of"] != "any" and row["of"] not in groups):
        raise CatalogueError(f"crosswalk.yaml: {row!r} does not fit", remedy="name statuses of the contract and a group above")
    codes = Codes(row.get("plover"), row.get("cameo"))
    return Rule(frozenset(row["status"]), row["of"], bool(row.get("keep")), codes, bool(row.get("negated")))
