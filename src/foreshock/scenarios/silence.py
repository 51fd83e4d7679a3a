"""Silence: what could not have been seen, and what follows from that.

Ratios of evidence were measured with access. While a whole country is cut off, neither the reports that come nor those that do
not have a measured ratio: P(report | event, no access) is not known. So what is told in such a stretch has no part in any
estimate, what is not told is not absent, and the interval spans both. Reports that are deleted there change nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from foreshock.dates import first_day, last_day
from foreshock.model import Blind, Happening, Tier
from foreshock.scenarios.histories.states import name_of_iso3

NO_FEED = "no document at all was read"
GONE_QUIET = "no report of it, though it had been in the news"
OF_OURS = frozenset({NO_FEED, GONE_QUIET})  # causes that say something of what was read, and nothing of the country
BORDERS = "borders or airspace closed"  # those inside can still tell, so the worst is not taken
GAP = 14  # days without any document
HABIT = 90  # days before, by which it is judged what is usual of a country
OFTEN = 30  # days of those on which it was told of
SHORT = 3  # the fewest days of quiet that can be unusual
HOLIDAY = 2  # days by which a quiet that is only a holiday may be longer than the ones before

Window = tuple[date, date]  # both ends included


def blind(told: Iterable[Blind], registered: Iterable[Blind], *, country: str, since: date, until: date) -> tuple[Blind, ...]:
    """Return the stretches of a country that touch a span of days, as they were known on its last day; the earliest first.

    Args:
        told: from the ledger's conditions and gaps.
        registered: from a register of shutdowns.
        country: ISO 3166 alpha-3.
        since, until: the first and last day that are looked at. A stretch that begins after ``until`` was not known then, and
            of one that ends after it only the beginning was: it lasts, ``until`` None.
    """
    found = []
    for one in (*told, *registered):
        if one.country != country or first_day(one.since) > until or (one.until and last_day(one.until) < since):
            continue
        found.append(replace(one, until=None) if one.until and last_day(one.until) > until else one)
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.since, one.until or "9999", one.source, one.cause)))


@dataclass(frozen=True, slots=True)
class Dark:
    """The days on which the whole of a country was blind, as ISO spans, both ends included; asked of many days."""

    spans: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, stretches: Iterable[Blind], country: str) -> Dark:
        """Return those of a country; stretches of a part of it are none."""
        whole = [one for one in stretches if one.whole and one.country == country]
        ends = [last_day(one.until).isoformat() if one.until else "9999" for one in whole]
        return cls(tuple((first_day(one.since).isoformat(), end) for one, end in zip(whole, ends, strict=True)))

    def holds(self, day: str) -> bool:
        """Say whether what is told on a day (ISO) is told in the dark."""
        at = day[:10]
        return any(first <= at <= last for first, last in self.spans)


def visible(happenings: Iterable[Happening], stretches: Sequence[Blind]) -> list[Happening]:
    """Return the happenings that were first told with access, in the order given.

    What happened in the dark and is told afterwards is told with access: it counts. A stretch of a part of the country hides
    nothing, since a happening does not say in which part it was: it is shown and no more.
    """
    dark = {country: Dark.of(stretches, country) for country in {one.country for one in stretches}}
    return [one for one in happenings if one.country not in dark or not dark[one.country].holds(one.known_at)]


def overlaps(window: Window, stretches: Iterable[Blind]) -> bool:
    """Say whether a day of a window lies in a stretch in which the whole country was blind."""
    first, last = window
    return any(
        one.whole and first_day(one.since) <= last and (one.until is None or last_day(one.until) >= first) for one in stretches
    )


def tier_under_silence(seen: Tier, now: Iterable[Blind]) -> tuple[Tier, str | None]:
    """Return the tier to be taken, and why where it is not the one that was seen.

    Args:
        seen: the tier of what was told with access.
        now: the stretches that hold at the moment.

    While a country in which people protest is cut off, what cannot be seen may be the worst, so the tier is "crisis"; the lower
    end of the interval stays that of the tier that was seen. That nothing was read is no sign of anything in the country, and
    behind a closed border people can still tell.
    """
    cut = [one for one in now if one.whole and one.cause not in OF_OURS | {BORDERS}]
    if not cut or seen in ("quiet", "crisis"):
        return seen, None
    first = min(cut, key=lambda one: one.since)
    reason = f"The tier seen was {seen!r}; what could not be seen since {first.since} ({first.cause}) may be the worst"
    return "crisis", f"{reason}, so 'crisis' is taken, and the interval reaches down to the tier that was seen."


def spanning(seen: tuple[float, float], unseen: tuple[float, float]) -> tuple[float, float]:
    """Return the interval of what may have been seen or not: from the lower low to the higher high.

    >>> spanning((0.1, 0.8), (-0.4, -0.1))
    (-0.4, 0.8)
    """
    return min(seen[0], unseen[0]), max(seen[1], unseen[1])


def gaps(read: Iterable[date], told: Iterable[date], *, country: str, since: date, until: date) -> tuple[Blind, ...]:
    """Return the stretches in which what was read says nothing of a country.

    Args:
        read: days on which any document was published.
        told: of these, days on which one told of the country.
        country: ISO 3166 alpha-3.
        since, until: the span of days that is looked at; nothing is said of the time before the first document.

    Two weeks without any document are no feed. A country that was told of on a third of the 90 days before, and of which nothing
    is told for three days, and for two days more than ever in those 90, has gone quiet: that is no holiday. A country that
    is seldom in the news has no gaps.
    """
    days, all_days = sorted(set(told)), sorted(set(read))
    since = max(since, all_days[0]) if all_days else since
    made = [_gap(run, country, NO_FEED, until) for run in _runs(all_days, since, until) if _length(run) >= GAP]
    for run in _runs(days, since, until):
        before = [day for day in days if run[0] - timedelta(days=HABIT) <= day < run[0]]
        longest = max(((later - earlier).days - 1 for earlier, later in pairwise(before)), default=HABIT)
        if len(before) >= OFTEN and _length(run) >= max(longest + HOLIDAY, SHORT):
            made.append(_gap(run, country, GONE_QUIET, until))
    return tuple(sorted(made, key=lambda one: (one.since, one.cause)))


def silence_lines(stretches: Iterable[Blind]) -> list[str]:
    """Return what could not have been seen, one English sentence a stretch."""
    return [_line(one) for one in stretches]


def _line(one: Blind) -> str:
    span = f"since {one.since}" if one.until is None else f"on {one.since}" if one.until == one.since else ""
    span = span or f"from {one.since} to {one.until}"
    source, country = f"by {one.source}", name_of_iso3(one.country)
    if one.cause in OF_OURS:
        return f"{span.capitalize()}, {one.cause} ({source}): nothing told of {country} then is not nothing happened there."
    if one.whole:
        return (
            f"{span.capitalize()}, {country} was cut off ({one.cause}; {source}): "
            "what was told then counts neither way, and what was not told may have happened."
        )
    return f"{span.capitalize()}, a part of {country} was cut off ({one.cause}; {source}): what was there may be missing."


def _runs(days: Iterable[date], since: date, until: date) -> list[Window]:
    """Return the runs of days of a span that are not among ``days``, both ends included."""
    marks = [since - timedelta(days=1), *sorted({day for day in days if since <= day <= until}), until + timedelta(days=1)]
    found = [(earlier + timedelta(days=1), later - timedelta(days=1)) for earlier, later in pairwise(marks)]
    return [run for run in found if _length(run) > 0]


def _length(run: Window) -> int:
    return (run[1] - run[0]).days + 1


def _gap(run: Window, country: str, cause: str, until: date) -> Blind:
    last = None if run[1] == until else run[1].isoformat()
    return Blind(country, cause, run[0].isoformat(), last, whole=True, source="this ledger")
