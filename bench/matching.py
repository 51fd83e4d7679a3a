"""Which claim answers which row of gold, and which of the asked fields are right: the rules of the claims contract.

One to one. A pair is possible where the shared characters are at least 30 % of the longer span; of the possible pairs those with
most fields right, then most overlap, are taken first. A row of gold gives the acceptable ``kinds``, ``statuses`` and ``holders``
(parts of names; "" for the document's own voice) and, where the text bears one, ``place``, ``actor``, ``recipient`` (parts of
names), ``date`` (an ISO prefix) and ``figure`` (lost or suspect). A test compares it with the scorer beside the data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
NAME_LIMIT = 60  # a longer name names nothing
LEAST = 0.3
ALWAYS = ("kind", "status", "holder")


def _names(slot: Any) -> list[str]:
    if slot is None:
        return []
    if isinstance(slot, list):
        return [name for one in slot for name in _names(one)]
    found = [slot] if isinstance(slot, str) else [str(slot[key]) for key in ("name", "raw") if slot.get(key)]
    return [name for name in found if len(name) <= NAME_LIMIT]


def _has_any(wanted: Sequence[str], slot: Any) -> bool:
    return any(one in name for one in wanted for name in _names(slot))


def _holder(gold: Row, claim: Row) -> bool:
    speakers = [one for one in claim.get("holders") or [] if one.get("role") != "document"]
    if not speakers:
        return "" in gold["holders"]
    return _has_any([one for one in gold["holders"] if one], speakers)


def _figure(gold: Row, claim: Row) -> bool:
    figures, wanted = claim.get("figures") or [], gold["figure"]
    states = {wanted} | ({"lost"} if wanted == "suspect" else set())
    span = gold.get("figure_span")
    read = span and any(one.get("state") == "read" and one["start"] < span[1] and one["end"] > span[0] for one in figures)
    return any(one.get("best") is None and one.get("state") in states for one in figures) and not read


CHECKS: dict[str, Callable[[Row, Row], bool]] = {
    "kind": lambda gold, claim: claim.get("kind") in gold["kinds"],
    "status": lambda gold, claim: claim.get("status") in gold["statuses"],
    "holder": _holder,
    "place": lambda gold, claim: _has_any(gold["place"], claim.get("place")),
    "actor": lambda gold, claim: _has_any(gold["actor"], claim.get("actor")),
    "recipient": lambda gold, claim: _has_any(gold["recipient"], claim.get("recipient")),
    "date": lambda gold, claim: str((claim.get("when") or {}).get("start") or "").startswith(gold["date"]),
    "figure": _figure,
}


def asked(gold: Row) -> list[str]:
    """Return the fields that a row of gold asks for."""
    return [name for name in CHECKS if name in ALWAYS or name in gold]


def right(gold: Row, claim: Row) -> list[str]:
    """Return the asked fields that a claim has right."""
    return [name for name in asked(gold) if CHECKS[name](gold, claim)]


def overlap(one: Row, other: Row) -> float:
    """Return the shared characters as a share of the longer span, 0 to 1; below 0 where they lie apart."""
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return float(shared / max(1, one["end"] - one["start"], other["end"] - other["start"]))


def pair_up(claims: Sequence[Row], gold: Sequence[Row]) -> dict[int, int]:
    """Return which claim answers which row of gold (number of the row -> number of the claim), one to one."""
    possible = sorted(
        (bool(row.get("optional")), -len(right(row, claim)), -shared, i, j)
        for i, row in enumerate(gold)
        for j, claim in enumerate(claims)
        if (shared := overlap(row, claim)) >= LEAST
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, i, j in possible:
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs
