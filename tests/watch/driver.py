"""The real ``foreshock watch`` in a process of its own, with a fetcher that may reach the test's site, killed where told to.

``python -m tests.watch.driver PORT LEDGER POINT...`` runs ``foreshock watch --once`` in a child for each POINT, where it dies by
SIGKILL; then ``foreshock watch`` until it gets SIGTERM.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from foreshock import pipeline
from foreshock.cli import app
from foreshock.ledger import Ledger, feed_queue
from foreshock.ledger.feed_queue import FeedQueue
from foreshock.ledger.feeds import Feeds
from foreshock.model import Document
from foreshock.settings import read_settings
from foreshock.sources.base import Fetched
from foreshock.sources.feeds.parse import parse_feed
from foreshock.watch import schedule
from tests.feeds import NOW, FeedSite, item, keep_plain, rss, tools

# Where a child dies: (what, its function, before or after it, the how manieth call of it).
POINTS: dict[str, tuple[Any, str, str, int]] = {
    "before-settle": (Feeds, "settle", "before", 1),
    "in-settle": (feed_queue, "_keep_answer", "after", 1),
    "after-settle": (Feeds, "settle", "after", 1),
    "before-read": (FeedQueue, "contents", "before", 2),
    "before-mark": (FeedQueue, "mark", "before", 2),
    "after-mark": (FeedQueue, "mark", "after", 2),
    "before-keep": (None, "keep", "before", 1),
    "after-keep": (None, "keep", "after", 2),
}


def deadly(function: Callable[..., Any], when: str, call: int) -> Callable[..., Any]:
    """Return a function that kills its process before or after a call of another one."""
    calls = 0

    def around(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*given, **named)
        if calls == call and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return around


def watch(port: int, ledger: str, *options: str, point: str | None, later: timedelta) -> int:
    """Run ``foreshock watch`` with the clock so much later, to its end or its death."""
    given = tools(FeedSite(port=port))
    keep: Callable[..., Any] = keep_plain
    if point is not None:
        where, name, when, call = POINTS[point]
        if where is None:
            keep = deadly(keep, when, call)
        else:
            setattr(where, name, deadly(getattr(where, name), when, call))
    pipeline.watch_tools = lambda *_, **__: pipeline.WatchTools(given.ask, keep, given.limits)
    # A second of the test is a second here, from a moment that is later for each child: leases of the dead have run out.
    schedule.Watcher = partial(schedule.Watcher, clock=lambda: datetime.now(UTC) + later, tick=0.05)  # type: ignore[misc, assignment]
    sys.argv = ["foreshock", "watch", "--no-join", "--ledger", ledger, *options]
    return app.run()


def warm() -> None:
    """Load what a watch and reading a page load, once for all children."""
    for name in ("foreshock.cli.watch", "foreshock.watch.alerts.deliver", "foreshock.watch.alerts.round"):
        import_module(name)
    data = b"Soldiers closed the bridge on Monday."
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.sqlite") as ledger:
        (Path(folder) / "page.txt").write_bytes(data)
        (found,) = pipeline.gather(f"{folder}/page.txt", settings=read_settings(Path(folder), {}), now=NOW)
        assert isinstance(found, Document)
        keep_plain(ledger, found, data, NOW)
    parse_feed(Fetched("", "", b"", rss(item(1, "x")), None, None), decode=lambda one, _: one.decode())


def main(port: int, ledger: str, points: list[str]) -> int:
    """Die at each point, then go on until SIGTERM; return the exit code of the last."""
    warm()
    for number, point in enumerate(points):
        child = os.fork()
        if not child:
            os._exit(watch(port, ledger, "--once", point=point, later=timedelta(hours=number)))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{point} {os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return watch(port, ledger, point=None, later=timedelta(hours=len(points)))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
