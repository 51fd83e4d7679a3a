"""Which claims tell of one condition: of one type, place, owner and stretch of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from foreshock.dates import first_day, last_day
from foreshock.incidents.condition_words import Said, has_words, said_of, table
from foreshock.incidents.parties import Parties, Party, holder_of, same_side
from foreshock.incidents.placing import may_be_one
from foreshock.model import Actor, Place, Report

CLOSED = ("range", "month", "season", "year")
Content = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Told:
    """What one report says of a condition, with what tells conditions apart.

    Attributes:
        home: country that the condition is in: of its place, else the one that the document is about; only to tell apart.
        owner: who declares it or whose it is, None where the words do not say.
        declarer: that one as an actor of the claim.
        content: what is ordered, advised or banned; None where the words only point ("the order").
        day: the day from which it is so, where said; ``shown`` the last day for which the words say so.
    """

    report: Report
    said: Said
    home: str | None
    place: Place | None
    owner: Party | None
    declarer: Actor | None
    content: Content | None
    day: date | None
    shown: date | None

    @property
    def at(self) -> date:
        """The day it tells of, else that of its telling; an undated one counts as first."""
        published = self.report.published
        return self.day or (last_day(published) if published else date.min)


@dataclass
class Group:
    """What was told of one condition, in the order of arrival."""

    told: list[Told] = field(default_factory=list)

    @property
    def rule(self) -> Mapping[str, object]:
        """Row of the table of its type."""
        return self.told[0].said.rule

    def owners(self) -> list[Party]:
        """Return the owners that are said, each once."""
        return list(dict.fromkeys(one.owner for one in self.told if one.owner))


def groups_of(reports: Sequence[Report], who: Parties) -> list[Group]:
    """Return the conditions that reports tell of, in the order of their first arrival."""
    homes = _homes(reports)
    groups: list[Group] = []
    for report in sorted(reports, key=lambda one: (one.arrival, one.claim.start, one.claim.id)):
        for said in said_of(report):
            told = _told(report, said, homes.get(report.claim.document_id), who)
            group = _group_for(told, groups)
            if group is None:
                group = Group()
                groups.append(group)
            group.told.append(told)
    return groups


def _homes(reports: Iterable[Report]) -> dict[str, str]:
    """Return the country that each document is about: that of most of its places, else of most of the states that act in it."""
    places: dict[str, list[str]] = {}
    actors: dict[str, list[str]] = {}
    for report in reports:
        claim = report.claim
        if claim.place and claim.place.country:
            places.setdefault(claim.document_id, []).append(claim.place.country)
        for actor in (claim.actor, claim.recipient):
            if actor and actor.country:
                actors.setdefault(claim.document_id, []).append(actor.country)
    return {one: max(dict.fromkeys(found), key=found.count) for one, found in {**actors, **places}.items()}


def _told(report: Report, said: Said, home: str | None, who: Parties) -> Told:
    claim = report.claim
    actor = claim.actor if claim.actor and not _is_the_thing(claim.actor, said) else None
    owner = who.of_actor(actor, language=claim.language, when=report.published) if actor else None
    owner = owner if owner and owner.sector else None
    if owner and owner.known and actor:
        actor = Actor(owner.name, actor.raw, owner.country, owner.sector)
    if owner is None:
        actor = None
        if said.type in table()["spoken"] and claim.status in table()["issued"] and holder_of(claim).role == "speaker":
            holder = holder_of(claim)
            found = who.of_holder(holder, language=claim.language, when=report.published)
            if found and found.sector:
                owner, actor = (
                    found,
                    Actor(holder.name if not found.known else found.name, holder.raw, found.country, found.sector),
                )
    place = claim.place
    return Told(
        report,
        said,
        home=(place.country if place else None) or home,
        place=place,
        owner=owner,
        declarer=actor,
        content=_content(report, said),
        day=_day(report),
        shown=_shown(report, said),
    )


def _is_the_thing(actor: Actor, said: Said) -> bool:
    """Whether words read as an actor name the condition itself ("a state of emergency remains")."""
    return any("words" in rule and has_words(rule["words"], actor.name) for rule in table()["types"] if rule["type"] == said.type)


def _content(report: Report, said: Said) -> Content | None:
    claim = report.claim
    if claim.kind in table()["force_kinds"] or (said.type == "order" and has_words("force", claim.text)):
        return ("force", None)
    if said.type == "order" and claim.kind == "COERCE" and claim.mode is None:
        return None
    return (claim.kind, claim.mode)


def _day(report: Report) -> date | None:
    """Return the day from which it is so: a start or a day that is said; a month is none."""
    when = report.claim.when
    if when is None or not when.start or (when.precision in CLOSED and len(when.start) < 10):
        return None
    return first_day(when.start) if len(when.start) >= 10 else None


def _shown(report: Report, said: Said) -> date | None:
    """Return the last day for which the words say that it is so: that of telling, or an earlier one that they name."""
    published = last_day(report.published) if report.published else None
    when = report.claim.when
    end = when.end if when and not said.stands else None
    if end is None or (published and last_day(end) >= published):
        return published
    return last_day(end)


def _group_for(told: Told, groups: Sequence[Group]) -> Group | None:
    """Return the condition that a report tells of, None where it is a new one."""
    fit = [one for one in groups if one.rule is told.said.rule and _fits(told, one)]
    document = told.report.claim.document_id
    same = [one for one in fit if one.told[-1].report.claim.document_id == document]
    if told.content is None and same:
        return same[-1]  # "the order" is the one before it in the text
    if told.said.rule.get("by") == "strict" and told.owner is None and not told.said.refused:
        fit = [
            one for one in fit if not one.owners() and any(two.report.claim.text == told.report.claim.text for two in one.told)
        ]
    return max(fit, key=lambda one: _nearness(told, one), default=None)


def _fits(told: Told, group: Group) -> bool:
    return _fits_place(told, group) and _fits_content(told, group) and _fits_owner(told, group) and _fits_time(told, group)


def _fits_place(told: Told, group: Group) -> bool:
    homes = {one.home for one in group.told if one.home}
    if told.home and homes and told.home not in homes:
        return False
    if told.home is None or not homes:
        return told.report.claim.document_id in {one.report.claim.document_id for one in group.told} or not (told.home or homes)
    places = [one.place for one in group.told if one.place]
    return told.place is None or not places or any(may_be_one(told.place, one) for one in places)


def _fits_content(told: Told, group: Group) -> bool:
    if told.content is None or told.said.type not in table()["told_apart"]:
        return True
    contents = [one.content for one in group.told if one.content]
    kind, mode = told.content
    if told.said.rule.get("by") == "strict":  # advice: of one adviser, unless its modes are two
        return not contents or any(mode is None or other is None or kind != its or mode == other for its, other in contents)
    return not contents or told.content in contents


def _fits_owner(told: Told, group: Group) -> bool:
    if told.owner is None or not group.owners():
        return True
    if told.said.rule.get("by") in ("strict", "party"):
        return any(_may_own(told.owner, one, told.said) for one in group.owners())
    return any(one.country is None or told.owner.country is None or one.country == told.owner.country for one in group.owners())


def _may_own(one: Party, other: Party, said: Said) -> bool:
    """Whether two may be one owner. "Troops" without a country may be those of anybody, where the owner need not be said."""
    if same_side(one, other):
        return True
    if said.rule.get("by") == "strict" or (one.country and other.country):
        return False
    states = {"MIL", "GOV", "COP", "IGO"}
    return one.sector in states and other.sector in states and not (one.known and other.known)


def _fits_time(told: Told, group: Group) -> bool:
    """Whether a report is near enough in time, and not of a time after the condition was lifted."""
    days = [one.at for one in group.told]
    apart = int(str(told.said.rule["apart"]))
    if date.min in (told.at, *days):
        return True
    if (told.at - max(days)).days > apart or (min(days) - told.at).days > apart:
        return False
    ended = [one.at for one in group.told if is_end(one)]
    return not ended or told.said.state == "lifted" or (told.at - max(ended)).days <= int(table()["renewed"])


def is_end(told: Told) -> bool:
    """Whether a report says that the condition is over, whole and by a standing that decides."""
    said = told.said
    return said.state in ("lifted", "lapsed") and not (said.to_come or said.weak or said.refused or said.partial)


def _nearness(told: Told, group: Group) -> tuple[bool, bool, bool, int]:
    """Return how near a fitting condition is: by place, by owner, by document, by days."""
    last = group.told[-1]
    same_place = bool(told.place) and any(one.place and one.place.name == told.place.name for one in group.told if told.place)
    same_owner = bool(told.owner) and any(same_side(told.owner, one) for one in group.owners() if told.owner)
    gap = abs((told.at - last.at).days) if date.min not in (told.at, last.at) else 99_999
    return same_place, same_owner, last.report.claim.document_id == told.report.claim.document_id, -gap
