"""``foreshock watches`` and ``foreshock alerts``: what is kept, raised, delivered, exported; and that no secret is printed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from foreshock.ledger import Ledger
from tests.alerts import DAY, article
from tests.watch.alerted import SECRET, receiving

SHOT = "Police fired at a crowd in Almaty."
AT = "2022-01-09T09:00"


@pytest.fixture
def ledger(folder, monkeypatch):
    monkeypatch.setenv("FORESHOCK_SECRET_WEBHOOK", SECRET)
    with Ledger(folder / "foreshock.sqlite") as opened:
        article(opened, "first", "They talked.", ("They talked", {"kind": "CONSULT", "mode": None}))
        yield opened


def test_a_watch_from_its_keeping_to_its_delivery(foreshock, folder, ledger):
    with receiving() as receiver:
        (folder / "foreshock.toml").write_text(f'webhook_hosts = ["{receiver.host}"]\nalerts = "feeds"\n')
        add = ("watches", "add", "north", "--country", "kaz", "--on", "incident", "--webhook", receiver.url, "--feed")
        done = foreshock(*add, "--now", AT)
        assert (done.code, done.out) == (0, "kept: the watch 'north', 0 alerts\n")
        assert foreshock(*add).out.startswith("already kept")
        assert foreshock("alerts", "run", "--now", AT).err.startswith("foreshock: 0 alerts; deliveries: 0 sent")
        article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}), now=DAY + timedelta(hours=1))
        checked = foreshock("watches", "check", "north", "--now", AT, "--format", "jsonl")
        raised = foreshock("alerts", "run", "north", "--now", AT, "--format", "jsonl")
        assert "1 alerts; deliveries: 2 sent, 0 to be tried again, 0 dead" in raised.err
        (alert,) = map(json.loads, raised.out.splitlines())
        assert json.loads(checked.out) == alert
        assert alert["lines"][0]["claim_ids"]
        assert [one["alert"]["id"] for one in receiver.bodies()] == [alert["id"]]
        tested = foreshock("watches", "test", "north", "--now", AT)
        assert tested.code == 0
        assert [line.rpartition(": ")[2] for line in tested.out.splitlines()] == ["sent", "sent"]
        assert receiver.bodies()[-1]["event"] == "test"
    shown = [foreshock("watches", *one, "--format", form) for one in ((), ("show", "north")) for form in ("table", "json")]
    shown += [foreshock("alerts", "deliveries", "--format", "table"), tested]
    for one in shown:
        assert one.code == 0
        assert SECRET not in one.out + one.err
        assert "hidden" not in one.out + one.err  # the path of a webhook may be a key
    assert len(next(iter(json.loads(shown[3].out)[0]["fingerprints"].values()))) == 8
    assert foreshock("watches", "drop", "north").out == "dropped the watch 'north'; its alerts stay\n"
    assert foreshock("watches", "--format", "json").out == "[]\n"
    assert json.loads(foreshock("alerts", "--format", "json").out) == [alert]


def test_alerts_are_exported(foreshock, folder, ledger):
    foreshock("watches", "add", "north", "--on", "incident", "--now", AT, "--backfill")
    assert foreshock("alerts", "run", "--now", AT).code == 0
    text = foreshock("alerts", "export", "north").out
    (alert,) = map(json.loads, text.splitlines())
    assert foreshock("alerts", "export", "north", "--as", "atom", "--out", "feed.atom").code == 0
    assert alert["id"].encode() in (folder / "feed.atom").read_bytes()
    assert foreshock("alerts", "export", "--as", "cap", "--out", "drafts", "--sender", "desk@example.org").code == 0
    (draft,) = (folder / "drafts").iterdir()
    assert b"<status>Draft</status>" in draft.read_bytes()
    assert foreshock("alerts", "export", "--as", "cap").code == 2
    assert foreshock("alerts", "export", "south").code == 1
    (folder / "file").write_text("")
    assert "cannot write" in foreshock("alerts", "export", "--out", "file/x").err


def test_what_cannot_be_delivered_waits_and_is_said(foreshock, folder, ledger):
    with receiving(410) as receiver:
        (folder / "foreshock.toml").write_text(f'webhook_hosts = ["{receiver.host}"]\n')
        foreshock("watches", "add", "north", "--on", "incident", "--webhook", receiver.url, "--now", AT, "--backfill")
        assert "1 dead" in foreshock("alerts", "run", "--now", AT).err
        failed = foreshock("watches", "test", "north")
        assert (failed.code, "not sent, status 410" in failed.out) == (1, True)
    assert json.loads(foreshock("alerts", "deliveries", "--format", "json").out)[0]["why"] == "status 410"
    assert foreshock("alerts", "retry", "north").out == "1 deliveries are tried again by the next run\n"
    assert foreshock("alerts", "retry").out.startswith("0 ")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--on", "anything"), "no threshold"),
        ((), "has no threshold"),
        (("--on", "dispute", "--kind", "WAR"), "none of the codebook"),
        (("--on", "dispute", "--crisis", "nowhere"), "which is not kept"),
        (("--on", "dispute", "--say", "tlh"), "no alerts in"),
        (("--on", "dispute", "--email", "desk@example.org"), "no mail server"),
        (("--on", "dispute", "--email", "a b"), "no mail address"),
        (("--on", "dispute", "--feed"), "no folder of feeds"),
        (("--on", "dispute", "--webhook", "http://example.org/"), "not https"),
        (("--on", "dispute", "--webhook", "https://192.168.1.1/"), "open internet"),
        (("--on", "dispute", "--webhook", "https://example.org/", "--secret", "other"), "secret 'other' is not set"),
        (("--on", "probability:coup-attempt~1"), "is that of a country"),
        (("--on", "probability:weather~1", "--country", "KAZ"), "no scenario"),
    ],
)
def test_a_watch_that_could_not_work_is_not_kept(foreshock, ledger, arguments, why):
    done = foreshock("watches", "add", "north", *arguments)
    assert (done.code, why in done.err) == (1, True), done.err
    assert foreshock("watches", "--format", "json").out == "[]\n"


def test_a_watch_that_fails_stops_no_other(foreshock, ledger):
    foreshock("crises", "add", "gone", "--country", "KAZ")
    foreshock("watches", "add", "a", "--crisis", "gone", "--on", "incident")
    foreshock("watches", "add", "b", "--on", "incident")
    foreshock("crises", "drop", "gone")
    article(ledger, "steppe", SHOT, (SHOT[:-1], {"mode": "arson"}))
    done = foreshock("alerts", "run", "--now", AT, "--format", "json")
    assert (done.code, len(json.loads(done.out))) == (1, 1)
    assert "the watch 'a' was not evaluated" in done.err
    assert foreshock("watches", "show", "nobody").code == 1
    assert foreshock("watches", "show").code == 2
