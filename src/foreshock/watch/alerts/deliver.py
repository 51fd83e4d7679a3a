"""Deliver: what waits in the outbox goes out; what fails waits longer each time and is dead after the last try."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from foreshock.errors import ExportError
from foreshock.ledger import Ledger
from foreshock.ledger.outbox import Outbox
from foreshock.ledger.watches import Watches
from foreshock.model import Alert, Channel, Delivery, DeliveryState
from foreshock.pipeline.posting import Post, poster
from foreshock.settings import Settings
from foreshock.watch.alerts import mail, webhook
from foreshock.watch.alerts.feeds import write_feed
from foreshock.watch.alerts.outcome import Sent
from foreshock.watch.alerts.secrets import secrets_of

# Minutes from one try to the next; after the last one a delivery is dead.
PAUSES = (1, 5, 15, 60, 180, 360, 720, 1440)
TRIES = len(PAUSES) + 1
# Taken at a time, so few that all are tried before their lease ends.
BATCH = 5
MOST = 500


@dataclass(frozen=True)
class Sender:
    """What sends alerts.

    Attributes:
        settings: mail server, folder of feeds, hosts of webhooks.
        environment: holds secrets; ``os.environ`` or a stand-in.
        post: posts to webhooks; that of the settings where not given.
        tls: for mail, in tests.
    """

    settings: Settings
    environment: Mapping[str, str]
    post: Post | None = None
    tls: ssl.SSLContext | None = None

    def __call__(self, ledger: Ledger, alert: Alert, delivery: Delivery, *, now: datetime, event: str = "alert") -> Sent:
        """Try to deliver an alert once and return how it went."""
        channel = delivery.channel
        secrets = secrets_of(self.settings, self.environment)
        if channel is None:
            return Sent(done=False, why="the watch has this channel no longer", final=True)
        if channel.kind == "webhook":
            post = self.post or poster(self.settings)
            return webhook.send(alert, channel, delivery, post=post, secrets=secrets, now=now, event=event)
        if channel.kind == "email":
            return mail.send(alert, channel, delivery, settings=self.settings, secrets=secrets, now=now, tls=self.tls)
        if self.settings.alerts is None:
            return Sent(done=True, why="no folder of feeds is set; exports and the desk have it")
        try:
            write_feed(ledger, delivery.watch, self.settings.alerts, now=now)
        except ExportError as error:
            return Sent(done=False, why=error.message)
        return Sent(done=True)


@dataclass(frozen=True, slots=True)
class Delivered:
    """How a round of deliveries went: how many were sent, how many wait for another try, how many are dead now."""

    sent: int = 0
    waiting: int = 0
    dead: int = 0


def deliver(ledger: Ledger, send: Sender, *, now: datetime, clock: Callable[[], float] = time.monotonic) -> Delivered:
    """Try everything that is due once, at most ``MOST``, and return how it went.

    A kill between sending and saying so sends again, under the same id; see :mod:`foreshock.ledger.outbox`.
    """
    outbox, store, started = Outbox(ledger), Watches(ledger), clock()
    counts: dict[DeliveryState, int] = {"sent": 0, "waiting": 0, "dead": 0}
    for _ in range(MOST // BATCH):
        moment = now + timedelta(seconds=clock() - started)
        taken = outbox.take(now=moment, limit=BATCH)
        for one in taken:
            moment = now + timedelta(seconds=clock() - started)
            how = send(ledger, store.alert(one.alert_id), one, now=moment)
            state, due = after(one, how, now=moment)
            counts[state] += outbox.settle(one, state, now=moment, due=due, why=how.why)
        if not taken:
            break
    return Delivered(counts["sent"], counts["waiting"], counts["dead"])


def after(one: Delivery, how: Sent, *, now: datetime) -> tuple[DeliveryState, datetime]:
    """Return the state of a delivery after a try, and when it is due again."""
    if how.done:
        return "sent", now
    if how.final or one.tries >= TRIES:
        return "dead", now
    return "waiting", now + timedelta(minutes=PAUSES[one.tries - 1])


def try_channel(ledger: Ledger, send: Sender, alert: Alert, channel: Channel, *, now: datetime) -> Sent:
    """Send an alert that is a test to one channel, outside the outbox: it is not tried again."""
    delivery = Delivery(f"test.{channel.key}", alert.id, alert.watch, channel, "sending", 1, alert.at, alert.at)
    return send(ledger, replace(alert, title=f"Test: {alert.title}"), delivery, now=now, event="test")
