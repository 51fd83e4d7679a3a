"""Soak: does a watch of feeds that go wrong lose anything, keep anything twice, or grow while it runs?

Source: feeds made of the corpus's sentences (``bench/soak_items.py``), served on loopback by a process of its own
(``bench/soak_site.py``) that answers a third of all requests with one of seventeen faults: slow, silent, truncated, wrongly
declared, 500, 503, redirects in a ring and to private networks, bombs, half packed, huge, reset, no HTTP, entities, no feed,
empty, noise. The watch is the real one: schedule, fetcher, readers, coders, ledger, joining, alerts. Its clock runs sixty times
as fast, so an hour is two and a half days of polls. PATH is a scratch folder. ``--limit`` is the number of feeds.

Metric: ``versions`` are versions of items that stood in an answer which came whole; ``kept`` is the share of them that the
ledger has, ``replaced`` are those in whose place a later one stands because the page of a summary was read after its next edit,
``unread`` those whose page was refused four times, which the ledger says with the item, ``lost`` the others. ``doubled`` are
items that are kept as two documents; ``told_twice`` are versions that are read in two wordings of one document, from a page
that was ahead of its feed and then from the feed. ``memory_mb`` is the resident memory of the watch that is its own, not a
file's, when its models are loaded, at the start, in the middle and at the end: before the start it codes and joins WARM items
like those of the feeds into another ledger, so that its bounded tables of words are full. ``slope_mb_an_hour`` is the median of
the slopes between samples of its later three quarters (Theil and Sen). ``files`` and ``threads`` are open at these moments.
After the faults the queue is emptied; how far that is stands on standard error. The bench fails where something is lost or
doubled, items still wait after as long again, the ledger does not verify, or, in a run of at least twenty minutes, memory grows
by more than MOST_MB_AN_HOUR.
Matching rule: by the mark that each version says.

Best of others: none known.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import Any

from bench.soak_items import ITEM, desks, marks
from bench.soak_site import HOSTS, START
from bench.speed_worker import document_of
from foreshock import pipeline
from foreshock.errors import ForeshockError
from foreshock.ledger import Ledger
from foreshock.ledger.feed_queue import FeedQueue
from foreshock.ledger.feeds import Feeds
from foreshock.settings import read_settings
from foreshock.sources import Limits
from foreshock.sources.base import Answer, Fetched
from foreshock.sources.http.address import IP, is_public
from foreshock.sources.http.fetcher import ACCEPT, HttpFetcher
from foreshock.watch.alerts.deliver import Sender
from foreshock.watch.alerts.round import Alerting
from foreshock.watch.schedule import Event, Watcher

FEEDS, FASTER = 32, 60
LANGUAGES = ("en", "ru", "ja", "fr", "es", "zh", "de", "ar")
# Items a second: one core codes them while it polls; what it cannot would wait at the end.
RATE, SHARE, SEED = 0.4, 0.33, 7
WARM = 1_200  # items
SAMPLE = 5.0  # seconds between two looks at memory
MOST_MB_AN_HOUR = 48.0
LONG_ENOUGH = 20.0  # minutes from which on a slope says something
EMPTYING = 120.0  # seconds, at least, that the queue may take to be empty when the faults have ended
PATIENT = Limits(total_seconds=4.0, read_seconds=2.0, connect_seconds=2.0)


def run(
    data: Path | None = None,
    *,
    coder: str,
    limit: int | None,
    minutes: float = 60.0,
    languages: tuple[str, ...] = LANGUAGES,
) -> dict[str, Any]:
    """Return what a watch of so many minutes came to.

    Raises:
        ValueError: something was lost or kept twice, the ledger does not verify, or memory grows.
    """
    with tempfile.TemporaryDirectory(dir=data, prefix="soak-") as name, _site(limit or FEEDS, languages) as port:
        told = Soak(Path(name) / "ledger.sqlite", port, coder, limit or FEEDS).run(minutes, languages)
    if told["lost"] or told["doubled"] or told["faults_of_the_ledger"]:
        raise ValueError(f"the watch lost or doubled something: {json.dumps(told)}")
    if minutes >= LONG_ENOUGH and told["slope_mb_an_hour"] > MOST_MB_AN_HOUR:
        raise ValueError(f"memory grows by more than {MOST_MB_AN_HOUR} MB an hour: {json.dumps(told)}")
    return told


@contextmanager
def _site(feeds: int, languages: tuple[str, ...]) -> Iterator[int]:
    command = [sys.executable, "-m", "bench.soak_site", str(feeds), str(RATE), str(SHARE), str(SEED), *languages]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


@dataclass(frozen=True, slots=True)
class Sample:
    """The process at a moment: seconds since the start, its own resident memory in MB, open files, threads."""

    seconds: float
    memory: float
    files: int
    threads: int


def sample(since: float) -> Sample:
    """Look at this process."""
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    memory = int(said["RssAnon"].split()[0]) / 1024
    return Sample(time.monotonic() - since, memory, len(list(Path("/proc/self/fd").iterdir())), int(said["Threads"]))


def slope(samples: list[Sample]) -> float:
    """Return by how many MB an hour memory grows: the median slope between samples of the later three quarters."""
    late = [one for one in samples if one.seconds >= samples[-1].seconds / 4][:: max(1, len(samples) // 200)]
    pairs = [(two.memory - one.memory) / (two.seconds - one.seconds) for at, one in enumerate(late) for two in late[at + 1 :]]
    return round(median(pairs) * 3600, 2) if pairs else 0.0


@dataclass
class Noting:
    """The real fetcher; notes which answers came whole."""

    inner: HttpFetcher
    answers: set[str] = field(default_factory=set)

    def __call__(self, url: str, *, limits: Limits) -> Fetched:
        """Return the page."""
        return self.inner(url, limits=limits)

    def ask(self, url: str, *, limits: Limits, etag: str = "", modified: str = "", accept: str = ACCEPT) -> Answer:
        """Return the answer, noted."""
        answer = self.inner.ask(url, limits=limits, etag=etag, modified=modified, accept=accept)
        if answer.page is not None:
            self.answers.add(dict(answer.page.headers).get("server", ""))
        return answer


class Soak:
    """One watch of a site that goes wrong."""

    def __init__(self, path: Path, port: int, coder: str, feeds: int) -> None:
        self._path, self._port = path, port
        self._begun = time.monotonic()
        self._counts: Counter[str] = Counter()
        self._errors: Counter[str] = Counter()
        self._samples: list[Sample] = []
        self._lock = threading.Lock()
        settings = read_settings(path.parent, os.environ)
        self._ask = Noting(HttpFetcher(ports=frozenset({port}), resolver=_resolve, allow=_loopback_too, remember=3600.0))
        tools = replace(pipeline.watch_tools(pipeline.Workbench(settings), ask=self._ask, coder=coder), limits=PATIENT)
        self._tools = tools
        alerting = Alerting(pipeline.Workbench(settings), Sender(settings, {}), tell=self._alerted)
        self._watcher = partial(Watcher, path, tools, tell=self._tell, clock=self._now, after=alerting, tick=0.5)
        with Ledger(path) as ledger:
            for number in range(feeds):
                feed = pipeline.feed_at(f"http://h{number % HOSTS}.example:{port}/feed/{number}", kind="feed", every=900)
                pipeline.subscribe(ledger, feed, now=START)

    def _now(self) -> datetime:
        return START + timedelta(seconds=(time.monotonic() - self._begun) * FASTER)

    def run(self, minutes: float, languages: tuple[str, ...]) -> dict[str, Any]:
        """Watch for so many minutes with faults, then once more without, and count."""
        stop, failed = threading.Event(), list[BaseException]()

        def watch() -> None:
            try:
                self._watcher().run(stop)
            except BaseException as error:  # told below, in the thread that waits
                failed.append(error)

        self._watcher().once()  # loads every model
        models = sample(self._begun).memory
        self._warm(languages, WARM if minutes >= LONG_ENOUGH else 0)
        self._samples.append(sample(self._begun))
        watching = threading.Thread(target=watch)
        watching.start()
        until = time.monotonic() + minutes * 60
        while time.monotonic() < until and watching.is_alive():
            watching.join(min(SAMPLE, max(0.0, until - time.monotonic())))
            self._samples.append(sample(self._begun))
        stop.set()
        watching.join()
        if failed:
            raise failed[0]
        told = self._settled(minutes)
        return told | {"memory_mb": {"models": round(models, 1), **told["memory_mb"]}}

    def _warm(self, languages: tuple[str, ...], items: int) -> None:
        tools, made = self._tools, desks(languages, len(languages), HOSTS, seed=SEED + 1000)
        with Ledger(self._path.with_name("warm.sqlite")) as ledger:
            for number in range(items):
                desk = made[number % len(made)]
                item = desk.write(START)
                text = "\n\n".join([item.title, *item.whole])
                given = {"id": f"warm{number}", "text": text, "published": "2033-05-01", "language": desk.language}
                tools.keep(ledger, document_of(given), None, START + timedelta(seconds=number))
                if number % 100 == 99:
                    _progress(f"{number + 1} of {items} items before the start")
                    list(pipeline.join(ledger))

    def _settled(self, minutes: float) -> dict[str, Any]:
        _get(self._port, "/~calm")
        allowed = max(EMPTYING, minutes * 60)
        until = time.monotonic() + allowed
        _progress(f"{minutes:g} minutes of faults are over; {self._waiting()} items wait")
        self._watcher().once(every=True)
        # What waits for a page that was in trouble is due a little later, and the last time its summary stands.
        while waiting := self._waiting():
            _progress(f"{waiting} items wait")
            if time.monotonic() > until:
                raise ValueError(f"{waiting} items still wait {allowed:.0f} s after the last fault")
            time.sleep(1)
            self._watcher().once()
        site = json.loads(_get(self._port, "/~told"))
        with Ledger(self._path, create=False) as ledger:
            return {"minutes": minutes, **self._kept(ledger, site["told"]), **self._said(site)}

    def _waiting(self) -> int:
        with Ledger(self._path, create=False) as ledger:
            return sum(one.waiting for one in Feeds(ledger).health())

    def _kept(self, ledger: Ledger, told: dict[str, list[str]]) -> dict[str, Any]:
        versions = {mark for name in self._ask.answers for mark in told.get(name, ())}
        found: dict[str, set[tuple[str, str]]] = {}
        latest: dict[str, int] = {}
        for coding in ledger.codings():
            for mark in set(marks(coding.document.text)):
                found.setdefault(mark, set()).add((coding.document.id, coding.document.version))
                item, _, version = mark.partition("v")
                latest[item] = max(latest.get(item, 0), int(version))
        missing = {one for one in versions if one not in found}
        # Edited again before its page could be read: the later version stands.
        replaced = {one for one in missing if latest.get(one.partition("v")[0], 0) > int(one.partition("v")[2])}
        twice = sorted(one for one, where in found.items() if len(where) > 1)
        documents: dict[str, set[str]] = {}
        for mark, where in found.items():
            documents.setdefault(mark.partition("v")[0], set()).update(one for one, _ in where)
        doubled = sorted(one for one, ids in documents.items() if len(ids) > 1)
        lost, unread = _apart(missing - replaced, _refused(ledger))
        verified = list(ledger.verify(pipeline.identity))
        kept = sum(one in found for one in versions)
        return {
            "versions": len(versions), "kept": round(kept / max(1, len(versions)), 5), "lost": len(lost),
            "replaced": len(replaced), "unread": unread, "items": len(documents), "doubled": len(doubled),
            "told_twice": len(twice), "examples": [*lost[:5], *doubled[:5], *twice[:2]], "faults_of_the_ledger": len(verified),
            "claims": self._counts["claims"],
        }  # fmt: skip

    def _said(self, site: dict[str, Any]) -> dict[str, Any]:
        first, middle, last = self._samples[0], self._samples[len(self._samples) // 2], self._samples[-1]
        three = (("start", first), ("middle", middle), ("end", last))
        return {
            "made": site["made"], "edited": site["edited"], "faults": dict(sorted(site["faults"].items())),
            "polls": {name: self._counts[name] for name in ("good", "unchanged", "failed", "gone")},
            "taken": {name: self._counts[name] for name in ("kept", "stub", "waiting", "failed-item")},
            "errors": dict(self._errors.most_common()),
            "memory_mb": {name: round(one.memory, 1) for name, one in three},
            "memory_by_tenths_mb": [round(self._samples[(len(self._samples) - 1) * at // 10].memory) for at in range(11)],
            "memory_most_mb": round(max(one.memory for one in self._samples), 1),
            "slope_mb_an_hour": slope(self._samples),
            "files": {name: one.files for name, one in three},
            "threads": {name: one.threads for name, one in three},
        }  # fmt: skip

    def _alerted(self, said: str) -> None:
        with self._lock:
            self._errors[f"alerts: {_kind(said)}"] += 1

    def _tell(self, event: Event) -> None:
        with self._lock:
            if isinstance(event, ForeshockError):
                self._errors[f"ledger: {_kind(str(event))}"] += 1
            elif isinstance(event, pipeline.Polled):
                self._counts[event.state] += 1
                self._errors.update([_kind(event.error)] if event.error else [])
            elif isinstance(event, pipeline.Taken):
                state = event.item.state
                self._counts["failed-item" if state == "failed" else state] += 1
                self._counts["claims"] += event.claims
                self._errors.update([f"item: {_kind(event.item.error)}"] if state == "failed" else [])


def _refused(ledger: Ledger) -> Counter[str]:
    """Return how many later versions of each item the ledger says that it could not read."""
    queue, items = FeedQueue(ledger), Counter[str]()
    for item in (item for feed in Feeds(ledger).all() for item in queue.items(feed.id)):
        if item.state == "kept" and item.error and (found := ITEM.search(f"{item.place} {item.link}")):
            items[found[0]] += 1
    return items


def _apart(missing: set[str], refused: Counter[str]) -> tuple[list[str], int]:
    """Return the versions that are lost, and how many of the missing are told as refused."""
    lost, left = [], Counter(refused)
    for mark in sorted(missing):
        item = mark.partition("v")[0]
        if left[item]:
            left[item] -= 1
        else:
            lost.append(mark)
    return lost, len(missing) - len(lost)


def _progress(said: str) -> None:
    print(f"soak: {said}", file=sys.stderr, flush=True)


def _kind(error: str) -> str:
    """Return what an error says without addresses, numbers and what is quoted."""
    bare = re.sub(r"https?://\S+|'[^']*'|\"[^\"]*\"", "", error.partition(";")[0])
    return " ".join(re.sub(r"[\d,]*\d", "N", bare).split())[:70].strip(" :")


def _get(port: int, path: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def _resolve(_: str, __: int) -> list[str]:
    return ["127.0.0.1"]


def _loopback_too(ip: IP) -> bool:
    return ip == ipaddress.ip_address("127.0.0.1") or is_public(ip)
