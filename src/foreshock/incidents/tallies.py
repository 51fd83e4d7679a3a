"""Tallies: who gave which number of what, over time, and what the latest numbers span.

Numbers of another definition (injured or treated, of whom, new or cumulative) or scope (this city or the country) are other
tallies. Nothing is added up within one, no midpoint is made: the numbers stand side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from foreshock.incidents.intervals import counted, said, table, tells_count
from foreshock.model import Claim, Figure, Report, Tally, TallyPoint
from foreshock.model.values import FigureWhat, Status
from foreshock.ontology.fold import fold

COUNTED: tuple[FigureWhat, ...] = (
    "killed", "injured", "missing", "displaced", "detained", "deployed", "strength", "participants",
)  # fmt: skip
TOLD: frozenset[Status] = frozenset({"asserted", "alleged", "rumoured", "assessed"})
TAKEN_BACK: frozenset[Status] = frozenset({"retracted", "denied"})
WIDE = frozenset({"country", "admin1", "admin2"})  # places that are a scope of their own: a count of theirs is none of one town


@dataclass(frozen=True, slots=True)
class Definition:
    """What a number counts; only numbers of one definition stand side by side. ``scope`` is folded, for comparison."""

    what: FigureWhat
    of: str | None
    unit: str | None
    counting: str | None
    scope: str


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as a claim tells it, with its definition and the moment by which it is ordered."""

    report: Report
    figure: Figure
    definition: Definition
    holder: str
    moment: tuple[str, str, int, int]


def tallies_of(reports: Sequence[Report], origin_of: Mapping[str, str]) -> tuple[Tally, ...]:
    """Return the tallies of an incident, in the order of COUNTED, totals before parts, then as first told.

    Args:
        reports: the claims of the incident as documents told them, in any order.
        origin_of: claim id, or document id, -> the origin that it goes back to; a claim in neither is an origin by its source.

    A number that its own holder takes back later is left out; a lost or suspect one is shown and never counted. Worked example:
    the police say 8 and later 12, a hospital says "at least 10": low 10, high 12, no best.
    """
    told = [one for report in reports for one in told_of(report)]
    takers: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.claim.status in TAKEN_BACK:
            takers[holder_of(report)].append(report)
    standing = [one for one in told if _is_told(one) and not _taken_back(one, takers.get(one.holder, ()))]
    groups: dict[Definition, list[Told]] = {}
    for one in sorted(standing, key=lambda one: one.moment):
        groups.setdefault(one.definition, []).append(one)
    made = [_tally(group, origin_of) for group in groups.values()]
    return tuple(sorted(made, key=lambda one: (COUNTED.index(one.what), one.of is not None)))


def told_of(report: Report) -> Iterator[Told]:
    """Yield the countable figures of a claim; of what is said not to be so there is none."""
    claim = report.claim
    if claim.negated:
        return
    for figure in claim.figures:
        what = counted(claim, figure)
        if what in COUNTED:
            definition = Definition(
                what, figure.of, figure.unit or _unit(what), figure.counting, fold(scope_of(claim, figure) or "")
            )
            moment = (figure.as_of or report.published or "", report.published or "", report.arrival, figure.start)
            yield Told(report, figure, definition, holder_of(report), moment)


def holder_of(report: Report) -> str:
    """Return who gives a claim its standing: the innermost holder, for what a document tells by itself its source."""
    named = [one for one in report.claim.holders if one.role != "document"]
    return named[-1].name if named else report.source


def scope_of(claim: Claim, figure: Figure) -> str | None:
    """Return the place that a number covers: the one said, or a country or province where the claim is placed in no town."""
    if figure.scope:
        return figure.scope
    return claim.place.name if claim.place and claim.place.precision in WIDE else None


def origin_key(report: Report, origin_of: Mapping[str, str]) -> str:
    """Return the origin of a claim: its own, its document's, else its source stands for itself."""
    return origin_of.get(report.claim.id) or origin_of.get(report.claim.document_id) or report.source


def _is_told(one: Told) -> bool:
    return one.report.claim.status in TOLD or tells_count(one.report.claim, one.definition.what)


def _unit(what: FigureWhat) -> str | None:
    return "person" if what in set(table()["counts"].values()) else None


def _taken_back(one: Told, takers: Iterable[Report]) -> bool:
    """Whether the holder of a number later takes it back: that number, or with no number all that it counts.

    ``takers`` are what that holder denied or took back.
    """
    for report in takers:
        claim = report.claim
        if not _later(report, one.report):
            continue
        same = [figure for figure in claim.figures if counted(claim, figure) == one.definition.what]
        numbers = {number for figure in same for number in said(figure)}
        if same and (not numbers or numbers & set(said(one.figure))):
            return True
    return False


def _later(one: Report, other: Report) -> bool:
    return (one.published or "", one.arrival, one.claim.start) > (other.published or "", other.arrival, other.claim.start)


def _tally(group: Sequence[Told], origin_of: Mapping[str, str]) -> Tally:
    points = tuple(_point(one, origin_of) for one in group)
    latest = {one.origin: one for one in points if _numbers(one)}  # in the order of time: the last of an origin stays
    low, best, high = span_of(list(latest.values()))
    first, definition = group[0], group[0].definition
    return Tally(
        what=definition.what,
        of=definition.of,
        unit=definition.unit,
        counting=first.figure.counting,
        scope=scope_of(first.report.claim, first.figure),
        low=low,
        best=best,
        high=high,
        points=points,
    )


def _point(one: Told, origin_of: Mapping[str, str]) -> TallyPoint:
    claim, figure = one.report.claim, one.figure
    return TallyPoint(
        claim_id=claim.id,
        document_id=claim.document_id,
        holder=one.holder,
        origin=origin_key(one.report, origin_of),
        as_of=figure.as_of,
        published=one.report.published,
        low=figure.low,
        best=figure.best if figure.state == "read" else None,
        high=figure.high,
        bound=figure.bound,
        state=figure.state,
        raw=figure.raw,
        span=(figure.start, figure.end),
        candidates=figure.candidates,
    )


def _numbers(point: TallyPoint) -> list[float]:
    if point.state != "read":
        return []
    return [value for value in (point.low, point.best, point.high) if value is not None]


def span_of(points: Sequence[TallyPoint]) -> tuple[float | None, float | None, float | None]:
    """Return the least number said, the one that all say if they do, and the largest; None where it is open.

    The largest is open where it only bounds from below: "at least 40" beside 12 has no high. Worked example: 8 and "at least 12"
    give (8, None, None); 12 and 12 give (12, 12, 12); "150 to 200" gives (150, None, 200).
    """
    numbers = [number for point in points for number in _numbers(point)]
    if not numbers:
        return None, None, None
    bests = {point.best for point in points}
    low, high = min(numbers), max(numbers)
    open_above = any(point.bound in table()["from_below"] and max(_numbers(point)) == high for point in points)
    open_below = any(point.bound in table()["from_above"] and min(_numbers(point)) == low for point in points)
    best = next(iter(bests)) if len(bests) == 1 else None
    return (None if open_below else low), best, (None if open_above else high)
