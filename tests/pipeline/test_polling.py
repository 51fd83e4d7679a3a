"""Polling and taking in against a site on loopback: what is new, edited, moved or failing, and what is not asked twice."""

from __future__ import annotations

import gzip
import mailbox
import os
import re
import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.errors import SourceError
from foreshock.ledger import Kept, Ledger
from foreshock.ledger.feed_queue import FeedQueue
from foreshock.ledger.feeds import Feeds
from foreshock.model import Document, Feed, FeedHealth, FeedItem
from foreshock.pipeline.pacing import asked_seconds, next_due
from tests.feeds import NOW, FeedSite, Reply, feed_site, item, page, rss, tools

TEXT = (
    "Soldiers closed the bridge over the river on Monday, the ministry of roads said in a statement that it gave to reporters. "
)
LONG = page(TEXT * 3, TEXT * 3, title="Bridge closed")
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Desk:
    """A site, a ledger and a clock."""

    def __init__(self, site: FeedSite, ledger: Ledger) -> None:
        self.site, self.ledger, self.now = site, ledger, NOW

    def watch(self, path: str = "/feed", **options: object) -> Feed:
        feed = pipeline.feed_at(self.site.url(path), **options)  # type: ignore[arg-type]
        assert pipeline.subscribe(self.ledger, feed, now=self.now)
        return feed

    def poll(self, feed: Feed) -> pipeline.Polled:
        self.now += timedelta(hours=1)
        return pipeline.poll(self.ledger, Feeds(self.ledger).get(feed.id), tools=tools(self.site), now=self.now)

    def take(self, later: timedelta = timedelta(0)) -> list[FeedItem]:
        self.now += later
        taken = list(pipeline.take(self.ledger, tools=tools(self.site), now=self.now))
        return [one.item for one in taken]

    def documents(self) -> list[Document]:
        return [one.document for one in self.ledger.codings()]

    def health(self) -> FeedHealth:
        (found,) = Feeds(self.ledger).health()
        return found


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "ledger.sqlite"
    Ledger(path).close()
    return path


