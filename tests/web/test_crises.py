"""Crises are named, changed and dropped by a form."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from foreshock.web import Desk


def send(client: TestClient, path: str, **fields: str):  # type: ignore[no-untyped-def]
    """Post a form as a browser does."""
    token = re.search(r'name="csrf-token" content="([^"]*)"', client.get("/crises").text)
    assert token
    return client.post(path, data={"csrf_token": token.group(1), **fields}, headers={"origin": "http://127.0.0.1:8642"})


def test_a_crisis_is_named_and_scopes_the_brief(own_client: TestClient, own_desk: Desk) -> None:
    answer = send(own_client, "/crises", name="  Steppe & city ", countries="kaz, KGZ", since="2022-01", words="protest, 抗議")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/?crisis=Steppe+%26+city"
    kept = next(one for one in own_desk.ledger.crises() if one.name == "Steppe & city")
    assert (kept.countries, kept.since, kept.until, kept.words) == (("KAZ", "KGZ"), "2022-01", None, ("protest", "抗議"))
    assert "<option selected>Steppe &amp; city</option>" in own_client.get("/figures?crisis=Steppe+%26+city").text


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"name": "x", "countries": "Kazakhstan"}, "codes of three letters"),
        ({"name": "x", "since": "last week"}, "ISO dates"),
        ({"name": " "}, "Give it a name"),
    ],
)
def test_what_does_not_fit_is_said_and_what_was_typed_stays(own_client: TestClient, fields: dict[str, str], told: str) -> None:
    answer = send(own_client, "/crises", **fields)
    assert answer.status_code == 422
    assert told in answer.text
    for value in fields.values():
        assert f'value="{value}"' in answer.text


def test_a_name_is_dropped_and_claims_stay(own_client: TestClient, own_desk: Desk) -> None:
    name = own_desk.ledger.crises()[0].name
    assert send(own_client, "/crises/drop", name=name).status_code == 303
    assert name not in [one.name for one in own_desk.ledger.crises()]
    assert own_client.get("/figures").status_code == 200
    assert own_client.get(f"/figures?crisis={name}").status_code == 400
