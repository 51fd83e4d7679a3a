"""The tables behind the sentences of a brief: phrases.yaml, standing.yaml and conditions.yaml, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from foreshock.knowledge import load_table
from foreshock.model import Claim


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a kind (and mode) is called: ``label`` in lists, ``pattern`` in sentences; ``mode`` is set if none covers it."""

    label: str
    pattern: str
    quote_only: bool
    mode: str | None


@cache
def table(name: str) -> MappingProxyType[str, Any]:
    """Return one of the tables of this room by file name."""
    return MappingProxyType(load_table("foreshock.briefs", name))


def phrase_of(claim: Claim) -> Phrase:
    """Return the phrase of a claim; a kind that a user added is called by its own name."""
    entry = table("phrases.yaml").get(claim.kind)
    if entry is None:
        return Phrase(claim.kind.capitalize(), claim.kind.lower() + "[: {actor}][, {recipient}]", True, claim.mode)
    own = entry.get("modes", {}).get(claim.mode)
    uncovered = claim.mode if own is None else None
    label = entry.get("labels", {}).get(claim.mode, entry["label"])
    return Phrase(label, own or entry["phrase"], bool(entry.get("quote_only")) and own is None, uncovered)


def standing_of(claim: Claim) -> str:
    """Return the key of standing.yaml: the status, or ``negated`` where a holder asserts that it is not so."""
    return "negated" if claim.negated and claim.status == "asserted" else claim.status
