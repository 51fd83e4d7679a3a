"""How one try to deliver an alert went."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Whether it was taken; why not, in words without an address or a secret; ``final`` where no other try makes sense."""

    done: bool
    why: str | None = None
    final: bool = False
