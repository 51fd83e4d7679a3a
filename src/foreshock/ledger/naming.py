"""Which codings name private persons, read without their claims: what a page of claims needs, so that it tells them by role."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from foreshock.ledger.backend import connected
from foreshock.ledger.query import MOST_IDS
from foreshock.ledger.rows import document_of, persons_of
from foreshock.ledger.tables import table
from foreshock.model import Coding

if TYPE_CHECKING:
    from foreshock.ledger.ledger import Ledger

NOBODY = "[]"  # as the row of a coding says that its text names none


def naming(ledger: Ledger, arrivals: Collection[int]) -> Iterator[Coding]:
    """Yield those of some codings that name private persons, in order of arrival, each without its claims.

    Raises:
        LedgerError: the ledger cannot be read.
    """
    from sqlalchemy import select

    kept, documents = table("codings"), table("documents")
    same = (documents.c.id == kept.c.document_id) & (documents.c.version == kept.c.version)
    wanted = select(kept, documents.c.record).join(documents, same).where(kept.c.persons != NOBODY).order_by(kept.c.arrival)
    numbers = iter(sorted(set(arrivals)))
    while some := list(islice(numbers, MOST_IDS)):
        with connected(ledger._backend, "read") as connection:
            rows = connection.execute(wanted.where(kept.c.arrival.in_(some))).all()
        for row in rows:
            document = replace(document_of(row.record), published=row.published or None, published_by=row.published_by)
            yield Coding(document, (), row.coder, row.sequence, row.arrival, row.known_at, persons_of(row.persons))
