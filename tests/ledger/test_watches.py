"""Watches, alerts and the outbox: kept, sealed, never raised twice, delivered at least once; on both engines."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import timedelta

import pytest

from foreshock.errors import LedgerError
from foreshock.ledger import Ledger
from foreshock.ledger.outbox import LEASE, Outbox
from foreshock.ledger.watches import Watches
from foreshock.model import Alert, AlertLine, Channel, Trigger, Watch, record_id
from foreshock.pipeline.alerting import raise_alerts
from foreshock.pipeline.thresholds import trigger_of
from tests.alerts import article, bench
from tests.ledger.records import CODER, DAY, claim, execute, reading

LATER = DAY + timedelta(hours=1)
KEY = b"sixteen or more bytes"
HOOK = Channel("webhook", "https://hooks.example.org/in", "desk")
MAIL = Channel("email", "desk@example.org")
WATCH = Watch(
    "north", (Trigger("dispute"), Trigger("tally", figure="killed", over=10.0)), countries=("KAZ",), channels=(HOOK, MAIL)
)


def alert(number: int = 1, **fields: object) -> Alert:
    made = Alert(
        record_id("alert", number), "north", "2022-01-08T09:00:00Z", WATCH.triggers[0], f"d{number}", "new", "A dispute",
        (AlertLine("Two papers differ.", ("c1", "c2")),), "2022-01-08",
    )  # fmt: skip
    return replace(made, **fields)


@pytest.fixture
def watches(ledger: Ledger) -> Watches:
    made = Watches(ledger)
    assert made.keep(WATCH, now=DAY)
    return made


def raised(watches: Watches, *alerts: Alert, marks: dict | None = None, watch: Watch = WATCH) -> bool:
    state = watches.state(watch.name)
    return watches.commit(watch, state, marks=marks or {}, alerts=alerts, arrival=3, now=DAY)


def test_a_watch_is_kept_changed_and_dropped_as_known(watches):
    assert not watches.keep(WATCH, now=LATER)
    other = replace(WATCH, quiet_hours=1.0)
    assert watches.keep(other, now=LATER + timedelta(days=1))
    assert watches.every() == [other]
    assert watches.every(as_of="2022-01-08") == [WATCH]
    assert watches.drop("north", now=LATER + timedelta(days=2))
    assert not watches.drop("north", now=LATER)
    assert not watches.drop("south", now=LATER)
    assert watches.every() == []
    with pytest.raises(LedgerError, match="no watch 'north'") as error:
        watches.get("north")
    assert "none is kept yet" in error.value.remedy


@pytest.mark.parametrize("wrong", [Watch(" ", WATCH.triggers), Watch("north", ())])
def test_a_watch_without_a_name_or_a_threshold_is_refused(ledger, wrong):
    with pytest.raises(LedgerError) as error:
        Watches(ledger).keep(wrong, now=DAY)
    assert error.value.remedy
    assert Watches(ledger).every() == []


def test_alerts_move_with_what_was_seen(watches, ledger):
    assert watches.state("north").version == 0
    assert raised(watches, alert(), alert(2), marks={("t", "d1"): {"told": "open"}, ("t", "d2"): {"told": "open"}})
    state = watches.state("north")
    assert (state.version, state.arrival, state.definition) == (1, 3, WATCH.definition)
    assert state.marks == {("t", "d1"): {"told": "open"}, ("t", "d2"): {"told": "open"}}
    assert raised(watches, marks={("t", "d1"): {"told": "settled"}, ("t", "d2"): None})
    assert watches.state("north").marks == {("t", "d1"): {"told": "settled"}}
    assert watches.alerts() == [alert(2), alert()]
    assert watches.alerts("north", limit=1) == [alert(2)]
    assert watches.alerts("south") == watches.alerts(as_of="2022-01-07") == []
    assert watches.alert(alert().id) == alert()
    with pytest.raises(LedgerError, match="no alert"):
        watches.alert("nobody")
    assert list(ledger.verify()) == []


def test_two_evaluations_at_once_raise_nothing_twice(watches):
    first = second = watches.state("north")
    assert watches.commit(WATCH, first, marks={}, alerts=[alert()], arrival=3, now=DAY)
    assert not watches.commit(WATCH, second, marks={}, alerts=[alert(2)], arrival=3, now=DAY)
    assert watches.alerts() == [alert()]


def test_a_watch_that_changed_meanwhile_is_evaluated_again(watches):
    state = watches.state("north")
    watches.keep(replace(WATCH, countries=("KGZ",)), now=LATER)
    assert not watches.commit(WATCH, state, marks={}, alerts=[alert()], arrival=3, now=DAY)
    watches.drop("north", now=LATER)
    assert not watches.commit(WATCH, state, marks={}, alerts=[alert()], arrival=3, now=DAY)
    assert watches.alerts() == []


def test_other_thresholds_begin_anew(watches):
    raised(watches, marks={("t", "d1"): {"told": "open"}})
    other = replace(WATCH, countries=("KGZ",))
    watches.keep(other, now=LATER)
    assert raised(watches, marks={("t", "d9"): {"told": "open"}}, watch=other)
    assert watches.state("north").marks == {("t", "d9"): {"told": "open"}}
    watches.drop("north", now=LATER)
    watches.keep(WATCH, now=LATER)
    state = watches.state("north")
    assert (state.version, state.definition, state.marks) == (2, "", {})


def test_each_alert_waits_on_each_channel_until_it_is_sent(watches, ledger):
    raised(watches, alert(), alert(2))
    outbox = Outbox(ledger)
    waiting = outbox.deliveries(watch="north")
    assert {(one.alert_id, one.channel) for one in waiting} == {(alert(n).id, to) for n in (1, 2) for to in (HOOK, MAIL)}
    taken = outbox.take(now=LATER, limit=3)
    assert [(one.state, one.tries) for one in taken] == [("sending", 1)] * 3
    assert [one.alert_id for one in taken[:2]] == [alert().id] * 2
    assert len(outbox.take(now=LATER, limit=9)) == 1
    assert outbox.settle(taken[0], "sent", now=LATER)
    assert not outbox.settle(taken[0], "sent", now=LATER)
    assert outbox.settle(taken[1], "waiting", now=LATER, due=LATER + LEASE * 2, why="status 500")
    assert outbox.settle(taken[2], "dead", now=LATER, why="status 410")
    assert {one.state for one in outbox.deliveries()} == {"sent", "waiting", "dead", "sending"}
    assert outbox.take(now=LATER, limit=9) == []
    assert outbox.revive(["nobody"], now=LATER) == 0
    assert outbox.revive(now=LATER) == 1
    assert [(one.id, one.tries) for one in outbox.take(now=LATER, limit=9)] == [(taken[2].id, 1)]


def test_a_kill_between_sending_and_saying_so_sends_again_under_the_same_id(watches, ledger):
    raised(watches, alert())
    outbox = Outbox(ledger)
    taken = outbox.take(now=LATER, limit=9)
    again = outbox.take(now=LATER + LEASE + timedelta(seconds=1), limit=9)
    assert [one.id for one in again] == [one.id for one in taken]
    assert [one.tries for one in again] == [2, 2]
    assert not outbox.settle(taken[0], "sent", now=LATER)  # the lease ended: another has it
    assert outbox.settle(again[0], "sent", now=LATER)


def test_what_has_no_channel_any_more_is_dropped(watches, ledger):
    raised(watches, alert())
    outbox = Outbox(ledger)
    watches.keep(replace(WATCH, channels=(MAIL,)), now=LATER)
    assert [one.channel for one in outbox.take(now=LATER, limit=9)] == [MAIL]
    assert [one.why for one in outbox.deliveries(states=("dropped",))] == ["the watch has this channel no longer"]
    watches.drop("north", now=LATER)
    assert outbox.take(now=LATER + 2 * LEASE, limit=9) == []
    assert {one.state for one in outbox.deliveries()} == {"dropped"}


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE alerts SET record = replace(record, 'Two', 'Ten') WHERE arrival = 1", "alerts"),
        ("DELETE FROM alerts WHERE arrival = 1", "alerts"),
        ("UPDATE watches SET record = replace(record, 'KAZ', 'KGZ')", "watches"),
    ],
)
def test_custody_vouches_for_watches_and_alerts(watches, ledger, address, statement, named):
    raised(watches, alert(), alert(2))
    execute(address, statement)
    assert {one.table for one in ledger.verify()} == {named}


def test_a_name_in_a_watch_or_an_alert_is_erased(ledger, address):
    name = "Marta Iwanek"
    watches = Watches(ledger)
    watch = replace(WATCH, name=f"case of {name}", words=(name,), triggers=(Trigger("silence", source=name, hours=3.0),))
    watches.keep(watch, now=DAY)
    line = AlertLine(f"According to {name}, nothing.", ("c1",))
    told = alert(watch=watch.name, lines=(line,), title=f"House of {name}", trigger=watch.triggers[0])
    raised(watches, told, watch=watch, marks={(watch.triggers[0].key, "s"): {"told": "silent"}})
    done = ledger.redact(name=name, by="ana", why="at risk", now=DAY, key=KEY)
    assert done.others == 2
    gc.collect()
    if not isinstance(address, str):
        data = b"".join(path.read_bytes() for path in address.parent.glob(f"{address.name}*"))
        assert b"Iwanek" not in data
    (kept,) = watches.every()
    assert (kept.name, kept.words, kept.triggers[0].source) == ("case of ████████████", ("████████████",), "████████████")
    assert watches.alerts(kept.name)[0].lines[0].text == "According to ████████████, nothing."
    state = watches.state(kept.name)
    assert (state.version, state.definition, state.marks) == (1, "", {})  # a hash of a name could be tried
    assert {(one.table, one.state) for one in ledger.verify()} == {("alerts", "redacted"), ("watches", "redacted")}


@pytest.mark.parametrize("what", ["document", "claim"])
def test_the_words_of_a_redacted_claim_go_from_alerts_too(ledger, what):
    one = reading("a", "Calm in the house of the witness.")
    said = claim(one)
    ledger.add(one, [said], coder=CODER, now=DAY)
    watches = Watches(ledger)
    watches.keep(WATCH, now=DAY)
    other = AlertLine("Nothing else.", ("c9",))
    raised(watches, alert(lines=(AlertLine("“Calm”, says the paper.", (said.id,)), other), place="Almaty"), alert(2))
    asked = {"document_id": one.document.id} if what == "document" else {"claim_id": said.id}
    ledger.redact(**asked, by="ana", why="at risk", now=LATER, key=KEY)
    untouched, erased = watches.alerts()
    assert untouched == alert(2)
    assert set(erased.lines[0].text) == {"█"}
    assert erased.lines[1] == other
    assert (set(erased.title), set(erased.place or "")) == ({"█"}, {"█"})
    assert {row.state for row in ledger.verify()} == {"redacted"}


def test_a_backup_has_watches_alerts_and_outbox(watches, ledger, new_address):
    raised(watches, alert(), marks={("t", "d1"): {"told": "open"}})
    there = new_address()
    ledger.backup(there)
    with Ledger(there) as copy:
        assert Watches(copy).every() == [WATCH]
        assert Watches(copy).alerts() == [alert()]
        assert Watches(copy).state("north") == watches.state("north")
        assert len(Outbox(copy).deliveries()) == 2


def test_a_ledger_of_either_engine_is_watched(ledger, tmp_path, codebook, catalogue):
    article(ledger, "first", "They talked.", ("They talked", {"kind": "CONSULT", "mode": None}))
    tools, watches = bench(tmp_path, codebook, catalogue), Watches(ledger)
    triggers = tuple(trigger_of(one) for one in ("incident", "claim", "dispute", "condition", "silence:First Gazette:3h", "edit"))
    watches.keep(Watch("w", triggers, countries=("KAZ",), words=("fired", "talked"), channels=(MAIL,)), now=DAY)
    assert raise_alerts(ledger, tools, now=DAY) == []
    article(ledger, "steppe", "Guns fired in Almaty.", ("Guns fired in Almaty", {"mode": "arson"}), now=LATER)
    article(ledger, "first", "They fired guns.", now=LATER)
    found = raise_alerts(ledger, tools, now=LATER + timedelta(hours=4))
    assert sorted(one.trigger.what for one in found) == ["claim", "edit", "incident", "silence"]
    assert raise_alerts(ledger, tools, now=LATER + timedelta(hours=4)) == []
    assert len(Outbox(ledger).take(now=LATER + timedelta(hours=4), limit=9)) == 4
    assert list(ledger.verify()) == []
