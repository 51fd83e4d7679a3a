"""What is subscribed and how it is doing; the items of a poll and what the server said of its version are kept together.

A poll ends in one transaction (:meth:`Feeds.settle`): the bytes that came, the items in them that are new or have other words,
and the marks for the next poll. So a mark never tells a server that we have what we do not have, wherever the power goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.dates import utc_stamp
from foreshock.errors import LedgerError
from foreshock.ledger.backend import connected
from foreshock.ledger.feed_queue import Arrived, arrive, counts
from foreshock.ledger.ledger import Ledger
from foreshock.ledger.rows import plain
from foreshock.ledger.tables import table
from foreshock.model import Feed, FeedHealth, FeedMark, FeedState

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_encode = msgspec.json.Encoder().encode
_categories = msgspec.json.Decoder(tuple[tuple[str, ...], ...]).decode
UNKNOWN = "foreshock feeds list shows what is watched"


@dataclass(frozen=True, slots=True)
class PollEnd:
    """How a poll of a feed ended.

    Attributes:
        due: when it is asked again.
        error: what went wrong, "" where it went well; a failure leaves the mark as it was.
        mark: for the next poll, None where the one before stays.
        unchanged: whether the server said that nothing is new.
        gone: whether it is gone for good and is asked no more.
        name: what the feed calls itself; it becomes its name where it has none.
        arrived: items with the bytes that they stand in.
    """

    due: datetime
    error: str = ""
    mark: FeedMark | None = None
    unchanged: bool = False
    gone: bool = False
    name: str = ""
    arrived: Sequence[Arrived] = ()


class Feeds:
    """The feeds of an open ledger.

    Args:
        ledger: open for writing, but for :meth:`all`, :meth:`find`, :meth:`mark` and :meth:`health`.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._backend = ledger._backend

    def add(self, feed: Feed, *, now: datetime) -> bool:
        """Watch a feed from now on; return False where it is watched already, whose name and rhythm then become the given ones.

        One that was dropped, or that was gone, is asked again; what it gave before is remembered.

        Raises:
            LedgerError: the ledger cannot be written.
        """
        return self.add_many([feed], now=now) == [True]

    def add_many(self, given: Sequence[Feed], *, now: datetime) -> list[bool]:
        """Watch several feeds from now on, all or none; return for each what :meth:`add` returns.

        Raises:
            LedgerError: the ledger cannot be written; none is watched that was not before.
        """
        with connected(self._backend, "write", writes=True) as connection:
            return [_add(connection, feed, utc_stamp(now)) for feed in given]

    def drop(self, feed_id: str, *, now: datetime) -> bool:
        """Watch a feed no more; its documents stay, and what it gave is remembered. Return False where it is not watched."""
        feeds = table("feeds")
        with connected(self._backend, "write", writes=True) as connection:
            changed = connection.execute(
                feeds.update().where(feeds.c.id == feed_id, feeds.c.dropped_at.is_(None)).values(dropped_at=utc_stamp(now))
            )
            return bool(changed.rowcount)

    def all(self) -> list[Feed]:
        """Return what is watched, by name and address."""
        from sqlalchemy import select

        feeds = table("feeds")
        with connected(self._backend, "read") as connection:
            rows = connection.execute(select(feeds).where(feeds.c.dropped_at.is_(None)).order_by(feeds.c.name, feeds.c.address))
            return [feed_of(row) for row in rows]

    def get(self, feed_id: str) -> Feed:
        """Return a feed by its id, also one that was dropped.

        Raises:
            LedgerError: there is no such feed.
        """
        feeds = table("feeds")
        with connected(self._backend, "read") as connection:
            row = connection.execute(feeds.select().where(feeds.c.id == feed_id)).first()
        if row is None:
            raise LedgerError(f"no feed has the id {feed_id!r}", remedy=UNKNOWN)
        return feed_of(row)

    def find(self, given: str) -> Feed:
        """Return the watched feed of an id, an address, or a name that only one has.

        Raises:
            LedgerError: there is none, or more than one of that name.
        """
        found = [one for one in self.all() if given in (one.id, one.address)] or [one for one in self.all() if one.name == given]
        if len(found) != 1:
            many = f"{len(found)} feeds are named" if found else "no feed has the id, address or name"
            raise LedgerError(f"{many} {given!r}", remedy="give its id" if found else UNKNOWN)
        return found[0]

    def mark(self, feed_id: str) -> FeedMark:
        """Return what the last good poll of a feed left.

        Raises:
            LedgerError: there is no such feed.
        """
        feeds = table("feeds")
        with connected(self._backend, "read") as connection:
            row = connection.execute(feeds.select().where(feeds.c.id == feed_id)).first()
        if row is None:
            raise LedgerError(f"no feed has the id {feed_id!r}", remedy=UNKNOWN)
        return FeedMark(row.etag, row.modified, row.body, row.moved_to)

    def failures(self, feed_id: str) -> int:
        """Return how many polls of a feed failed since the last good one."""
        feeds = table("feeds")
        with connected(self._backend, "read") as connection:
            row = connection.execute(feeds.select().where(feeds.c.id == feed_id)).first()
        return int(row.failures) if row is not None else 0

    def lease(self, *, now: datetime, until: datetime, limit: int = 100, ids: Sequence[str] | None = None) -> list[Feed]:
        """Return feeds that are due, the longest due first, and take them until a moment: no other watcher polls them meanwhile.

        One whose watcher was killed is due again at that moment.

        Args:
            now, until: the moment, and when they are due again if nothing is heard of them.
            limit: at most so many.
            ids: these feeds, due or not.
        """
        from sqlalchemy import select

        feeds = table("feeds")
        asked = feeds.c.due_at <= utc_stamp(now) if ids is None else feeds.c.id.in_(ids)
        wanted = select(feeds).where(feeds.c.dropped_at.is_(None), feeds.c.gone_at == "", asked)
        with connected(self._backend, "write", writes=True) as connection:
            rows = connection.execute(wanted.order_by(feeds.c.due_at, feeds.c.id).limit(limit)).all()
            if rows:
                taken = feeds.update().where(feeds.c.id.in_([row.id for row in rows]))
                connection.execute(taken.values(due_at=utc_stamp(until)))
            return [feed_of(row) for row in rows]

    def settle(self, feed_id: str, end: PollEnd, *, now: datetime) -> tuple[int, int]:
        """Keep how a poll ended: what came and then the marks, in one transaction; return how many items are new, and edited.

        Raises:
            LedgerError: there is no such feed, or the ledger cannot be written; nothing was kept, the marks neither.
        """
        feeds, at = table("feeds"), utc_stamp(now)
        with connected(self._backend, "write", writes=True) as connection:
            row = connection.execute(feeds.select().where(feeds.c.id == feed_id)).first()
            if row is None:
                raise LedgerError(f"no feed has the id {feed_id!r}", remedy=UNKNOWN)
            new, edited = arrive(connection, feed_id, end.arrived, now=at)
            values: dict[str, Any] = {"polled_at": at, "due_at": utc_stamp(end.due), "polls": row.polls + 1}
            values |= {"error": plain(end.error)[:1000], "failures": row.failures + 1 if end.error else 0}
            if not end.error:
                values |= {"good_at": at, "unchanged": row.unchanged + int(end.unchanged)}
                values |= {"name": plain(end.name)[:200]} if not row.name and end.name else {}
            if end.mark is not None:
                values |= {name: plain(getattr(end.mark, name)) for name in FeedMark.__dataclass_fields__}
            if end.gone:
                values["gone_at"] = at
            connection.execute(feeds.update().where(feeds.c.id == feed_id).values(values))
            return new, edited

    def health(self) -> list[FeedHealth]:
        """Return how each watched feed is doing, by name and address."""
        from sqlalchemy import select

        feeds = table("feeds")
        with connected(self._backend, "read", **self._backend.snapshot) as connection:
            rows = connection.execute(
                select(feeds).where(feeds.c.dropped_at.is_(None)).order_by(feeds.c.name, feeds.c.address)
            ).all()
            return _health(connection, rows)


