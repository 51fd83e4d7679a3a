"""What the encoder tells of a claim: the label sets of its heads, in the order of their logits, and the roles of its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from corpus.records import AnnotatedClaim
from foreshock.model.values import Basis, Certainty, Kind, Phase, Status

# Roles whose words are found by a start and an end ("pointer"), or as tags of begin and inside ("tag").
ROLES = ("c", "a", "r", "p", "pf", "pt", "w", "h", "hh", "o", "n", "q", "qq", "qo", "k")
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Labels:
    """The label sets. ``heads`` maps a head to its labels; "mode" has KIND and KIND/mode."""

    heads: dict[str, tuple[str, ...]]
    roles: tuple[str, ...] = ROLES

    @classmethod
    def build(cls, modes: Sequence[str]) -> Labels:
        """Return the label sets with these modes ("COERCE/arrest")."""
        kinds = get_args(Kind)
        return cls(
            {
                "kind": kinds,
                "mode": (*kinds, *sorted(modes)),
                "status": get_args(Status),
                "negated": ("no", "yes"),
                "certainty": get_args(Certainty),
                "phase": (NOTHING, *get_args(Phase)),
                "basis": get_args(Basis),
            }
        )

    def of(self, claim: AnnotatedClaim) -> dict[str, int]:
        """Return the number of the right label of each head."""
        told = {
            "kind": claim.kind,
            "mode": f"{claim.kind}/{claim.mode}" if claim.mode else claim.kind,
            "status": claim.status,
            "negated": "yes" if claim.negated else "no",
            "certainty": claim.certainty,
            "phase": claim.phase or NOTHING,
            "basis": claim.basis,
        }
        return {head: self.heads[head].index(value) for head, value in told.items()}
