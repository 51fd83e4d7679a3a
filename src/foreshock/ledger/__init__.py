"""KEEP: the append-only, bitemporal ledger."""

from foreshock.ledger.ledger import Kept, Ledger
from foreshock.ledger.query import Query

__all__ = ["Kept", "Ledger", "Query"]
