"""How well coded claims meet expected ones: pairs of spans, then one question a field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foreshock.model import Claim

Expected = Mapping[str, Any]
SHARED = 0.3
LONGEST_NAME = 60


@dataclass(frozen=True)
class Score:
    """Counts over the expected claims that are not optional; ``coded`` leaves out claims that met optional ones."""

    expected: int
    met: int
    whole: int
    coded: int
    faults: tuple[str, ...]

    def __add__(self, other: Score) -> Score:
        return Score(
            self.expected + other.expected,
            self.met + other.met,
            self.whole + other.whole,
            self.coded + other.coded,
            self.faults + other.faults,
        )

    @property
    def recall(self) -> float:
        return self.met / self.expected

    @property
    def precision(self) -> float:
        return self.met / self.coded

    @property
    def wholly(self) -> float:
        return self.whole / self.expected


def score(claims: Sequence[Claim], expected: Sequence[Expected]) -> Score:
    """Pair claims with expected ones, best pair first, and count what is right."""
    pairs = _pairs(claims, expected)
    needed = [index for index, one in enumerate(expected) if not one.get("optional")]
    met = sum(index in pairs for index in needed)
    faults = [(expected[i]["id"], _wrong(claims[pairs[i]], expected[i]) if i in pairs else ["no claim"]) for i in needed]
    return Score(
        expected=len(needed),
        met=met,
        whole=sum(not wrong for _, wrong in faults),
        coded=len(claims) - (len(pairs) - met),
        faults=tuple(f"{name}: {', '.join(wrong)}" for name, wrong in faults if wrong),
    )


def shared(claim: Claim, one: Expected) -> float:
    """Return the shared part of two spans over the longer of them, 0 to 1."""
    common = min(claim.end, one["end"]) - max(claim.start, one["start"])
    return max(0.0, common / max(claim.end - claim.start, one["end"] - one["start"]))


def _pairs(claims: Sequence[Claim], expected: Sequence[Expected]) -> dict[int, int]:
    """Return expected index -> claim index, one to one. Needed claims choose first, then fewer faults, then more overlap."""
    ranked = sorted(
        (bool(one.get("optional")), len(_wrong(claim, one)), -shared(claim, one), i, j)
        for i, one in enumerate(expected)
        for j, claim in enumerate(claims)
        if shared(claim, one) >= SHARED
    )
    pairs: dict[int, int] = {}
    for *_, i, j in ranked:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _wrong(claim: Claim, one: Expected) -> list[str]:
    """Return the fields that the claim gets wrong, of those that the expected claim asks for."""
    answers = {
        "kind": claim.kind in one["kinds"],
        "status": claim.status in one["statuses"],
        "holder": _holder(claim, one["holders"]),
        "figure": "figure" not in one or _figure(claim, one),
        "date": "date" not in one or bool(claim.when and (claim.when.start or "").startswith(one["date"])),
        **{slot: slot not in one or _named(getattr(claim, slot), one[slot]) for slot in ("actor", "recipient", "place")},
    }
    return [field for field, right in answers.items() if not right]


def _named(thing: Any, wanted: Sequence[str]) -> bool:
    """Return whether a part of a name stands in the thing's name or words; a whole clause is no name."""
    names = [name for name in (thing.name, thing.raw) if len(name) <= LONGEST_NAME] if thing else []
    return any(one in name for one in wanted if one for name in names)


def _holder(claim: Claim, wanted: Sequence[str]) -> bool:
    """Return whether someone of the chain is a wanted holder: "*" is anyone, "" the document itself."""
    others = [holder for holder in claim.holders if holder.role != "document"]
    if "*" in wanted:
        return True
    return any(_named(holder, wanted) for holder in others) if others else "" in wanted


def _figure(claim: Claim, one: Expected) -> bool:
    """Return whether the damaged figure is marked as such and nothing at its place is read as a number."""
    start, end = one["figure_span"]
    here = [figure for figure in claim.figures if figure.start < end and figure.end > start]
    return any(figure.state == one["figure"] and figure.best is None for figure in here) and all(
        figure.state != "read" for figure in here
    )
