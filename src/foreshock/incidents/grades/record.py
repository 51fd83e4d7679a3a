"""What became of what a source told first-hand, incident by incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from foreshock.incidents.credibility import affirms, facts_of, table
from foreshock.incidents.disputes.register import walked_back_of
from foreshock.incidents.judgements.judging import plain
from foreshock.incidents.parties import Parties, holder_of
from foreshock.model import Dispute, Incident, Judgement, Report

Outcome = Literal["confirmed", "denied", "walked_back", "open"]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of what one source told of one incident, in so many claims."""

    outcome: Outcome
    claims: int


@dataclass
class Record:
    """The record of one source: incidents by what became of them, and its claims."""

    confirmed: int = 0
    denied: int = 0
    walked_back: int = 0
    incidents: int = 0
    claims: int = 0

    def add(self, fate: Fate) -> None:
        """Count one incident."""
        self.incidents += 1
        self.claims += fate.claims
        if fate.outcome != "open":
            setattr(self, fate.outcome, getattr(self, fate.outcome) + 1)


def telling_of(
    incident: Incident,
    told: Sequence[Report],
    lost: frozenset[str],
    judgements: Sequence[Judgement],
    who: Parties,
    *,
    speakers: bool,
) -> Iterator[tuple[str, Fate]]:
    """Yield each source that tells an incident first-hand, with what became of it; ``lost`` claims were settled against."""
    first_hand = {doc for origin in incident.origins for doc in origin.documents}
    outlets = {one.source for one in told}
    names = {claim: one.name for one in incident.origins if one.name not in outlets for claim in one.claim_ids}
    by_source: dict[str, list[Report]] = {}
    for report in told:
        name = _source(report, first_hand, names if speakers else {})
        if name is not None:
            by_source.setdefault(name, []).append(report)
    back = {one.earlier for one in walked_back_of(told)} if by_source else set()
    for name, own in by_source.items():
        said = [one for one in own if affirms(one.claim) or one.claim.status in table()["retracted"]]
        if said:
            yield name, Fate(_outcome(incident, told, own, said, lost, back, judgements, who), len(own))


def _source(report: Report, first_hand: set[str], speakers: Mapping[str, str]) -> str | None:
    """Return whose first-hand word a claim is: the outlet's own, else the speaker's in ``speakers``; None where it is a copy."""
    claim = report.claim
    if claim.document_id not in first_hand:
        return None
    if all(one.role == "document" for one in claim.holders):
        return report.source
    return speakers.get(claim.id) if holder_of(claim).role == "speaker" else None


def _outcome(
    incident: Incident,
    told: Sequence[Report],
    own: Sequence[Report],
    said: Sequence[Report],
    lost: frozenset[str],
    back: set[str],
    judgements: Sequence[Judgement],
    who: Parties,
) -> Outcome:
    mine = {one.claim.id for one in own}
    if any(one.claim.status in table()["retracted"] or one.claim.id in back for one in said):
        return "walked_back"
    if any(one.claim.id in lost for one in said):
        return "denied"
    others = [origin for origin in incident.origins if not mine & set(origin.claim_ids)]
    rest = [one for one in told if one.claim.id not in mine]
    facts = facts_of([*rest, *said], others, judgements=judgements, parties=who)
    if facts.refutations and not (facts.independent or facts.admissions):
        return "denied"
    if incident.credibility == 1 and (facts.independent or facts.admissions or facts.judged):
        return "confirmed"
    return "open"


def settled_against(disputes: Iterable[Dispute], judgements: Sequence[Judgement]) -> frozenset[str]:
    """Return the claims that hold a position which a person found wrong when settling the dispute."""
    by_id = {one.id: one for one in judgements}
    lost: set[str] = set()
    for dispute in disputes:
        judgement = by_id.get(dispute.settled_by or "")
        label = _position(judgement) if judgement and dispute.state == "settled" else None
        if label in {one.label for one in dispute.positions}:
            lost.update(claim for one in dispute.positions if one.label != label for claim in one.claim_ids)
    return frozenset(lost)


def _position(judgement: Judgement) -> str | None:
    value = dict(judgement.changes).get("position")
    return None if value is None else plain(value)
