"""Schema 4: the tables of watches: saved filters with a threshold, the alerts that they raised, and how each was delivered."""

from __future__ import annotations


def make() -> None:
    """Make the tables as schema 4 has them; nothing that is there changes."""
