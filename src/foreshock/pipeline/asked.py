"""What is asked of a ledger: which countries, on which day each, and the joined picture that holds then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from foreshock.dates import first_day, last_day
from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.pipeline.happenings import covered
from foreshock.pipeline.situation import Situation, situation

STALE = 30  # days without a report of a country after which it is not weighed as of today


@dataclass(frozen=True, slots=True)
class Asked:
    """The joined picture of the whole ledger, the day that each country is looked at on, and the last coding that was known."""

    found: Situation
    days: Mapping[str, date]
    arrival: int


def asked(
    ledger: Ledger,
    *,
    now: datetime,
    country: str | None = None,
    crisis: str | None = None,
    as_of: str | None = None,
    published: bool = False,
    actors: ActorCatalogue | None = None,
) -> Asked:
    """Return what is asked of a country, or of each country of a crisis, as of a moment.

    Args:
        ledger: open for reading at least.
        now: the moment of reading.
        country: ISO 3166 alpha-3.
        crisis: a saved filter; each of its countries is looked at.
        as_of: ISO prefix; without it the day of ``now``, or, where the last report of the country is older than ``STALE`` days,
            the day of that report.
        published: take what was published by ``as_of``, whenever it was kept: for archives that were read later. What joined
            those reports may have been learnt from later ones.
        actors: by which parties are known; those of the package where not given.

    Raises:
        LedgerError: nothing was known by then, there is no such crisis, or it names no country.
    """
    known_by = None if published else as_of
    countries = [country] if country else countries_of(ledger, crisis, known_by)
    found = situation(ledger, now=now, as_of=known_by, catalogue=actors)
    today = now.astimezone(UTC).date()
    day = min(last_day(as_of), today) if as_of else None
    if published and day:
        found = by_publication(found, day)
    if not found.reports:
        raise LedgerError(f"nothing was {'published' if published else 'known'} by {day or today}", remedy=_first_known(ledger))
    return Asked(found, {one: day or fresh_day(found, one, today) for one in countries}, ledger.last_arrival(known_by))


def by_publication(found: Situation, day: date) -> Situation:
    """Return the part of a situation that was published by the end of a day; undated reports count by when they were kept."""
    told = [one for one in found.told if first_day(one.published or one.known_at) <= day]
    return replace(found, told=told, today=min(found.today, day))


def fresh_day(found: Situation, country: str, today: date) -> date:
    """Return today, or the day of the last report of a country where that is long ago: what was not read is no calm."""
    last = max(covered(found, country=country), default=today)
    return last if (today - last).days > STALE else today


def countries_of(ledger: Ledger, crisis: str | None, as_of: str | None) -> Sequence[str]:
    """Return the countries of a saved crisis.

    Raises:
        LedgerError: none is given, there is no such crisis, or it names no country.
    """
    known = {one.name: one for one in ledger.crises(as_of)}
    if crisis is None:
        raise LedgerError("neither a country nor a crisis is given", remedy="give --country KAZ, or --crisis NAME")
    if crisis not in known:
        raise LedgerError(f"there is no crisis {crisis!r}", remedy=f"those known: {', '.join(sorted(known)) or 'none yet'}")
    if not known[crisis].countries:
        raise LedgerError(f"the crisis {crisis!r} names no country", remedy="give --country, or keep the crisis with countries")
    return known[crisis].countries


def _first_known(ledger: Ledger) -> str:
    days = [one.published for one in ledger.documents() if one.published]
    if not days:
        return "the ledger holds no dated document: foreshock ingest, then foreshock join"
    first = min(days, key=first_day)
    return f"the first document was published on {first}; give a later --as-of, or --published for what was read later"
