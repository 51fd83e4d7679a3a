"""What joining knows of the claims of a document: their incident, who else tells it, and what disputes or stands on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foreshock.model import Condition, Dispute, Incident, Joined, Report
from foreshock.web.picture import Picture


@dataclass(frozen=True, slots=True)
class Others:
    """What else tells what a claim tells.

    Attributes:
        incident: that it belongs to.
        joined: why, where it was joined to another claim.
        reports: the other claims of the incident, one a document, the earliest first.
        carried: names of outlets that only carry a text in which the incident is told.
        disputes: that one of the incident's claims takes a side in.
        conditions: that this claim is a part of.
    """

    incident: Incident
    joined: Joined | None
    reports: tuple[Report, ...]
    carried: frozenset[str]
    disputes: tuple[Dispute, ...]
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A picture by claims; made once a picture."""

    picture: Picture
    incidents: Mapping[str, Incident]
    disputes: Mapping[str, tuple[Dispute, ...]]
    conditions: Mapping[str, tuple[Condition, ...]]

    def of(self, claim_id: str) -> Others | None:
        """Return what is known beside a claim; None where it is in no incident of the picture."""
        incident = self.incidents.get(claim_id)
        reports = self.picture.shown.reports
        if incident is None or claim_id not in reports:
            return None
        own = reports[claim_id].claim.document_id
        by_document: dict[str, Report] = {}
        for other in sorted((reports[one] for one in incident.claim_ids if one in reports), key=lambda one: one.arrival):
            if other.claim.document_id != own:
                by_document.setdefault(other.claim.document_id, other)
        return Others(
            incident,
            next((one for one in incident.joined if one.claim_id == claim_id), None),
            tuple(by_document.values()),
            frozenset(document for origin in incident.origins for document in origin.carriers),
            tuple({one.id: one for claim in incident.claim_ids for one in self.disputes.get(claim, ())}.values()),
            self.conditions.get(claim_id, ()),
        )


def beside_of(picture: Picture) -> Beside:
    """Return a picture by claims."""

    def make() -> Beside:
        disputes: dict[str, list[Dispute]] = {}
        conditions: dict[str, list[Condition]] = {}
        for dispute in picture.shown.disputes:
            for claim in dict.fromkeys(one for position in dispute.positions for one in position.claim_ids):
                disputes.setdefault(claim, []).append(dispute)
        for condition in picture.shown.conditions:
            for claim in condition.claim_ids:
                conditions.setdefault(claim, []).append(condition)
        return Beside(
            picture,
            {claim: one for one in picture.shown.incidents for claim in one.claim_ids},
            {claim: tuple(rows) for claim, rows in disputes.items()},
            {claim: tuple(rows) for claim, rows in conditions.items()},
        )

    return picture.part("claims beside", make)
