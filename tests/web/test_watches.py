"""Alerts at the desk: a watch is kept, looks, raises what is new only, and is dropped."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.ledger.watches import Watches
from foreshock.web import Desk

ORIGIN = {"origin": "http://127.0.0.1:8642"}


def token(client: TestClient) -> str:
    found = re.search(r'name="csrf-token" content="([^"]*)"', client.get("/watches").text)
    assert found
    return found.group(1)


def test_a_watch_is_kept_and_its_first_look_raises_nothing(own_client: TestClient, own_desk: Desk) -> None:
    fields = {
        "csrf_token": token(own_client),
        "name": "<b>Almaty</b>",
        "thresholds": ["dispute", "tally:killed>=100"],
        "quiet": "3",
    }
    assert own_client.post("/watches", data=fields, headers=ORIGIN).status_code == 303
    (kept,) = Watches(own_desk.ledger).every()
    assert [pipeline.trigger_text(one) for one in kept.triggers] == ["dispute", "tally:killed>=100"]
    assert kept.quiet_hours == 3
    assert Watches(own_desk.ledger).alerts() == []
    page = own_client.get("/watches").text
    assert "&lt;b&gt;Almaty&lt;/b&gt;" in page
    assert "<b>Almaty" not in page
    assert (
        own_client.post("/watches/drop", data={"csrf_token": token(own_client), "name": kept.name}, headers=ORIGIN).status_code
        == 303
    )
    assert Watches(own_desk.ledger).every() == []


def test_what_is_raised_is_shown_with_its_claims(own_client: TestClient, own_desk: Desk) -> None:
    from foreshock.model import Trigger, Watch

    Watches(own_desk.ledger).keep(Watch("deaths", (Trigger("dispute"),)), now=own_desk.now())
    alerts = pipeline.raise_alerts(own_desk.ledger, own_desk.bench, now=own_desk.now(), backfill=True)
    assert alerts
    page = own_client.get("/watches").text
    for one in alerts:
        assert f"/receipts/claim/{one.lines[0].claim_ids[0]}" in page
    feed = own_client.get("/watches/alerts.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert feed.text.count("<entry>") == len(alerts)
    draft = own_client.get(f"/watches/alerts/{alerts[0].id}.cap.xml")
    assert "<status>Draft</status>" in draft.text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"thresholds": ["when it gets bad"]}, "is no threshold"),
        ({"thresholds": []}, "no threshold"),
        ({"thresholds": ["probability:coup-attempt~1"]}, "that of a country"),
        ({"thresholds": ["dispute"], "webhook": "http://127.0.0.1/hook"}, "127.0.0.1"),
        ({"thresholds": ["dispute"], "email": "a@b\nBcc: c@d"}, "mail"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    own_client: TestClient, own_desk: Desk, fields: dict[str, object], told: str
) -> None:
    answer = own_client.post("/watches", data={"csrf_token": token(own_client), "name": "mine", **fields}, headers=ORIGIN)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="mine"' in answer.text
    assert Watches(own_desk.ledger).every() == []
