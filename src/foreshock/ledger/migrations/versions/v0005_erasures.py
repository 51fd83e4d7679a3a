"""What vouches for redactions: one chain over the rows that lost words, and over the tombstones that say who asked."""

from __future__ import annotations

from typing import Any

revision = "0005"
down_revision = "0004"

# Table -> what names its rows, what its digest is made of: as they were in this version.
SEALED = {
    "documents": (("id", "version"), ("id", "version", "known_at", "source", "language", "depth", "sha256", "record")),
    "claims": (("no",), (
        "no", "id", "arrival", "document_id", "known_at", "published", "happened", "happened_to", "start", "end", "kind", "mode",
        "status", "negated", "language", "country", "place", "lat", "lon", "holders", "actor", "recipient", "confidence",
        "damaged", "coder", "record",
    )),
    "judgements": (("arrival",), ("id", "arrival", "known_at", "subject", "verdict", "by", "why", "record")),
    "crises": (("arrival",), ("name", "arrival", "known_at", "record")),
    "estimates": (("arrival",), (
        "id", "arrival", "known_at", "scenario", "subject", "country", "as_of", "horizon", "probability", "record",
    )),
    "outcomes": (("arrival",), (
        "id", "arrival", "known_at", "scenario", "country", "occurred", "checked_until", "source", "record",
    )),
    "audit": (("arrival",), ("arrival", "known_at", "who", "did", "record")),
    "watches": (("arrival",), ("id", "arrival", "known_at", "name", "record")),
    "alerts": (("arrival",), ("id", "arrival", "known_at", "watch_id", "subject", "record")),
}  # fmt: skip


def upgrade() -> None:
    """Make the table, and vouch for what was redacted before as it stands now."""
    import sqlalchemy as sa
    from alembic import op

    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    op.create_table(
        "erasures",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tombstone", sa.Integer(), nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("key", words, nullable=False),
        sa.Column("before", sa.LargeBinary(32), nullable=False),
        sa.Column("after", sa.LargeBinary(32), nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("chain", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("no"),
    )
    op.create_index("erasures_of_row", "erasures", ["name", "key", "no"])
    _vouch(op.get_bind())
    op.execute("INSERT INTO schema_version (version) VALUES (5)")


def _vouch(connection: Any) -> None:
    from sqlalchemy import select

    from foreshock.ledger.erasures import Erasures, tombstone_values
    from foreshock.ledger.tables import table

    stones = connection.execute(table("tombstones").select().order_by(table("tombstones").c.no)).all()
    if not stones:
        return  # a row without a salt that no tombstone accounts for stays unaccounted for
    made = Erasures(connection, stones[-1].no)
    for stone in stones:
        made.add("tombstones", str(stone.no), bytes(32), tombstone_values(stone))
    for name, (keys, columns) in SEALED.items():
        kept = table(name)
        wanted = select(*(kept.c[one] for one in columns), kept.c.digest).where(kept.c.salt.is_(None))
        for row in connection.execute(wanted.order_by(*(kept.c[one] for one in keys))).all():
            key = " ".join(str(getattr(row, one)) for one in keys)
            made.add(name, key, bytes(row.digest), [getattr(row, column) for column in columns])
    contents = table("contents")
    for row in connection.execute(contents.select().where(contents.c.bytes.is_(None)).order_by(contents.c.sha256)).all():
        made.add("contents", row.sha256, bytes(32), None)
