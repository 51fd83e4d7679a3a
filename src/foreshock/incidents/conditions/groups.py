"""Which claims tell of one condition: of one type, place, owner and stretch of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from foreshock.incidents.conditions.told import Content, Told, homes_of, is_end, told_of
from foreshock.incidents.conditions.words import Said, said_of, table
from foreshock.incidents.parties import Parties, Party, same_side
from foreshock.incidents.placing import may_be_one
from foreshock.model import Place, Report

# Sectors of which words without a country ("troops", "the alliance") may name anybody's.
_ANYBODYS = frozenset({"MIL", "GOV", "COP", "IGO"})


@dataclass
class Group:
    """What was told of one condition, in the order of arrival, and what of it a further report is held against."""

    told: list[Told] = field(default_factory=list)
    home: str | None = None
    documents: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    places: dict[Place, None] = field(default_factory=dict)
    owners: dict[Party, None] = field(default_factory=dict)
    contents: dict[Content, None] = field(default_factory=dict)
    first: date = date.max
    last: date = date.min
    ended: date | None = None
    undated: bool = False

    @property
    def rule(self) -> Mapping[str, object]:
        """Row of the table of its type."""
        return self.told[0].said.rule

    def add(self, told: Told) -> None:
        """Add a report."""
        self.told.append(told)
        self.home = self.home or told.home
        self.documents.add(told.report.claim.document_id)
        self.texts.add(told.report.claim.text)
        if told.place:
            self.places[told.place] = None
        if told.owner:
            self.owners[told.owner] = None
        if told.content:
            self.contents[told.content] = None
        if told.at == date.min:
            self.undated = True
            return
        self.first, self.last = min(self.first, told.at), max(self.last, told.at)
        if is_end(told):
            self.ended = max(self.ended or told.at, told.at)


@dataclass
class _Groups:
    """The conditions so far; a report is held against those of its type in its country, or in its document, only."""

    made: list[Group] = field(default_factory=list)
    of_home: dict[tuple[str, str | None], list[Group]] = field(default_factory=lambda: defaultdict(list))
    of_document: dict[tuple[str, str], list[Group]] = field(default_factory=lambda: defaultdict(list))

    def near(self, told: Told) -> list[Group]:
        """Return the conditions that a report may tell of, in the order of their founding."""
        type_, document = told.said.type, told.report.claim.document_id
        found = [*self.of_home[type_, told.home], *self.of_document[type_, document]]
        return sorted({id(one): one for one in found}.values(), key=lambda one: one.told[0].report.arrival)

    def add(self, told: Told, group: Group | None) -> None:
        """Add a report to a condition, or found one with it."""
        type_, document = told.said.type, told.report.claim.document_id
        if group is None:
            group = Group()
            self.made.append(group)
            self.of_home[type_, told.home].append(group)
        elif group.home is None and told.home is not None:
            self.of_home[type_, told.home].append(group)
        if document not in group.documents:
            self.of_document[type_, document].append(group)
        group.add(told)


def groups_of(reports: Sequence[Report], who: Parties) -> list[Group]:
    """Return the conditions that reports tell of, in the order of their first arrival."""
    homes = homes_of(reports)
    groups = _Groups()
    for report in sorted(reports, key=lambda one: (one.arrival, one.claim.start, one.claim.id)):
        for said in said_of(report):
            told = told_of(report, said, homes.get(report.claim.document_id), who)
            groups.add(told, _group_for(told, groups.near(told)))
    return groups.made


def _group_for(told: Told, groups: Sequence[Group]) -> Group | None:
    """Return the condition that a report tells of, None where it is a new one."""
    fit = [one for one in groups if _fits(told, one)]
    document = told.report.claim.document_id
    same = [one for one in fit if one.told[-1].report.claim.document_id == document]
    if told.content is None and same:
        return same[-1]  # "the order" is the one before it in the text
    if told.said.rule.get("by") == "strict" and told.owner is None and not told.said.refused:
        fit = [one for one in fit if not one.owners and told.report.claim.text in one.texts]
    return max(fit, key=lambda one: _nearness(told, one), default=None)


def _fits(told: Told, group: Group) -> bool:
    return _fits_place(told, group) and _fits_content(told, group) and _fits_owner(told, group) and _fits_time(told, group)


def _fits_place(told: Told, group: Group) -> bool:
    if told.home != group.home and ((told.home and group.home) or told.report.claim.document_id not in group.documents):
        return False
    return told.place is None or not group.places or any(may_be_one(told.place, one) for one in group.places)


def _fits_content(told: Told, group: Group) -> bool:
    if told.content is None or not group.contents or told.said.type not in table()["told_apart"]:
        return True
    kind, mode = told.content
    if told.said.rule.get("by") == "strict":  # advice: of one adviser, unless its modes are two
        return any(mode is None or other is None or kind != its or mode == other for its, other in group.contents)
    return told.content in group.contents


def _fits_owner(told: Told, group: Group) -> bool:
    if told.owner is None or not group.owners:
        return True
    if told.said.rule.get("by") in ("strict", "party"):
        return any(_may_own(told.owner, one, told.said) for one in group.owners)
    return any(one.country is None or told.owner.country is None or one.country == told.owner.country for one in group.owners)


def _may_own(one: Party, other: Party, said: Said) -> bool:
    """Whether two may be one owner. "Troops" without a country may be those of anybody, where the owner need not be said."""
    if same_side(one, other):
        return True
    if said.rule.get("by") == "strict" or (one.country and other.country):
        return False
    return one.sector in _ANYBODYS and other.sector in _ANYBODYS and not (one.known and other.known)


def _fits_time(told: Told, group: Group) -> bool:
    """Whether a report is near enough in time, and not of a time after the condition was lifted."""
    if told.at == date.min or group.undated or group.last == date.min:
        return True
    apart = int(str(told.said.rule["apart"]))
    if (told.at - group.last).days > apart or (group.first - told.at).days > apart:
        return False
    late = group.ended is not None and (told.at - group.ended).days > int(table()["renewed"])
    return told.said.state == "lifted" or not late


def _nearness(told: Told, group: Group) -> tuple[bool, bool, bool, int]:
    """Return how near a fitting condition is: by place, by owner, by document, by days."""
    last = group.told[-1]
    same_place = told.place is not None and any(one.name == told.place.name for one in group.places)
    same_owner = told.owner is not None and any(same_side(told.owner, one) for one in group.owners)
    gap = abs((told.at - last.at).days) if date.min not in (told.at, last.at) else 99_999
    return same_place, same_owner, last.report.claim.document_id == told.report.claim.document_id, -gap
