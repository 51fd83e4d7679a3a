"""Every list of the API: whole in pages, the same as a stream, with the claims that it stands on, and polite over HTTP."""

from __future__ import annotations

import gzip
import json

import pytest
from starlette.testclient import TestClient

from foreshock.web import Desk
from foreshock.web.answers.answer import claims_in

LISTS = ("incidents", "disputes", "conditions", "tallies", "sources", "links", "documents")
FILTERS = [
    ("incidents", "kind", "HARM"), ("incidents", "credibility", 1), ("disputes", "matter", "figure"),
    ("disputes", "state", "open"),    ("conditions", "freshness", "recent"),
    ("tallies", "what", "killed"), ("sources", "reliability", "F"),
    ("links", "reason", "copy"), ("documents", "language", "ja"),
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_whole_in_pages_and_as_a_stream(client: TestClient, name: str) -> None:
    stream = client.get(f"/api/v1/{name}?format=ndjson")
    every = [json.loads(one) for one in stream.text.splitlines()]
    assert stream.headers["foreshock-notice"] == "machine-coded, unofficial"
    found, following = [], f"/api/v1/{name}?limit=4"
    while following:
        page = client.get(following).json()
        assert page["claim_ids"] == list(dict.fromkeys(claims_in(page["items"])))
        assert page["claim_ids"]
        assert page["as_of"] == page["made_at"] == "2022-01-12T08:00:00Z"
        found += page["items"]
        following = page["next"]
    assert found == every
    assert len(found) > 4


@pytest.mark.parametrize(("name", "field", "value"), FILTERS)
def test_a_filter_leaves_what_fits(client: TestClient, name: str, field: str, value: object) -> None:
    every = client.get(f"/api/v1/{name}?limit=1000").json()["items"]
    some = client.get(f"/api/v1/{name}", params={"limit": 1000, field: str(value)}).json()["items"]
    assert some == [one for one in every if one[field] == value]
    assert some


@pytest.mark.parametrize("name", ["incident", "dispute", "condition"])
def test_one_of_a_list_and_its_receipt(client: TestClient, name: str) -> None:
    first = client.get(f"/api/v1/{name}s?limit=1").json()["items"][0]
    assert client.get(f"/api/v1/{name}s/{first['id']}").json()["item"] == first
    receipt = client.get(f"/api/v1/receipts/{name}/{first['id']}").json()
    told = [one["claim"]["id"] for one in receipt["item"]["claims"]]
    assert told == receipt["claim_ids"]
    assert set(told) == set(claims_in(first))
    assert all(one["document"]["source"] and one["claim"]["text"] for one in receipt["item"]["claims"])
    assert receipt["item"]["limits"]


def test_the_receipt_of_a_claim_leads_to_what_it_is_part_of(client: TestClient, desk: Desk) -> None:
    dispute = client.get("/api/v1/disputes?limit=1").json()["items"][0]
    claim = dispute["positions"][0]["claim_ids"][0]
    row = client.get(f"/api/v1/receipts/claim/{claim}").json()["item"]["claims"][0]
    assert dispute["id"] in row["dispute_ids"]
    assert row["incident_id"]
    assert row["origin"]


def test_a_receipt_of_a_tally_has_its_numbers(client: TestClient) -> None:
    tally = client.get("/api/v1/tallies?what=killed").json()["items"][0]
    receipt = client.get(f"/api/v1/receipts/tally/{tally['id']}").json()["item"]
    assert receipt["record"] == tally
    assert {one["claim_id"] for one in tally["points"]} == {one["claim"]["id"] for one in receipt["claims"]}


def test_the_scope_narrows_every_list(client: TestClient) -> None:
    for name in LISTS[:4]:
        whole = client.get(f"/api/v1/{name}?limit=1000").json()["items"]
        early = client.get(f"/api/v1/{name}?limit=1000&as_of=2022-01-05").json()
        assert len(early["items"]) < len(whole)
        assert early["as_of"] == "2022-01-05"


def test_an_answer_that_did_not_change_is_304(client: TestClient) -> None:
    first = client.get("/api/v1/incidents")
    tag = first.headers["etag"]
    again = client.get("/api/v1/incidents", headers={"if-none-match": f'"other", {tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/api/v1/incidents?limit=2", headers={"if-none-match": tag}).status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"


def test_a_decision_changes_the_tag(own_client: TestClient) -> None:
    tag = own_client.get("/api/v1/incidents").headers["etag"]
    claim = own_client.get("/api/v1/claims?limit=1").json()["items"][0]["id"]
    decision = {"verdict": "reject", "subject": "claim", "subjects": [claim], "why": "not in the text"}
    kept = own_client.post("/api/v1/judgements", json=decision)
    assert kept.status_code == 201
    assert own_client.get("/api/v1/incidents", headers={"if-none-match": tag}).status_code == 200
    assert claim not in own_client.get("/api/v1/incidents?limit=1000").json()["claim_ids"]
    assert own_client.get(f"/api/v1/receipts/claim/{claim}").json()["item"]["judgements"][0]["verdict"] == "reject"


def test_what_is_asked_for_zipped_is_zipped(client: TestClient) -> None:
    for asked in ("/api/v1/claims", "/api/v1/claims?format=ndjson"):
        plain = client.get(asked, headers={"accept-encoding": "identity"})
        with client.stream("GET", asked, headers={"accept-encoding": "gzip"}) as answer:
            packed = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed) == plain.content
        assert len(packed) < len(plain.content) / 3
    assert "content-encoding" not in client.get("/api/v1/claims", headers={"accept-encoding": "gzip;q=0"}).headers


@pytest.mark.parametrize("asked", ["claims", "claims?format=ndjson", "incidents", "state", "no-such"])
def test_head_is_get_without_the_body(client: TestClient, asked: str) -> None:
    got, head = client.get(f"/api/v1/{asked}"), client.head(f"/api/v1/{asked}")
    assert head.status_code == got.status_code
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.content == b""


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/json", "application/json"), ("*/*", "application/json"), ("application/*", "application/json"),
        ("application/x-ndjson, application/json;q=0.5", "application/x-ndjson"),
        ("application/jsonl", "application/x-ndjson"), ("text/html, */*;q=0.1", "application/json"),
        ("application/json;q=0, application/x-ndjson;q=0.1", "application/x-ndjson"),
    ],
)  # fmt: skip
def test_the_format_is_what_is_liked_best(client: TestClient, accept: str, kind: str) -> None:
    assert client.get("/api/v1/disputes", headers={"accept": accept}).headers["content-type"] == kind
