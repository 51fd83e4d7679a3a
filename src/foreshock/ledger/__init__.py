"""KEEP: the append-only, bitemporal ledger."""

from foreshock.ledger.ledger import Ledger
from foreshock.ledger.query import Query
from foreshock.ledger.writing import Batch, Kept

__all__ = ["Batch", "Kept", "Ledger", "Query"]
