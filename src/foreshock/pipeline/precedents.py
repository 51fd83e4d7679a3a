"""Precedents: what a ledger knows of a crisis beside past ones, the nearest and those that holders name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from foreshock.dates import first_day
from foreshock.errors import CatalogueError
from foreshock.incidents.conditions.told import homes_of
from foreshock.incidents.credibility import affirms
from foreshock.ledger import Ledger
from foreshock.model import Claim, Report, StartState, Tier
from foreshock.pipeline.asked import asked
from foreshock.pipeline.comparisons import comparisons
from foreshock.pipeline.happenings import covered, happenings
from foreshock.pipeline.showing import Shown, show
from foreshock.pipeline.silence import silences
from foreshock.pipeline.situation import Situation
from foreshock.pipeline.workbench import Workbench
from foreshock.scenarios.histories.shutdowns import load_shutdowns
from foreshock.scenarios.precedents.features import DAYS, Profile, profile_of, seen_tier
from foreshock.scenarios.precedents.historical import historical_crises
from foreshock.scenarios.precedents.named import Named, named_precedents
from foreshock.scenarios.precedents.record import PastCrisis, Precedent
from foreshock.scenarios.precedents.retrieval import precedents_of
from foreshock.scenarios.precedents.table import SCENARIOS, in_order, load_crises, load_folder
from foreshock.scenarios.precedents.vocabulary import load_features
from foreshock.scenarios.tiers import start_of

__all__ = [
    "Found",
    "Precedent",
    "Profile",
    "Search",
    "gloss",
    "past_crises",
    "precedents",
    "precedents_in",
    "profile",
    "words_of",
]

YEAR = 365
TIERS: tuple[Tier, ...] = get_args(Tier)
# A demand and a judgement say what a crisis is about as well as a report of a deed does.
SAID = frozenset({"assessed", "requested"})


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for one country.

    Attributes:
        here: what is known of its crisis.
        nearest: past crises, the nearest first.
        named: those that holders compare it with, and comparisons that led to none.
        of: how many past crises were at hand; ``from_sets`` of them were made from the user's sets.
    """

    here: Profile
    nearest: tuple[Precedent, ...]
    named: Named
    of: int
    from_sets: int


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for beside the ledger: how many precedents, which endings, what the user knows better, and more crises."""

    limit: int | None = 5
    endings: tuple[str, ...] = ()
    state: StartState | None = None
    tier: Tier | None = None
    data: Path | None = None
    own: Path | None = None


def precedents(
    ledger: Ledger,
    bench: Workbench,
    *,
    now: datetime,
    country: str | None = None,
    crisis: str | None = None,
    as_of: str | None = None,
    published: bool = False,
    search: Search | None = None,
) -> list[Found]:
    """Return the precedents of a country, or of each country of a crisis, as of a moment.

    Args:
        ledger: open for reading at least.
        bench: what coding knows; by its names of states comparisons are looked up.
        now: the moment of reading.
        country: ISO 3166 alpha-3.
        crisis: the name of a saved filter; each of its countries is looked at.
        as_of: ISO prefix; without it the day of ``now``, or, where the last report of the country is old, the day of that.
        published: take what was published by ``as_of``, whenever it was kept.
        search: what is looked for.

    Raises:
        LedgerError: nothing was known by then, there is no such crisis, or it names no country.
        CatalogueError: the country is no ISO 3166 alpha-3 code, or a table or set is wrong.
    """
    what = asked(ledger, now=now, country=country, crisis=crisis, as_of=as_of, published=published, actors=bench.catalogue)
    shown = show(ledger, what.found, now=now)
    return [precedents_in(shown, bench, country=one, as_of=day, search=search) for one, day in what.days.items()]


def precedents_in(shown: Shown, bench: Workbench, *, country: str, as_of: date, search: Search | None = None) -> Found:
    """Return the precedents of a country in the joined picture of a whole ledger, at the end of a day; persons by role.

    Raises:
        CatalogueError: the country is no ISO 3166 alpha-3 code, no crisis can end so, or a table or set is wrong.
    """
    if not re.fullmatch("[A-Z]{3}", country):
        raise CatalogueError(f"{country!r} is no country", remedy="give its ISO 3166 alpha-3 code, such as KAZ")
    what = search or Search()
    if unknown := [one for one in what.endings if one not in SCENARIOS]:
        raise CatalogueError(f"no crisis ends with {unknown[0]!r}", remedy=f"endings are {', '.join(SCENARIOS)}")
    table = past_crises(what.own)
    of_sets = historical_crises(what.data, as_of=as_of, apart_from=table) if what.data else ()
    past = table + of_sets
    here = profile(shown.found, country=country, as_of=as_of, search=what)
    named = comparisons(
        shown.reports.values(),
        country=country,
        crises=past,
        catalogue=bench.catalogue,
        gazetteer=bench.gazetteer,
        acting=here.powers,
    )
    nearest = precedents_of(here, past, limit=what.limit, endings=what.endings)
    return Found(here, nearest, named_precedents(named, here, past), len(past), len(of_sets))


def profile(found: Situation, *, country: str, as_of: date, search: Search | None = None) -> Profile:
    """Return what the joined picture tells of the crisis of a country.

    The tier is the higher of that of the last year's happenings and that of the features. "Peace" is only taken for known where
    the ledger reaches a year back, "quiet" only where protests would have been told.
    """
    what = search or Search()
    days = covered(found, country=country)
    first = max(min(days, default=as_of), date.fromordinal(as_of.toordinal() - YEAR))
    registered = load_shutdowns(what.data) if what.data else ()
    blind = silences(found, country=country, since=first, until=as_of, registered=registered)
    told = happenings(found, country=country)
    state, tier, _ = start_of(told, as_of.isoformat())
    reaches = bool(days) and (as_of - days[0]).days >= YEAR
    made = profile_of(
        told,
        country=country,
        as_of=as_of,
        state=what.state or (state if state != "peace" or reaches else None),
        blind=blind,
        words=words_of(found.reports, country=country, as_of=as_of),
    )
    seen = max(tier, seen_tier(made.present), key=TIERS.index)
    return replace(made, tier=what.tier or (seen if seen != TIERS[0] or made.known("protest") is False else None))


def words_of(reports: Mapping[str, Report], *, country: str, as_of: date) -> dict[str, list[str]]:
    """Return feature -> ids of claims whose words say so, of what documents on a country told in the last ``DAYS`` days.

    What set a crisis off is seldom an event of its own kind, so words tell it: "the price of gas". Comparisons do not count:
    they, and what is told inside them, speak of another crisis.
    """
    first = date.fromordinal(as_of.toordinal() - DAYS)
    homes = homes_of(reports.values())
    compared = [one.claim for one in reports.values() if one.claim.kind == "LIKEN"]
    found: dict[str, list[str]] = defaultdict(list)
    for claim_id, report in sorted(reports.items()):
        claim, told = report.claim, first_day(report.published or report.known_at)
        where = claim.place.country if claim.place and claim.place.country else homes.get(claim.document_id)
        if where != country or homes.get(claim.document_id) != country or not first <= told <= as_of:
            continue
        if claim.negated or not (affirms(claim) or claim.status in SAID) or any(_within(claim, one) for one in compared):
            continue
        text = claim.text.casefold()
        for name, feature in load_features().items():
            if any(word in text for word in feature.words.get(claim.language, ())):
                found[name].append(claim_id)
    return dict(found)


def _within(claim: Claim, other: Claim) -> bool:
    return claim.document_id == other.document_id and other.start <= claim.start and claim.end <= other.end


def gloss(name: str) -> str:
    """Return how a reader is told of a feature; what is compared and is no feature keeps its name."""
    feature = load_features().get(name)
    return feature.gloss if feature else name


def past_crises(own: Path | None = None) -> tuple[PastCrisis, ...]:
    """Return the past crises of the package, with those of a folder of the user's.

    Raises:
        CatalogueError: a table is wrong.
    """
    return in_order(load_crises() + load_folder(own)) if own else load_crises()
