"""Sources: grades and who carries whom; feeds are subscribed, listed, dropped; a path of the server is not."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from foreshock.ledger.feeds import Feeds
from foreshock.web import Desk

ORIGIN = {"origin": "http://127.0.0.1:8642"}
OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>T</title></head><body><outline text="Asia">
<outline text="Steppe Ledger" type="rss" xmlUrl="https://steppe-ledger.example/rss"/>
<outline text="Inside" type="rss" xmlUrl="file:///etc/passwd"/></outline></body></opml>"""


def token(client: TestClient) -> str:
    found = re.search(r'name="csrf-token" content="([^"]*)"', client.get("/sources/feeds").text)
    assert found
    return found.group(1)


def test_every_source_has_its_grade_and_record(client: TestClient, desk: Desk) -> None:
    page = client.get("/sources").text
    from foreshock.web.ask import Ask

    grades = desk.pictures.of(Ask()).shown.grades
    assert len(grades) > 10
    assert all("/receipts/grade/" in page for _ in grades)
    assert page.count('class="grade g-') == len(grades)


def test_who_carries_whom_is_drawn_and_tabled(client: TestClient) -> None:
    page = client.get("/sources/origins").text
    assert 'class="carries' in page
    assert page.count("<tr data-row=") >= page.count("<path d=") > 0


def test_a_feed_is_subscribed_and_dropped(own_client: TestClient, own_desk: Desk) -> None:
    fields = {
        "csrf_token": token(own_client),
        "address": "https://steppe-ledger.example/rss",
        "name": "Steppe Ledger",
        "minutes": "30",
    }
    answer = own_client.post("/sources/feeds", data=fields, headers=ORIGIN)
    assert answer.status_code == 303
    (feed,) = Feeds(own_desk.ledger).all()
    assert (feed.name, feed.every) == ("Steppe Ledger", 1800)
    assert "Steppe Ledger" in own_client.get("/sources/feeds").text
    assert b"steppe-ledger.example/rss" in own_client.get("/sources/feeds.opml").content
    answer = own_client.post(f"/sources/feeds/{feed.id}/drop", data={"csrf_token": token(own_client)}, headers=ORIGIN)
    assert answer.status_code == 303
    assert Feeds(own_desk.ledger).all() == []


@pytest.mark.parametrize("address", ["/etc", "file:///etc/passwd", "ftp://feeds.example/rss"])
def test_only_web_addresses_are_subscribed(own_client: TestClient, own_desk: Desk, address: str) -> None:
    answer = own_client.post("/sources/feeds", data={"csrf_token": token(own_client), "address": address}, headers=ORIGIN)
    assert answer.status_code == 422
    assert address in answer.text
    assert Feeds(own_desk.ledger).all() == []


def test_a_list_is_taken_in_and_what_is_refused_is_told(own_client: TestClient, own_desk: Desk) -> None:
    answer = own_client.post(
        "/sources/feeds/opml", data={"csrf_token": token(own_client)}, files={"file": ("list.opml", OPML)}, headers=ORIGIN
    )
    assert answer.status_code == 200
    assert [one.address for one in Feeds(own_desk.ledger).all()] == ["https://steppe-ledger.example/rss"]
    assert "file" in answer.text
