"""KEEP: the append-only, bitemporal ledger."""

from foreshock.ledger.ledger import Kept, Ledger, Query

__all__ = ["Kept", "Ledger", "Query"]
