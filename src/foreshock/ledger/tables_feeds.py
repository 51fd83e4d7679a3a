"""The tables of feeds: what is subscribed, how each feed is doing, which of its items were taken in.

They are the memory of a machine, not what was found: unlike those of claims, their rows change. They hold no words of an item:
these stand in the bytes of the answer that brought it (``contents``), and in its document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def feed_tables(tables: MetaData) -> None:
    """Add the tables to the others."""
    from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table

    from foreshock.ledger.tables import words

    feeds = Table(
        "feeds",
        tables,
        Column("id", words(), primary_key=True),
        Column("kind", words(), nullable=False),
        Column("address", words(), nullable=False),
        Column("name", words(), nullable=False),
        Column("categories", words(), nullable=False),
        Column("every", Integer, nullable=False),
        Column("full", Boolean, nullable=False),
        Column("added_at", words(), nullable=False),
        Column("dropped_at", words()),
        Column("etag", words(), nullable=False),
        Column("modified", words(), nullable=False),
        Column("body", words(), nullable=False),
        Column("moved_to", words(), nullable=False),
        Column("polled_at", words(), nullable=False),
        Column("good_at", words(), nullable=False),
        Column("due_at", words(), nullable=False),
        Column("gone_at", words(), nullable=False),
        Column("failures", Integer, nullable=False),
        Column("error", words(), nullable=False),
        Column("polls", Integer, nullable=False),
        Column("unchanged", Integer, nullable=False),
    )
    Index("feeds_due", feeds.c.due_at)
    Table(
        "feed_answers",
        tables,
        Column("no", Integer, primary_key=True, autoincrement=False),
        Column("feed_id", words(), nullable=False),
        Column("sha256", words(), nullable=False),
        Column("record", words(), nullable=False),
    )
    items = Table(
        "feed_items",
        tables,
        Column("no", Integer, nullable=False, unique=True),
        Column("feed_id", words(), nullable=False),
        Column("key", words(), nullable=False),
        Column("digest", words(), nullable=False),
        Column("place", words(), nullable=False),
        Column("link", words(), nullable=False),
        Column("state", words(), nullable=False),
        Column("answer", Integer),
        Column("url", words(), nullable=False),
        Column("document_id", words(), nullable=False),
        Column("full", Boolean, nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("seen_at", words(), nullable=False),
        Column("due_at", words(), nullable=False),
        Column("error", words(), nullable=False),
        PrimaryKeyConstraint("feed_id", "key", "digest"),
    )
    Index("feed_items_waiting", items.c.state, items.c.due_at)
    Index("feed_items_by_link", items.c.link)
