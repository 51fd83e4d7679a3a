"""Schema 4: the tables of accounts: who may do what, the sessions and tokens that say who somebody is, and the audit log."""

from __future__ import annotations


def make() -> None:
    """Make the tables as schema 4 has them; nothing that is there changes."""
