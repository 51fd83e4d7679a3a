"""The tables of accounts: who may do what, the sessions and tokens that say who somebody is, and the audit log.

Accounts, sessions and tokens stand as they are now: their rows change, and those of sessions that have ended go. What was done to
them stands in the audit log, which is only added to. No password, session or token is kept, only what it can be checked by.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def account_tables(tables: MetaData) -> None:
    """Add the tables to the others."""
    _accounts(tables)
    _keys(tables)
    _audit(tables)


def _accounts(tables: MetaData) -> None:
    """``password`` is an argon2id hash, null where the account has none; ``subject`` is that of an OIDC provider."""
    from sqlalchemy import Column, Table

    from foreshock.ledger.tables import words

    Table(
        "accounts",
        tables,
        Column("name", words(), primary_key=True),
        Column("role", words(), nullable=False),
        Column("password", words()),
        Column("subject", words(), unique=True),
        Column("opened_at", words(), nullable=False),
        Column("closed_at", words()),
    )


def _keys(tables: MetaData) -> None:
    """``digest`` is the SHA-256, in hex, of the secret; that is 32 random bytes, so it cannot be tried. ``id`` is the handle."""
    from sqlalchemy import Column, ForeignKey, Table

    from foreshock.ledger.tables import words

    Table(
        "sessions",
        tables,
        Column("digest", words(), primary_key=True),
        Column("id", words(), nullable=False, unique=True),
        Column("account", words(), ForeignKey("accounts.name"), nullable=False, index=True),
        Column("opened_at", words(), nullable=False),
        Column("seen_at", words(), nullable=False),
        Column("expires_at", words(), nullable=False),
        Column("address", words(), nullable=False),
        Column("agent", words(), nullable=False),
    )
    Table(
        "tokens",
        tables,
        Column("digest", words(), primary_key=True),
        Column("id", words(), nullable=False, unique=True),
        Column("account", words(), ForeignKey("accounts.name"), nullable=False, index=True),
        Column("name", words(), nullable=False),
        Column("scopes", words(), nullable=False),
        Column("made_at", words(), nullable=False),
        Column("expires_at", words()),
        Column("used_at", words()),
        Column("revoked_at", words()),
    )


def _audit(tables: MetaData) -> None:
    """Who did what, numbered in the order in which it was kept; none may be missing and each is sealed."""
    from sqlalchemy import Column, Index, Integer, Table

    from foreshock.ledger.tables import sealed, words

    audit = Table(
        "audit",
        tables,
        Column("arrival", Integer, primary_key=True, autoincrement=False),
        Column("known_at", words(), nullable=False),
        Column("who", words(), nullable=False),
        Column("did", words(), nullable=False),
        Column("record", words(), nullable=False),
        *sealed(),
    )
    Index("audit_by_who", audit.c.who, audit.c.arrival)
    Index("audit_by_did", audit.c.did, audit.c.arrival)