@pytest.fixture
def desk(empty: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copy(empty, tmp_path / "ledger.sqlite")
    with feed_site() as site, Ledger(tmp_path / "ledger.sqlite") as ledger:
        yield Desk(site, ledger)


def test_items_are_kept_in_full_or_as_they_are(desk: Desk) -> None:
    site = desk.site
    site.replies |= {"/a": Reply(LONG, headers=HTML), "/robots.txt": Reply(b"User-agent: *\nDisallow: /closed\n")}
    site.replies["/feed"] = Reply(
        rss(
            item(1, "A bridge is closed.", link=site.url("/a?utm_source=rss")),
            item(2, "A road is closed.", link=site.url("/closed/2")),
            item(3, "", content=f"<p>{TEXT * 5}</p>", link=site.url("/whole")),
            item(4, "Nothing more is known."),
        ),
        etag='"1"',
    )
    site.replies["/a?utm_source=rss"] = site.replies["/a"]
    polled = desk.poll(desk.watch(name="Compass"))
    assert (polled.state, polled.new) == ("good", 4)
    assert [one.state for one in desk.take()] == ["kept", "stub", "kept", "kept"]
    full, stub, whole, bare = desk.documents()
    assert {one.source for one in desk.documents()} == {"Compass"}
    assert (full.url, full.published, full.title) == (site.url("/a"), "2033-05-04T12:00", "Bridge closed")
    assert "Soldiers closed the bridge" in full.text
    assert stub.text == "Headline 2\n\nA road is closed."
    assert any("closed to robots" in note for note in stub.notes)
    assert whole.text.startswith("Soldiers")
    assert (bare.url, bare.text) == (None, "Headline 4\n\nNothing more is known.")
    assert site.asked("/whole") == site.asked("/closed/2") == []
    assert (bare.custody.origin, bare.custody.final_url) == (site.url("/feed"), site.url("/feed"))
    health = desk.health()
    assert (health.items, health.kept, health.stubs, health.waiting, health.failed) == (4, 3, 1, 0, 0)
    assert list(desk.ledger.verify(pipeline.identity)) == []


def test_what_is_not_new_is_not_sent_read_or_fetched_again(desk: Desk) -> None:
    site = desk.site
    site.replies["/a"] = Reply(LONG, headers=HTML)
    site.replies["/feed"] = Reply(rss(item(1, "Closed.", link=site.url("/a"))), etag='"1"')
    feed = desk.watch()
    desk.poll(feed)
    desk.take()
    assert desk.poll(feed).state == "unchanged"
    site.replies["/feed"] = Reply(rss(item(1, "Closed.", link=site.url("/a"))), modified="Wed, 04 May 2033 12:00:00 GMT")
    assert (desk.poll(feed).state, desk.poll(feed).state) == ("good", "unchanged")
    site.replies["/feed"] = Reply(rss(item(1, "Closed.", link=site.url("/a")), title="Renamed"))
    assert desk.poll(feed).new == 0
    assert desk.take() == []
    assert site.asked("/feed") == [200, 304, 200, 304, 200]
    assert site.asked("/a") == [200]
    health = desk.health()
    assert (health.polls, health.unchanged, health.items, health.feed.name) == (5, 2, 1, "The Paper Compass")


def test_an_edited_item_is_a_new_version_of_its_document(desk: Desk) -> None:
    site = desk.site
    feed = desk.watch(full=False)
    for words in ("Two people died.", "Three people died.", "Two people died."):
        site.replies["/feed"] = Reply(rss(item(1, words, link=site.url("/a")), item(2, words)))
        desk.poll(feed)
        desk.take()
    versions = desk.documents()
    assert len(versions) == 4
    assert len({one.id for one in versions}) == 2
    assert {one.text.split("\n")[-1] for one in versions} == {"Two people died.", "Three people died."}
    assert (desk.health().items, desk.health().edits) == (2, 2)


def test_versions_that_wait_together_are_read_in_their_order(desk: Desk) -> None:
    feed = desk.watch(full=False)
    for number in range(3):
        desk.site.replies["/feed"] = Reply(rss(item(1, f"Edit {number}.")))
        desk.poll(feed)
    for number in range(3):  # one at a time: a later version never goes before an earlier one
        assert [one.state for one in desk.take()] == ["kept"]
        assert desk.documents()[-1].text.endswith(f"Edit {number}.")
    assert desk.take() == []


def edited_and_gone(desk: Desk) -> None:
    """Take an article, then its edit, whose page answers 404."""
    site = desk.site
    feed = desk.watch()
    site.replies["/a"] = Reply(LONG, headers=HTML)
    site.replies["/feed"] = Reply(rss(item(1, "Closed.", link=site.url("/a"))))
    desk.poll(feed)
    desk.take()
    site.replies["/a"] = Reply(b"", 404)
    site.replies["/feed"] = Reply(rss(item(1, "Closed for good.", link=site.url("/a"))))
    assert desk.poll(feed).edited == 1
    assert [one.state for one in desk.take()] == ["waiting"]


def test_an_edit_that_cannot_be_fetched_leaves_the_whole_text(desk: Desk) -> None:
    edited_and_gone(desk)
    states = [[one.state for one in desk.take(timedelta(minutes=minutes))] for minutes in (1, 5)]
    assert states == [["waiting"], ["waiting"]]
    (edit,) = desk.take(timedelta(minutes=15))
    assert (edit.state, "status 404" in edit.error) == ("kept", True)
    assert len(desk.documents()) == 1


def test_a_page_that_was_read_and_is_gone_for_a_moment_is_tried_again(desk: Desk) -> None:
    edited_and_gone(desk)
    desk.site.replies["/a"] = Reply(LONG.replace(b"Bridge closed", b"Bridge closed for good"), headers=HTML)
    assert [one.state for one in desk.take(timedelta(minutes=1))] == ["kept"]
    assert [one.title for one in desk.documents()] == ["Bridge closed", "Bridge closed for good"]


def test_a_page_that_does_not_answer_is_tried_again_and_then_the_summary_stands(desk: Desk) -> None:
    site = desk.site
    site.replies["/a"] = Reply(b"", 503)
    site.replies["/feed"] = Reply(rss(item(1, "Closed.", link=site.url("/a")), item(2, "Open.", link=site.url("/b"))))
    site.replies["/b"] = Reply(b"", 503)
    desk.poll(desk.watch())
    assert [one.state for one in desk.take()] == ["waiting", "waiting"]
    assert desk.take() == []
    site.replies["/b"] = Reply(LONG, headers=HTML)
    states = [[one.state for one in desk.take(timedelta(minutes=minutes))] for minutes in (1, 5, 15)]
    assert states == [["waiting", "kept"], ["waiting"], ["stub"]]
    assert (site.asked("/a"), site.asked("/b")) == ([503] * 4, [503, 200])


def test_a_server_that_does_not_answer_is_asked_once_a_round(desk: Desk) -> None:
    site = desk.site
    site.replies |= {"/a0": Reply(b"x" * 100, pause=0.2), "/a1": Reply(b"x", pause=0.2), "/b": Reply(LONG, headers=HTML)}
    links = [site.url("/a0"), site.url("/a1"), site.url("/b", "felt-herald.example")]
    site.replies["/feed"] = Reply(rss(*(item(number, "Closed.", link=link) for number, link in enumerate(links))))
    desk.poll(desk.watch())
    assert [one.state for one in desk.take()] == ["waiting", "waiting", "kept"]
    assert (site.asked("/a0"), site.asked("/a1")) == ([200], [])


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(page("Please accept cookies."), headers=HTML), "less than the feed gave"),
        (Reply(b"", 302, {"Location": "/"}), "front page"),
        (Reply(b"\x00\x01", headers={"Content-Type": "video/mp4"}), "is of type video/mp4"),
        (Reply(b"", 403), "status 403"),
        (Reply(b"", 302, {"Location": "http://10.0.0.1/"}), "refused"),
        (Reply(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}), "bomb|unfolds"),
    ],
)
def test_a_page_that_gives_less_leaves_the_summary(desk: Desk, reply: Reply, why: str) -> None:
    site = desk.site
    site.replies |= {"/a": reply, "/": Reply(LONG, headers=HTML)}
    site.replies["/feed"] = Reply(rss(item(1, "The bridge over the river is closed. " * 3, link=site.url("/a"))))
    desk.poll(desk.watch())
    (taken,) = desk.take()
    assert taken.state == "stub"
    assert re.search(why, taken.error)
    assert desk.documents()[0].url == site.url("/a")


