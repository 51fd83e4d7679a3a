"""Whether what was estimated came about: by what somebody recorded, never by silence.

An estimate asks for the days after ``as_of`` up to and with ``as_of`` + ``horizon``. It is resolved as

- *occurred*, where an outcome is dated within;
- *did-not-occur*, where an outcome says that it was checked until the last of these days and none is on record in between;
- else *unresolved*: nobody looked, or not far enough. An unresolved estimate is counted and never scored.

A date that is not known to the day is an interval: "2022-02" is 28 days. Where it straddles an end of the window, the outcome is
the share of the interval that lies within (each of its days counts alike), and a score is the expected one between both readings:
of a share s, s x (score where it occurred) + (1 - s) x (score where it did not). The second reading is owed a look as well: it
counts only where the interval or a check reaches the end of the window. Worked: estimated on 8 January for 30 days, so for
9 January to 7 February; it came about in "2022-02": 7 of 28 days lie within, the share is .25.

Of several outcomes the greatest share counts: one event told twice, by a month and by its day, is told best by its day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from foreshock.dates import first_day, last_day
from foreshock.model import Estimate, Outcome, Resolution

# Scenarios that nothing breaks: their outcomes record the break. "Occurred" is the day on which the leadership fell, "checked
# until" the one until which it did not; so an estimate of one occurs where the break is known not to have.
STEADY = frozenset({"leadership-holds"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """An estimate with what came of it.

    ``share`` is how much of it came about, 0 to 1, None where it is unresolved; ``known_at`` since when that is known.
    """

    estimate: Estimate
    resolution: Resolution
    share: float | None
    known_at: str | None
    why: str


def window(estimate: Estimate) -> tuple[date, date]:
    """Return the first and the last day that an estimate is about."""
    start = first_day(estimate.as_of)
    return start + timedelta(days=1), start + timedelta(days=estimate.horizon)


def share_within(prefix: str, first: date, last: date) -> float:
    """Return the share of a date's days that lie within two days, both included.

    >>> share_within("2022-02", date(2022, 1, 9), date(2022, 2, 7))
    0.25
    """
    start, end = first_day(prefix), last_day(prefix)
    days = (min(end, last) - max(start, first)).days + 1
    return max(days, 0) / ((end - start).days + 1)


def resolve(estimate: Estimate, outcomes: Iterable[tuple[str, Outcome]], *, steady: Collection[str] = STEADY) -> Resolved:
    """Return what came of an estimate, by all outcomes handed in.

    Args:
        estimate: measured or not.
        outcomes: since when each is known, and the outcome; those of other scenarios and countries are passed over.
        steady: scenarios whose outcomes record the break.
    """
    first, last = window(estimate)
    mine = [(at, one) for at, one in outcomes if (one.scenario, one.country) == (estimate.scenario, estimate.country)]
    best, best_at, reached = 0.0, "", list[tuple[date, str]]()
    for known_at, one in mine:
        if one.checked_until is not None:
            reached.append((last_day(one.checked_until), known_at))
        if one.occurred is None:
            continue
        share = share_within(one.occurred, first, last)
        if 0 < share < 1:
            reached.append((last_day(one.occurred), known_at))
        if share > best:
            best, best_at = share, known_at
    checked = min((known_at for day, known_at in reached if day >= last), default=None)
    if best == 1:
        return _resolved(estimate, 1.0, best_at, f"it occurred by {last}", steady)
    if checked is None:
        until = max((day for day, _ in reached), default=None)
        said = f"it was checked until {until} only" if until else "nobody recorded what came of it"
        return Resolved(estimate, "unresolved", None, None, f"its last day is {last}; {said}")
    if best > 0:
        why = f"its date lies within the window by {best:.0%}"
        return _resolved(estimate, best, max(best_at, checked), why, steady)
    return _resolved(estimate, 0.0, checked, f"it did not occur by {last}", steady)


def _resolved(estimate: Estimate, share: float, known_at: str, why: str, steady: Collection[str]) -> Resolved:
    came = 1 - share if estimate.scenario in steady else share
    return Resolved(estimate, "occurred" if came > 0 else "did-not-occur", came, known_at, why)
