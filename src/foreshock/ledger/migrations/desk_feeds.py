"""Schema 4: the tables of feeds: what is subscribed, how each feed is doing, which of its items were taken in."""

from __future__ import annotations


def make() -> None:
    """Make the tables as schema 4 has them; nothing that is there changes."""
    import sqlalchemy as sa
    from alembic import op

    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "feeds",
        sa.Column("id", words, nullable=False),
        sa.Column("kind", words, nullable=False),
        sa.Column("address", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("categories", words, nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("added_at", words, nullable=False),
        sa.Column("dropped_at", words),
        sa.Column("etag", words, nullable=False),
        sa.Column("modified", words, nullable=False),
        sa.Column("body", words, nullable=False),
        sa.Column("moved_to", words, nullable=False),
        sa.Column("polled_at", words, nullable=False),
        sa.Column("good_at", words, nullable=False),
        sa.Column("due_at", words, nullable=False),
        sa.Column("gone_at", words, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", words, nullable=False),
        sa.Column("polls", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("feeds_due", "feeds", ["due_at"])
    op.create_table(
        "feed_answers",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("feed_id", words, nullable=False),
        sa.Column("sha256", words, nullable=False),
        sa.Column("record", words, nullable=False),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_table(
        "feed_items",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("feed_id", words, nullable=False),
        sa.Column("key", words, nullable=False),
        sa.Column("digest", words, nullable=False),
        sa.Column("place", words, nullable=False),
        sa.Column("link", words, nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("answer", sa.Integer()),
        sa.Column("url", words, nullable=False),
        sa.Column("document_id", words, nullable=False),
        sa.Column("full", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("seen_at", words, nullable=False),
        sa.Column("due_at", words, nullable=False),
        sa.Column("error", words, nullable=False),
        sa.PrimaryKeyConstraint("feed_id", "key", "digest"),
        sa.UniqueConstraint("no"),
    )
    op.create_index("feed_items_waiting", "feed_items", ["state", "due_at"])
    op.create_index("feed_items_by_link", "feed_items", ["link"])
