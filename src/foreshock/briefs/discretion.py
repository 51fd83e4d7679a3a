"""Whose names and which sites are withheld in what is shown and exported, and records without them.

Names of private persons are replaced by their role; exact sites of shelters, hospitals, convoys, protests and troops are moved
to district level, and claims that give them wait (discretion.yaml). An analyst may release, or withhold, a name or a site: the
latest judgement on it counts. Nothing is gathered on anybody: the names of a document are known for that document, and only the
full name of somebody who was hurt, held or heard is looked for in other documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from foreshock.briefs.discretion_sites import (
    District,
    coarse,
    forms_of,
    is_exact,
    is_near,
    named_sites,
    told_at,
)
from foreshock.briefs.discretion_veil import Veil, veil
from foreshock.briefs.tables import table
from foreshock.model import (
    Claim,
    Coding,
    Condition,
    Dispute,
    Document,
    Estimate,
    Grade,
    Incident,
    Judgement,
    Link,
    Origin,
    Place,
    PrivatePerson,
    Reading,
    Report,
    Span,
    Tally,
)

_WORD = re.compile(r"[ァ-ヶー]+(?:[・=＝][ァ-ヶー]+)+|[^\W\d_]+(?:[-'’][^\W\d_]+)*")
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Discretion:
    """What is withheld of which document and claim; build it with :meth:`of`.

    Attributes:
        veils: document id -> what is withheld of it.
        homes: claim id -> document id, for claims of those documents.
        exact, near: ids of claims whose place is withheld, or moved only.
        late: ids of claims that are not exported yet.
        full: first word of a full name -> (name, label), looked for in every document.
        released: names and sites that an analyst released, in lower case.
        label: what stands for a withheld site.
        named: ids of documents that name private persons who are not released.
        district: names the district of a point.
        sites: whether sites are withheld at all.
    """

    veils: Mapping[str, Veil]
    homes: Mapping[str, str]
    exact: frozenset[str]
    near: frozenset[str]
    late: frozenset[str]
    full: Mapping[str, tuple[tuple[str, str], ...]]
    released: frozenset[str]
    label: str
    named: frozenset[str]
    district: District | None = None
    sites: bool = True

    @classmethod
    def of(
        cls,
        codings: Iterable[Coding],
        *,
        now: datetime,
        judgements: Sequence[Judgement] = (),
        language: str = "en",
        district: District | None = None,
        sites: bool = True,
    ) -> Discretion:
        """Read what is to be withheld of codings.

        Args:
            codings: documents with their claims and private persons; they are gone through once.
            now: an aware moment; claims of exact sites younger than 72 hours are late.
            judgements: those of subject "person" and "site" count, the latest on a name first; withdrawn ones do not.
            language: of the words for roles; English where it has none.
            district: names the district of a point (latitude, longitude in degrees), where one is known.
            sites: False leaves sites alone: pages for the analyst's own desk show them.
        """
        decided = {subject: _decided(judgements, subject) for subject in ("person", "site")}
        rules = table("discretion.yaml")
        label = f"[{rules['site'].get(language, rules['site']['en'])}]"
        roles = rules["roles"].get(language, rules["roles"]["en"])
        state = _Found(decided["person"], decided["site"], roles, label, now, sites)
        for coding in codings:
            state.read(coding)
        for name, verdict in decided["person"].items():
            if verdict == "withhold":
                state.spread(name, f"[{roles['person']}]")
        return cls(
            veils=state.veils,
            homes=state.homes,
            exact=frozenset(state.exact),
            near=frozenset(state.near),
            late=frozenset(state.late),
            full={word: tuple(sorted(names)) for word, names in state.full.items()},
            released=frozenset(name for rows in decided.values() for name, verdict in rows.items() if verdict == "release"),
            label=label,
            named=frozenset(state.named),
            district=district,
            sites=sites,
        )

    def document(self, document: Document) -> Document:
        """Return a document without the names and sites that are withheld: text same-length, title by role, address cut."""
        return self._held(document, [document.id], document.text, document.title or "", document.url or "")

    def claim(self, claim: Claim) -> Claim:
        """Return a claim without withheld names; a withheld site is at district level."""
        names = [one.name for one in (*claim.holders, claim.actor, claim.recipient) if one]
        held = self._held(claim, [claim.document_id], claim.text, *names)
        if claim.place is not None and self.sites:
            # A claim that an analyst amended may have another place than the one that was coded.
            exact = claim.id in self.exact or is_exact(claim)
            if exact or claim.id in self.near or is_near(claim):
                held = replace(held, place=self._coarse(claim.place, self.label if exact else None))
        return held

    def report(self, report: Report) -> Report:
        """Return a report with its claim and source as they may be told."""
        held = self._held(report, [report.claim.document_id], report.source)
        return replace(held, claim=self.claim(report.claim))

    def grade(self, grade: Grade) -> Grade:
        """Return a grade; a source that is a private person is told by role."""
        return self._held(grade, [], grade.source)

    def link(self, link: Link) -> Link:
        """Return a link between documents without withheld names in its ends and its evidence."""
        return self._held(link, [link.carrier, link.source], link.source, link.why)

    def origin(self, origin: Origin) -> Origin:
        """Return an origin of any claims; one that is a private person is told by role."""
        return self._of_claims(origin, origin.claim_ids)

    def tally(self, tally: Tally) -> Tally | None:
        """Return a tally of the numbers that may be told, none of them by a name that is withheld; None where none may."""
        ids = [point.claim_id for point in tally.points]
        kept = frozenset(self._told(ids))
        return self._of_claims(_tally(tally, kept), ids) if kept else None

    def incident(self, incident: Incident) -> Incident | None:
        """Return an incident of the claims that may be told; None where none may."""
        ids = self._told(incident.claim_ids)
        if not ids:
            return None
        kept = frozenset(ids)
        place = incident.place
        if place is not None and place.precision in ("site", "city"):
            if self.exact & set(incident.claim_ids):
                place = self._coarse(place, self.label)
            elif self.near & set(incident.claim_ids):
                place = self._coarse(place, None)
        told = replace(
            incident,
            claim_ids=ids,
            place=place,
            origins=tuple(replace(one, claim_ids=self._told(one.claim_ids)) for one in incident.origins),
            tallies=tuple(_tally(one, kept) for one in incident.tallies if any(p.claim_id in kept for p in one.points)),
            attributed_to=tuple(
                replace(one, claim_ids=self._told(one.claim_ids))
                for one in incident.attributed_to
                if kept & set(one.claim_ids)
            ),
            joined=tuple(one for one in incident.joined if one.claim_id in kept and one.to in kept),
        )  # fmt: skip
        return self._of_claims(told, incident.claim_ids)

    def dispute(self, dispute: Dispute) -> Dispute | None:
        """Return a dispute of the positions that may be told; None where less than two may."""
        positions = tuple(
            replace(
                one,
                claim_ids=self._told(one.claim_ids),
                quotes=tuple(quote for quote in one.quotes if quote.claim_id not in self.late),
            )
            for one in dispute.positions
            if self._told(one.claim_ids)
        )
        ids = [claim_id for one in dispute.positions for claim_id in one.claim_ids]
        return self._of_claims(replace(dispute, positions=positions), ids) if len(positions) > 1 else None

    def condition(self, condition: Condition) -> Condition | None:
        """Return a condition of the claims that may be told; None where none may."""
        ids = self._told(condition.claim_ids)
        if not ids:
            return None
        place = condition.place
        if place is not None and place.precision in ("site", "city") and self.exact & set(condition.claim_ids):
            place = self._coarse(place, self.label)
        elif place is not None and place.precision in ("site", "city") and self.near & set(condition.claim_ids):
            place = self._coarse(place, None)
        steps = tuple(step for step in condition.steps if step.claim_id not in self.late)
        return self._of_claims(replace(condition, claim_ids=ids, steps=steps, place=place), condition.claim_ids)

    def estimate(self, estimate: Estimate) -> Estimate:
        """Return an estimate without claims that are held back and without withheld names, which its own sentences never have."""
        ids = [claim_id for one in estimate.evidence for claim_id in one.claim_ids]
        ids += [claim_id for one in estimate.blind for claim_id in one.claim_ids]
        evidence = tuple(replace(one, claim_ids=self._told(one.claim_ids)) for one in estimate.evidence)
        blind = tuple(replace(one, claim_ids=self._told(one.claim_ids)) for one in estimate.blind)
        return self._of_claims(replace(estimate, evidence=evidence, blind=blind), ids)

    def judgement(self, judgement: Judgement, documents: Sequence[str]) -> Judgement:
        """Return what a person decided of something in documents, without names that are withheld there."""
        return self._held(judgement, documents, judgement.why, *(value for _, value in judgement.changes))

    def _coarse(self, place: Place, label: str | None) -> Place:
        if place.name.lower() in self.released or place.raw.lower() in self.released:
            return place
        return coarse(place, label, self.district)

    def _told(self, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in ids if one not in self.late)

    def _of_claims(self, record: Record, ids: Sequence[str]) -> Record:
        homes = list(dict.fromkeys(self.homes[one] for one in ids if one in self.homes))
        return self._held(record, homes, *_strings(record))

    def _held(self, record: Record, documents: Sequence[str], *told: str) -> Record:
        for document in documents:
            if document in self.veils:
                record = self.veils[document].of(record)
        spread = veil(self._named(told)) if self.full else None
        return record if spread is None else spread.of(record)

    def _named(self, told: Sequence[str]) -> Iterator[tuple[str, str]]:
        for text in told:
            for word in set(_WORD.findall(text)):
                yield from self.full.get(word.lower(), ())


@dataclass(slots=True)
class _Found:
    """What is found while codings are gone through."""

    persons: Mapping[str, str]
    sites: Mapping[str, str]
    roles: Mapping[str, str]
    label: str
    now: datetime
    with_sites: bool
    veils: dict[str, Veil] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    exact: set[str] = field(default_factory=set)
    near: set[str] = field(default_factory=set)
    late: set[str] = field(default_factory=set)
    full: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)

    def read(self, coding: Coding) -> None:
        forms: dict[str, str] = {}
        spans: list[Span] = []
        for person in coding.persons:
            names = [coding.document.text[start:end] for start, end in person.spans]
            if any(self.persons.get(_key(name)) == "release" for name in names):
                continue
            self.named.add(coding.document.id)
            spans += person.spans
            label = f"[{self.roles[person.role]}]"
            forms |= dict.fromkeys(names, label)
            self._spread_person(person, names, label)
        if self.with_sites:
            forms |= {form: label for form, label in self._sites(coding).items() if form not in forms}
        held = veil(forms.items(), spans)
        if held is not None:
            self.veils[coding.document.id] = held
            self.homes |= {claim.id: coding.document.id for claim in coding.claims}

    def spread(self, name: str, label: str) -> None:
        """Withhold a full name in every document; it is found by its first word."""
        first = next(iter(_WORD.findall(name)), "").lower()
        if first:
            self.full.setdefault(first, set()).add((name, label))

    def _spread_person(self, person: PrivatePerson, names: Sequence[str], label: str) -> None:
        if person.role != "person":
            for name in names:
                if len(name.split()) > 1 or "・" in name:
                    self.spread(name, label)

    def _sites(self, coding: Coding) -> dict[str, str]:
        hours = timedelta(hours=float(table("discretion.yaml")["hours"]))
        forms = {one for one in named_sites(coding.document) if self._held(one)}
        for claim in coding.claims:
            named = [] if claim.place is None else [claim.place.name, claim.place.raw]
            released = any(self.sites.get(_key(one)) == "release" for one in named)
            exact = is_exact(claim) or any(self.sites.get(_key(one)) == "withhold" for one in named)
            if exact and not released:
                self.exact.add(claim.id)
                forms |= {one for one in forms_of(claim) if self._held(one)}
            elif is_near(claim) and not released:
                self.near.add(claim.id)
        for claim in coding.claims:
            exact = claim.id in self.exact or any(form in claim.text for form in forms)
            if exact and told_at(claim, coding.document, coding.known_at) + hours > self.now:
                self.late.add(claim.id)
        return dict.fromkeys(forms, self.label)

    def _held(self, form: str) -> bool:
        return self.sites.get(_key(form)) != "release"


def mask_reading(reading: Reading, claims: Sequence[Claim], discretion: Discretion) -> tuple[Reading, tuple[Claim, ...]]:
    """Return a reading and its claims without withheld names, ready for a page: every offset still holds.

    The text of the document, of its sentences and of the claims keeps its length (``█`` for each letter withheld); names of
    holders and actors become the role: "[victim]".
    """
    document = discretion.document(reading.document)
    if document is reading.document:
        return reading, tuple(discretion.claim(claim) for claim in claims)
    sentences = tuple(
        replace(discretion._held(one, [document.id], one.text), text=document.text[one.start : one.end])
        for one in reading.sentences
    )  # fmt: skip
    told = tuple(
        replace(discretion.claim(claim), text=document.text[claim.start : claim.end]) for claim in claims
    )  # fmt: skip
    mentions = tuple(discretion._held(one, [document.id]) for one in reading.mentions)
    return replace(reading, document=document, sentences=sentences, mentions=mentions), told


def _tally(tally: Tally, kept: frozenset[str]) -> Tally:
    """Return a tally of the points that may be told; its span is told only where no point was left out."""
    points = tuple(one for one in tally.points if one.claim_id in kept)
    whole = len(points) == len(tally.points)
    return tally if whole else replace(tally, points=points, low=None, best=None, high=None)


def _strings(record: object) -> Iterator[str]:
    if isinstance(record, str):
        yield record
    elif isinstance(record, (tuple, list)):
        for one in record:
            yield from _strings(one)
    elif hasattr(record, "__dataclass_fields__"):
        for name in record.__dataclass_fields__:
            yield from _strings(getattr(record, name))


def _decided(judgements: Sequence[Judgement], subject: str) -> dict[str, str]:
    """Return the latest verdict on each name or site of a subject, by its name in lower case."""
    withdrawn = {one for judgement in judgements if judgement.verdict == "withdraw" for one in judgement.subjects}
    mine = [one for one in judgements if one.subject == subject and one.id not in withdrawn]
    rows = sorted(mine, key=lambda one: (one.at, one.id))
    return {_key(name): one.verdict for one in rows for name in one.subjects if one.verdict in ("release", "withhold")}


def _key(name: str) -> str:
    return " ".join(name.split()).lower()
