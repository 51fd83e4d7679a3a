"""Watches in a ledger: what is watched for, the alerts that were raised, and what was last seen.

Watches and alerts are only added to. What was last seen moves together with the alerts that came of it, in one transaction and
only from the state that was read: two evaluations at once raise nothing twice. The alerts of that transaction are put into the
outbox in it too (:mod:`foreshock.ledger.outbox`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.backend import connected
from foreshock.ledger.deciding import add_sealed, next_arrival
from foreshock.ledger.outbox import put
from foreshock.ledger.query import moment
from foreshock.ledger.rows import plain
from foreshock.ledger.tables import table
from foreshock.model import Alert, Watch, WatchState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from foreshock.ledger.ledger import Ledger

WATCH = ("id", "arrival", "known_at", "name", "record")
ALERT = ("id", "arrival", "known_at", "watch_id", "subject", "record")
Marks = Mapping[tuple[str, str], Mapping[str, Any] | None]
MANY = 500
_encode = msgspec.json.Encoder().encode
_watch = msgspec.json.Decoder(Watch).decode
_alert = msgspec.json.Decoder(Alert).decode


class Watches:
    """The watches of an open ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._backend = ledger._backend

    def keep(self, watch: Watch, *, now: datetime) -> bool:
        """Keep a watch, or change the one of its name from now on; return False where it stands so already.

        Raises:
            LedgerError: it has no name or no trigger.
        """
        if not watch.name.strip() or not watch.triggers:
            raise LedgerError(
                f"the watch {watch.name!r} has no {'threshold' if watch.name.strip() else 'name'}",
                remedy="foreshock watches add NAME --on dispute",
            )
        with connected(self._backend, "write", writes=True) as connection:
            known = _named(connection, watch.name)
            if known is not None and known[1] == watch:
                return False
            _add(connection, known[0] if known else token_hex(10), plain(watch.name), watch, now)
            return True

    def drop(self, name: str, *, now: datetime) -> bool:
        """Drop a watch from now on and forget what it saw; its alerts stay. Return False where there is none."""
        with connected(self._backend, "write", writes=True) as connection:
            known = _named(connection, name)
            if known is None or known[1] is None:
                return False
            _add(connection, known[0], plain(name), None, now)
            states, marks = table("watch_states"), table("watch_marks")
            connection.execute(states.update().where(states.c.watch_id == known[0]).values(definition=""))
            connection.execute(marks.delete().where(marks.c.watch_id == known[0]))
            return True

    def every(self, as_of: str | None = None) -> list[Watch]:
        """Return the watches that were kept at a moment and not dropped, by name."""
        with connected(self._backend, "read") as connection:
            found = [one for _, one in _latest(connection, as_of).values() if one is not None]
        return sorted(found, key=lambda one: one.name)

    def get(self, name: str) -> Watch:
        """Return the watch of a name.

        Raises:
            LedgerError: there is none.
        """
        with connected(self._backend, "read") as connection:
            return _wanted(connection, name)[1]

    def state(self, name: str) -> WatchState:
        """Return what a watch saw last; version 0 before its first evaluation.

        Raises:
            LedgerError: there is no watch of that name.
        """
        with connected(self._backend, "read", **self._backend.snapshot) as connection:
            return _state(connection, _wanted(connection, name)[0])

    def commit(
        self,
        watch: Watch,
        before: WatchState,
        *,
        marks: Marks,
        alerts: Sequence[Alert],
        arrival: int,
        now: datetime,
    ) -> bool:
        """Move a watch on from the state that was read, keep its alerts and put them into the outbox: all or nothing.

        Args:
            watch: as it was evaluated.
            before: as :meth:`state` gave it; where another evaluation came between, nothing is kept and False returned.
            marks: those that are new or changed, None for one to be forgotten; with another definition, all there are.
            alerts: in the order in which they are to be told.
            arrival: the last coding that was seen.
            now: the moment of the evaluation.
        """
        stamp = utc_stamp(now)
        with connected(self._backend, "write", writes=True) as connection:
            if _state(connection, before.watch_id, marks=False).version != before.version:
                return False
            _, known = _latest(connection, None).get(before.watch_id, ("", None))
            if known is None or known.definition != watch.definition:
                return False
            _keep_state(connection, before, watch.definition, stamp, arrival)
            _keep_marks(connection, before, marks, anew=before.definition != watch.definition)
            _keep_alerts(connection, before.watch_id, alerts, stamp)
            put(connection, before.watch_id, alerts, watch.channels, stamp)
            return True

    def last_received(self, source: str | None) -> tuple[str, str] | None:
        """Return when the last text of a source, or of any, was taken in, and the id of its document; None where none was."""
        from sqlalchemy import select

        codings, documents = table("codings"), table("documents")
        wanted = select(codings.c.known_at, codings.c.document_id).order_by(codings.c.arrival.desc()).limit(1)
        if source is not None:
            same = (documents.c.id == codings.c.document_id) & (documents.c.version == codings.c.version)
            wanted = wanted.join(documents, same).where(documents.c.source == plain(source))
        with connected(self._backend, "read") as connection:
            row = connection.execute(wanted).first()
        return None if row is None else (row.known_at, row.document_id)

    def alerts(self, watch: str | None = None, *, as_of: str | None = None, limit: int | None = None) -> list[Alert]:
        """Return alerts that were raised by a moment, of one watch or of all, the latest first, at most ``limit``.

        Those of a watch that was dropped, or that had its name before, are among them.
        """
        from sqlalchemy import select

        kept, watches = table("alerts"), table("watches")
        wanted = select(kept.c.record).order_by(kept.c.arrival.desc()).limit(limit)
        if watch is not None:
            wanted = wanted.where(kept.c.watch_id.in_(select(watches.c.id).where(watches.c.name == plain(watch))))
        if as_of is not None:
            wanted = wanted.where(kept.c.known_at <= moment(as_of))
        with connected(self._backend, "read") as connection:
            return [_alert(record) for record in connection.execute(wanted).scalars()]

    def alert(self, alert_id: str) -> Alert:
        """Return one alert.

        Raises:
            LedgerError: there is none of that id.
        """
        from sqlalchemy import select

        kept = table("alerts")
        with connected(self._backend, "read") as connection:
            record = connection.execute(select(kept.c.record).where(kept.c.id == alert_id)).scalar()
        if record is None:
            raise LedgerError(f"there is no alert {alert_id!r}", remedy="foreshock alerts list shows the ids")
        return _alert(record)


