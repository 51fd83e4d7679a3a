"""Schema 4: the tables of watches: saved filters with a threshold, the alerts that they raised, and how each was delivered."""

from __future__ import annotations


def make() -> None:
    """Make the tables as schema 4 has them; nothing that is there changes."""
    import sqlalchemy as sa
    from alembic import op

    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "watches",
        sa.Column("id", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("record", words),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", "arrival"),
        sa.UniqueConstraint("arrival"),
    )
    op.create_index("ix_watches_name", "watches", ["name"])
    op.create_table(
        "alerts",
        sa.Column("id", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("watch_id", words, nullable=False),
        sa.Column("subject", words, nullable=False),
        sa.Column("record", words, nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("arrival"),
    )
    op.create_index("alerts_of_watch", "alerts", ["watch_id", "arrival"])
    op.create_table(
        "watch_states",
        sa.Column("watch_id", words, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("definition", words, nullable=False),
        sa.Column("evaluated_at", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("watch_id"),
    )
    op.create_table(
        "watch_marks",
        sa.Column("watch_id", words, nullable=False),
        sa.Column("trigger", words, nullable=False),
        sa.Column("subject", words, nullable=False),
        sa.Column("value", words, nullable=False),
        sa.PrimaryKeyConstraint("watch_id", "trigger", "subject"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "deliveries",
        sa.Column("alert_id", words, nullable=False),
        sa.Column("channel", words, nullable=False),
        sa.Column("watch_id", words, nullable=False),
        sa.Column("state", words, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("due", words, nullable=False),
        sa.Column("at", words, nullable=False),
        sa.Column("why", words),
        sa.PrimaryKeyConstraint("alert_id", "channel"),
    )
    op.create_index("deliveries_due", "deliveries", ["state", "due"])
