"""Rounds of a ledger that is watched: evaluated when something was added or time went by, sent each time, one at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from foreshock.ledger import Ledger
from foreshock.ledger.outbox import Outbox
from foreshock.ledger.watches import Watches
from foreshock.model import Channel, Crisis, Watch
from foreshock.pipeline.thresholds import trigger_of
from foreshock.watch.alerts import round as rounds
from foreshock.watch.alerts.deliver import Sender
from foreshock.watch.alerts.round import Alerting
from tests.alerts import DAY, article, bench

SHOT = "Police fired at a crowd in Almaty."


@pytest.fixture
def ledger(tmp_path):
    with Ledger(tmp_path / "l.sqlite") as opened:
        yield opened


class Clock:
    def __init__(self):
        self.now = DAY

    def __call__(self):
        return self.now


def test_watches_are_evaluated_when_there_is_cause(ledger, tmp_path, codebook, catalogue, monkeypatch):
    tools, clock, said, looked = bench(tmp_path, codebook, catalogue, alerts=tmp_path / "feeds"), Clock(), [], []
    alerting = Alerting(tools, Sender(tools.settings, {}), tell=said.append, clock=clock)
    real = rounds.raise_alerts
    monkeypatch.setattr(rounds, "raise_alerts", lambda *given, **named: looked.append(clock.now) or real(*given, **named))
    hook = Channel("webhook", "https://example.org/in", "none")
    Watches(ledger).keep(Watch("north", (trigger_of("incident"),), channels=(Channel("atom"), hook)), now=DAY)
    for _ in range(3):
        assert alerting(ledger).alerts == ()
    assert len(looked) == 1
    article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}))
    done = alerting(ledger)
    assert (len(done.alerts), done.delivered.sent, done.delivered.waiting) == (1, 1, 1)
    assert said == [
        "alert of north: New incident: Violence (arson) (Almaty; 7 January 2022)",
        "deliveries: 1 to be tried again, 0 dead; foreshock alerts deliveries says why",
    ]
    clock.now += timedelta(minutes=2)
    assert alerting(ledger).delivered.waiting == 1  # sent again without another look
    assert [one.tries for one in Outbox(ledger).deliveries(states=("waiting",))] == [2]
    assert len(looked) == 2
    clock.now += timedelta(minutes=15)
    alerting(ledger)
    assert len(looked) == 3
    ledger.keep_crisis(Crisis("gone", ("KAZ",)), clock.now)
    Watches(ledger).keep(Watch("south", (trigger_of("incident"),), crisis="gone"), now=clock.now)
    ledger.drop_crisis("gone", clock.now)
    assert [name for name, _ in alerting(ledger).failed] == ["south"]
    assert "the watch 'south' was not evaluated" in said[-1]
