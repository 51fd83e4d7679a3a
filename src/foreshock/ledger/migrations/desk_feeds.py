"""Schema 4: the tables of feeds: what is subscribed, how each feed is doing, which of its items were taken in."""

from __future__ import annotations


def make() -> None:
    """Make the tables as schema 4 has them; nothing that is there changes."""