def test_two_feeds_with_one_item_fetch_it_once(desk: Desk) -> None:
    site = desk.site
    site.replies |= {"/a": Reply(LONG, headers=HTML)}
    for path in ("/feed", "/other"):
        site.replies[path] = Reply(rss(item(1, "Closed.", link=site.url("/a"))))
        desk.poll(desk.watch(path))
    assert [one.state for one in desk.take()] == ["kept", "kept"]
    assert site.asked("/a") == [200]
    assert len(desk.documents()) == 1


def test_a_redirect_of_an_item_keeps_its_id_when_it_is_edited(desk: Desk) -> None:
    site = desk.site
    site.replies |= {"/go": Reply(b"", 302, {"Location": "/a"}), "/a": Reply(LONG, headers=HTML)}
    feed = desk.watch()
    for words in ("Closed.", "Closed again."):
        site.replies["/feed"] = Reply(rss(item(1, words, link=site.url("/go"))))
        desk.poll(feed)
        desk.take()
        site.replies["/a"] = Reply(page(TEXT * 4, title="Bridge closed again"), headers=HTML)
    assert {one.url for one in desk.documents()} == {site.url("/a")}
    assert len({one.id for one in desk.documents()}) == 1
    assert len(desk.documents()) == 2


def test_moved_for_good_is_remembered_and_moved_for_now_is_not(desk: Desk) -> None:
    site = desk.site
    site.replies |= {"/new": Reply(rss(item(1, "x")), etag='"n"'), "/feed": Reply(b"", 302, {"Location": "/new"})}
    feed = desk.watch()
    desk.poll(feed)
    assert desk.health().moved_to == ""
    site.replies["/feed"] = Reply(b"", 301, {"Location": "/step"})
    site.replies["/step"] = Reply(b"", 308, {"Location": "/new"})
    desk.poll(feed)
    assert desk.health().moved_to == site.url("/new")
    desk.poll(feed)
    assert site.asked("/feed") == [302, 301]
    pipeline.subscribe(desk.ledger, feed, now=desk.now)
    assert desk.health().moved_to == ""
    site.replies["/feed"] = Reply(b"", 301, {"Location": "/gone"})
    assert desk.poll(feed).state == "failed"
    assert desk.health().moved_to == ""  # nothing is remembered of a move that leads nowhere


