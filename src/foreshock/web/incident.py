"""One incident made ready to be read: its claims by the origin that they go back to, and why they are one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.briefs.receipts import standing
from foreshock.briefs.setting import Bar, bar
from foreshock.model import Actor, Incident, Judgement, Report, Tally
from foreshock.web import wording
from foreshock.web.desk import Desk
from foreshock.web.disputed import question_of
from foreshock.web.picture import Picture


@dataclass(frozen=True, slots=True)
class Voice:
    """A claim: who says it, with which standing, in which words, and why it was joined here; ``score`` is 0 to 1, None first."""

    id: str
    document_id: str
    source: str
    published: str | None
    chain: str
    status: str
    standing: str
    language: str
    text: str
    damaged: bool
    to: str | None
    score: float | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An origin with what goes back to it; ``links`` are why, one English sentence each."""

    id: str
    name: str
    voices: tuple[Voice, ...]
    links: tuple[tuple[str, str], ...]
    carried: int


@dataclass(frozen=True, slots=True)
class Doer:
    """Who is said to have done it, by whom; beside it how many origins stand behind that."""

    name: str
    about: str
    holders: tuple[str, ...]
    claim_ids: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Number:
    """One number that a holder gave, with its bar on the scale of its tally."""

    claim_id: str
    holder: str
    amount: str
    bar: Bar | None
    raw: str
    state: str


@dataclass(frozen=True, slots=True)
class Count:
    """A tally of the incident."""

    matter: str
    span: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class ToldIncident:
    """An incident made ready to be read."""

    title: str
    place: str
    when: str
    kind: str
    credibility: str
    sources: tuple[Source, ...]
    doers: tuple[Doer, ...]
    counts: tuple[Count, ...]
    disputes: tuple[tuple[str, str, str], ...]
    decided: tuple[Judgement, ...]
    near: tuple[tuple[str, str, str, str], ...]


def told_incident(reader: Reader, desk: Desk, picture: Picture, one: Incident) -> ToldIncident:
    """Return an incident made ready to be read in a language."""
    shown = picture.shown
    reports = shown.reports
    claims = set(one.claim_ids)
    subjects = {one.id, *claims}
    return ToldIncident(
        title=wording.title(reader, one, reports),
        place=wording.place(reader, one, reports),
        when=wording.when(reader, one),
        kind=wording.kind_label(reader, one.kind),
        credibility=reader.say(wording.CREDIBILITY[one.credibility]),
        sources=_sources(reader, one, reports),
        doers=tuple(_doer(reader, who.actor, who.holders, who.claim_ids, len(who.origins)) for who in one.attributed_to),
        counts=tuple(_count(reader, tally) for tally in one.tallies),
        disputes=tuple((it.id, question_of(reader, it, reports), it.state) for it in shown.disputes if it.incident_id == one.id),
        decided=tuple(it for it in desk.ledger.judgements(picture.ask.as_of) if subjects & set(it.subjects)),
        near=_near(reader, picture, one),
    )


def _sources(reader: Reader, one: Incident, reports: Mapping[str, Report]) -> tuple[Source, ...]:
    why = {row.claim_id: row for row in one.joined}
    found = []
    for origin in one.origins:
        voices = []
        for claim_id in sorted(origin.claim_ids, key=lambda it: (reports[it].published or "9999", reports[it].claim.start)):
            report, row = reports[claim_id], why.get(claim_id)
            claim = report.claim
            voices.append(
                Voice(
                    id=claim_id,
                    document_id=claim.document_id,
                    source=safe(report.source),
                    published=report.published,
                    chain=wording.chain(reader, claim),
                    status=claim.status,
                    standing=standing(reader, claim.status, negated=claim.negated),
                    language=claim.language,
                    text=safe(claim.text),
                    damaged=bool(claim.damage),
                    to=row.to if row else None,
                    score=row.score if row else None,
                    why=row.why if row else (),
                )
            )
        links = tuple((link.reason, safe(link.why)) for link in origin.links)
        found.append(Source(origin.id, safe(origin.name), tuple(voices), links, len(origin.carriers)))
    return tuple(sorted(found, key=lambda it: -len(it.voices)))


def _doer(reader: Reader, actor: Actor, holders: tuple[str, ...], claim_ids: tuple[str, ...], origins: int) -> Doer:
    where = (reader.country(actor.country) or actor.country) if actor.country else ""
    return Doer(safe(actor.name), where, tuple(safe(one) for one in holders), claim_ids, origins)


def _count(reader: Reader, tally: Tally) -> Count:
    highest = max((value for one in tally.points for value in (one.low, one.best, one.high) if value is not None), default=0.0)
    numbers = tuple(
        Number(one.claim_id, safe(one.holder), wording.amount(reader, one), bar(one, highest), safe(one.raw), one.state)
        for one in tally.points
    )
    return Count(wording.matter(reader, tally), wording.span(reader, tally), numbers)


def _near(reader: Reader, picture: Picture, one: Incident) -> tuple[tuple[str, str, str, str], ...]:
    """Return incidents of the same kind within two days or at the same place: what somebody may want to join with it."""
    reports = picture.shown.reports
    day = (one.when.start or "")[:10] if one.when else ""
    where = one.place.name if one.place else None
    found = []
    for other in picture.shown.incidents:
        if other.id == one.id or other.kind != one.kind:
            continue
        theirs = (other.when.start or "")[:10] if other.when else ""
        same = (bool(day) and theirs == day) + (where is not None and other.place is not None and other.place.name == where)
        if same:
            found.append((same, len(other.claim_ids), other))
    found.sort(key=lambda row: (-row[0], -row[1]))
    return tuple(
        (it.id, wording.title(reader, it, reports), wording.when(reader, it), wording.place(reader, it, reports))
        for _, _, it in found[:8]
    )
