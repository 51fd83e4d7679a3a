"""The tables of what is known beside claims: decisions, estimates and outcomes, what joining remembers, what was erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def joined_tables(tables: MetaData) -> None:
    """Add the tables to the others."""
    _people(tables)
    _estimates(tables)
    _tombstones(tables)
    _store(tables)


def _people(tables: MetaData) -> None:
    """Judgements and crises, each numbered in the order in which it was kept; a crisis without a record was dropped."""
    from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table

    from foreshock.ledger.tables import sealed, words

    Table(
        "judgements",
        tables,
        Column("id", words(), primary_key=True),
        Column("arrival", Integer, nullable=False, unique=True),
        Column("known_at", words(), nullable=False),
        Column("subject", words(), nullable=False),
        Column("verdict", words(), nullable=False),
        Column("by", words(), nullable=False),
        Column("why", words(), nullable=False),
        Column("record", words(), nullable=False),
        *sealed(),
    )
    Table(
        "crises",
        tables,
        Column("name", words(), nullable=False),
        Column("arrival", Integer, nullable=False),
        Column("known_at", words(), nullable=False),
        Column("record", words()),
        *sealed(),
        PrimaryKeyConstraint("name", "arrival"),
    )


def _estimates(tables: MetaData) -> None:
    """Estimates, and what came of scenarios in countries, each numbered in the order in which it was kept."""
    from sqlalchemy import Column, Double, Index, Integer, Table

    from foreshock.ledger.tables import sealed, words

    estimates = Table(
        "estimates",
        tables,
        Column("id", words(), primary_key=True),
        Column("arrival", Integer, nullable=False, unique=True),
        Column("known_at", words(), nullable=False),
        Column("scenario", words(), nullable=False),
        Column("subject", words(), nullable=False),
        Column("country", words(), nullable=False),
        Column("as_of", words(), nullable=False),
        Column("horizon", Integer, nullable=False),
        Column("probability", Double),
        Column("record", words(), nullable=False),
        *sealed(),
    )
    Index("estimates_of_question", *(estimates.c[one] for one in ("scenario", "country", "arrival")))
    outcomes = Table(
        "outcomes",
        tables,
        Column("id", words(), primary_key=True),
        Column("arrival", Integer, nullable=False, unique=True),
        Column("known_at", words(), nullable=False),
        Column("scenario", words(), nullable=False),
        Column("country", words(), nullable=False),
        Column("occurred", words()),
        Column("checked_until", words()),
        Column("source", words(), nullable=False),
        Column("record", words(), nullable=False),
        *sealed(),
    )
    Index("outcomes_of_question", *(outcomes.c[one] for one in ("scenario", "country", "arrival")))


def _tombstones(tables: MetaData) -> None:
    """One row for each redaction: the hash, under a key that is not kept here, of what was erased, and who, when and why."""
    from sqlalchemy import Column, Integer, LargeBinary, Table

    from foreshock.ledger.tables import words

    Table(
        "tombstones",
        tables,
        Column("no", Integer, primary_key=True, autoincrement=False),
        Column("known_at", words(), nullable=False),
        Column("what", words(), nullable=False),
        Column("about", words()),
        Column("hash", LargeBinary(32), nullable=False),
        Column("by", words(), nullable=False),
        Column("why", words(), nullable=False),
    )
    _erasures(tables)


def _erasures(tables: MetaData) -> None:
    """One row for each row that a redaction changed, in a chain: see :mod:`foreshock.ledger.erasures`."""
    from sqlalchemy import Column, Index, Integer, LargeBinary, Table

    from foreshock.ledger.tables import words

    erasures = Table(
        "erasures",
        tables,
        Column("no", Integer, primary_key=True, autoincrement=False),
        Column("tombstone", Integer, nullable=False),
        Column("name", words(), nullable=False),
        Column("key", words(), nullable=False),
        Column("before", LargeBinary(32), nullable=False),
        Column("after", LargeBinary(32), nullable=False),
        Column("salt", LargeBinary(16)),
        Column("chain", LargeBinary(32), nullable=False),
    )
    Index("erasures_of_row", erasures.c.name, erasures.c.key, erasures.c.no)


def _store(tables: MetaData) -> None:
    """What joining remembers: see ``model/entry.py``. A row of ``entries`` is a version; those of one id are told by arrival."""
    from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table

    from foreshock.ledger.tables import words

    entries = Table(
        "entries",
        tables,
        Column("space", words(), nullable=False),
        Column("id", words(), nullable=False),
        Column("arrival", Integer, nullable=False),
        Column("known_at", words(), nullable=False),
        Column("value", words(), nullable=False),
        Column("keys", words(), nullable=False),
        PrimaryKeyConstraint("space", "id", "arrival"),
    )
    Index("entries_by_arrival", entries.c.space, entries.c.arrival, entries.c.id)
    Table(
        "entry_keys",
        tables,
        Column("space", words(), nullable=False),
        Column("key", words(), nullable=False),
        Column("id", words(), nullable=False),
        Column("arrival", Integer, nullable=False),
        PrimaryKeyConstraint("space", "key", "id", "arrival"),
        sqlite_with_rowid=False,
    )
    Table(
        "counters",
        tables,
        Column("space", words(), nullable=False),
        Column("key", words(), nullable=False),
        Column("n", Integer, nullable=False),
        PrimaryKeyConstraint("space", "key"),
        sqlite_with_rowid=False,
    )
