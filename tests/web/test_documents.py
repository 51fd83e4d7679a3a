"""The triage list: search, filters in the address, pages, what a row tells."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from foreshock.web import Desk

ROW = re.compile(r'<li class="doc" data-row data-document="([0-9a-f]+)"')
NEXT = re.compile(r'rel="next" href="([^"]+)"')


def listed(client: TestClient, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    return ROW.findall(answer.text)


def test_every_document_is_listed_once(client: TestClient, desk: Desk) -> None:
    found, address = list[str](), "/documents"
    while address:
        page = client.get(address).text
        found += ROW.findall(page)
        more = NEXT.search(page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert sorted(found) == sorted(one.id for one in desk.ledger.latest_documents())


@pytest.mark.parametrize("words", ["非常事態", "Алма*", '"shoot to kill" OR airport', "aéroport"])
def test_a_search_finds_documents_and_marks_the_words(client: TestClient, desk: Desk, words: str) -> None:
    found = listed(client, f"/documents?q={quote(words)}")
    assert found == [one.document.id for one in desk.ledger.search(words, limit=30)]
    assert found
    assert "<mark>" in client.get(f"/documents?q={quote(words)}").text


@pytest.mark.parametrize("search", ["", "&q=the"])
def test_filters_narrow_to_documents_with_such_a_claim(client: TestClient, desk: Desk, search: str) -> None:
    found = listed(client, f"/documents?kind=COERCE&status=ordered{search}") or listed(
        client, f"/documents?status=ordered{search}"
    )
    ordered = {one.document_id for one in desk.ledger.claims() if one.status == "ordered"}
    assert found
    assert set(found) <= ordered


def test_filters_of_documents(client: TestClient, desk: Desk) -> None:
    documents = {one.id: one for one in desk.ledger.latest_documents()}
    japanese = listed(client, "/documents?tongue=ja")
    assert {documents[one].language for one in japanese} == {"ja"}
    assert len(japanese) == sum(one.language == "ja" for one in documents.values())
    days = listed(client, "/documents?first=2022-01-07&last=2022-01-08")
    assert {documents[one].published for one in days} == {"2022-01-07", "2022-01-08"}
    source = documents[japanese[0]].source
    assert {documents[one].source for one in listed(client, f"/documents?source={quote(source)}")} == {source}
    hurt = {one.document_id for one in desk.ledger.claims() if one.damage}
    assert set(listed(client, "/documents?damaged=yes")) == hurt
    early = {one.id for one in desk.ledger.latest_documents(as_of="2022-01-05")}
    assert set(listed(client, "/documents?as_of=2022-01-05")) == early
    assert early < documents.keys()
    assert listed(client, f"/documents?crisis={quote('Kazakhstan, January 2022')}")


def test_a_filter_that_is_set_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/documents?kind=HARM&tongue=ja&crisis=Kazakhstan%2C+January+2022").text
    assert '<a href="/documents?crisis=Kazakhstan%2C+January+2022&amp;tongue=ja"><span class="soft">kind</span>' in page
    assert '<a href="/documents?tongue=ja&amp;kind=HARM"><span class="soft">crisis</span>' in page


def test_nothing_found_says_what_to_do(client: TestClient) -> None:
    page = client.get("/documents?q=zzzzzz").text
    assert "No document fits all of this." in page
    assert "Take a filter away" in page


@pytest.mark.parametrize(
    ("address", "told"), [("q=%22", "no word to look for"), ("first=soon", "no date"), ("crisis=X", "no crisis")]
)
def test_what_cannot_be_asked_is_answered_where_it_was_typed(client: TestClient, address: str, told: str) -> None:
    answer = client.get(f"/documents?{address}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert told in answer.text


def test_a_row_tells_whom_it_carries_and_its_damage(client: TestClient) -> None:
    page = client.get("/documents").text
    assert "carries Tin Kettle Wire" in page
    assert "⚡︎ damaged" in page


def test_rejected_claims_are_not_counted(own_client: TestClient, own_desk: Desk) -> None:
    made = next(iter(own_desk.ledger.claims()))
    row = re.compile(rf'data-document="{made.document_id}".*?<span class="total">(\d+) claims?</span>', re.DOTALL)
    before = row.search(own_client.get("/documents").text + own_client.get("/documents?after=20").text)
    fields = {"subject": "claim", "subjects": made.id, "quick": "reject|Not in the text."}
    assert own_client.post("/judgements", data=fields).status_code == 303
    after = row.search(own_client.get("/documents").text + own_client.get("/documents?after=20").text)
    assert before is not None
    assert after is not None
    assert int(after[1]) == int(before[1]) - 1