def test_gone_is_asked_no_more(desk: Desk) -> None:
    desk.site.replies["/feed"] = Reply(b"", 410)
    feed = desk.watch()
    assert desk.poll(feed).state == "gone"
    feeds = Feeds(desk.ledger)
    later = desk.now + timedelta(days=400)
    assert feeds.lease(now=later, until=later) == []
    assert (desk.health().state, desk.health().next_due) == ("gone", "")
    assert pipeline.subscribe(desk.ledger, feed, now=later)
    assert [one.id for one in feeds.lease(now=later, until=later)] == [feed.id]


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (Reply(b"", 500), "status 500"),
        (Reply(b"", 404), "status 404"),
        (Reply(b"", 302, {"Location": "/feed"}), "more than 5 times"),
        (Reply(b"", 301, {"Location": "http://169.254.169.254/"}), "is refused"),
        (Reply(rss() * 10, pause=0.1), "too slow"),
        (Reply(gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}), "bomb|unfolds"),
        (Reply(LONG, headers=HTML), "no feed"),
        (Reply(b""), "empty"),
        (Reply(rss(), headers={"Content-Length": "99999"}), "cannot be fetched|too slow"),
    ],
)
def test_a_failure_is_told_and_the_pause_grows(desk: Desk, reply: Reply, message: str) -> None:
    desk.site.replies["/feed"] = Reply(rss(item(1, "x")), etag='"1"')
    feed = desk.watch()
    desk.poll(feed)
    good = desk.health().last_good
    desk.site.replies["/feed"] = reply
    polled = desk.poll(feed)
    assert polled.state == "failed"
    assert re.search(message, polled.error)
    health = desk.health()
    assert (health.state, health.failures, health.last_good, health.error) == ("failing", 1, good, polled.error)
    assert desk.now + timedelta(seconds=1700) < _moment(health.next_due) < desk.now + timedelta(seconds=1900)
    desk.site.replies["/feed"] = Reply(rss(item(1, "x")), etag='"1"')
    assert desk.poll(feed).state == "unchanged"  # what was known of it before the failure still holds
    assert (desk.health().state, desk.health().failures, desk.health().error) == ("ok", 0, "")


def test_a_server_that_asks_for_patience_gets_it(desk: Desk) -> None:
    desk.site.replies["/feed"] = Reply(b"", 503, {"Retry-After": "86400"})
    feed = desk.watch()
    assert "status 503" in desk.poll(feed).error
    assert _moment(desk.health().next_due) == desk.now + timedelta(days=1)


def test_a_feed_that_is_closed_to_robots_is_not_asked(desk: Desk) -> None:
    desk.site.replies |= {"/feed": Reply(rss(item(1, "x"))), "/robots.txt": Reply(b"User-agent: Foreshock\nDisallow: /\n")}
    assert "closed to robots" in desk.poll(desk.watch()).error
    assert desk.site.asked("/feed") == []


def test_robots_are_remembered_by_those_who_come_back(desk: Desk) -> None:
    site = desk.site
    site.replies["/feed"] = Reply(rss(item(1, "x")))
    feed, ours = desk.watch(), tools(site, remember=3600.0)
    for _ in range(3):
        pipeline.poll(desk.ledger, feed, tools=ours, now=desk.now)
    assert (len(site.asked("/robots.txt")), len(site.asked("/feed"))) == (1, 3)


def test_a_feed_that_ends_early_is_asked_for_whole_the_next_time(desk: Desk) -> None:
    whole = rss(item(1, "first"), item(2, "second"))
    desk.site.replies["/feed"] = Reply(whole[: whole.index(b"second")], etag='"1"')
    feed = desk.watch()
    polled = desk.poll(feed)
    assert (polled.new, "ends early" in polled.notes[-1]) == (1, True)
    desk.site.replies["/feed"] = Reply(whole, etag='"1"')
    assert desk.poll(feed).new == 1
    assert desk.site.asked("/feed") == [200, 200]


def test_a_validator_that_no_header_can_hold_is_not_sent_back(desk: Desk) -> None:
    desk.site.replies["/feed"] = Reply(rss(item(1, "x")), etag='"' + "a" * 600 + '"', modified="früher")
    feed = desk.watch()
    assert [desk.poll(feed).state for _ in range(2)] == ["good", "good"]
    assert Feeds(desk.ledger).mark(feed.id).etag == ""


