"""Which briefs of a ledger were made: remembered in the ledger, so that the next one can say what changed since."""

from __future__ import annotations

from datetime import datetime

from foreshock.dates import utc_stamp
from foreshock.ledger import Ledger
from foreshock.ledger.query import moment
from foreshock.model import Entry

SPACE = "brief"
ALL = "*"  # no crisis has this name: the brief of the whole ledger


def remember_brief(ledger: Ledger, *, now: datetime, crisis: str | None = None) -> None:
    """Remember that a brief of a crisis, or of the whole ledger, was made; added, never changed.

    Raises:
        LedgerError: the ledger is open for reading only, or cannot be written.
    """
    stamp = utc_stamp(now)
    with ledger.joining() as store:
        last = store.get(SPACE, [crisis or ALL]).get(crisis or ALL)
        if last is None or last.known_at < stamp:
            store.put(SPACE, [Entry(crisis or ALL, 1 + (last.arrival if last else 0), stamp)])


def last_brief(ledger: Ledger, *, crisis: str | None = None, as_of: str | None = None) -> str | None:
    """Return the moment (a stamp) of the last brief of a crisis, or of the whole ledger, made by a moment; None without one.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    with ledger.joined() as store:
        found = store.get(SPACE, [crisis or ALL], as_of=moment(as_of) if as_of else None)
    return found[crisis or ALL].known_at if found else None
