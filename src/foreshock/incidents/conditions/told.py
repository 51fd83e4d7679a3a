"""What one report says of a condition, with what tells conditions apart: country, place, owner, content, days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from foreshock.dates import first_day, last_day
from foreshock.incidents.conditions.words import Said, has_words, table
from foreshock.incidents.parties import Parties, Party, holder_of
from foreshock.incidents.parties import table as sides
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


def is_end(told: Told) -> bool:
    """Whether a report says that the condition is over, whole and by a standing that decides."""
    said = told.said
    return said.state in ("lifted", "lapsed") and not (said.to_come or said.weak or said.refused or said.partial)


def homes_of(reports: Iterable[Report]) -> dict[str, str]:
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


def told_of(report: Report, said: Said, home: str | None, who: Parties) -> Told:
    """Return what a report says of a condition; ``home`` is the country that its document is about."""
    claim = report.claim
    actor = claim.actor if claim.actor and not _is_the_thing(claim.actor, said, claim.language) else None
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


def _is_the_thing(actor: Actor, said: Said, language: str) -> bool:
    """Whether words read as an actor name the condition itself, or what it is on: "a state of emergency", "the airport".

    Border guards, who are a body of a state, are not the border.
    """
    rule = said.rule
    rows = [rule] if actor.sector in sides()["state"] else [rule, *rule["acts"], *rule.get("ends", ())]
    lists = {one["words"] for one in rows if "words" in one}
    return any(has_words(name, actor.name, code) for name in lists for code in (language, "en"))


def _content(report: Report, said: Said) -> Content | None:
    claim = report.claim
    if claim.kind in table()["force_kinds"] or (said.type == "order" and has_words("force", claim.text, claim.language)):
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