def _add(connection: Connection, feed: Feed, at: str) -> bool:
    feeds = table("feeds")
    values: dict[str, Any] = {
        "name": plain(feed.name), "categories": _encode(feed.categories).decode(), "every": feed.every, "full": feed.full,
    }  # fmt: skip
    there = connection.execute(feeds.select().where(feeds.c.id == feed.id)).first()
    if there is None:
        connection.execute(feeds.insert(), _new(feed, at) | values)
        return True
    if not feed.name:
        values["name"] = there.name
    again = there.dropped_at is not None or there.gone_at != ""
    # Where it moved, and what is known of its last version, is forgotten too: it is asked as if for the first time.
    values |= dict.fromkeys(("etag", "modified", "body", "moved_to"), "")
    if again:
        values |= {"dropped_at": None, "gone_at": "", "due_at": "", "failures": 0, "error": ""}
    connection.execute(feeds.update().where(feeds.c.id == feed.id).values(values))
    return again


def _new(feed: Feed, at: str) -> dict[str, Any]:
    """The row of a feed that was never polled."""
    texts = dict.fromkeys(("etag", "modified", "body", "moved_to", "polled_at", "good_at", "due_at", "gone_at", "error"), "")
    numbers = dict.fromkeys(("failures", "polls", "unchanged"), 0)
    said = {"id": feed.id, "kind": feed.kind, "address": plain(feed.address), "added_at": feed.added_at or at}
    return {**texts, **numbers, **said, "dropped_at": None}


def feed_of(row: Row[Any]) -> Feed:
    """Return the feed of a row."""
    return Feed(
        row.id, row.kind, row.address, row.name, _categories(row.categories), row.every, bool(row.full), row.added_at
    )  # fmt: skip


def _health(connection: Connection, rows: Sequence[Row[Any]]) -> list[FeedHealth]:
    of = counts(connection)
    found = []
    for row in rows:
        said = of.get(row.id, {})
        state: FeedState = "gone" if row.gone_at else "failing" if row.failures else "ok" if row.good_at else "new"
        found.append(
            FeedHealth(
                feed=feed_of(row), state=state, moved_to=row.moved_to, last_polled=row.polled_at, last_good=row.good_at,
                next_due="" if row.gone_at else row.due_at, failures=row.failures, error=row.error, polls=row.polls,
                unchanged=row.unchanged, items=said.get("items", 0), kept=said.get("kept", 0), stubs=said.get("stub", 0),
                waiting=said.get("waiting", 0), failed=said.get("failed", 0), edits=said.get("edits", 0),
            )
        )  # fmt: skip
    return found
