"""How sure a claim of the encoder is: the probability that it is wholly right, from what its networks were sure of.

A logistic curve over the logits of the probabilities that the claim is made of (its trigger, kind, standing, holder and slots),
fitted on a part of the corpus that the weights never saw, by groups; then a temperature for each language. Damage caps the
result by the same table as for the rules. The numbers stand in ``encoder.yaml``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from foreshock.coding.confidence import CAPS
from foreshock.coding.encoder.told import Told
from foreshock.model import Damage

LEAST, MOST = 0.02, 0.98
ROLES = ("c", "a", "r", "p", "w", "h")
FEATURES = ("trigger", "kind", "status", "negated", "mode", *ROLES, "worst", "roles")


def evidence(told: Told) -> dict[str, float]:
    """Return what confidence is computed from: the logit of each probability, the least of them, how many roles are told."""
    chances = {"trigger": told.trigger.probability}
    chances |= {head: told.labels[head].probability for head in ("kind", "status", "negated", "mode")}
    for role in ROLES:
        chances[role] = told.roles[role][0].probability if role in told.roles else told.absent[role]
    values = {name: _logit(chance) for name, chance in chances.items()}
    asked = [values[name] for name in values if name not in ("mode", "negated")]
    return {**values, "worst": min(asked), "roles": float(sum(role in told.roles for role in ROLES))}


def confidence(told: Told, language: str, *, damage: Sequence[Damage], table: Mapping[str, Any]) -> float:
    """Return the confidence in 0..1 with two places, capped by the worst damage that the claim touches.

    Args:
        told: what the networks told; ``language``: ISO 639-1 code of its sentence.
        damage: what the claim touches.
        table: ``calibration`` of ``encoder.yaml``: ``intercept``, ``weights`` by feature, ``languages``
            with ``temperature`` and ``level``.
    """
    values = evidence(told)
    logit = float(table["intercept"]) + sum(float(weight) * values[name] for name, weight in table["weights"].items())
    level = table["languages"].get(language) or table["languages"]["other"]
    value = 1 / (1 + math.exp(-min(max(logit * level["temperature"] + level["level"], -30.0), 30.0)))
    return round(min([min(max(value, LEAST), MOST), *(CAPS[one.kind] for one in damage)]), 2)


def _logit(chance: float) -> float:
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))
