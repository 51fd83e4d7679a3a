"""The frame of every page: assets, language, scope in the address, faults, pictures that are made once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from foreshock.ledger.head import head
from foreshock.model import Judgement
from foreshock.web import Desk
from foreshock.web.ask import Ask

ASSET = re.compile(r'"(/static/[^"]+)"')


def test_the_first_page_links_only_what_the_desk_has(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assets = ASSET.findall(answer.text)
    assert any(one.endswith(".js") for one in assets)
    for one in assets:
        found = client.get(one)
        assert found.status_code == 200
        assert "immutable" in found.headers["cache-control"]


@pytest.mark.parametrize(
    ("sent", "language"), [({"accept-language": "ja;q=0.9"}, "ja"), ({}, "en"), ({"accept-language": "xx"}, "en")]
)
def test_the_language_is_the_browser_s(client: TestClient, sent: dict[str, str], language: str) -> None:
    assert f'<html lang="{language}"' in client.get("/", headers=sent).text


def test_a_page_that_is_not_there_says_so_in_the_frame(client: TestClient) -> None:
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "Not Found" in answer.text
    assert "There is nothing at &#39;/no-such-page&#39; on this desk." in answer.text
    assert "<header" in answer.text


def test_a_wrong_date_is_answered_with_its_value_and_a_remedy(client: TestClient) -> None:
    answer = client.get("/?as_of=yesterday")
    assert answer.status_code == 400
    assert "yesterday" in answer.text
    assert "give an ISO date" in answer.text


def test_the_api_answers_faults_as_problems(client: TestClient) -> None:
    answer = client.get("/api/no-such-thing")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


@pytest.mark.parametrize("back", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_preferences_lead_back_to_this_desk_only(own_client: TestClient, back: str) -> None:
    token = re.search(r'name="csrf-token" content="([^"]*)"', own_client.get("/").text)
    fields = {"back": back, "theme": "dark", "csrf_token": token.group(1) if token else ""}
    answer = own_client.post("/preferences", data=fields, headers={"origin": "http://127.0.0.1:8642"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert 'data-theme="dark"' in own_client.get("/").text


def test_an_address_keeps_its_scope() -> None:
    ask = Ask(crisis="A & B", as_of="2022-01-08")
    assert ask.query() == "?crisis=A+%26+B&as_of=2022-01-08"
    assert ask.query(as_of=None, kind="HARM") == "?crisis=A+%26+B&kind=HARM"
    assert Ask().query() == ""


def test_a_picture_is_made_once(desk: Desk) -> None:
    assert desk.pictures.of(Ask()) is desk.pictures.of(Ask())
    assert desk.pictures.of(Ask(as_of="2022-01-05")).shown.reports.keys() < desk.pictures.of(Ask()).shown.reports.keys()


def test_a_decision_is_in_the_next_picture(own_desk: Desk) -> None:
    before = own_desk.pictures.of(Ask())
    claim = next(iter(before.shown.reports))
    judgement = Judgement("j1", "claim", "reject", (claim,), "an analyst", "2022-01-12T07:00:00Z", "not in the text")
    own_desk.ledger.judge(judgement)
    after = own_desk.pictures.of(Ask())
    assert after is not before
    assert claim not in after.shown.reports


def test_what_arrives_is_shown_later_and_nobody_waits(own_desk: Desk) -> None:
    before = own_desk.pictures.of(Ask())
    present = head(own_desk.ledger)
    own_desk.ledger.keep_estimates([], known_at=datetime(2022, 1, 12, tzinfo=UTC))
    assert head(own_desk.ledger) == present
    before.head = replace(present, arrival=present.arrival - 1)  # as if a document had come since
    own_desk.pictures._due.clear()  # and long ago
    assert own_desk.pictures.of(Ask()) is before
    assert own_desk.pictures._making or own_desk.pictures.of(Ask()) is not before
