"""Labels that cannot go together are settled by the surer of the two, so that no claim says what no annotator may write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from foreshock.coding.encoder.told import Told
from foreshock.model.values import Basis, Certainty, Kind, Phase, Status

# Of these the standing itself rejects; a negation beside it would say the opposite.
REJECTING = frozenset({"denied", "retracted"})
# What is only to come, or not known, has neither ended nor been foiled.
OPEN = frozenset({"planned", "promised", "threatened", "wished", "requested", "conditional", "forecast", "unknown", "advised"})
OVER = frozenset({"ended", "foiled", "attempted"})
NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Settled:
    """The labels of a claim that may stand together."""

    kind: Kind
    mode: str | None
    status: Status
    negated: bool
    certainty: Certainty
    phase: Phase | None
    basis: Basis


def settled_labels(told: Told) -> Settled:
    """Return the labels of a claim, those that cannot stand beside its standing left out."""
    value = {head: label.value for head, label in told.labels.items()}
    status = value["status"]
    _, _, mode = value["mode"].partition("/")
    phase = None if value["phase"] == NOTHING or (status in OPEN and value["phase"] in OVER) else value["phase"]
    return Settled(
        cast(Kind, value["kind"]),
        mode or None,
        cast(Status, status),
        value["negated"] == "yes" and status not in REJECTING,
        cast(Certainty, value["certainty"]),
        cast(Phase | None, phase),
        cast(Basis, value["basis"]),
    )
