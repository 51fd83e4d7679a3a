"""Receipts: one behind every number, pin and sentence of the example, with the words, the method and the limits."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.model import Judgement
from foreshock.pipeline.briefing import weighed_in
from foreshock.web import Desk
from foreshock.web.ask import Ask
from foreshock.web.receipts.ids import tally_id
from foreshock.web.receipts.scene import around
from foreshock.web.templating import environment

HTMX = {"hx-request": "true"}


def ids(desk: Desk, kind: str) -> list[str]:
    shown = desk.pictures.of(Ask()).shown
    if kind == "estimate":
        weighed = weighed_in(shown, desk.bench, today=shown.found.today)
        return [one.id for one in weighed.estimates][:2] if weighed else []
    made: dict[str, Callable[[], list[str]]] = {
        "claim": lambda: list(shown.reports)[::40],
        "incident": lambda: [one.id for one in shown.incidents][::15],
        "dispute": lambda: [one.id for one in shown.disputes],
        "condition": lambda: [one.id for one in shown.conditions],
        "tally": lambda: [tally_id(one) for one in shown.tallies],
        "origin": lambda: [origin.id for one in shown.incidents for origin in one.origins][::25],
        "grade": lambda: [one.source for one in shown.grades],
        "document": lambda: list(shown.document_names)[::5],
    }
    return made[kind]()


@pytest.mark.parametrize(
    "kind", ["claim", "incident", "dispute", "condition", "tally", "estimate", "origin", "grade", "document"]
)
def test_every_receipt_opens_in_the_drawer_and_as_a_page(client: TestClient, desk: Desk, kind: str) -> None:
    found = ids(desk, kind)
    assert found
    for one in found:
        part = client.get(f"/receipts/{kind}/{quote(one)}", headers=HTMX)
        assert part.status_code == 200
        assert "<html" not in part.text
        assert 'class="limits"' in part.text
        if kind not in ("grade", "document", "estimate"):
            assert "<mark>" in part.text
    whole = client.get(f"/receipts/{kind}/{quote(found[0])}")
    assert whole.headers["vary"] == "HX-Request"
    assert "<h1" in whole.text
    assert client.get(f"/receipts/{kind}/nothing").status_code == 404


def test_a_claim_s_receipt_has_its_words_its_document_and_its_coder(client: TestClient, desk: Desk) -> None:
    made = next(one for one in desk.ledger.claims() if not one.damage and "█" not in one.text and one.text.isascii())
    page = client.get(f"/receipts/claim/{made.id}").text
    assert f"<mark>{made.text}</mark>".replace("'", "&#39;") in page
    assert f"/documents/{made.document_id}" in page
    assert made.coder in page
    assert f"{made.start}–{made.end}" in page
    assert "no person has read it beside the original" in page


def test_an_incident_tells_its_origins_its_grade_and_why_it_is_one(client: TestClient, desk: Desk) -> None:
    shown = desk.pictures.of(Ask()).shown
    one = next(it for it in shown.incidents if it.joined and any(origin.carriers for origin in it.origins))
    page = client.get(f"/receipts/incident/{one.id}").text.replace("&#39;", "'")
    assert one.why.split(":")[0] in page
    assert "only carr" in page
    assert "Why these are one incident" in page
    assert f"{one.joined[0].score:.2f}" in page


def test_an_estimate_tells_what_history_says_and_what_could_not_be_seen(client: TestClient, desk: Desk) -> None:
    page = client.get(f"/receipts/estimate/{ids(desk, 'estimate')[0]}").text
    for words in ("Before any news", "Base rate", "Measured on", "Weighs nothing", "mostly history"):
        assert words in page


def test_what_a_person_decided_is_in_the_receipt_of_a_rejected_claim_too(own_client: TestClient, own_desk: Desk) -> None:
    right, wrong = (one.id for one in list(own_desk.ledger.claims())[:2])
    at = "2022-01-12T07:00:00Z"
    pipeline.judge(own_desk.ledger, Judgement("j1", "claim", "confirm", (right,), "mira", at, "heard it"))
    pipeline.judge(own_desk.ledger, Judgement("j2", "claim", "reject", (wrong,), "mira", at, "no"))
    page = own_client.get(f"/receipts/claim/{right}").text
    assert "heard it" in page
    assert "mira" in page
    assert "no person has read it" not in page
    assert "found this claim wrong" in own_client.get(f"/receipts/claim/{wrong}").text


@pytest.mark.parametrize(
    ("text", "start", "end", "whole"),
    [
        ("One. Two three four. Five.", 9, 14, "Two three four."),
        ("一つ。二つ三つ。四つ", 3, 5, "二つ三つ。"),
        ("no stop at all", 3, 7, "no stop at all"),
        ("Title\nA word here\nnext", 8, 12, "A word here"),
    ],
)
def test_the_sentence_around_some_words(text: str, start: int, end: int, whole: str) -> None:
    first, last = around(text, start, end)
    assert text[first:last] == whole


def test_the_link_of_a_receipt_is_escaped_and_works_without_scripts() -> None:
    template = environment().from_string(
        '{% from "receipts/link.html.j2" import receipt with context %}{{ receipt("grade", id, text) }}'
    )
    made = template.render(link=lambda path: path, direction=lambda code: "ltr", id='A/B "c" ?', text="<b>26</b>")
    assert 'href="/receipts/grade/A/B%20%22c%22%20%3F"' in made
    assert "&lt;b&gt;26&lt;/b&gt;" in made
    assert 'hx-target="#receipt"' in made
