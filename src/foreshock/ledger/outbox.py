"""The outbox: alerts that are still to be delivered, so that a kill neither loses nor forgets one.

A delivery is put down with its alert. Whoever delivers takes some for a while (a lease), sends, and says how it went; where he is
killed between sending and saying so, it is due again when the lease ends. So every alert is delivered at least once, and may be
delivered twice: its id is the same each time, and a receiver that has seen it drops it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.dates import utc_stamp
from foreshock.ledger.backend import connected
from foreshock.ledger.tables import table
from foreshock.model import Alert, Channel, Delivery, DeliveryState, Watch

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from foreshock.ledger.ledger import Ledger

LEASE = timedelta(minutes=10)
OPEN: tuple[DeliveryState, ...] = ("waiting", "sending")
_watch = msgspec.json.Decoder(Watch).decode


class Outbox:
    """What is to be delivered, of an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._backend = ledger._backend

    def deliveries(
        self, *, watch: str | None = None, states: Iterable[DeliveryState] = (), limit: int | None = None
    ) -> list[Delivery]:
        """Return deliveries, of one watch or of all and in some states or in any, those of the latest alerts first."""
        with connected(self._backend, "read") as connection:
            found = _found(connection, states=tuple(states))
        return [one for one in found if watch in (None, one.watch)][:limit]

    def take(self, *, now: datetime, limit: int, lease: timedelta = LEASE) -> list[Delivery]:
        """Take deliveries that are due, the oldest first, for as long as the lease; nobody else gets them until then.

        Of ``limit`` that are looked at, one whose watch or channel is gone is dropped.
        """
        stamp, until = utc_stamp(now), utc_stamp(now + lease)
        kept = table("deliveries")
        with connected(self._backend, "write", writes=True) as connection:
            taken: list[Delivery] = []
            values: dict[str, str | int]
            for one in _found(connection, states=OPEN, due=stamp, oldest=limit):
                if one.channel is None:
                    values = {"state": "dropped", "why": "the watch has this channel no longer", "at": stamp}
                else:
                    values = {"state": "sending", "tries": one.tries + 1, "due": until, "at": stamp}
                    taken.append(replace(one, state="sending", tries=one.tries + 1, due=until, at=stamp))
                connection.execute(kept.update().where(*_same(one.id)).values(**values))
            return taken

    def settle(
        self, delivery: Delivery, state: DeliveryState, *, now: datetime, due: datetime | None = None, why: str | None = None
    ) -> bool:
        """Say how a delivery that was taken went; return False where its lease ended and another has it.

        Args:
            delivery: as :meth:`take` gave it.
            state: "sent"; "waiting" for another try; "dead" where no more are made; "dropped".
            now: the moment.
            due: when the next try is to be made.
            why: what went wrong, in words without an address or a secret.
        """
        kept = table("deliveries")
        values = {"state": state, "due": utc_stamp(due or now), "at": utc_stamp(now), "why": why}
        mine = (kept.c.state == "sending", kept.c.tries == delivery.tries)
        with connected(self._backend, "write", writes=True) as connection:
            done = connection.execute(kept.update().where(*_same(delivery.id), *mine).values(**values))
            return done.rowcount == 1

    def revive(self, ids: Iterable[str] = (), *, now: datetime) -> int:
        """Give dead deliveries, all or those of some ids, another round of tries; return how many."""
        kept = table("deliveries")
        values = {"state": "waiting", "tries": 0, "due": utc_stamp(now), "at": utc_stamp(now)}
        wanted = set(ids)
        with connected(self._backend, "write", writes=True) as connection:
            dead = [one for one in _found(connection, states=("dead",)) if not wanted or one.id in wanted]
            for one in dead:
                connection.execute(kept.update().where(*_same(one.id)).values(**values))
            return len(dead)


def put(connection: Connection, watch_id: str, alerts: Sequence[Alert], channels: Sequence[Channel], stamp: str) -> None:
    """Put alerts into the outbox, one delivery for each channel; in the transaction that keeps them."""
    rows = [
        {
            "alert_id": alert.id, "channel": key, "watch_id": watch_id, "state": "waiting", "tries": 0, "due": stamp,
            "at": stamp, "why": None,
        }
        for alert in alerts
        for key in dict.fromkeys(one.key for one in channels)
    ]  # fmt: skip
    if rows:
        connection.execute(table("deliveries").insert(), rows)


def _found(
    connection: Connection, *, states: Sequence[DeliveryState], due: str | None = None, oldest: int | None = None
) -> list[Delivery]:
    """Return deliveries, those of the latest alerts first, or so many of the oldest; each with its channel as it is now."""
    from sqlalchemy import select

    kept, alerts = table("deliveries"), table("alerts")
    order = alerts.c.arrival.desc() if oldest is None else alerts.c.arrival
    wanted = select(kept).join(alerts, alerts.c.id == kept.c.alert_id).order_by(order, kept.c.channel).limit(oldest)
    if states:
        wanted = wanted.where(kept.c.state.in_(states))
    if due is not None:
        wanted = wanted.where(kept.c.due <= due)
    rows = connection.execute(wanted).all()
    names, channels = _channels(connection) if rows else ({}, {})
    return [_delivery(row, names[row.watch_id], channels.get((row.watch_id, row.channel))) for row in rows]


def _channels(connection: Connection) -> tuple[dict[str, str], dict[tuple[str, str], Channel]]:
    from sqlalchemy import select

    kept = table("watches")
    rows = connection.execute(select(kept.c.id, kept.c.name, kept.c.record).order_by(kept.c.arrival)).all()
    latest = {row.id: row for row in rows}
    names = {key: row.name for key, row in latest.items()}
    watches = {key: _watch(row.record) for key, row in latest.items() if row.record is not None}
    return names, {(key, channel.key): channel for key, watch in watches.items() for channel in watch.channels}


def _delivery(row: Any, watch: str, channel: Channel | None) -> Delivery:
    key = f"{row.alert_id}.{row.channel}"
    return Delivery(key, row.alert_id, watch, channel, row.state, row.tries, row.due, row.at, row.why)


def _same(delivery_id: str) -> tuple[Any, Any]:
    kept = table("deliveries")
    alert, _, channel = delivery_id.partition(".")
    return kept.c.alert_id == alert, kept.c.channel == channel
