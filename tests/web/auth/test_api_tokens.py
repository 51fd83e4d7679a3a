"""The API and the MCP server let a token do what it was made for, and nobody else do anything."""

from __future__ import annotations

from tests.web.auth.conftest import Team

DECISION = {"verdict": "confirm", "subject": "claim", "subjects": ["none"], "why": "read"}
QUESTION = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
TALKS = {"accept": "application/json, text/event-stream", "mcp-protocol-version": "2025-06-18"}


def test_nobody_is_told_anything(team: Team) -> None:
    browser = team.browser()
    asked = browser.post("/mcp", json=QUESTION, headers=TALKS)
    for answer in (browser.get("/api/v1/claims"), browser.get("/api/openapi.json"), asked):
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_token_for_reading_reads_and_decides_nothing(team: Team) -> None:
    program = team.program("oleg", "read")
    program.headers["Accept"] = "application/json"
    assert program.get("/api/v1/claims").json()["items"] == []
    refused = program.post("/api/v1/judgements", json=DECISION)
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"


def test_a_token_for_judging_decides_as_its_account_may(team: Team) -> None:
    for name, status in (("oleg", 400), ("rita", 403)):  # 400: there is no such claim
        program = team.program(name, "judge")
        program.headers["Accept"] = "application/json"
        assert program.post("/api/v1/judgements", json=DECISION).status_code == status
    assert team.program("oleg", "judge").get("/api/v1/claims").status_code == 403


def test_a_model_asks_with_a_token_for_reading(team: Team) -> None:
    with team.program("rita", "read") as program:
        found = program.post("/mcp", json=QUESTION, headers=TALKS).json()
        assert len(found["result"]["tools"]) == 15
    assert team.program("rita", "judge").post("/mcp", json=QUESTION, headers=TALKS).status_code == 403
