"""How sure a claim of the surface rules is: low and capped, since no grammar stands behind it.

A start by what names the act, small steps for what bears it out, a cap, and the caps of damage. Policy, not fitted: it is meant
to stand below what the rules of parsed languages give.
"""

from __future__ import annotations

from collections.abc import Sequence

from foreshock.coding.confidence import CAPS
from foreshock.coding.shallow.events import Event
from foreshock.coding.shallow.standing import Standing
from foreshock.model import Damage

PREDICATE, NOUN, FURTHER_WORD, SLOT, GOVERNED, NEGATED = 0.4, 0.28, 0.05, 0.02, -0.05, -0.08
CAP, LEAST = 0.55, 0.05


def confidence_of(event: Event, standing: Standing, *, slots: int, damage: Sequence[Damage]) -> float:
    """Return the confidence of a claim, at most 0.55.

    Args:
        event: what names the act; standing: what its standing rests on.
        slots: how many of actor, place, time and figures were found.
        damage: damage that the claim touches.
    """
    value = (PREDICATE if event.on_predicate else NOUN) + FURTHER_WORD * min(event.found.value.words - 1, 2) + SLOT * slots
    value += GOVERNED * len(standing.voices) + NEGATED * standing.negated
    return round(max(LEAST, min([value, CAP, *(CAPS[one.kind] for one in damage)])), 2)
