"""The protocol that every coder stands behind: rules of a language now, a trained encoder later."""

from __future__ import annotations

from typing import Protocol

from foreshock.model import Claim, Reading


class Coder(Protocol):
    """Turns a reading into claims. ``name`` goes into every claim: "rules-ja@1"."""

    @property
    def name(self) -> str:
        """The coder's name and version."""

    def code(self, reading: Reading) -> tuple[Claim, ...]:
        """Return the claims of a reading in order of the text; deterministic."""
