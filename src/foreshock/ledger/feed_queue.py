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
    "no", "feed_id", "key", "digest", "place", "link", "state", "url", "document_id", "full", "attempts", "seen_at", "due_at",
    "error",
)  # fmt: skip
CHANGED = ("state", "url", "document_id", "full", "attempts", "due_at", "error")


@dataclass(frozen=True, slots=True)
class Arrived:
    """Items that came together: the bytes that they stand in and what is said of these; neither for files of a folder."""

    items: Sequence[FeedItem]
    answer: FeedAnswer | None = None
    data: bytes | None = None


def arrive(connection: Connection, feed_id: str, arrived: Sequence[Arrived], *, now: str) -> tuple[int, int]:
    """Put items that are new, or have words that they never had, into the queue; return how many of each.

    Bytes are kept only where they bring something.
    """
    known = _known(connection, feed_id, [item.key for one in arrived for item in one.items])
    number, new, edited = _last(connection, "feed_items"), 0, 0
    for one in arrived:
        fresh = [item for item in one.items if item.digest not in known.get(item.key, ())]
        if not fresh:
            continue
        answer = None if one.answer is None else _keep_answer(connection, feed_id, one.answer, one.data or b"", now)
        for item in fresh:
            number += 1
            new, edited = new + (item.key not in known), edited + (item.key in known)
            known.setdefault(item.key, set()).add(item.digest)
            connection.execute(table("feed_items").insert(), _row(item, feed_id, number, answer, now))
    return new, edited


def _row(item: FeedItem, feed_id: str, number: int, answer: int | None, now: str) -> dict[str, Any]:
    return {
        "no": number, "feed_id": feed_id, "key": item.key, "digest": item.digest, "place": plain(item.place), "url": "",
        "link": plain(item.link), "state": "waiting", "answer": answer, "document_id": "", "full": False, "attempts": 0,
        "seen_at": now, "due_at": now, "error": "",
    }  # fmt: skip


def _known(connection: Connection, feed_id: str, keys: Sequence[str]) -> dict[str, set[str]]:
    """Return the digests of all versions of items."""
    from sqlalchemy import select

    items, found = table("feed_items"), dict[str, set[str]]()
    for at in range(0, len(keys), 500):
        wanted = select(items.c.key, items.c.digest).where(items.c.feed_id == feed_id, items.c.key.in_(keys[at : at + 500]))
        for row in connection.execute(wanted):
            found.setdefault(row.key, set()).add(row.digest)
    return found


def _last(connection: Connection, name: str) -> int:
    from sqlalchemy import func, select

    return int(connection.execute(select(func.max(table(name).c.no))).scalar() or 0)


def _keep_answer(connection: Connection, feed_id: str, answer: FeedAnswer, data: bytes, now: str) -> int:
    """Keep the bytes, once, and what is said of them; return the number of the answer."""
    from sqlalchemy import select

    contents, answers = table("contents"), table("feed_answers")
    if connection.execute(select(contents.c.sha256).where(contents.c.sha256 == answer.sha256)).scalar() is None:
        row = {"sha256": answer.sha256, "size": len(data), "bytes": zlib.compress(data), "known_at": now}
        connection.execute(contents.insert(), row)
    number = _last(connection, "feed_answers") + 1
    record = _encode(answer).decode()
    connection.execute(answers.insert(), {"no": number, "feed_id": feed_id, "sha256": answer.sha256, "record": record})
    return number


def counts(connection: Connection) -> dict[str, dict[str, int]]:
    """Return for each feed how many items it gave ("items"), in which state they are, and how many edits came ("edits")."""
    from sqlalchemy import case, func, select

    items = table("feed_items")

    def any_(state: str) -> Any:
        return func.max(case((items.c.state == state, 1), else_=0)).label(state)

    states = ("kept", "stub", "waiting", "failed")
    each = select(items.c.feed_id, func.count().label("versions"), *(any_(one) for one in states))
    found: dict[str, dict[str, int]] = {}
    for row in connection.execute(each.group_by(items.c.feed_id, items.c.key)):
        said = found.setdefault(row.feed_id, dict.fromkeys(("items", "edits", *states), 0))
        said["items"] += 1
        said["edits"] += row.versions - 1
        said["waiting"] += row.waiting
        # Of the versions of an item the best counts.
        best = "kept" if row.kept else "stub" if row.stub else "failed" if row.failed else None
        if best:
            said[best] += 1
    return found


