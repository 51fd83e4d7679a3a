"""Pages that were written once: the same words for all who may do the same, and each viewer's own name and proof in them."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from foreshock.web import Desk
from foreshock.web import remembered as module
from foreshock.web.ask import Ask
from foreshock.web.remembered import Pages

PROOF = re.compile(r'name="csrf-token" content="([^"]*)"')


def test_a_page_is_written_once_and_the_least_used_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 25)
    pages, written = Pages(), []

    def write(text: str) -> str:
        written.append(text)
        return text * 10

    for key in ("a", "b", "a", "c", "a", "b"):
        assert pages.of(key, lambda key=key: write(key)) == key * 10  # type: ignore[misc]
    assert written == ["a", "b", "c", "b"]  # b went when c came


@pytest.mark.parametrize("path", ["/disputes", "/documents", "/incidents"])
def test_no_mark_is_left_and_the_proof_is_the_viewer_s_own(client: TestClient, desk: Desk, path: str) -> None:
    first, second = client.get(path).text, client.get(path).text
    for mark in (desk.pages.marks.name, desk.pages.marks.proof):
        assert mark not in first + second
    other = TestClient(client.app, base_url="http://127.0.0.1:8642")
    theirs = other.get(path).text
    proofs = [PROOF.findall(text)[0] for text in (first, theirs)]
    assert all(proofs)
    assert proofs[0] != proofs[1]
    assert theirs.count(proofs[1]) == first.count(proofs[0])


def test_a_decision_writes_the_page_anew(own_client: TestClient, own_desk: Desk) -> None:
    before = own_client.get("/incidents").text
    shown = own_desk.pictures.of(Ask()).shown
    claim = shown.incidents[0].claim_ids[0]
    fields = {"subject": "claim", "verdict": "reject", "subjects": claim, "why": "not in the text", "back": "/incidents"}
    fields["csrf_token"] = PROOF.findall(before)[0]
    assert own_client.post("/judgements", data=fields, headers={"origin": "http://127.0.0.1:8642"}).status_code == 303
    assert own_client.get("/incidents").text != before
