"""One round: every watch is evaluated, what is news is kept, and what is due goes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from foreshock.errors import ForeshockError
from foreshock.ledger import Ledger
from foreshock.model import Alert
from foreshock.pipeline.alerting import raise_alerts
from foreshock.pipeline.workbench import Workbench
from foreshock.watch.alerts.deliver import Delivered, Sender, deliver


@dataclass(frozen=True, slots=True)
class Round:
    """The alerts that were raised, how deliveries went, and (watch, error) of watches that could not be evaluated."""

    alerts: tuple[Alert, ...]
    delivered: Delivered
    failed: tuple[tuple[str, ForeshockError], ...] = ()


def raise_and_deliver(
    ledger: Ledger, bench: Workbench, send: Sender, *, now: datetime, names: Iterable[str] = (), backfill: bool = False
) -> Round:
    """Evaluate watches, all or those of some names, and deliver what is due.

    A watch that cannot be evaluated stops no other one.

    Args:
        ledger: open for writing; what is not joined yet is left for the round after it is joined.
        bench: codebook, actors and settings.
        send: what sends alerts.
        now: the moment.
        names: of watches.
        backfill: what is there already is news to a watch that has seen nothing yet.

    Raises:
        LedgerError: there is no watch of such a name, or the ledger cannot be written.
    """
    failed: list[tuple[str, ForeshockError]] = []
    alerts = raise_alerts(
        ledger, bench, now=now, names=names, backfill=backfill, failed=lambda name, error: failed.append((name, error))
    )
    return Round(tuple(alerts), deliver(ledger, send, now=now), tuple(failed))
