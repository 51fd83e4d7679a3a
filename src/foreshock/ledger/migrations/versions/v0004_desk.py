"""What the desk keeps beside claims: feeds, watches and their alerts, accounts."""

from __future__ import annotations

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; nothing that is there changes."""
    from alembic import op

    from foreshock.ledger.migrations import desk_accounts, desk_feeds, desk_watches

    for part in (desk_feeds, desk_watches, desk_accounts):
        part.make()
    op.execute("INSERT INTO schema_version (version) VALUES (4)")