def test_a_watched_page_is_a_new_version_when_its_text_changed(desk: Desk) -> None:
    feed = desk.watch("/decrees", kind="page", name="The Gazette")
    for text, counter in ((TEXT, 1), (TEXT, 2), (TEXT + "The bridge is open again, the ministry said. ", 3)):
        body = page(text * 3, title="Decrees").replace(b"</body>", b"<script>n=%d</script></body>" % counter)
        desk.site.replies["/decrees"] = Reply(body, headers=HTML)
        desk.poll(feed)
        desk.take()
    first, second = desk.documents()
    assert (first.id, first.url, first.source) == (second.id, desk.site.url("/decrees"), "The Gazette")
    assert "open again" in second.text
    assert (desk.health().items, desk.health().edits, desk.health().kept) == (1, 1, 1)
    desk.site.replies["/decrees"] = Reply(b"<html><body><script>x</script></body></html>", headers=HTML)
    assert "no text" in desk.poll(feed).error


def _mail(number: int, text: str, name: str = "") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = (
        "Felt Herald <desk@felt.example>",
        f"Bulletin {number}",
        "Wed, 04 May 2033 10:00:00 +0600",
    )
    made["Message-ID"] = name or f"<{number}@felt.example>"
    made.set_content(text)
    return made


@pytest.mark.parametrize("kind", ["mbox", "maildir"])
def test_a_mailbox_gives_each_message_once(desk: Desk, tmp_path: Path, kind: str) -> None:
    path = tmp_path / "box"
    box: mailbox.Mailbox[mailbox.Message] = mailbox.mbox(str(path)) if kind == "mbox" else mailbox.Maildir(str(path))  # type: ignore[assignment]
    box.add(_mail(1, "The bridge is closed."))
    box.add(_mail(2, "The bridge is open."))
    box.flush()
    feed = pipeline.feed_at(str(path))
    assert feed.kind == "mailbox"
    pipeline.subscribe(desk.ledger, feed, now=NOW)
    assert desk.poll(feed).new == 2
    assert [one.state for one in desk.take()] == ["kept", "kept"]
    assert desk.poll(feed).state == "unchanged"
    box.add(_mail(1, "The bridge was never closed: an enemy's mail.", name="<1@felt.example>"))
    first = next(iter(box.iterkeys()))
    read = box[first]
    read["Status"] = "RO"
    box[first] = read
    box.flush()
    box.close()
    assert desk.poll(feed).new == 1  # marks of a mail program make nothing new
    desk.take()
    found = desk.documents()
    assert sorted(str(one.title) for one in found) == ["Bulletin 1", "Bulletin 1", "Bulletin 2"]
    assert len({one.id for one in found}) == 3
    assert {one.source for one in found} == {"Felt Herald"}
    assert found[0].published == "2033-05-04T10:00"


def test_a_folder_gives_new_and_changed_files(desk: Desk, tmp_path: Path) -> None:
    root = tmp_path / "drop"
    (root / "in").mkdir(parents=True)
    _write(root / "in" / "a.txt", TEXT, age=60)
    _write(root / "in" / "b.txt", TEXT + TEXT, age=60)
    _write(root / "README.md", "about", age=60)
    _write(root / "film.mp4", "x", age=60)
    feed = pipeline.feed_at(str(root))
    pipeline.subscribe(desk.ledger, feed, now=NOW)
    assert (feed.kind, feed.every, desk.poll(feed).new) == ("folder", 60, 3)
    assert sorted(one.state for one in desk.take()) == ["failed", "kept", "kept"]
    assert desk.poll(feed).state == "unchanged"
    _write(root / "in" / "a.txt", TEXT + "The bridge is open again.", age=50)
    _write(root / "in" / "writing.txt", TEXT, age=-86400)  # the clock of the test goes on by an hour a poll
    polled = desk.poll(feed)
    assert (polled.new, polled.edited) == (0, 1)
    desk.take()
    assert len({one.id for one in desk.documents()}) == 2
    assert len(desk.documents()) == 3
    (again,) = pipeline.gather(str(root / "in" / "b.txt"), settings=_settings(tmp_path), now=NOW)
    assert isinstance(again, Document)
    assert desk.health().failed == 1


