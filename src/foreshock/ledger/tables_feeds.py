"""The tables of feeds: what is subscribed, how each feed is doing, which of its items were taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def feed_tables(tables: MetaData) -> None:
    """Add the tables to the others."""
