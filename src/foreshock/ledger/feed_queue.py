"""The queue between polling and reading: items wait here, with the bytes that they stand in, until they are kept as documents."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from foreshock.dates import utc_stamp
from foreshock.ledger.backend import connected
from foreshock.ledger.ledger import Ledger
from foreshock.ledger.rows import plain
from foreshock.ledger.tables import table
from foreshock.model import FeedAnswer, FeedItem

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

_encode = msgspec.json.Encoder().encode
_answer = msgspec.json.Decoder(FeedAnswer).decode
COLUMNS = (
    "feed_id", "key", "digest", "place", "link", "state", "url", "document_id", "edits", "full", "attempts", "seen_at", "due_at",
    "error",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrived:
    """Items that came together: the bytes that they stand in and what is said of these; neither for files of a folder."""

    items: Sequence[FeedItem]
    answer: FeedAnswer | None = None
    data: bytes | None = None


def arrive(connection: Connection, feed_id: str, arrived: Sequence[Arrived], *, now: str) -> tuple[int, int]:
    """Put items that are new, or have other words, into the queue; return how many of each.

    Bytes are kept only where they bring something. An edit of an item that still waits takes its place.
    """
    known = _known(connection, feed_id, [item.key for one in arrived for item in one.items])
    new = edited = 0
    for one in arrived:
        fresh = [item for item in one.items if known.get(item.key, ("", ""))[0] != item.digest]
        if not fresh:
            continue
        number = None if one.answer is None else _keep_answer(connection, feed_id, one.answer, one.data or b"", now)
        for item in fresh:
            before = known.get(item.key)
            _put(connection, feed_id, item, number, now=now, before=before)
            new, edited = new + (before is None), edited + (before is not None)
            known[item.key] = (item.digest, "waiting")
    return new, edited


def _known(connection: Connection, feed_id: str, keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    from sqlalchemy import select

    items, found = table("feed_items"), dict[str, tuple[str, str]]()
    for at in range(0, len(keys), 500):
        wanted = select(items.c.key, items.c.digest, items.c.state).where(
            items.c.feed_id == feed_id, items.c.key.in_(keys[at : at + 500])
        )
        found |= {row.key: (row.digest, row.state) for row in connection.execute(wanted)}
    return found


def _put(
    connection: Connection, feed_id: str, item: FeedItem, number: int | None, *, now: str, before: tuple[str, str] | None
) -> None:
    items = table("feed_items")
    said = {
        "digest": item.digest, "place": plain(item.place), "link": plain(item.link), "state": "waiting", "answer": number,
        "attempts": 0, "due_at": now, "error": "",
    }  # fmt: skip
    if before is None:
        fresh = {"feed_id": feed_id, "key": item.key, "url": "", "document_id": "", "edits": 0, "full": False, "seen_at": now}
        connection.execute(items.insert(), fresh | said)
        return
    that = items.update().where(items.c.feed_id == feed_id, items.c.key == item.key)
    connection.execute(that.values(**said, edits=items.c.edits + 1))


def _keep_answer(connection: Connection, feed_id: str, answer: FeedAnswer, data: bytes, now: str) -> int:
    """Keep the bytes, once, and what is said of them; return the number of the answer."""
    from sqlalchemy import func, select

    contents, answers = table("contents"), table("feed_answers")
    if connection.execute(select(contents.c.sha256).where(contents.c.sha256 == answer.sha256)).scalar() is None:
        row = {"sha256": answer.sha256, "size": len(data), "bytes": zlib.compress(data), "known_at": now}
        connection.execute(contents.insert(), row)
    number = int(connection.execute(select(func.max(answers.c.no))).scalar() or 0) + 1
    record = _encode(answer).decode()
    connection.execute(answers.insert(), {"no": number, "feed_id": feed_id, "sha256": answer.sha256, "record": record})
    return number


def counts(connection: Connection) -> dict[str, dict[str, int]]:
    """Return for each feed how many items are in each state, how many there are ("items") and came back changed ("edits")."""
    from sqlalchemy import func, select

    items = table("feed_items")
    wanted = select(items.c.feed_id, items.c.state, func.count(), func.sum(items.c.edits)).group_by(
        items.c.feed_id, items.c.state
    )
    found: dict[str, dict[str, int]] = {}
    for feed_id, state, number, edits in connection.execute(wanted):
        said = found.setdefault(feed_id, {"items": 0, "edits": 0})
        said[state] = int(number)
        said["items"] += int(number)
        said["edits"] += int(edits or 0)
    return found


class FeedQueue:
    """The items of an open ledger that wait to be read, and what became of the others."""

    def __init__(self, ledger: Ledger) -> None:
        self._backend = ledger._backend

    def waiting(self, *, now: datetime, limit: int = 50) -> list[FeedItem]:
        """Return items that wait and may be tried now, the longest waiting first."""
        from sqlalchemy import select

        items, answers = table("feed_items"), table("feed_answers")
        wanted = (
            select(items, answers.c.record)
            .outerjoin(answers, answers.c.no == items.c.answer)
            .where(items.c.state == "waiting", items.c.due_at <= utc_stamp(now))
            .order_by(items.c.due_at, items.c.feed_id, items.c.key)
            .limit(limit)
        )
        with connected(self._backend, "read") as connection:
            return [_item(row) for row in connection.execute(wanted)]

    def items(self, feed_id: str) -> list[FeedItem]:
        """Return all items that a feed ever gave, by key."""
        from sqlalchemy import select

        items, answers = table("feed_items"), table("feed_answers")
        wanted = select(items, answers.c.record).outerjoin(answers, answers.c.no == items.c.answer)
        with connected(self._backend, "read") as connection:
            rows = connection.execute(wanted.where(items.c.feed_id == feed_id).order_by(items.c.key))
            return [_item(row) for row in rows]

    def alike(self, item: FeedItem) -> FeedItem | None:
        """Return an item of another feed with the same page and the same words that is kept in full, if there is one."""
        from sqlalchemy import literal, select

        if not item.link:
            return None
        items = table("feed_items")
        wanted = select(items, literal(None).label("record")).where(
            items.c.link == item.link, items.c.digest == item.digest, items.c.state == "kept", items.c.full.is_(True)
        )
        with connected(self._backend, "read") as connection:
            row = connection.execute(wanted.limit(1)).first()
        return None if row is None else _item(row)

    def contents(self, answer: FeedAnswer) -> bytes | None:
        """Return the bytes of an answer as they came; None where they were redacted."""
        from sqlalchemy import select

        contents = table("contents")
        with connected(self._backend, "read") as connection:
            packed = connection.execute(select(contents.c.bytes).where(contents.c.sha256 == answer.sha256)).scalar()
        return None if packed is None else zlib.decompress(packed)

    def mark(self, item: FeedItem) -> bool:
        """Keep what became of an item; return False where it was edited meanwhile, so that it waits as the edit."""
        items = table("feed_items")
        told = replace(item, error=item.error[:1000])
        values = {name: getattr(told, name) for name in COLUMNS if name not in ("feed_id", "key", "digest", "edits", "seen_at")}
        values = {name: plain(value) if isinstance(value, str) else value for name, value in values.items()}
        that = items.update().where(items.c.feed_id == item.feed_id, items.c.key == item.key, items.c.digest == item.digest)
        with connected(self._backend, "write", writes=True) as connection:
            return bool(connection.execute(that.values(**values)).rowcount)


def _item(row: Row[Any]) -> FeedItem:
    said = {name: getattr(row, name) for name in COLUMNS}
    said["full"] = bool(said["full"])
    return FeedItem(answer=None if row.record is None else _answer(row.record), **said)


def answer_of(data: bytes, *, origin: str, now: datetime, **said: Any) -> FeedAnswer:
    """Return what is said of bytes that came, with their hash."""
    return FeedAnswer(sha256(data).hexdigest(), len(data), origin, utc_stamp(now), **said)
