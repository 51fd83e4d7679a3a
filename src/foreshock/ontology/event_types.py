"""Event types in the manner of ACLED, for a claim and for several claims of one report.

Event desks sort by what was done, with which means, and whether armed sides met or civilians were struck. Our claims keep these
apart: kind and mode, the sectors of the parties, and the words. ``event_types.yaml`` joins them again: an ordered table whose
first fitting row gives the type. The names of the types are ours; ``crosswalk.codes`` gives the coarse type of a kind alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.model import Actor, Claim
from foreshock.ontology.codebook import Codebook
from foreshock.ontology.word_groups import WordGroups

# What is put off, refused or only feared has not happened: such a claim names the type only where no other claim does.
UNREAL = frozenset({"retracted", "denied", "threatened", "requested", "promised", "planned", "wished", "conditional", "forecast"})
_ROW = {"type", "kinds", "not", "phase", "status", "words", "without", "by", "to", "actor", "recipient"}


@dataclass(frozen=True, slots=True)
class EventType:
    """A type with its sub-type, in our words; ``own`` where ACLED has none like it."""

    key: str
    type: str
    sub: str
    own: bool = False

    @property
    def label(self) -> str:
        """The name that an export prints: "Protests / Peaceful protest"."""
        return f"{self.type} / {self.sub}"


@dataclass(frozen=True, slots=True)
class Row:
    """What a claim must have to be of a type; an empty condition asks for nothing."""

    type: str
    kinds: frozenset[str]
    barred: frozenset[str]
    phases: frozenset[str]
    statuses: frozenset[str]
    words: tuple[str, ...]
    without: tuple[str, ...]
    by: tuple[str, ...]
    to: tuple[str, ...]
    actor: frozenset[str]
    recipient: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seen:
    """A claim as the table reads it: ``names`` are KIND and KIND/mode, ``told`` the words around it."""

    names: frozenset[str]
    claim: Claim
    told: str
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class EventTypes:
    """The loaded table."""

    types: Mapping[str, EventType]
    rows: tuple[Row, ...]
    words: WordGroups

    def of(self, claim: Claim, *, told: str | None = None) -> EventType | None:
        """Return the type of a claim; None where no row fits.

        ``told`` are the words in which means and causes are looked for, such as the claim's sentence or the whole of a short
        report; the claim's own words where it is not given.
        """
        place = self.rank(claim, told=told)
        return None if place is None else self.types[self.rows[place].type]

    def rank(self, claim: Claim, *, told: str | None = None) -> int | None:
        """Return the place of the first row that fits a claim, from 0, the most telling; None where none fits."""
        mask = self.words.masked
        raw = (_raw(claim.actor), _raw(claim.recipient))
        names = frozenset({claim.kind, f"{claim.kind}/{claim.mode}"})
        read = Seen(names, claim, mask(told or claim.text, claim.language), *(mask(one, claim.language) for one in raw))
        return next((place for place, row in enumerate(self.rows) if self._fits(row, read)), None)

    def main(self, claims: Sequence[tuple[Claim, int]], *, told: str) -> EventType | None:
        """Return the type of a report from its claims, each with the number of its sentence.

        What is told as real goes before what is only planned, feared or denied; then the first sentence that names a type; then
        the row that stands first in the table. ``told`` is the report's text. None where no claim has a type.
        """
        ranked = [
            (claim.status in UNREAL or claim.negated, sentence, place)
            for claim, sentence in claims
            if (place := self.rank(claim, told=told)) is not None
        ]
        return self.types[self.rows[min(ranked)[2]].type] if ranked else None

    def _fits(self, row: Row, read: Seen) -> bool:
        if (row.kinds and not row.kinds & read.names) or row.barred & read.names:
            return False
        if (row.phases and read.claim.phase not in row.phases) or (row.statuses and read.claim.status not in row.statuses):
            return False
        if not (_of_sector(read.claim.actor, row.actor) and _of_sector(read.claim.recipient, row.recipient)):
            return False
        found, language = self.words.found, read.claim.language
        if any(not found(group, read.told, language) for group in row.words):
            return False
        if any(found(group, read.told, language) for group in row.without):
            return False
        sides = ((row.by, read.by), (row.to, read.to))
        return all(not groups or any(found(group, raw, language) for group in groups) for groups, raw in sides)


def _raw(actor: Actor | None) -> str:
    return actor.raw if actor else ""


def _of_sector(actor: Actor | None, sectors: frozenset[str]) -> bool:
    return not sectors or (actor is not None and actor.sector in sectors)


@cache
def event_table() -> dict[str, Any]:
    """Return the table as it stands in the file; it is shared, so never change it."""
    table: dict[str, Any] = load_table("foreshock.ontology", "event_types.yaml")
    return table


def load_event_types(codebook: Codebook) -> EventTypes:
    """Return the table over a codebook.

    Raises:
        CatalogueError: a row names a type, kind, mode, sector group or group of words that is not there.
    """
    table = event_table()
    types = {key: EventType(key, **row) for key, row in table["types"].items()}
    words = WordGroups.build(table["words"], table["mask"])
    rows = tuple(_row(row, table["sectors"], words) for row in table["rows"])
    for row in rows:
        _check(row, codebook, types)
    return EventTypes(types, rows, words)


def _row(row: Mapping[str, Any], sectors: Mapping[str, Iterable[str]], words: WordGroups) -> Row:
    groups = [name for key in ("words", "without", "by", "to") for name in row.get(key, ())]
    unknown = [*(set(row) - _ROW), *(name for name in groups if name not in words.names)]
    unknown += [name for key in ("actor", "recipient") for name in row.get(key, ()) if name not in sectors]
    if unknown:
        raise CatalogueError(f"event_types.yaml: {unknown[0]!r} is not known", remedy="name a group of words or sectors above")
    actor, recipient = (frozenset(code for name in row.get(key, ()) for code in sectors[name]) for key in ("actor", "recipient"))
    return Row(
        type=row["type"],
        kinds=frozenset(row.get("kinds", ())),
        barred=frozenset(row.get("not", ())),
        phases=frozenset(row.get("phase", ())),
        statuses=frozenset(row.get("status", ())),
        words=tuple(row.get("words", ())),
        without=tuple(row.get("without", ())),
        by=tuple(row.get("by", ())),
        to=tuple(row.get("to", ())),
        actor=actor,
        recipient=recipient,
    )


def _check(row: Row, codebook: Codebook, types: Mapping[str, EventType]) -> None:
    if row.type not in types:
        raise CatalogueError(f"event_types.yaml: no type {row.type!r}", remedy="name a type above")
    for name in row.kinds | row.barred:
        kind, _, mode = name.partition("/")
        if kind not in codebook.kinds or (mode and mode not in codebook[kind].modes):
            raise CatalogueError(f"event_types.yaml: {name!r} is not in the codebook", remedy="name a kind, or KIND/mode")
