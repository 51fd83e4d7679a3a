"""Claims through the API: the fields of the contract, every filter, pages that nothing disturbs, streams."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.dates import first_day, last_day
from foreshock.ledger import Query
from foreshock.model import Reading, to_json
from foreshock.web import Desk
from foreshock.web.answers import claims as answers
from foreshock.web.answers.claims import claim_values
from foreshock.web.answers.cursor import CursorError

CLAIMS = "/api/v1/claims"


def lines(client: TestClient, address: str) -> list[Any]:
    answer = client.get(address, headers={"accept": "application/x-ndjson"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    return [json.loads(one) for one in answer.text.splitlines()]


def walk(client: TestClient, address: str) -> list[Any]:
    found: list[Any] = []
    following: str | None = address
    while following:
        answer = client.get(following)
        page = answer.json()
        assert page["claim_ids"] == [one["id"] for one in page["items"]]
        assert answer.headers.get("link") == (f'<{page["next"]}>; rel="next"' if page["next"] else None)
        found += page["items"]
        following = page["next"]
    return found


def overlaps(when: dict[str, str | None], since: date, until: date) -> bool:
    first, last = first_day(when["start"] or "0001"), last_day(when["end"] or "9999")
    return first <= until and last >= since


def told(desk: Desk, query: Query) -> list[Any]:
    with closing(pipeline.shown_claims(desk.ledger, query, now=desk.now())) as found:
        return [json.loads(json.dumps(to_json(one))) for one in found]


def test_claims_are_those_of_the_command_line(client: TestClient, desk: Desk) -> None:
    assert lines(client, CLAIMS) == told(desk, Query())


def test_the_encoder_s_claim_is_that_of_the_contract(desk: Desk) -> None:
    import msgspec

    with closing(desk.ledger.claims()) as found:
        for one in found:
            assert json.loads(msgspec.json.encode(claim_values(one))) == json.loads(json.dumps(to_json(one)))


@pytest.mark.parametrize("order", ["text", "newest"])
def test_pages_are_the_stream_in_parts(client: TestClient, order: str) -> None:
    every = lines(client, f"{CLAIMS}?order={order}")
    assert walk(client, f"{CLAIMS}?order={order}&limit=97") == every
    assert len({one["id"] for one in every}) == len(every) > 200


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("status=denied", lambda one: one["status"] == "denied"),
        ("kind=COERCE&mode=curfew", lambda one: (one["kind"], one["mode"]) == ("COERCE", "curfew")),
        ("language=ja", lambda one: one["language"] == "ja"),
        ("country=KAZ", lambda one: one["place"]["country"] == "KAZ"),
        ("damaged=true", lambda one: bool(one["damage"])),
        ("holder=ministry", lambda one: any("ministry" in f"{it['name']} {it['raw']}".lower() for it in one["holders"])),
        ("place=almaty", lambda one: "almaty" in f"{one['place']['name']} {one['place']['raw']}".lower()),
        ("since=2022-01-07&until=2022-01-08", lambda one: overlaps(one["when"], date(2022, 1, 7), date(2022, 1, 8))),
        ("crisis=Kazakhstan, January 2022", lambda one: True),
        ("words=curfew", lambda one: "curfew" in one["text"].lower()),
    ],
)
def test_filters_leave_what_fits(client: TestClient, asked: str, fits: Any) -> None:
    every, some = lines(client, CLAIMS), walk(client, f"{CLAIMS}?{asked}&limit=50")
    assert 0 < len(some) <= len(every)
    assert all(fits(one) for one in some)
    count = client.get(f"/api/v1/counts?{asked}").json()["item"]
    assert count["claims"] == len(some)


def test_words_in_another_script_are_found(client: TestClient) -> None:
    assert {one["language"] for one in client.get(CLAIMS, params={"words": "комендантский"}).json()["items"]} == {"ru"}
    assert client.get(CLAIMS, params={"words": "非常事態"}).json()["items"]


def test_as_of_is_what_was_known_then(client: TestClient) -> None:
    answer = client.get(CLAIMS, params={"as_of": "2022-01-05", "limit": 1000}).json()
    assert answer["as_of"] == "2022-01-05"
    assert 0 < len(answer["items"]) < len(lines(client, CLAIMS))


def test_one_claim_by_its_id(client: TestClient) -> None:
    first = client.get(f"{CLAIMS}?limit=1").json()["items"][0]
    answer = client.get(f"{CLAIMS}/{first['id']}").json()
    assert answer["item"] == first
    assert answer["claim_ids"] == [first["id"]]
    assert "unofficial" in answer["notice"]


def test_relevance_has_one_page(client: TestClient) -> None:
    answer = client.get(CLAIMS, params={"words": "Almaty", "order": "relevance", "limit": 3}).json()
    assert len(answer["items"]) == 3
    assert answer["next"] is None
    assert client.get(CLAIMS, params={"order": "relevance"}).status_code == 400


def test_pages_go_on_although_the_document_was_coded_again(own_desk: Desk) -> None:
    query = Query(order="newest")
    first = answers.claims(own_desk, query, limit=5)
    rest = [one["id"] for one in answers.every_claim(own_desk, query)][5:]
    document = own_desk.ledger.latest_documents(ids=[first.items[-1]["document_id"]])[0]
    now = own_desk.now() + timedelta(minutes=1)
    claims = list(own_desk.ledger.claims(Query(document=document.id)))
    again = Reading(replace(document, published="2022-01-02"), (), "parsed", "given")
    assert own_desk.ledger.add(again, claims, coder=claims[0].coder, now=now).claims == len(claims)
    found: list[str] = []
    cursor = first.cursor
    while cursor:
        page = answers.claims(own_desk, query, limit=100, cursor=cursor)
        found, cursor = [*found, *page.claim_ids], page.cursor
    # Those of the document that was coded again are the newest now, on the first page of another walk.
    assert found == [one for one in rest if one not in {claim.id for claim in claims}]


@pytest.mark.parametrize("cursor", ["abc", "W10", "WyJ4Il0", "W1tdXQ", "eyJhIjoxfQ", "WzFd"])
def test_what_is_no_cursor_is_refused(client: TestClient, cursor: str) -> None:
    answer = client.get(CLAIMS, params={"cursor": cursor})
    assert answer.status_code == 400
    assert answer.json()["remedy"].startswith("leave the cursor out")


def test_a_cursor_belongs_to_its_question(desk: Desk) -> None:
    cursor = answers.claims(desk, Query(order="newest"), limit=1).cursor
    with pytest.raises(CursorError, match="another question"):
        answers.claims(desk, Query(order="newest", status="denied"), limit=1, cursor=cursor)


def test_the_next_page_keeps_the_question(client: TestClient) -> None:
    following = client.get(CLAIMS, params={"holder": "министерство", "limit": 1}).json()["next"]
    assert dict(parse_qsl(urlsplit(following).query))["holder"] == "министерство"
    assert client.get(following).json()["items"]
