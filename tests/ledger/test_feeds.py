"""What is watched and what waits, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Ledger, feed_queue
from foreshock.ledger.feed_queue import Arrived, FeedQueue, answer_of
from foreshock.ledger.feeds import Feeds, PollEnd
from foreshock.model import Feed, FeedItem, FeedMark

NOW = datetime(2033, 5, 4, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=15)
FELT = Feed("f1", "feed", "https://felt.example/f", "Войлочный вестник", (("Asia", "Kazakhstan"), ("Press",)), 600)
REED = Feed("f2", "mailbox", "/mail/reed", full=False)


def came(*items: tuple[str, str], data: bytes = b"bytes") -> Arrived:
    made = [FeedItem("f1", key, digest, f"guid {key}", link=f"https://felt.example/{key}") for key, digest in items]
    return Arrived(made, answer_of(data, origin=FELT.address, now=NOW, headers=(("content-encoding", "gzip"),)), data)


def test_what_is_watched_dropped_and_watched_again(ledger: Ledger) -> None:
    feeds = Feeds(ledger)
    assert feeds.add(FELT, now=NOW)
    assert feeds.add(REED, now=NOW)
    assert not feeds.add(replace(FELT, name="", every=700), now=NOW)
    assert feeds.all() == [
        replace(REED, added_at="2033-05-04T12:00:00Z"),
        replace(FELT, every=700, added_at="2033-05-04T12:00:00Z"),
    ]
    for given in (FELT.id, FELT.address, FELT.name):
        assert feeds.find(given).id == FELT.id
    with pytest.raises(LedgerError, match="no feed has"):
        feeds.find("nothing")
    feeds.settle(FELT.id, PollEnd(LATER, arrived=[came(("a", "1"))]), now=NOW)
    assert feeds.drop(FELT.id, now=NOW)
    assert not feeds.drop(FELT.id, now=NOW)
    assert [one.id for one in feeds.all()] == [REED.id]
    assert feeds.get(FELT.id).name == FELT.name
    assert feeds.add(FELT, now=NOW)
    assert feeds.settle(FELT.id, PollEnd(LATER, arrived=[came(("a", "1"))]), now=NOW) == (0, 0)  # what it gave is remembered
    with pytest.raises(LedgerError, match="no feed has the id"):
        feeds.settle("none", PollEnd(LATER), now=NOW)


def test_a_poll_keeps_items_bytes_and_marks_together_or_nothing(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    feeds, queue = Feeds(ledger), FeedQueue(ledger)
    feeds.add(FELT, now=NOW)
    end = PollEnd(LATER, mark=FeedMark('"1"', "Wed", "hash", "https://felt.example/new"), arrived=[came(("a", "1"), ("b", "1"))])

    def broken(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(feed_queue, "_row", broken)
        with pytest.raises(KeyboardInterrupt):
            feeds.settle(FELT.id, end, now=NOW)
    assert (feeds.mark(FELT.id), queue.items(FELT.id), feeds.health()[0].polls) == (FeedMark(), [], 0)
    assert feeds.settle(FELT.id, end, now=NOW) == (2, 0)
    assert feeds.mark(FELT.id) == end.mark
    first, second = queue.waiting(now=NOW)
    assert (first.key, first.answer, second.key) == ("a", end.arrived[0].answer, "b")
    assert first.answer is not None
    assert queue.contents(first.answer) == b"bytes"
    assert feeds.settle(FELT.id, replace(end, arrived=[came(("a", "1"), ("b", "2"), ("c", "1"), data=b"later")]), now=NOW) == (
        1,
        1,
    )
    assert feeds.settle(FELT.id, replace(end, arrived=[came(("a", "1"), data=b"nothing new")]), now=NOW) == (0, 0)
    assert {one.answer.sha256 for one in queue.items(FELT.id) if one.answer} == {
        answer_of(data, origin="", now=NOW).sha256 for data in (b"bytes", b"later")
    }
    assert queue.contents(answer_of(b"nothing new", origin="", now=NOW)) is None


def test_versions_wait_for_those_before_and_know_their_document(ledger: Ledger) -> None:
    feeds, queue = Feeds(ledger), FeedQueue(ledger)
    feeds.add(FELT, now=NOW)
    for digest in ("1", "2"):
        feeds.settle(FELT.id, PollEnd(LATER, arrived=[came(("a", digest), data=digest.encode())]), now=NOW)
    (one,) = queue.waiting(now=NOW)
    assert (one.digest, one.document_id) == ("1", "")
    queue.mark(replace(one, due_at="2033-05-04T13:00:00Z", attempts=1, error="x" * 5000))
    assert queue.waiting(now=NOW) == []  # the second does not overtake the first
    (again,) = queue.waiting(now=NOW + timedelta(hours=1))
    assert (again.digest, again.attempts, len(again.error)) == ("1", 1, 1000)
    queue.mark(replace(again, state="kept", full=True, url="https://felt.example/x", document_id="d1", error=""))
    (two,) = queue.waiting(now=NOW)
    assert (two.digest, two.url, two.document_id, two.full) == ("2", "https://felt.example/x", "d1", True)
    assert queue.alike(replace(two, digest="1", key="z")) is not None
    assert queue.alike(two) is None
    queue.forget(two)
    assert queue.waiting(now=NOW) == []
    assert feeds.mark(FELT.id) == FeedMark()


def test_health(ledger: Ledger) -> None:
    feeds, queue = Feeds(ledger), FeedQueue(ledger)
    feeds.add(FELT, now=NOW)
    feeds.add(REED, now=NOW)
    feeds.settle(FELT.id, PollEnd(LATER, arrived=[came(("a", "1"), ("b", "1"), ("c", "1"), ("d", "1"))]), now=NOW)
    a, b, c, _ = queue.waiting(now=NOW)
    for item, state in ((a, "kept"), (b, "stub"), (c, "failed")):
        queue.mark(replace(item, state=state))  # type: ignore[arg-type]
    feeds.settle(FELT.id, PollEnd(LATER, arrived=[came(("b", "2"))]), now=NOW)
    feeds.settle(FELT.id, PollEnd(LATER, unchanged=True), now=NOW)
    for _ in range(2):
        feeds.settle(FELT.id, PollEnd(LATER, error="status 500\0"), now=LATER)
    reed, felt = feeds.health()
    assert (reed.state, reed.polls, reed.items, reed.last_good) == ("new", 0, 0, "")
    assert (felt.state, felt.failures, felt.error, felt.polls, felt.unchanged) == ("failing", 2, "status 500", 5, 1)
    assert (felt.items, felt.kept, felt.stubs, felt.failed, felt.waiting, felt.edits) == (4, 1, 1, 1, 2, 1)
    assert (felt.last_good, felt.last_polled, felt.next_due) == (
        "2033-05-04T12:00:00Z",
        "2033-05-04T12:15:00Z",
        "2033-05-04T12:15:00Z",
    )
    feeds.settle(FELT.id, PollEnd(LATER, name="ignored"), now=LATER)
    feeds.settle(REED.id, PollEnd(LATER, error="gone", gone=True, name="never"), now=LATER)
    felt, reed = sorted(feeds.health(), key=lambda one: one.feed.id)
    assert (felt.state, felt.failures, felt.error, felt.feed.name) == ("ok", 0, "", FELT.name)
    assert (reed.state, reed.next_due, reed.feed.name) == ("gone", "", "")


def test_leases(ledger: Ledger) -> None:
    feeds = Feeds(ledger)
    for feed in (FELT, REED):
        feeds.add(feed, now=NOW)
    assert len(feeds.lease(now=NOW, until=LATER, limit=1)) == 1
    assert len(feeds.lease(now=NOW, until=LATER)) == 1
    assert feeds.lease(now=NOW, until=LATER) == []
    assert [one.id for one in feeds.lease(now=NOW, until=LATER, ids=[REED.id])] == [REED.id]
    assert len(feeds.lease(now=LATER, until=LATER)) == 2


def test_they_come_along_with_a_backup(ledger: Ledger, address: Path | str, new_address: Callable[[], Path | str]) -> None:
    feeds = Feeds(ledger)
    feeds.add(FELT, now=NOW)
    feeds.settle(FELT.id, PollEnd(LATER, arrived=[came(("a", "1"))]), now=NOW)
    copy = new_address()
    assert Ledger.restore(address, copy) == []
    with Ledger(copy) as other:
        assert Feeds(other).all() == feeds.all()
        assert FeedQueue(other).waiting(now=NOW) == FeedQueue(ledger).waiting(now=NOW)
