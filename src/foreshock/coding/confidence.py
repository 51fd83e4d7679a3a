"""How sure a rule-coded claim is: the probability that it is wholly right, from what is known of how it was found.

Two logistic curves, multiplied: that standing and holders are right, and that the act and its slots are, given that. Their
weights stand in ``confidence.yaml`` with the data they were fitted on; ``python -m training.fit_confidence`` fits them again to
the same numbers. A language has its own level and one temperature. Damage caps the result, as the contract demands; the caps
are policy.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.coding.events import Event
from foreshock.coding.frames import Governor
from foreshock.coding.status import Standing
from foreshock.knowledge import load_table
from foreshock.model import Damage
from foreshock.reading.languages.base import Clause

LEAST, MOST = 0.02, 0.98
CAPS = {
    "lost_number": 0.6, "suspect_number": 0.5, "unit_mismatch": 0.5, "fragment": 0.4, "polarity_suspect": 0.35, "mojibake": 0.4,
    "translated_name": 0.6, "glued_name": 0.65, "doubled_punctuation": 0.7,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a claim was found: what confidence is computed from.

    Attributes:
        language: ISO 639-1.
        values: feature -> value; absent features are 0. Names are those of ``confidence.yaml``.
    """

    language: str
    values: Mapping[str, float]


def evidence(
    language: str,
    clause: Clause,
    events: Sequence[Event],
    governors: Sequence[Governor],
    standing: Standing,
    *,
    holders: int,
    resolved: bool,
    length: int,
) -> Evidence:
    """Return the evidence of a claim.

    Args:
        events: the candidate's events, the strongest first.
        governors: what governs its clause.
        holders: how many hold it behind the document.
        resolved: whether one of them was found by resolving a pronoun or role, or carried over from another sentence.
        length: characters of the claim.
    """
    first = events[0] if events else None
    rivals = {one.kind for one in events[:3]}
    return Evidence(
        language,
        {
            "predicate_cue": float(first is not None and first.on_predicate),
            "noun_cue": float(first is not None and not first.on_predicate),
            "cue_score": min(first.score, 6.0) / 6.0 if first else 0.0,
            "rival_kinds": float(len(rivals) > 1),
            "governed": float(bool(governors)),
            "governed_twice": float(len(governors) > 1),
            "one_holder": float(holders == 1),
            "more_holders": float(holders > 1),
            "resolved": float(resolved),
            "embedded": float(clause.relation in ("content", "question")),
            "subordinate": float(clause.relation not in ("root", "coordinate", "content", "question")),
            "negated": float(standing.negated),
            "uncertain": float(standing.certainty != "certain"),
            "asserted": float(standing.status == "asserted"),
            "directive": float(standing.status in DIRECTED),
            "judged": float(standing.status in JUDGED),
            "moods": float(min(len(clause.moods), 2)),
            "length": math.log2(max(length, 4)) / 8.0,
        },
    )


DIRECTED = frozenset({"ordered", "permitted", "advised", "requested", "promised", "threatened", "planned", "wished"})
JUDGED = frozenset({"conditional", "forecast", "unknown", "rumoured", "assessed"})
FEATURES = (
    "predicate_cue", "noun_cue", "cue_score", "rival_kinds", "governed", "governed_twice", "one_holder", "more_holders",
    "resolved", "embedded", "subordinate", "negated", "uncertain", "asserted", "directive", "judged", "moods", "length",
)  # fmt: skip


@cache
def weights() -> Mapping[str, Any]:
    """Return the fitted weights with their provenance."""
    loaded: dict[str, Any] = load_table("foreshock.coding", "confidence.yaml")
    return loaded


def confidence(found: Evidence, *, damage: Sequence[Damage]) -> float:
    """Return the confidence of a claim in 0..1 with two places, capped by the worst damage that it touches."""
    table = weights()
    level = table["languages"].get(found.language) or table["languages"]["other"]
    standing = _logit(table["standing"], found) * level["temperature"] + level["standing"]
    slots = _logit(table["slots"], found) + level["slots"]
    value = min(max(_sigmoid(standing) * _sigmoid(slots), LEAST), MOST)
    return round(min([value, *(CAPS[one.kind] for one in damage)]), 2)


def _logit(curve: Mapping[str, float], found: Evidence) -> float:
    return float(curve["intercept"]) + sum(weight * found.values.get(name, 0.0) for name, weight in curve.items())


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-min(max(value, -30.0), 30.0)))