def test_what_is_no_mailbox_or_folder_is_told(desk: Desk, tmp_path: Path) -> None:
    _write(tmp_path / "notes", "no mail", age=1)
    feed = pipeline.feed_at(str(tmp_path / "notes"))
    pipeline.subscribe(desk.ledger, feed, now=NOW)
    assert "no mbox" in desk.poll(feed).error
    for address, options in (
        (str(tmp_path / "none"), {}),
        (str(tmp_path / "notes"), {"kind": "folder"}),
        ("ftp://x.example/", {}),
        ("https://x.example/", {"every": 1}),
    ):
        with pytest.raises(SourceError):
            pipeline.feed_at(address, **options)  # type: ignore[arg-type]


def test_an_item_that_ends_the_process_is_left_out_in_the_end(desk: Desk) -> None:
    desk.site.replies["/feed"] = Reply(rss(item(1, "x"), item(2, "y")))
    desk.poll(desk.watch())
    given = tools(desk.site)

    class Killed(BaseException):
        pass

    def kill(ledger: Ledger, document: Document, contents: bytes | None, now: datetime) -> Kept:
        if document.title == "Headline 1":
            raise Killed
        return given.keep(ledger, document, contents, now)

    deadly = pipeline.WatchTools(given.ask, kill, given.limits)
    for _ in range(6):
        with pytest.raises(Killed):
            list(pipeline.take(desk.ledger, tools=deadly, now=desk.now))
    first, second = [one.item for one in pipeline.take(desk.ledger, tools=deadly, now=desk.now)]
    assert (first.state, second.state) == ("failed", "kept")
    assert "never ended" in first.error


def test_words_that_were_redacted_meanwhile_do_not_come_back(desk: Desk) -> None:
    desk.site.replies["/feed"] = Reply(
        rss(item(1, "Aigerim Sadykova was seen at the bridge."), item(2, "Shops opened.")), etag='"1"'
    )
    feed = desk.watch()
    desk.poll(feed)
    desk.ledger.redact(name="Aigerim Sadykova", by="ana", why="she asked", now=desk.now, key=b"k" * 32)
    assert [(one.state, "redacted" in one.error) for one in desk.take()] == [("failed", True)] * 2
    assert desk.documents() == []
    desk.site.replies["/feed"] = Reply(rss(item(2, "Shops opened.")), etag='"2"')
    assert desk.poll(feed).new == 1  # what only stood in the same bytes is not lost
    assert [one.state for one in desk.take()] == ["kept"]


PAUSES = [
    (0, 0.5, "", 900), (0, 0.0, "", 810), (0, 1.0, "", 990), (1, 0.5, "", 1800), (3, 0.5, "", 7200), (40, 0.5, "", 86400),
    (1, 0.5, "7200", 7200), (1, 0.5, "60", 1800), (1, 0.5, "99999999999", 604800), (1, 0.5, "soon", 1800), (1, 0.5, "-5", 1800),
    (1, 0.5, "Wed, 04 May 2033 15:00:00 GMT", 10800), (1, 0.5, "Wed, 04 May 2011 15:00:00 GMT", 1800), (1, 0.5, "٣", 1800),
]  # fmt: skip


@pytest.mark.parametrize(("failures", "chance", "asked", "seconds"), PAUSES)
def test_pauses(failures: int, chance: float, asked: str, seconds: int) -> None:
    due = next_due(NOW, every=900, failures=failures, chance=chance, retry_after=asked)
    assert (due - NOW).total_seconds() == pytest.approx(seconds)
    assert 0 <= asked_seconds(asked, NOW) <= 7 * 86400


def test_outlets_by_the_title_of_a_feed() -> None:
    from foreshock.pipeline.polling import outlet_of

    for title, outlet in (
        ("BBC News - World", "BBC"),
        ("World | The Guardian", "The Guardian"),
        ("Reed: all", "Reed: all"),
        ("", ""),
    ):
        assert outlet_of(title) == outlet


def test_the_queue_tells_what_every_version_became(desk: Desk) -> None:
    feed = desk.watch(full=False)
    for words in ("one", "two"):
        desk.site.replies["/feed"] = Reply(rss(item(1, words, link=desk.site.url("/a"))))
        desk.poll(feed)
    desk.take()
    assert [(one.state, bool(one.document_id)) for one in FeedQueue(desk.ledger).items(feed.id)] == [
        ("stub", True),
        ("waiting", False),
    ]


def _write(path: Path, text: str, *, age: float) -> None:
    path.write_text(text, encoding="utf-8")
    at = NOW.timestamp() - age
    os.utime(path, (at, at))


def _moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def _settings(folder: Path) -> object:
    from foreshock.settings import read_settings

    return read_settings(folder, {})
