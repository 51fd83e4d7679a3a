"""What goes wrong is told as problem+json: what was found, where, and what can be done."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

API = "/api/v1"


def wrong(client: TestClient, method: str, path: str, status: int, **options: object) -> dict[str, object]:
    answer = client.request(method, f"{API}{path}", **options)  # type: ignore[arg-type]
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    found: dict[str, object] = told
    return found


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/claims?kin=HARM", "kin"), ("/claims?kind=harm", "kind"), ("/claims?limit=0", "limit"), ("/claims?limit=1001", "limit"),
        ("/claims?since=yesterday", "since"), ("/claims?as_of=2022-02-30", "as_of"), ("/claims?country=kazakhstan", "country"),
        ("/claims?holder=%00", "holder"), ("/claims?words=", "words"), ("/claims?cursor=%2F%2F", "cursor"),
        ("/incidents?status=denied", "status"), ("/incidents?credibility=7", "credibility"), ("/brief?language=xx", "language"),
        ("/brief?format=pdf", "format"), ("/receipts/rumour/1", "kind"), ("/claims/%00", "claim_id"),
        ("/claims/a%20b", "claim_id"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named(client: TestClient, path: str, parameter: str) -> None:
    told = wrong(client, "GET", path, 422)
    assert [one["parameter"] for one in told["errors"]] == [parameter]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path",
    [
        "/claims/none", "/documents/none", "/documents/none/text", "/documents/none/versions", "/documents/none/changes",
        "/incidents/none", "/disputes/none", "/conditions/none", "/receipts/claim/none", "/receipts/tally/none",
        "/receipts/estimate/none",
    ],
)  # fmt: skip
def test_what_is_not_there_is_404_with_a_remedy(client: TestClient, path: str) -> None:
    assert wrong(client, "GET", path, 404)["remedy"]


@pytest.mark.parametrize(
    "path",
    [
        "/claims?crisis=None", "/incidents?crisis=None", "/documents?words=-only", "/weighing", "/precedents",
        "/weighing?crisis=None", "/precedents?country=KAZ&ending=none", "/claims?words=a*",
    ],
)  # fmt: skip
def test_what_cannot_be_answered_says_why(client: TestClient, path: str) -> None:
    assert wrong(client, "GET", path, 400)["remedy"]


def test_the_rest_of_http(client: TestClient) -> None:
    assert wrong(client, "GET", "/nothing", 404)["type"] == "/api#not-found"
    wrong(client, "DELETE", "/claims", 405)
    assert "GET" in client.delete(f"{API}/claims").headers["allow"]
    told = wrong(client, "GET", "/claims", 406, headers={"accept": "image/png"})
    assert "application/json" in str(told["remedy"])


def test_a_decision_is_checked_before_it_is_kept(own_client: TestClient) -> None:
    claim = own_client.get(f"{API}/claims?limit=1").json()["items"][0]["id"]
    whole = {"verdict": "confirm", "subject": "claim", "subjects": [claim], "why": "I read it"}
    path = "/judgements"
    told = wrong(own_client, "POST", path, 422, json={**whole, "verdict": "maybe", "subjects": [], "by": "me"})
    assert {one["pointer"] for one in told["errors"]} == {"#/verdict", "#/subjects", "#/by"}  # type: ignore[attr-defined]
    wrong(own_client, "POST", path, 400, content=b"{", headers={"content-type": "application/json"})
    wrong(own_client, "POST", path, 415, content=b"a,b", headers={"content-type": "application/x-csv"})
    wrong(own_client, "POST", path, 413, json={**whole, "why": "x" * 70_000})
    assert wrong(own_client, "POST", path, 400, json={**whole, "subjects": ["none"]})["remedy"]
    assert wrong(own_client, "POST", path, 400, json={**whole, "verdict": "settle"})["remedy"]
    assert own_client.get(f"{API}/judgements").json()["items"] == []
    kept = own_client.post(f"{API}{path}", json=whole)
    assert kept.status_code == 201
    assert kept.json()["claim_ids"] == [claim]
    wrong(own_client, "POST", path, 409, json=whole)
    listed = own_client.get(f"{API}/judgements?subject={claim}").json()["items"]
    assert [one["id"] for one in listed] == [kept.json()["item"]["id"]]
    assert listed[0]["at"] == "2022-01-12T08:00:00Z"


def test_a_page_elsewhere_cannot_make_a_decision(own_client: TestClient) -> None:
    decision = {"verdict": "confirm", "subject": "claim", "subjects": ["x"], "why": "y"}
    told = wrong(own_client, "POST", "/judgements", 403, json=decision, headers={"origin": "https://elsewhere.example"})
    assert "elsewhere" in str(told["detail"])
