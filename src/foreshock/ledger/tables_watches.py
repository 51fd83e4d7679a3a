"""The tables of watches: saved filters with a threshold, the alerts that they raised, and how each was delivered.

``watches`` and ``alerts`` are only added to, and sealed. What was last seen (``watch_states``, ``watch_marks``) and what is still
to be delivered (``deliveries``) change; neither holds a name: subjects, triggers and channels are ids and hashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def watch_tables(tables: MetaData) -> None:
    """Add the tables to the others."""
    _watches(tables)
    _states(tables)
    _deliveries(tables)


def _watches(tables: MetaData) -> None:
    """Watches, whose ``id`` is made by chance and stays; without a record it was dropped. Alerts in the order of raising."""
    from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table

    from foreshock.ledger.tables import sealed, words

    Table(
        "watches",
        tables,
        Column("id", words(), nullable=False),
        Column("arrival", Integer, nullable=False, unique=True),
        Column("known_at", words(), nullable=False),
        Column("name", words(), nullable=False, index=True),
        Column("record", words()),
        *sealed(),
        PrimaryKeyConstraint("id", "arrival"),
    )
    alerts = Table(
        "alerts",
        tables,
        Column("id", words(), primary_key=True),
        Column("arrival", Integer, nullable=False, unique=True),
        Column("known_at", words(), nullable=False),
        Column("watch_id", words(), nullable=False),
        Column("subject", words(), nullable=False),
        Column("record", words(), nullable=False),
        *sealed(),
    )
    Index("alerts_of_watch", alerts.c.watch_id, alerts.c.arrival)


def _states(tables: MetaData) -> None:
    """What an evaluation saw last; ``value`` is JSON text."""
    from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table

    from foreshock.ledger.tables import words

    Table(
        "watch_states",
        tables,
        Column("watch_id", words(), primary_key=True),
        Column("version", Integer, nullable=False),
        Column("definition", words(), nullable=False),
        Column("evaluated_at", words(), nullable=False),
        Column("arrival", Integer, nullable=False),
    )
    Table(
        "watch_marks",
        tables,
        Column("watch_id", words(), nullable=False),
        Column("trigger", words(), nullable=False),
        Column("subject", words(), nullable=False),
        Column("value", words(), nullable=False),
        PrimaryKeyConstraint("watch_id", "trigger", "subject"),
        sqlite_with_rowid=False,
    )


def _deliveries(tables: MetaData) -> None:
    """The outbox: one row for each alert and channel. ``why`` is in our own words."""
    from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table

    from foreshock.ledger.tables import words

    deliveries = Table(
        "deliveries",
        tables,
        Column("alert_id", words(), nullable=False),
        Column("channel", words(), nullable=False),
        Column("watch_id", words(), nullable=False),
        Column("state", words(), nullable=False),
        Column("tries", Integer, nullable=False),
        Column("due", words(), nullable=False),
        Column("at", words(), nullable=False),
        Column("why", words()),
        PrimaryKeyConstraint("alert_id", "channel"),
    )
    Index("deliveries_due", deliveries.c.state, deliveries.c.due)
