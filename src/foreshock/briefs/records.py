"""What joining made of the claims of a brief, and how to find it: by claim, by document, by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from foreshock.briefs.weighed import Weighed
from foreshock.model import Claim, Condition, Dispute, Grade, Incident, Link, Origin

Record = Incident | Dispute | Condition


@dataclass
class Records:
    """The records that a brief is told from, beside its claims; without any, nothing was joined.

    Attributes:
        incidents, disputes, conditions: of the brief's claims.
        links: which documents carry what others have first-hand.
        origins: of all claims of the brief together.
        grades: of the sources.
        weighed: the estimates of the country that the brief is about.
    """

    incidents: Sequence[Incident] = ()
    disputes: Sequence[Dispute] = ()
    conditions: Sequence[Condition] = ()
    links: Sequence[Link] = ()
    origins: Sequence[Origin] = ()
    grades: Sequence[Grade] = ()
    weighed: Weighed | None = None

    @cached_property
    def by_id(self) -> Mapping[str, Record]:
        """Each incident, dispute and condition by its id."""
        every: tuple[Record, ...] = (*self.incidents, *self.disputes, *self.conditions)
        return {one.id: one for one in every}

    @cached_property
    def incident_of(self) -> Mapping[str, Incident]:
        """Claim id -> its incident."""
        return {claim_id: one for one in self.incidents for claim_id in one.claim_ids}

    @cached_property
    def origin_of(self) -> Mapping[str, str]:
        """Claim id -> the name of its origin; within incidents where one is known, else among all claims."""
        names = {claim_id: origin.name for origin in self.origins for claim_id in origin.claim_ids}
        inner = ((claim_id, origin.name) for one in self.incidents for origin in one.origins for claim_id in origin.claim_ids)
        return names | dict(inner)

    @cached_property
    def contested(self) -> frozenset[str]:
        """Ids of the claims that take a position in a dispute."""
        return frozenset(one for dispute in self.disputes for side in dispute.positions for one in side.claim_ids)

    @cached_property
    def conditional(self) -> frozenset[str]:
        """Ids of the claims that tell of a condition."""
        return frozenset(one for condition in self.conditions for one in condition.claim_ids)

    def origins_among(self, claims: Sequence[Claim]) -> int | None:
        """Return how many independent origins claims go back to; None where one was not joined. Our own output has none."""
        if any(claim.id not in self.incident_of for claim in claims):
            return None
        return len({self.origin_of[claim.id] for claim in claims if claim.id in self.origin_of})
