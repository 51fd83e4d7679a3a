"""Signals: the state of each indicator in the window that ends at a moment. An indicator enters once a window, seen or unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from foreshock.dates import first_day, last_day
from foreshock.model import Blind, Happening
from foreshock.scenarios.baseline import earlier_windows, fired
from foreshock.scenarios.indicators import Indicator, matches
from foreshock.scenarios.silence import overlaps, visible

SignalState = Literal["seen", "unseen", "no-baseline", "blind"]


@dataclass(frozen=True, slots=True)
class Signal:
    """One indicator in one window.

    ``count`` is its happenings in the window, ``usual`` the mean of earlier windows (None without any). ``happenings`` are
    those of the window that count, ``ignored`` those of its acts that count for nothing, with their reasons.
    """

    indicator: Indicator
    state: SignalState
    count: int
    usual: float | None
    happenings: tuple[Happening, ...]
    ignored: tuple[Happening, ...]


def signals(
    happenings: Iterable[Happening],
    indicators: Mapping[str, Indicator],
    *,
    as_of: date,
    since: date | None,
    blind: Sequence[Blind] = (),
) -> dict[str, Signal]:
    """Return the signal of each indicator.

    Args:
        happenings: of one country, each incident once; those after ``as_of`` do not count.
        indicators: what is looked for.
        as_of: the last day of every window.
        since: the first day on which the feed covers the country; None where it has told nothing of it yet.
        blind: stretches in which the country could not be seen; what is told out of one does not count, and what is not
            told then is not absent.
    """
    day = as_of.isoformat()
    seen = visible([one for one in happenings if one.day <= day and one.known_at[:10] <= day], blind)
    counted: dict[str, list[Happening]] = {name: [] for name in indicators}
    ignored: dict[str, list[Happening]] = {name: [] for name in indicators}
    known: dict[tuple[object, ...], tuple[str, ...]] = {}  # what counts for which indicators hangs on these alone
    for one in seen:
        key = (one.kind, one.mode, one.actor, one.recipient, one.country)
        if key not in known:
            told = one if one.ignored is None else replace(one, ignored=None)
            known[key] = tuple(name for name, indicator in indicators.items() if matches(indicator, told))
        for name in known[key]:
            (counted if one.ignored is None else ignored)[name].append(one)
    return {
        name: _signal(one, counted[name], ignored[name], as_of=as_of, since=since, blind=blind)
        for name, one in indicators.items()
    }


def _signal(
    indicator: Indicator,
    counted: Sequence[Happening],
    ignored: Sequence[Happening],
    *,
    as_of: date,
    since: date | None,
    blind: Sequence[Blind],
) -> Signal:
    start = as_of - timedelta(days=indicator.window - 1)
    recent = tuple(one for one in counted if one.day >= start.isoformat())
    days = [_ordinal(one.day) for one in counted]
    first = (since or as_of).toordinal()
    hidden = [
        (_ordinal(one.since), as_of.toordinal() if one.until is None else last_day(one.until).toordinal())
        for one in blind
        if one.whole
    ]
    earlier = earlier_windows(days, today=as_of.toordinal(), window=indicator.window, first=first, hidden=hidden)
    state: SignalState = fired(len(recent), earlier)
    if state != "seen" and overlaps((start, as_of), blind):
        state = "blind"
    usual = sum(earlier) / len(earlier) if earlier else None
    return Signal(indicator, state, len(recent), usual, recent, tuple(one for one in ignored if one.day >= start.isoformat()))


@cache
def _ordinal(day: str) -> int:
    return first_day(day).toordinal()
