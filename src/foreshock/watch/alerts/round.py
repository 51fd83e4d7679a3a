"""One round: every watch is evaluated, what is news is kept, and what is due goes out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from foreshock.errors import ForeshockError
from foreshock.ledger import Ledger
from foreshock.ledger.head import head
from foreshock.ledger.watches import Watches
from foreshock.model import Alert
from foreshock.pipeline.alerting import raise_alerts
from foreshock.pipeline.workbench import Workbench
from foreshock.watch.alerts.deliver import Delivered, Sender, deliver

# How often watches are evaluated although nothing was added: ages, silence and quiet hours go by the clock.
HOURLY = timedelta(minutes=15)


def utc_now() -> datetime:
    """Return this moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Round:
    """The alerts that were raised, how deliveries went, and (watch, error) of watches that could not be evaluated."""

    alerts: tuple[Alert, ...]
    delivered: Delivered
    failed: tuple[tuple[str, ForeshockError], ...] = ()


def raise_and_deliver(ledger: Ledger, bench: Workbench, send: Sender, *, now: datetime, names: Iterable[str] = ()) -> Round:
    """Evaluate watches, all or those of some names, and deliver what is due.

    A watch that cannot be evaluated stops no other one.

    Args:
        ledger: open for writing; what is not joined yet is left for the round after it is joined.
        bench: codebook, actors and settings.
        send: what sends alerts.
        now: the moment.
        names: of watches.

    Raises:
        LedgerError: there is no watch of such a name, or the ledger cannot be written.
    """
    failed: list[tuple[str, ForeshockError]] = []
    alerts = raise_alerts(ledger, bench, now=now, names=names, failed=lambda name, error: failed.append((name, error)))
    return Round(tuple(alerts), deliver(ledger, send, now=now), tuple(failed))


@dataclass
class Alerting:
    """Rounds for a ledger that is watched: evaluated where something was added, or after a quarter of an hour; sent each time.

    Attributes:
        bench: codebook, actors and settings; used by this object alone.
        send: what sends alerts.
        tell: told, in words, of alerts, of deliveries that failed and of watches that could not be evaluated.
        clock: the moment.
    """

    bench: Workbench
    send: Sender
    tell: Callable[[str], None]
    clock: Callable[[], datetime] = utc_now
    _seen: tuple[int, ...] = field(default=(), init=False)
    _looked: datetime | None = field(default=None, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def __call__(self, ledger: Ledger) -> Round:
        """Make a round; several threads may ask, one makes it at a time.

        Raises:
            LedgerError: the ledger cannot be written.
        """
        with self._lock:
            now = self.clock()
            if not self._is_due(ledger, now):
                return self._told(Round((), deliver(ledger, self.send, now=now)))
            return self._told(raise_and_deliver(ledger, self.bench, self.send, now=now))

    def _is_due(self, ledger: Ledger, now: datetime) -> bool:
        store, at = Watches(ledger), head(ledger)
        seen = (at.arrival, at.joined, *at.decided)
        new = any(store.state(one.name).definition != one.definition for one in store.every())
        due = new or seen != self._seen or self._looked is None or now - self._looked >= HOURLY
        if due:
            self._seen, self._looked = seen, now
        return due

    def _told(self, done: Round) -> Round:
        for alert in done.alerts:
            self.tell(f"alert of {alert.watch}: {alert.title}")
        for name, error in done.failed:
            self.tell(f"the watch {name!r} was not evaluated: {error}")
        if done.delivered.waiting or done.delivered.dead:
            went = done.delivered
            self.tell(f"deliveries: {went.waiting} to be tried again, {went.dead} dead; foreshock alerts deliveries says why")
        return done
