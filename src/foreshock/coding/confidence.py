"""How sure a rule-coded claim is, until it is calibrated on held-back data.

The number is a policy table over what is known to go wrong: no cue for the kind, a weak cue, damage under the words. Damage
caps it, as the contract demands. Calibration on the corpus (a later measure) will replace the table by a fitted curve.
"""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.coding.events import Event
from foreshock.coding.status import Standing
from foreshock.model import Damage

BASE = {"predicate": 0.7, "noun": 0.55, "none": 0.35}
ATTRIBUTED = 0.05
UNMARKED_STATUS = -0.05
CAPS = {
    "lost_number": 0.6, "suspect_number": 0.5, "unit_mismatch": 0.5, "fragment": 0.4, "polarity_suspect": 0.35, "mojibake": 0.4,
    "translated_name": 0.6, "glued_name": 0.65, "doubled_punctuation": 0.7,
}  # fmt: skip


def confidence(event: Event | None, standing: Standing, *, damage: Sequence[Damage], attributed: bool) -> float:
    """Return a confidence in 0..1: the base of the cue, adjusted, capped by the worst damage that the claim touches."""
    value = BASE["none"] if event is None else BASE["predicate"] if event.on_predicate else BASE["noun"]
    value += ATTRIBUTED if attributed else 0.0
    value += UNMARKED_STATUS if standing.certainty != "certain" else 0.0
    return round(min([value, *(CAPS[one.kind] for one in damage)]), 2)
