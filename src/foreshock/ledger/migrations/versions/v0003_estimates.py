"""Estimates of scenarios, and what came of them."""

from __future__ import annotations

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the two tables; nothing that is there changes."""
    import sqlalchemy as sa
    from alembic import op

    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "estimates",
        sa.Column("id", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("scenario", words, nullable=False),
        sa.Column("subject", words, nullable=False),
        sa.Column("country", words, nullable=False),
        sa.Column("as_of", words, nullable=False),
        sa.Column("horizon", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double()),
        sa.Column("record", words, nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("arrival"),
    )
    op.create_index("estimates_of_question", "estimates", ["scenario", "country", "arrival"])
    op.create_table(
        "outcomes",
        sa.Column("id", words, nullable=False),
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("scenario", words, nullable=False),
        sa.Column("country", words, nullable=False),
        sa.Column("occurred", words),
        sa.Column("checked_until", words),
        sa.Column("source", words, nullable=False),
        sa.Column("record", words, nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("arrival"),
    )
    op.create_index("outcomes_of_question", "outcomes", ["scenario", "country", "arrival"])
    op.execute("INSERT INTO schema_version (version) VALUES (3)")
