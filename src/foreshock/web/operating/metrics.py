"""Numbers for Prometheus: of requests as they are answered, and of the ledger when they are asked for.

A registry is one desk's own, so that two desks in a process do not add up. Paths are told by their templates
(``/documents/{id}``): an id is never a label.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from foreshock import pipeline
from foreshock.errors import LedgerError
from foreshock.ledger.feeds import Feeds
from foreshock.ledger.head import head
from foreshock.ledger.outbox import Outbox
from foreshock.model import DeliveryState

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from foreshock.web.desk import Desk

UNSENT: tuple[DeliveryState, ...] = ("waiting", "sending", "dead")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 5.0)  # seconds; 0.3 is what a page may take


class Metrics:
    """The numbers of one desk."""

    def __init__(self, desk: Desk) -> None:
        from prometheus_client import CollectorRegistry, Histogram
        from prometheus_client import Counter as Count

        self.registry: CollectorRegistry = CollectorRegistry()
        self._requests = Count(
            "foreshock_requests", "Requests answered, by page and status.", ("route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "foreshock_request_seconds", "Seconds until the last byte.", ("route",), buckets=BUCKETS, registry=self.registry
        )
        self.registry.register(_OfLedger(desk))

    def answered(self, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """Return all numbers in Prometheus' text format."""
        from prometheus_client import generate_latest

        return bytes(generate_latest(self.registry))


class _OfLedger:
    """How far the ledger has come; asked at each scrape, by statements that read the ends of indexes only."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def collect(self) -> Iterator[Any]:
        """Yield the families of numbers; a ledger that cannot be read is ``foreshock_ledger_up 0`` and nothing more."""
        from prometheus_client.core import GaugeMetricFamily

        up = GaugeMetricFamily("foreshock_ledger_up", "Whether the ledger can be read.")
        try:
            found, waiting = head(self._desk.ledger), pipeline.not_joined(self._desk.ledger)
            feeds: Counter[str] = Counter(one.state for one in Feeds(self._desk.ledger).health())
            sent: Counter[str] = Counter(one.state for one in Outbox(self._desk.ledger).deliveries(states=UNSENT))
        except LedgerError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        for name, value, told in (
            ("foreshock_codings", found.arrival, "Codings of documents that the ledger keeps."),
            ("foreshock_codings_not_joined", waiting, "Codings that are kept and not joined yet."),
            ("foreshock_judgements", found.judged, "Judgements that the ledger keeps."),
            ("foreshock_estimates", found.weighed, "Estimates that the ledger keeps."),
        ):
            family = GaugeMetricFamily(name, told)
            family.add_metric([], value)
            yield family
        for name, counted, states, told in (
            ("foreshock_feeds", feeds, ("ok", "failing", "gone", "new"), "Feeds that are watched, by how their last poll went."),
            ("foreshock_deliveries", sent, UNSENT, "Alerts on their way: waiting, being sent, or given up."),
        ):
            family = GaugeMetricFamily(name, told, labels=("state",))
            for state in states:
                family.add_metric([state], counted[state])
            yield family


class Counting:
    """Middleware: counts every request with how long it took; a stream of events is counted when it ends, without a time."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and count."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, counted)
        finally:
            route = getattr(scope.get("route"), "path", None) or ("/static" if scope["path"].startswith("/static/") else "other")
            if route != "/live":
                self.metrics.answered(route, status, time.perf_counter() - started)
