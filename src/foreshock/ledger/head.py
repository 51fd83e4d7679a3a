"""How far a ledger has come: what has to change before anything that was read of it can be out of date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foreshock.ledger.backend import connected
from foreshock.ledger.tables import table

if TYPE_CHECKING:
    from sqlalchemy import Select

    from foreshock.ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Head:
    """The last number of everything that is only added to.

    ``arrival`` is that of the last coding, ``joined`` of the last entry that joining kept; ``judged``, ``named``, ``weighed``,
    ``came`` and ``erased`` those of the last judgement, crisis, estimate, outcome and redaction. 0 where there is none.
    """

    arrival: int = 0
    joined: int = 0
    judged: int = 0
    named: int = 0
    weighed: int = 0
    came: int = 0
    erased: int = 0

    @property
    def decided(self) -> tuple[int, int, int]:
        """What people did: they expect to see it at once."""
        return self.judged, self.named, self.erased


JOINED = "progress"  # the space in which joining keeps how far it has come
COUNTED = {
    "arrival": ("codings", "arrival"),
    "joined": ("entries", "arrival"),
    "judged": ("judgements", "arrival"),
    "named": ("crises", "arrival"),
    "weighed": ("estimates", "arrival"),
    "came": ("outcomes", "arrival"),
    "erased": ("tombstones", "no"),
}


def head(ledger: Ledger) -> Head:
    """Return how far a ledger has come, by one statement that reads the ends of indexes only.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    from sqlalchemy import func, select

    def last(name: str, column: str) -> Select[tuple[int]]:
        end = select(func.coalesce(func.max(table(name).c[column]), 0))
        return end.where(table(name).c.space == JOINED) if name == "entries" else end

    wanted = select(*(last(name, column).scalar_subquery().label(what) for what, (name, column) in COUNTED.items()))
    with connected(ledger._backend, "read") as connection:
        return Head(**{name: int(value) for name, value in connection.execute(wanted).mappings().one().items()})
