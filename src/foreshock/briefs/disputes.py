"""Claims on one matter that cannot both hold: rival values of one figure, and a denial beside what it denies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from foreshock.briefs.sorting import JUDGED_KINDS, about
from foreshock.model import Claim, Figure, Reading

# Counts a day apart may both be right: they grow. Denials answer within days.
SAME_COUNT_DAYS = 1
SAME_MATTER_DAYS = 3
KEY_FIGURES = (
    "killed", "injured", "missing", "displaced", "detained", "deployed", "strength", "participants", "votes", "waves", "money",
)  # fmt: skip
_NO_MATTER = JUDGED_KINDS | {"STATE"}
_AFFIRMED = {"asserted", "alleged", "rumoured"}


@dataclass(frozen=True, slots=True)
class Dispute:
    """Rival positions: ``figures`` holds a figure for each claim where the dispute is on a number, else it is empty."""

    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...] = ()


def figure_matter(claim: Claim, figure: Figure) -> tuple[str, str | None, str | None, str | None]:
    """Return what a figure is a count of: what, of whom, which scope, new or cumulative. Only such may be set side by side."""
    scope = figure.scope or (claim.place.name if claim.place else None)
    return figure.what, figure.of, scope, figure.counting


def disputes_of(claims: Sequence[Claim], readings: Mapping[str, Reading]) -> list[Dispute]:
    """Return the disputes among claims. A lost or doubtful figure contradicts nothing, nor does one without a day or place."""
    return [*_rival_figures(claims, readings), *_denials(claims, readings)]


def _rival_figures(claims: Sequence[Claim], readings: Mapping[str, Reading]) -> list[Dispute]:
    matters: dict[tuple[object, ...], list[tuple[Claim, Figure]]] = {}
    for claim in claims:
        for figure in claim.figures:
            matter = figure_matter(claim, figure)
            told = claim.status in _AFFIRMED and not claim.negated
            if told and figure.state == "read" and figure.what in KEY_FIGURES and matter[2]:
                matters.setdefault(matter, []).append((claim, figure))
    found = []
    for rows in matters.values():
        rival = {n for a, b in combinations(range(len(rows)), 2) if _rivals(rows[a], rows[b], readings) for n in (a, b)}
        if rival:
            found.append(Dispute(tuple(rows[n][0] for n in sorted(rival)), tuple(rows[n][1] for n in sorted(rival))))
    return found


def _rivals(one: tuple[Claim, Figure], other: tuple[Claim, Figure], readings: Mapping[str, Reading]) -> bool:
    if one[0].holders[-1].name == other[0].holders[-1].name:
        return False
    days = about(one[0], readings, one[1]), about(other[0], readings, other[1])
    if days[0] is None or days[1] is None or abs((days[0] - days[1]).days) > SAME_COUNT_DAYS:
        return False
    a, b = _interval(one[1]), _interval(other[1])
    return a[0] > b[1] or b[0] > a[1]


def _interval(figure: Figure) -> tuple[float, float]:
    """Return the values a figure allows: "at least 12" leaves room above, "about 12" a tenth either way (our own measure)."""
    known = [value for value in (figure.low, figure.best, figure.high) if value is not None]
    if not known:
        return float("-inf"), float("inf")
    low, high = min(known), max(known)
    if figure.bound in {"at_least", "over", "dozens", "hundreds", "thousands"}:
        return low, float("inf")
    if figure.bound in {"at_most", "nearly"}:
        return float("-inf"), high
    return (low * 0.9, high * 1.1) if figure.bound == "about" else (low, high)


def _denials(claims: Sequence[Claim], readings: Mapping[str, Reading]) -> list[Dispute]:
    found = []
    affirmed = [claim for claim in claims if claim.status in _AFFIRMED and not claim.negated]
    for denial in (claim for claim in claims if claim.status == "denied"):
        against = tuple(claim for claim in affirmed if _same_matter(denial, claim, readings))
        if against:
            found.append(Dispute((denial, *against)))
    return found


def _same_matter(denial: Claim, claim: Claim, readings: Mapping[str, Reading]) -> bool:
    if claim.kind != denial.kind or claim.kind in _NO_MATTER or claim.holders[-1].name == denial.holders[-1].name:
        return False
    if denial.mode and claim.mode and denial.mode != claim.mode:
        return False
    same_act = denial.mode is not None and denial.mode == claim.mode
    days = about(denial, readings), about(claim, readings)
    if days[0] and days[1] and abs((days[0] - days[1]).days) > SAME_MATTER_DAYS:
        return False
    return _same_party(denial, claim) or (same_act and _same_place(denial, claim))


def _same_place(one: Claim, other: Claim) -> bool:
    """A shared country is no shared place: much happens in a country."""
    if one.place is None or other.place is None or "country" in {one.place.precision, other.place.precision}:
        return False
    return one.place.name == other.place.name


def _same_party(one: Claim, other: Claim) -> bool:
    pairs = [(one.actor, other.actor), (one.recipient, other.recipient)]
    both = [(a, b) for a, b in pairs if a and b]
    return bool(both) and all(a.name == b.name for a, b in both)
