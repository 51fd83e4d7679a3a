"""The tables of accounts: who may do what, the sessions and tokens that say who somebody is, and the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def account_tables(tables: MetaData) -> None:
    """Add the tables to the others."""
