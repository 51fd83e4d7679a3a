"""The schedule: what is due is polled, what arrives is kept; killed at any moment it loses nothing and doubles nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.errors import LedgerError
from foreshock.ledger import Kept, Ledger
from foreshock.ledger.feeds import Feeds
from foreshock.model import Document
from foreshock.watch.schedule import Watcher
from tests.feeds import NOW, FeedSite, Reply, feed_site, item, rss, tools
from tests.watch.driver import POINTS

ROOT = Path(__file__).parents[2]
TEXT = (
    "Soldiers closed the bridge over the river on Monday, the ministry of roads said in a statement that it gave to reporters. "
)
ITEMS = 8


@pytest.fixture
def site() -> Iterator[FeedSite]:
    with feed_site() as found:
        yield found


def ledger_with(path: Path, *addresses: str) -> Path:
    with Ledger(path) as ledger:
        for address in addresses:
            pipeline.subscribe(ledger, pipeline.feed_at(address), now=NOW)
    return path


def test_killed_at_any_moment_nothing_is_lost_and_nothing_doubled(site: FeedSite, tmp_path: Path) -> None:
    for number in range(ITEMS):
        site.replies[f"/a{number}"] = Reply(f"Report {number}. {TEXT}".encode(), headers={"Content-Type": "text/plain"})
    items = [item(number, "Closed.", link=site.url(f"/a{number}")) for number in range(ITEMS)]
    site.replies["/feed"] = Reply(rss(*items), etag='"1"')
    path = ledger_with(tmp_path / "ledger.sqlite", site.url("/feed"))
    command = [sys.executable, "-m", "tests.watch.driver", str(site.port), str(path), *POINTS]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout is not None
    said = []
    for line in process.stdout:  # until the last watch says that it runs
        said.append(line.strip())
        if "watching" in line:
            break
    with Ledger(path, create=False) as ledger:
        until = time.monotonic() + 30
        while (health := Feeds(ledger).health()[0]).waiting or health.kept < ITEMS:
            assert time.monotonic() < until, (said, health)
            time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    said += process.stdout.read().splitlines()
    assert process.wait(10) == 0, said
    assert [line for line in said if line.split()[-1] == str(-signal.SIGKILL)] == [f"{one} -9" for one in POINTS], said
    with Ledger(path, create=False) as ledger:
        documents = [one.document for one in ledger.codings()]
        assert sorted(one.url or "" for one in documents) == [site.url(f"/a{number}") for number in range(ITEMS)]
        assert all(f"Report {(one.url or '')[-1]}." in one.text for one in documents)
        assert list(ledger.verify(pipeline.identity)) == []
        health = Feeds(ledger).health()[0]
    assert (health.items, health.kept, health.edits, health.stubs, health.failed) == (ITEMS, ITEMS, 0, 0, 0)
    # The feed came twice: the first watch died before it had kept it, the second while it did. From the third on it is known.
    assert site.asked("/feed")[:3] == [200, 200, 200]
    assert set(site.asked("/feed")[3:]) == {304}
    # A page is fetched again only where the watch died between its fetching and its keeping.
    assert sum(len(site.asked(f"/a{number}")) for number in range(ITEMS)) <= ITEMS + len(POINTS)


def test_once_polls_what_is_due_and_takes_in_all_of_it(site: FeedSite, tmp_path: Path) -> None:
    for name in ("/one", "/two"):
        site.replies[name] = Reply(rss(*(item(number, f"{name} {number}") for number in range(10))))
    path = ledger_with(tmp_path / "ledger.sqlite", site.url("/one"), site.url("/two"), site.url("/none"))
    told: list[object] = []
    now = [NOW]
    watcher = Watcher(path, tools(site), tell=told.append, clock=lambda: now[0], chance=lambda: 0.5, joins=False)
    watcher.once()
    polled = [one for one in told if isinstance(one, pipeline.Polled)]
    assert sorted((one.state, one.new) for one in polled) == [("failed", 0), ("good", 10), ("good", 10)]
    assert sum(isinstance(one, pipeline.Taken) for one in told) == 20
    told.clear()
    watcher.once()  # nothing is due yet
    assert told == []
    now[0] += timedelta(minutes=15)
    watcher.once()  # what failed waits twice as long
    assert [one.state for one in told if isinstance(one, pipeline.Polled)] == ["good", "good"]
    told.clear()
    watcher.once(every=True)
    assert len(told) == 3
    with Ledger(path, create=False) as ledger:
        assert len(list(ledger.codings())) == 20


def test_a_lease_is_for_one_watcher_and_ends(tmp_path: Path) -> None:
    path = ledger_with(tmp_path / "ledger.sqlite", "https://a.example/f", "https://b.example/f")
    with Ledger(path) as one, Ledger(path) as two:
        until = NOW + timedelta(minutes=5)
        first = Feeds(one).lease(now=NOW, until=until, limit=1)
        second = Feeds(two).lease(now=NOW, until=until)
        assert {feed.address for feed in first + second} == {"https://a.example/f", "https://b.example/f"}
        assert Feeds(one).lease(now=NOW, until=until) == []
        assert len(Feeds(two).lease(now=until, until=until + timedelta(minutes=5))) == 2


def test_it_runs_until_it_is_stopped_and_tells_of_errors_that_may_pass(site: FeedSite, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(rss(item(1, "x")))
    path = ledger_with(tmp_path / "ledger.sqlite", site.url("/feed"))
    stop, after, told = threading.Event(), [], list[object]()
    given, failing = tools(site), [True]

    def keep(*args: object) -> Kept:
        if failing.pop() if failing else False:
            raise LedgerError("the disk is full")
        return given.keep(*args)  # type: ignore[arg-type]

    def done(ledger: Ledger) -> None:
        after.append(sum(1 for _ in ledger.codings()))
        if after[-1]:
            stop.set()

    own = pipeline.WatchTools(given.ask, keep, given.limits)
    threading.Timer(20, stop.set).start()
    Watcher(path, own, tell=told.append, joins=False, after=done, tick=0.02).run(stop)
    assert after == [0, 1]
    assert [one.message for one in told if isinstance(one, LedgerError)] == ["the disk is full"]


def test_what_was_kept_and_not_joined_any_more_is_joined_by_the_next_run(site: FeedSite, tmp_path: Path) -> None:
    path, stop, after = ledger_with(tmp_path / "ledger.sqlite"), threading.Event(), []

    def done(_: Ledger) -> None:
        after.append(1)
        stop.set()

    threading.Timer(20, stop.set).start()
    Watcher(path, tools(site), joins=False, after=done, tick=0.02).run(stop)
    assert after == [1]


def test_a_fault_ends_the_run_and_is_raised(site: FeedSite, tmp_path: Path) -> None:
    site.replies["/feed"] = Reply(rss(item(1, "x")))
    path = ledger_with(tmp_path / "ledger.sqlite", site.url("/feed"))
    given = tools(site)

    def keep(_: Ledger, document: Document, *__: object) -> Kept:
        raise ZeroDivisionError(document.title)

    with pytest.raises(ZeroDivisionError, match="Headline 1"):
        Watcher(path, pipeline.WatchTools(given.ask, keep, given.limits), joins=False, tick=0.02).run(threading.Event())


def test_two_watchers_at_once_keep_everything_once(site: FeedSite, tmp_path: Path) -> None:
    for number in range(ITEMS):
        site.replies[f"/a{number}"] = Reply(f"Report {number}. {TEXT}".encode(), headers={"Content-Type": "text/plain"})
    for name in ("/one", "/two"):
        site.replies[name] = Reply(rss(*(item(number, "Closed.", link=site.url(f"/a{number}")) for number in range(ITEMS))))
    path = ledger_with(tmp_path / "ledger.sqlite", site.url("/one"), site.url("/two"))
    watchers = [threading.Thread(target=Watcher(path, tools(site), joins=False).once) for _ in range(2)]
    for one in watchers:
        one.start()
    for one in watchers:
        one.join()
    with Ledger(path) as ledger:
        assert sorted(one.document.url or "" for one in ledger.codings()) == [site.url(f"/a{number}") for number in range(ITEMS)]
        assert [(one.items, one.kept, one.waiting, one.polls) for one in Feeds(ledger).health()] == [(ITEMS, ITEMS, 0, 1)] * 2
        assert list(ledger.verify(pipeline.identity)) == []
