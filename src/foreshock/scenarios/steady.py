"""No single source moves a reading into another band of words, however much it tells.

Each estimate is made again without the incidents that rest on one source alone, source by source. Where that gives
another band, the estimate is held at the edge of that band, and a note says so and what it would be with the source.
Outlets that carry one origin are one source by the time they come here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import nextafter

from foreshock.model import Estimate, Happening
from foreshock.scenarios.words import Band, band, percent

NOBODY = "an unnamed source"


def steadied(
    estimates: Sequence[Estimate], happenings: Sequence[Happening], again: Callable[[Sequence[Happening]], Sequence[Estimate]]
) -> list[Estimate]:
    """Return the estimates, each held within the bands that it has without any one source.

    Args:
        estimates: one for each scenario and horizon.
        happenings: what they were made of.
        again: makes the estimates of other happenings, in the same order.
    """
    without: list[tuple[str, Sequence[Estimate]]] = []
    for source in sole_sources(happenings):
        rest = [one for one in happenings if (one.sources or (NOBODY,)) != (source,)]
        without.append((source, again(rest)))
    return [_held(one, [(source, made[n]) for source, made in without]) for n, one in enumerate(estimates)]


def sole_sources(happenings: Sequence[Happening]) -> list[str]:
    """Return the sources that are alone in telling of an incident that counts, in order of their names."""
    counted = [one.sources or (NOBODY,) for one in happenings if one.ignored is None]
    return sorted({sources[0] for sources in counted if len(set(sources)) == 1})


def within(one: Band, p: float) -> float:
    """Return the probability of a band that is nearest to ``p``; an edge may be of the band beside it."""
    kept = min(max(p, one.low), one.high)
    return kept if band(kept) == one else nextafter(kept, (one.low + one.high) / 2)


def _held(one: Estimate, without: Sequence[tuple[str, Estimate]]) -> Estimate:
    """Return an estimate held within the bands of those without each source; of several holds the one nearest to the prior."""
    if one.probability is None or one.low is None or one.high is None or one.prior is None:
        return one
    holds = [
        (within(band(other.probability), one.probability), source, other)
        for source, other in without
        if other.probability is not None
    ]
    holds = [hold for hold in holds if hold[0] != one.probability]
    if not holds:
        return one
    before = one.prior.probability
    kept, source, other = min(holds, key=lambda hold: (abs(hold[0] - before), hold[1]))
    note = (
        f"Held at {percent(kept)}: without {source} alone it would be {percent(other.probability or 0.0)}, "
        f"with it {percent(one.probability)}."
    )
    return replace(one, probability=kept, low=min(one.low, kept), high=max(one.high, kept), notes=(*one.notes, note))