class FeedQueue:
    """The items of an open ledger that wait to be read, and what became of the others."""

    def __init__(self, ledger: Ledger) -> None:
        self._backend = ledger._backend

    def waiting(self, *, now: datetime, limit: int = 50) -> list[FeedItem]:
        """Return items that wait and may be tried now, the longest waiting first; none before an earlier version of it."""
        from sqlalchemy import exists, select

        items, answers, earlier = table("feed_items"), table("feed_answers"), table("feed_items").alias("earlier")
        behind = exists().where(
            earlier.c.feed_id == items.c.feed_id,
            earlier.c.key == items.c.key,
            earlier.c.state == "waiting",
            earlier.c.no < items.c.no,
        )
        wanted = (
            select(items, answers.c.record)
            .outerjoin(answers, answers.c.no == items.c.answer)
            .where(items.c.state == "waiting", items.c.due_at <= utc_stamp(now), ~behind)
            .order_by(items.c.due_at, items.c.no)
            .limit(limit)
        )
        with connected(self._backend, "read") as connection:
            found = [_item(row) for row in connection.execute(wanted)]
            return [self._with_earlier(connection, one) for one in found]

    def _with_earlier(self, connection: Connection, item: FeedItem) -> FeedItem:
        """Return an item with the document that its earlier versions were kept as."""
        from sqlalchemy import select

        items = table("feed_items")
        wanted = select(items.c.url, items.c.document_id, items.c.full).where(
            items.c.feed_id == item.feed_id, items.c.key == item.key, items.c.document_id != "", items.c.no < item.no
        )
        rows = connection.execute(wanted.order_by(items.c.no)).all()
        if not rows:
            return item
        return replace(item, url=rows[-1].url, document_id=rows[-1].document_id, full=any(row.full for row in rows))

    def items(self, feed_id: str) -> list[FeedItem]:
        """Return all versions of items that a feed ever gave, in the order in which they came."""
        from sqlalchemy import select

        items, answers = table("feed_items"), table("feed_answers")
        wanted = select(items, answers.c.record).outerjoin(answers, answers.c.no == items.c.answer)
        with connected(self._backend, "read") as connection:
            rows = connection.execute(wanted.where(items.c.feed_id == feed_id).order_by(items.c.no))
            return [_item(row) for row in rows]

    def versions(self, feed_id: str) -> set[tuple[str, str]]:
        """Return key and digest of all versions of items that a feed ever gave."""
        from sqlalchemy import select

        items = table("feed_items")
        with connected(self._backend, "read") as connection:
            rows = connection.execute(select(items.c.key, items.c.digest).where(items.c.feed_id == feed_id))
            return {(row.key, row.digest) for row in rows}

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

    def forget(self, item: FeedItem) -> None:
        """Forget a version of an item, and what its feed is known by: the next poll brings it anew."""
        items, feeds = table("feed_items"), table("feeds")
        with connected(self._backend, "write", writes=True) as connection:
            connection.execute(items.delete().where(items.c.no == item.no))
            connection.execute(feeds.update().where(feeds.c.id == item.feed_id).values(etag="", modified="", body=""))

    def mark(self, item: FeedItem) -> None:
        """Keep what became of an item.

        Raises:
            LedgerError: the ledger cannot be written.
        """
        items, told = table("feed_items"), replace(item, error=item.error[:1000])
        values = {name: getattr(told, name) for name in CHANGED}
        values = {name: plain(value) if isinstance(value, str) else value for name, value in values.items()}
        with connected(self._backend, "write", writes=True) as connection:
            connection.execute(items.update().where(items.c.no == item.no).values(**values))


def _item(row: Row[Any]) -> FeedItem:
    said = {name: getattr(row, name) for name in COLUMNS}
    said["full"] = bool(said["full"])
    return FeedItem(answer=None if row.record is None else _answer(row.record), **said)


def answer_of(data: bytes, *, origin: str, now: datetime, **said: Any) -> FeedAnswer:
    """Return what is said of bytes that came, with their hash."""
    return FeedAnswer(sha256(data).hexdigest(), len(data), origin, utc_stamp(now), **said)
