"""What values a number that was said allows, and whether two such numbers can both hold.

"At least 8" leaves room above, "about 12" a tenth either way, "dozens" whatever is called so (intervals.yaml). A number that was
lost or is suspect allows everything, so it contradicts nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any, cast

from foreshock.incidents.disputes.words import find, nouns
from foreshock.knowledge import load_table
from foreshock.model import Claim, Figure
from foreshock.model.values import FigureWhat

NEAR = 24  # characters behind a number in which its noun stands


@dataclass(frozen=True, slots=True)
class Interval:
    """The least and the most that a number allows, both included; infinite where it leaves room."""

    low: float
    high: float

    def meets(self, other: Interval) -> bool:
        """Whether one value is allowed by both."""
        return self.low <= other.high and other.low <= self.high

    def above(self, other: Interval) -> bool:
        """Whether every value of this is larger than every one of the other."""
        return self.low > other.high


@cache
def table() -> Mapping[str, Any]:
    """Return what numbers leave room for (intervals.yaml)."""
    found: Mapping[str, Any] = load_table(__package__, "intervals.yaml")
    return found


def interval(figure: Figure, *, negated: bool = False) -> Interval | None:
    """Return the values that a figure allows; None where it says none: lost, suspect, or without a number.

    ``negated`` turns what is open on one side round: "did not kill more than 30" allows 30 and less. Of a plain number a
    negation says nothing that could be held against another ("not 30" may be 29 or 300), so it allows none.

    Worked example: "about 200" allows 180 to 220; "nearly 200" 180 to 200; "at least 8" 8 and more.
    """
    if figure.state != "read":
        return None
    if figure.bound in table()["words"] and not said(figure):
        low, high = table()["words"][figure.bound]
        return None if negated else Interval(low, high)
    numbers = said(figure)
    if not numbers:
        return None
    found = _bounded(figure, min(numbers), max(numbers))
    return _turned(found) if negated else found


def said(figure: Figure) -> list[float]:
    """Return the numbers that a figure says, without those that stand between them."""
    return [value for value in (figure.low, figure.best, figure.high) if value is not None]


def _bounded(figure: Figure, low: float, high: float) -> Interval:
    if figure.bound in table()["from_below"]:
        return Interval(low, inf)
    if figure.bound in table()["from_above"]:
        return Interval(-inf, high)
    if figure.bound in table()["words"]:
        return Interval(low, max(high, low * float(table()["words"][figure.bound][1]) / float(table()["words"][figure.bound][0])))
    if figure.bound == "about":
        return Interval(low * (1 - table()["about"]), high * (1 + table()["about"]))
    if figure.bound == "nearly":
        return Interval(low * (1 - table()["nearly"]), high)
    return Interval(low, high)


def _turned(found: Interval) -> Interval | None:
    if found.high == inf:
        return Interval(-inf, found.low)
    return Interval(found.high, inf) if found.low == -inf else None


def counted(claim: Claim, figure: Figure) -> FigureWhat:
    """Return what a figure counts: what it says, or what its claim is about where it does not say ("put the dead at 14").

    Without a word of its own a number counts what the noun behind it names ("60,000 demonstrators"), else what the claim tells.
    """
    if figure.what != "other" or figure.unit not in table()["persons"]:
        return figure.what
    told = table()["counts"].get(f"{claim.kind}/{claim.mode}", "other")
    named = _named(claim, figure) or told
    what = told if named == "participants" and told != "other" else named  # "detained 45 demonstrators" counts the detained
    return "other" if any(one.what == what for one in claim.figures) else cast("FigureWhat", what)


def tells_count(claim: Claim, what: str) -> bool:
    """Whether a claim of another standing tells its count of persons all the same (intervals.yaml, `counts_told`)."""
    row = table()["counts_told"]
    return claim.kind in row["kinds"] and what in row["what"] and claim.status in row["status"]


def _named(claim: Claim, figure: Figure) -> str | None:
    """Return what the words right behind a figure name; the nearest goes first."""
    at = figure.end - claim.start
    behind = claim.text[at : at + NEAR] if 0 < at <= len(claim.text) else ""
    found = [(place, name) for name in nouns() if (place := find(behind, claim.language, f"nouns/{name}")) is not None]
    return min(found)[1] if found else None
