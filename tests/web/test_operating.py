"""For operators: alive, ready, and numbers that grow with what is asked and tell no ids."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from foreshock.errors import LedgerError
from foreshock.web.pages import operating


def numbers(client: TestClient) -> dict[str, float]:
    found = client.get("/metrics")
    assert found.status_code == 200
    lines = [line for line in found.text.splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_it_lives_and_is_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").json() == {"status": "ready"}


def test_a_desk_without_its_ledger_is_not_ready(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise LedgerError("cannot read the ledger postgresql://desk:***@db/foreshock: no route")

    monkeypatch.setattr(operating, "head", broken)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "db" not in answer.text


def test_requests_are_counted_by_page(client: TestClient) -> None:
    before = numbers(client)
    client.get("/healthz")
    client.get("/no-such-page-d41d8cd98f00b204")
    after = numbers(client)
    key = 'foreshock_requests_total{route="/healthz",status="200"}'
    assert after[key] == before.get(key, 0) + 1
    assert after['foreshock_request_seconds_count{route="/healthz"}'] >= 1
    assert not any("d41d8cd98f00b204" in one for one in after)


def test_the_ledger_is_told(client: TestClient) -> None:
    found = numbers(client)
    assert found["foreshock_ledger_up"] == 1
    assert found["foreshock_codings"] > 30
    assert found["foreshock_codings_not_joined"] == 0
    assert found['foreshock_feeds{state="failing"}'] == 0
    assert found['foreshock_deliveries{state="dead"}'] == 0
