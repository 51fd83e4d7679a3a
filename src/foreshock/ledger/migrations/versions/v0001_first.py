"""The first tables: documents, codings and claims, on SQLite only at the time."""

from __future__ import annotations

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables as Foreshock 0.1 made them."""
    import sqlalchemy as sa
    from alembic import op

    version = op.create_table("schema_version", sa.Column("version", sa.Integer, primary_key=True))
    op.bulk_insert(version, [{"version": 1}])
    op.create_table(
        "documents",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("known_at", sa.String(20), nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("depth", sa.String(8), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_table(
        "codings",
        sa.Column("document_id", sa.String(20), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("coder", sa.String(40), nullable=False),
        sa.Column("published", sa.String(20), nullable=False),
        sa.Column("published_by", sa.String(10)),
        sa.Column("known_at", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("document_id", "sequence"),
        sa.UniqueConstraint("document_id", "version", "coder", "published"),
        sa.ForeignKeyConstraint(["document_id", "version"], ["documents.id", "documents.version"]),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.String(20), nullable=False),
        sa.Column("document_id", sa.String(20), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("known_at", sa.String(20), nullable=False),
        sa.Column("published", sa.String(20), nullable=False),
        sa.Column("happened", sa.String(10)),
        sa.Column("happened_to", sa.String(10)),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("country", sa.String(3)),
        sa.Column("holders", sa.String, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("record", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("document_id", "sequence", "id"),
        sa.ForeignKeyConstraint(["document_id", "sequence"], ["codings.document_id", "codings.sequence"]),
    )
    op.create_index("claims_in_order", "claims", ["document_id", "sequence", "start"])
    op.create_index("claims_by_kind", "claims", ["kind", "status", "happened"])
    op.create_index("claims_by_place", "claims", ["country", "happened"])
