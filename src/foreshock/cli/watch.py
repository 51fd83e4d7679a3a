"""``foreshock watch``: poll what is watched, and keep and join what arrives."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foreshock.cli import logs
from foreshock.cli.app import PARTLY
from foreshock.cli.options import coder_option, ledger_option, workbench
from foreshock.cli.plain import plain, tell
from foreshock.errors import ForeshockError
from foreshock.settings import LogFormat, shown_address

if TYPE_CHECKING:
    from foreshock import pipeline


@dataclass
class Told:
    """Says what happens, a line each, and counts it; called from several threads."""

    say: Callable[[str], None] = click.echo
    warn: Callable[[object], None] = tell
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("polled", "unchanged", "failed", "items", "claims"), 0))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, event: pipeline.Polled | pipeline.Taken | pipeline.Step | ForeshockError) -> None:
        """Print an event of the watch, where it is one that says something new."""
        from foreshock import pipeline

        with self.lock:
            if isinstance(event, ForeshockError):
                self.warn(event)
            elif isinstance(event, pipeline.Polled):
                self._polled(event)
            elif isinstance(event, pipeline.Taken):
                self._taken(event)

    def _polled(self, event: pipeline.Polled) -> None:
        name = plain(event.feed.name or event.feed.address)
        self.counts["polled"] += 1
        self.counts["unchanged"] += event.state == "unchanged"
        self.counts["failed"] += bool(event.error)
        if event.error:
            self.warn(f"{name}: {event.error}")
        if event.new or event.edited:
            self.say(f"{name}: {event.new} new, {event.edited} edited")
        for note in event.notes:
            self.warn(f"{name}: {note}")

    def _taken(self, event: pipeline.Taken) -> None:
        self.counts["items"] += event.item.state in ("kept", "stub")
        self.counts["claims"] += event.claims
        where = plain(event.item.url or event.item.place)
        if event.item.state == "failed":
            self.warn(f"{where}: {event.item.error}")
        elif event.documents:
            self.say(f"{'kept as a summary' if event.item.state == 'stub' else 'kept'}: {where}, {event.claims} claims")


@click.command()
@click.option("--once", is_flag=True, help="Poll what is due, take in what waits, and end.")
@click.option("--all", "every", is_flag=True, help="With --once: poll all that is watched, due or not.")
@ledger_option
@coder_option
@click.option("--no-join", is_flag=True, help="Do not join what was kept into incidents; foreshock join does so later.")
def command(*, once: bool, every: bool, ledger: Path | str | None, coder: str, no_join: bool) -> None:
    """Poll feeds, pages, mailboxes and folders, each when it is due, and code, keep and join what they bring.

    It goes on until it is interrupted or told to end (SIGTERM), and ends what it is at. Killed at any moment it loses nothing:
    what a poll brought waits in the ledger, and the next watch goes on from there. foreshock feeds adds what is watched and shows
    its health.
    """
    from foreshock import pipeline
    from foreshock.watch.alerts.deliver import Sender
    from foreshock.watch.alerts.round import Alerting
    from foreshock.watch.schedule import Watcher

    if every and not once:
        raise click.UsageError("--all goes with --once")
    bench = workbench()
    address = ledger or bench.settings.ledger
    told = _told(bench.settings.log_format)
    # A workbench serves one thread at a time, and alerts are raised beside what is taken in.
    alerting = Alerting(workbench(), Sender(bench.settings, os.environ), tell=told.warn)
    tools = pipeline.watch_tools(bench, coder=coder)
    watcher = Watcher(address, tools, tell=told, joins=not no_join, after=alerting)
    if once:
        watcher.once(every=every)
        click.echo(f"{shown_address(address)}: " + ", ".join(f"{number} {name}" for name, number in told.counts.items()))
        if told.counts["failed"]:
            raise click.exceptions.Exit(PARTLY)
        return
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    click.echo(f"{shown_address(address)}: watching; end with Ctrl-C")
    watcher.run(stop)


def _told(form: LogFormat) -> Told:
    """Return what says what happens: lines for people, or a log of JSON lines."""
    if form == "text":
        return Told()
    logs.start(form)
    log = logging.getLogger("foreshock.watch")
    return Told(say=log.info, warn=log.warning)
