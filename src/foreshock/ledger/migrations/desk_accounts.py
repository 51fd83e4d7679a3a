"""Schema 4: the tables of accounts: who may do what, the sessions and tokens that say who somebody is, and the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine


def make() -> None:
    """Make the tables as schema 4 has them; nothing that is there changes."""
    import sqlalchemy as sa

    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")
    _accounts(words)
    _keys(words)
    _audit(words)


def _accounts(words: TypeEngine[str]) -> None:
    import sqlalchemy as sa
    from alembic import op

    op.create_table(
        "accounts",
        sa.Column("name", words, nullable=False),
        sa.Column("role", words, nullable=False),
        sa.Column("password", words),
        sa.Column("subject", words),
        sa.Column("opened_at", words, nullable=False),
        sa.Column("closed_at", words),
        sa.PrimaryKeyConstraint("name"),
        sa.UniqueConstraint("subject"),
    )


def _keys(words: TypeEngine[str]) -> None:
    import sqlalchemy as sa
    from alembic import op

    op.create_table(
        "sessions",
        sa.Column("digest", words, nullable=False),
        sa.Column("id", words, nullable=False),
        sa.Column("account", words, nullable=False),
        sa.Column("opened_at", words, nullable=False),
        sa.Column("seen_at", words, nullable=False),
        sa.Column("expires_at", words, nullable=False),
        sa.Column("address", words, nullable=False),
        sa.Column("agent", words, nullable=False),
        sa.PrimaryKeyConstraint("digest"),
        sa.UniqueConstraint("id"),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"]),
    )
    op.create_index("ix_sessions_account", "sessions", ["account"])
    op.create_table(
        "tokens",
        sa.Column("digest", words, nullable=False),
        sa.Column("id", words, nullable=False),
        sa.Column("account", words, nullable=False),
        sa.Column("name", words, nullable=False),
        sa.Column("scopes", words, nullable=False),
        sa.Column("made_at", words, nullable=False),
        sa.Column("expires_at", words),
        sa.Column("used_at", words),
        sa.Column("revoked_at", words),
        sa.PrimaryKeyConstraint("digest"),
        sa.UniqueConstraint("id"),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"]),
    )
    op.create_index("ix_tokens_account", "tokens", ["account"])


def _audit(words: TypeEngine[str]) -> None:
    import sqlalchemy as sa
    from alembic import op

    op.create_table(
        "audit",
        sa.Column("arrival", sa.Integer(), nullable=False),
        sa.Column("known_at", words, nullable=False),
        sa.Column("who", words, nullable=False),
        sa.Column("did", words, nullable=False),
        sa.Column("record", words, nullable=False),
        sa.Column("salt", sa.LargeBinary(16)),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("arrival"),
    )
    op.create_index("audit_by_who", "audit", ["who", "arrival"])
    op.create_index("audit_by_did", "audit", ["did", "arrival"])
