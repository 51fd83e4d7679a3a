"""From the ledger's incidents to what weighing counts: each incident once, with the reason where it is no event.

An incident is an event where an independent origin says that it happened. What is only denied, rumoured, forecast, wished,
judged, ordered or planned is none; neither is what is contested and told by nobody but one side, nor what only a page of our own
tells. Of what is only asked for or threatened the asking and the threat are the event (``happenings.yaml``). Copies are one
origin, and an incident that only copies tell is that of what they copy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from foreshock.dates import first_day, last_day
from foreshock.incidents.compose import compose_incident
from foreshock.incidents.credibility import affirms
from foreshock.incidents.origins.graph import document_groups
from foreshock.incidents.parties import Parties
from foreshock.model import Actor, Blind, Dispute, Happening, Incident, Report, When
from foreshock.pipeline.saying import Side, done, said_act, sayer, standings, table
from foreshock.pipeline.situation import Situation
from foreshock.scenarios.silence import Dark

BACKGROUND = frozenset(table()["background"])
COARSE = frozenset({"year", "season"})
LONGEST = 31  # days that a time may span and still say when something was
DAY = "2022-01-01"
ZONES = timedelta(days=1)  # where it happened may be a day ahead of where it was published
CREDIBLE = 2  # the worst grade at which what is contested still counts


def happenings(found: Situation, *, country: str | None = None, blind: Sequence[Blind] = ()) -> list[Happening]:
    """Return the happenings of a situation, by day, then id; of one country where one is given.

    Args:
        found: the joined picture; give one that is not narrowed to a country, since most claims name no place.
        country: ISO 3166 alpha-3.
        blind: stretches in which the country could not be seen: what was told in one has no part in what a happening is where
            anybody told of it at another time, so that deleting those reports changes nothing.

    The country is that of the place, else of who it was done to, else the one that most of its documents are about, else of who
    did it; one without a country is left out (:func:`unplaced` counts them). The day is the first on which it may have been. A
    happening of which no day is told counts on the day on which it was first told, as on the feeds that ratios are measured on;
    one whose documents have no date either is ignored as undated.
    """
    return sorted(_all(found, country, blind), key=lambda one: (one.day, one.id))


def unplaced(found: Situation) -> int:
    """Return how many incidents name no country, in any of their claims, and are therefore no happening of any."""
    about = _about(found.reports.values())
    return sum(not any(_named(report, about) for report in group) for group in found.grouped.values())


def published_days(found: Situation) -> list[date]:
    """Return the days on which any document with claims was published, each once, in order."""
    dates = {report.published for report in found.told if report.published and len(report.published) >= len(DAY)}
    return sorted({last_day(one) for one in dates})


def covered(found: Situation, *, country: str) -> list[date]:
    """Return the days on which a document that tells of a country was published, each once, in order."""
    days = set()
    for report in found.reports.values():
        claim = report.claim
        named = {one.country for one in (claim.place, claim.actor, claim.recipient) if one}
        if country in named and report.published and len(report.published) >= len(DAY):
            days.add(last_day(report.published))
    return sorted(days)


def _all(found: Situation, country: str | None, blind: Sequence[Blind]) -> Iterable[Happening]:
    about = _about(found.reports.values())
    found = _narrowed(found, country, about)
    copies = _copied(found)
    dark = {one: Dark.of(blind, one) for one in {it.country for it in blind}}
    disputed = defaultdict(list)
    for one in found.disputes:
        disputed[one.incident_id].append(one)
    for incident in found.incidents:
        reports = [found.reports[claim] for claim in incident.claim_ids]
        where = _country(incident, reports, about)
        if incident.id in copies or where is None or (country is not None and where != country):
            continue
        seen, told = _outside(found, incident, reports, dark.get(where))
        yield _happening(seen, told, where, found.parties, contested=_contested(disputed[incident.id], told))


def _narrowed(found: Situation, country: str | None, about: Mapping[str, str]) -> Situation:
    """Return the part of a situation that can be of a country, with what may deny it: a ledger holds a hundred countries.

    A situation whose incidents are made already stays as it is.
    """
    if country is None or "incidents" in found.__dict__:
        return found
    groups = [group for group in found.grouped.values() if any(country in _named(report, about) for report in group)]
    kept = {report.claim.id for group in groups for report in group}
    kept |= {report.claim.id for report in found.told if report.claim.status == "denied"}
    return replace(found, told=[report for report in found.told if report.claim.id in kept])


def _named(report: Report, about: Mapping[str, str]) -> set[str]:
    """Return the countries that a report can be of: of its place, of who acts and bears it, and the one its document is about."""
    claim = report.claim
    found = {one.country for one in (claim.place, claim.actor, claim.recipient) if one} | {about.get(claim.document_id)}
    return {one for one in found if one}


def _outside(
    found: Situation, incident: Incident, reports: Sequence[Report], dark: Dark | None
) -> tuple[Incident, Sequence[Report]]:
    """Return an incident as those tell it who told with access; as all do where nobody did."""
    outside = [one for one in reports if not dark.holds(_told(one).isoformat())] if dark else []
    if not outside or len(outside) == len(reports):
        return incident, reports
    made = compose_incident(incident.id, outside, links=found.links, judgements=found.judgements, parties=found.parties)
    return (made, outside) if made else (incident, reports)


def _contested(disputes: Iterable[Dispute], reports: Sequence[Report]) -> bool:
    """Say whether it is in dispute among these reports whether it happened at all."""
    ids = {one.claim.id for one in reports}
    standing = [one for one in disputes if one.matter == "standing" and one.state == "open"]
    return any(sum(bool(ids & set(position.claim_ids)) for position in one.positions) > 1 for one in standing)


def _happening(incident: Incident, reports: Sequence[Report], country: str, parties: Parties, *, contested: bool) -> Happening:
    claims = {claim for origin in incident.origins for claim in origin.claim_ids}
    first_hand = [one for one in reports if one.claim.id in claims]
    standing = _standing(incident, first_hand)
    counting = standing or reports
    kind, mode = str(incident.kind), incident.mode
    actor = _side([_of(one.claim.actor) for one in counting])
    ignored = _ignored(incident, first_hand, standing, contested=contested)
    if not standing and (said := said_act(first_hand)):
        kind, mode, counting = said
        actor, ignored = _side([sayer(one, parties) for one in counting]), None
    known = min(map(_told, counting))
    when = incident.when if kind == incident.kind else None  # a time of what is asked for is not that of the asking
    day, undated = _day(when, counting, known)
    return Happening(
        id=incident.id,
        country=country,
        day=day.isoformat(),
        known_at=known.isoformat(),
        kind=kind,
        mode=mode,
        actor=actor,
        recipient=_side([_of(one.claim.recipient) for one in counting]),
        killed=_killed(incident),
        sources=_outlets(incident, counting),
        claim_ids=tuple(one.claim.id for one in counting),
        ignored=ignored or undated,
        coders=tuple(sorted({one.claim.coder for one in counting})),
    )


def _standing(incident: Incident, reports: Sequence[Report]) -> list[Report]:
    """Return the reports by which it was done, and whose origin has not taken it back."""
    retracted = {one.claim.id for one in reports if one.claim.status == "retracted"}
    gone = {claim for origin in incident.origins if retracted & set(origin.claim_ids) for claim in origin.claim_ids}
    return [one for one in reports if done(one.claim) and one.claim.id not in gone]


def _ignored(incident: Incident, reports: Sequence[Report], standing: Sequence[Report], *, contested: bool) -> str | None:
    """Return why an incident is no event, None where it is one."""
    if incident.kind in BACKGROUND:
        return "background"
    if not reports:
        return "only told by our own pages"
    if not standing:
        return standings(reports)
    if contested and incident.credibility > CREDIBLE:
        return "contested"
    return None


def _told(report: Report) -> date:
    """Return the day on which a report was out: the last that its date of publication can mean, but no later than it was kept."""
    kept = first_day(report.known_at)
    return min(last_day(report.published), kept) if report.published else kept


def _day(when: When | None, reports: Sequence[Report], known: date) -> tuple[date, str | None]:
    """Return the first day on which it may have been, and why it counts for nothing where that cannot be said."""
    if when is None or when.start is None:
        ends = [known] if when is None or when.end is None else [known, last_day(when.end)]
        return min(ends), None if any(one.published for one in reports) else "undated"
    first = first_day(when.start)
    last = min(last_day(when.end or when.start), known)
    if first > known and not any(affirms(one.claim) for one in reports):
        return known, None  # who asks, threatens or orders does so when it is told, whatever day is named
    if first > known + ZONES:
        return first, "still to come when it was told"
    if when.precision in COARSE and (last - first).days > LONGEST:
        return first, f"dated only by its {when.precision}"
    return first, None


def _about(reports: Iterable[Report]) -> dict[str, str]:
    """Return the country that each document is about: that of more than half of its places, else of those who act in it."""
    places: dict[str, Counter[str]] = defaultdict(Counter)
    actors: dict[str, Counter[str]] = defaultdict(Counter)
    for report in reports:
        claim = report.claim
        if claim.place and claim.place.country:
            places[claim.document_id][claim.place.country] += 1
        for actor in (claim.actor, claim.recipient):
            if actor and actor.country:
                actors[claim.document_id][actor.country] += 1
    found = {}
    for document, counts in {**actors, **places}.items():
        country, most = counts.most_common(1)[0]
        if most * 2 > counts.total():
            found[document] = country
    return found


def _country(incident: Incident, reports: Sequence[Report], about: Mapping[str, str]) -> str | None:
    if incident.place and incident.place.country:
        return incident.place.country
    recipients = [one.claim.recipient.country for one in reports if one.claim.recipient and one.claim.recipient.country]
    homes = [about[one] for one in dict.fromkeys(report.claim.document_id for report in reports) if one in about]
    actors = [one.claim.actor.country for one in reports if one.claim.actor and one.claim.actor.country]
    rivals = [one.claim.place.country for one in reports if one.claim.place and one.claim.place.country]
    return next((_most(found) for found in (recipients, homes, actors, rivals) if found), None)


def _most(found: Sequence[str]) -> str:
    return Counter(found).most_common(1)[0][0]


def _of(actor: Actor | None) -> Side:
    return (actor.country, actor.sector) if actor else (None, None)


def _side(told: Sequence[Side]) -> Side:
    """Return country and sector of who is most told to have done it or borne it; one with a sector before one without."""
    sectors = Counter(sector for _, sector in told if sector)
    sector = sectors.most_common(1)[0][0] if sectors else None
    countries = Counter(country for country, its in told if country and its == sector)
    return countries.most_common(1)[0][0] if countries else None, sector


def _killed(incident: Incident) -> float | None:
    """Return the least that the number of dead can be, by totals before parts and this event before a running count.

    The least of each tally is a bound from below, so the largest of them holds: 26 protesters and 2 policemen are at least 26.
    """
    told = [one for one in incident.tallies if one.what == "killed" and one.low is not None]
    if not told:
        return None
    ranks = {id(one): (one.of is not None, one.counting == "cumulative", one.scope is not None) for one in told}
    best = min(ranks.values())
    return max(one.low for one in told if ranks[id(one)] == best and one.low is not None)


def _outlets(incident: Incident, reports: Sequence[Report]) -> tuple[str, ...]:
    """Return the outlets of the independent origins that say so: of each the one that told it first."""
    of_claim = {one.claim.id: one for one in reports}
    found: dict[str, None] = {}
    for origin in incident.origins:
        told = [of_claim[claim] for claim in origin.claim_ids if claim in of_claim]
        first_hand = [one for one in told if one.claim.document_id in origin.documents] or told
        if first_hand:
            found[min(first_hand, key=lambda one: (_told(one), one.arrival)).source] = None
    return tuple(found)


def _copied(found: Situation) -> set[str]:
    """Return the incidents that are told only by copies whose original tells, of the same kind, another incident."""
    carries = {one: root for one, root in document_groups(found.links).items() if one != root}
    tells: dict[tuple[str, str], set[str]] = defaultdict(set)
    documents = {one.id: {found.reports[claim].claim.document_id for claim in one.claim_ids} for one in found.incidents}
    for incident in found.incidents if carries else ():
        for document in documents[incident.id] - carries.keys():
            tells[document, incident.kind].add(incident.id)
    return {
        one.id
        for one in found.incidents
        if documents[one.id] <= carries.keys()
        and all(tells[carries[document], one.kind] - {one.id} for document in documents[one.id])
    }
