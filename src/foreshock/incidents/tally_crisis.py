"""The tallies of a crisis: what its incidents add up to, and counts of the whole, which are never added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from foreshock.incidents.tallies import COUNTED, WIDE, tallies_of
from foreshock.model import Report, Tally
from foreshock.model.values import FigureWhat

# Of these a crisis has as many as its incidents together; who is deployed, how strong a force is and who marched are not added.
ADDED: frozenset[FigureWhat] = frozenset({"killed", "injured", "missing", "displaced", "detained"})


def crisis_tallies(incidents: Iterable[tuple[str, Sequence[Report]]], origin_of: Mapping[str, str]) -> tuple[Tally, ...]:
    """Return the tallies of many incidents together, in the order of COUNTED, sums first.

    A sum adds, for one definition, what each incident's latest numbers span: lows to lows, highs to highs, and a best only where
    every incident has one. Cumulative counts of an incident stay that incident's; counts of a country or province are of more
    than one incident and stand side by side. Neither is added to anything. An incident whose number is lost adds nothing to the
    low and leaves the high open.

    Worked example: 3 killed in one incident, 8 to 12 in another: low 11, high 15, no best.
    """
    parts: dict[tuple[FigureWhat, str | None, str | None], list[Tally]] = {}
    apart: list[Tally] = []
    wide: list[Report] = []
    for _, reports in incidents:
        wide += [one for one in reports if _is_wide(one)]
        for tally in tallies_of([one for one in reports if not _is_wide(one)], origin_of):
            if tally.what in ADDED and tally.counting != "cumulative" and tally.scope is None:
                parts.setdefault((tally.what, tally.of, tally.unit), []).append(tally)
            else:
                apart.append(tally)
    found = [*(_sum(some) for some in parts.values()), *apart, *tallies_of(wide, origin_of)]
    return tuple(sorted(found, key=lambda one: COUNTED.index(one.what)))


def _is_wide(report: Report) -> bool:
    place = report.claim.place
    return place is not None and place.precision in WIDE


def _sum(some: Sequence[Tally]) -> Tally:
    """Return the sum of one definition over incidents."""
    lows = [one.low for one in some if one.low is not None]
    highs, bests = [one.high for one in some], [one.best for one in some]
    return replace(
        some[0],
        low=sum(lows) if lows else None,
        best=None if None in bests else sum(one for one in bests if one is not None),
        high=None if None in highs else sum(one for one in highs if one is not None),
        counting="new",
        points=tuple(point for one in some for point in one.points),
    )
