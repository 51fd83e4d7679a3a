"""Transport: what a ratio that was measured on another coder's feed is worth when our coder says so.

Let A be the other coder's indicator and B ours. Of texts that both have coded, P(B | A) and P(B | not A) are measured:
sensitivity ``s`` and false alarm ``f``. Given A, B does not depend on what follows, so that

    P(B | onset) = a1 s + (1 - a1) f,    P(B) = a s + (1 - a) f,    a1 = P(A | onset),  a = P(A),

and B's ratio is their quotient: that of A, drawn towards 1 (non-differential misclassification, Bross 1954). With s = 1 and
f = 0 it is A's own; with s = f it is 1. Without a measurement there is no ratio, and the indicator weighs nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.scenarios.ratio import Ratio

LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Bridge:
    """How one coder's indicator stands to another's: P(ours | theirs), P(ours | not theirs), on ``n`` texts of a named set."""

    coder: str
    other: str
    indicator: str
    sensitivity: float
    false_alarm: float
    n: int
    source: str


@cache
def load_bridges() -> tuple[Bridge, ...]:
    """Return the bridges that were measured (bridge.yaml)."""
    return read_bridges(load_table(__package__, "bridge.yaml"))


def read_bridges(table: Mapping[str, Any]) -> tuple[Bridge, ...]:
    """Return the bridges of a table.

    Raises:
        CatalogueError: a rate is no probability, or nothing was measured.
    """
    found = tuple(Bridge(**row) for row in table["rows"] or ())
    for one in found:
        if not (0 <= one.false_alarm <= 1 and 0 <= one.sensitivity <= 1) or one.n < 1:
            raise CatalogueError(
                f"the bridge of {one.indicator!r} from {one.coder} to {one.other} is {one}", remedy="measure it anew"
            )
    return found


def same_coder(one: str, other: str) -> bool:
    """Say whether two names are of one coder in one version."""
    return one == other


def carried(ratio: Ratio, coder: str, bridges: Sequence[Bridge]) -> Ratio | None:
    """Return a ratio as our coder may use it: as it is if it was measured on our coder, else over a bridge; None without one."""
    if same_coder(ratio.coder, coder):
        return ratio
    found = [one for one in bridges if (one.coder, one.other, one.indicator) == (coder, ratio.coder, ratio.indicator)]
    return over(ratio, found[0]) if found else None


def over(ratio: Ratio, bridge: Bridge) -> Ratio:
    """Return the ratio of our coder's indicator.

    >>> from foreshock.model import Provenance
    >>> p = Provenance((), "", 0, 0, "", "")
    >>> theirs = Ratio("s", "i", 30, "any", "a", "f", 2.0, 1.0, 3.0, 0.9, 0.8, 1.0, 0.1, p)
    >>> ours = over(theirs, Bridge("b", "a", "i", 0.6, 0.05, 100, "made up"))
    >>> round(ours.seen, 3), round(ours.unseen, 3), round(ours.share_seen, 3)
    (1.524, 0.939, 0.105)
    """
    share = bridge.sensitivity * ratio.share_seen + bridge.false_alarm * (1 - ratio.share_seen)
    if not LEAST < share < 1 - LEAST:
        return replace(
            ratio, seen=1.0, seen_low=1.0, seen_high=1.0, unseen=1.0, unseen_low=1.0, unseen_high=1.0, share_seen=share
        )
    seen = [_seen(one, ratio.share_seen, share, bridge) for one in (ratio.seen_low, ratio.seen, ratio.seen_high)]
    unseen = [max((1 - one * share) / (1 - share), LEAST) for one in seen]
    return replace(
        ratio, seen_low=seen[0], seen=seen[1], seen_high=seen[2],
        unseen_low=unseen[2], unseen=unseen[1], unseen_high=unseen[0], share_seen=share,
    )  # fmt: skip


def _seen(seen: float, theirs: float, ours: float, bridge: Bridge) -> float:
    given_onset = min(seen * theirs, 1.0)
    return (given_onset * bridge.sensitivity + (1 - given_onset) * bridge.false_alarm) / ours


def measured(
    ours: Sequence[bool], theirs: Sequence[bool], *, coder: str, other: str, indicator: str, source: str
) -> Bridge | None:
    """Return the bridge that texts coded by both give; None where the other coder never or always has the indicator.

    Args:
        ours, theirs: one value a text: whether the coder has the indicator's acts in it.
        coder, other, indicator, source: what the row is called.
    """
    both = list(zip(ours, theirs, strict=True))
    with_it, without = [mine for mine, one in both if one], [mine for mine, one in both if not one]
    if not with_it or not without:
        return None
    return Bridge(coder, other, indicator, sum(with_it) / len(with_it), sum(without) / len(without), len(both), source)
