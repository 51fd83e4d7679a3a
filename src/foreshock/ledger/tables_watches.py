"""The tables of watches: saved filters with a threshold, the alerts that they raised, and how each was delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def watch_tables(tables: MetaData) -> None:
    """Add the tables to the others."""