def _latest(connection: Connection, as_of: str | None) -> dict[str, tuple[str, Watch | None]]:
    """Return id -> (name, watch or None where it was dropped), of all that were ever kept by then."""
    from sqlalchemy import select

    kept = table("watches")
    wanted = select(kept.c.name, kept.c.id, kept.c.record).order_by(kept.c.arrival)
    if as_of is not None:
        wanted = wanted.where(kept.c.known_at <= moment(as_of))
    return {row.id: (row.name, None if row.record is None else _watch(row.record)) for row in connection.execute(wanted)}


def _named(connection: Connection, name: str) -> tuple[str, Watch | None] | None:
    """Return id and watch of a name, the watch None where it was dropped; None where there never was one."""
    known = _latest(connection, None).items()
    return next(((watch_id, watch) for watch_id, (kept, watch) in known if kept == plain(name)), None)


def _wanted(connection: Connection, name: str) -> tuple[str, Watch]:
    found = _named(connection, name)
    if found is None or found[1] is None:
        known = sorted(kept for kept, watch in _latest(connection, None).values() if watch is not None)
        raise LedgerError(
            f"there is no watch {name!r}",
            remedy=f"those known: {', '.join(known) or 'none is kept yet'}; foreshock watches add keeps one",
        )
    return found[0], found[1]


def _add(connection: Connection, watch_id: str, name: str, watch: Watch | None, now: datetime) -> None:
    record = None if watch is None else _encode(watch).decode()
    arrival = next_arrival(connection, table("watches"))
    add_sealed(connection, "watches", WATCH, [(watch_id, arrival, utc_stamp(now), name, record)])


def _state(connection: Connection, watch_id: str, *, marks: bool = True) -> WatchState:
    from sqlalchemy import select

    states, kept = table("watch_states"), table("watch_marks")
    row = connection.execute(select(states).where(states.c.watch_id == watch_id)).first()
    if row is None:
        return WatchState(watch_id)
    found = {}
    if marks:
        rows = connection.execute(select(kept).where(kept.c.watch_id == watch_id))
        found = {(one.trigger, one.subject): msgspec.json.decode(one.value) for one in rows}
    return WatchState(watch_id, row.version, row.definition, row.evaluated_at, row.arrival, found)


def _keep_state(connection: Connection, before: WatchState, definition: str, stamp: str, arrival: int) -> None:
    states = table("watch_states")
    values = {"version": before.version + 1, "definition": definition, "evaluated_at": stamp, "arrival": arrival}
    if before.version:
        connection.execute(states.update().where(states.c.watch_id == before.watch_id).values(**values))
    else:
        connection.execute(states.insert().values(watch_id=before.watch_id, **values))


def _keep_marks(connection: Connection, before: WatchState, marks: Marks, *, anew: bool) -> None:
    kept = table("watch_marks")
    mine = kept.c.watch_id == before.watch_id
    if anew:
        connection.execute(kept.delete().where(mine))
    else:
        for trigger, subject in marks.keys() & before.marks.keys():
            connection.execute(kept.delete().where(mine, kept.c.trigger == trigger, kept.c.subject == subject))
    rows = [
        {"watch_id": before.watch_id, "trigger": trigger, "subject": subject, "value": msgspec.json.encode(value).decode()}
        for (trigger, subject), value in marks.items()
        if value is not None
    ]
    for at in range(0, len(rows), MANY):
        connection.execute(kept.insert(), rows[at : at + MANY])


def _keep_alerts(connection: Connection, watch_id: str, alerts: Sequence[Alert], stamp: str) -> None:
    from sqlalchemy import func, select

    kept = table("alerts")
    first = next_arrival(connection, kept)
    # A clock that was set back is not followed.
    known_at = max(stamp, str(connection.execute(select(func.max(kept.c.known_at))).scalar() or ""))
    rows = [(one.id, first + n, known_at, watch_id, one.subject, _encode(one).decode()) for n, one in enumerate(alerts)]
    add_sealed(connection, "alerts", ALERT, rows)
