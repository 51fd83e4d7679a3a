"""What joining remembers between runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One remembered thing: a signature of a document, an episode, the incident of a claim, a link between documents.

    Entries are only ever added: one with the same ``id`` and a later ``arrival`` supersedes. ``known_at`` is the moment from
    which it holds. ``keys`` are strings that it can be found under; ``value`` is JSON-ready.
    """

    id: str
    arrival: int
    known_at: str
    value: dict[str, Any] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
