"""Incidents, figures, conditions, disputes and silence: what the records hold is there, and each number leads to its receipt."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from foreshock.model import Judgement
from foreshock.web import Desk
from foreshock.web.ask import Ask
from foreshock.web.disputed import matrices
from foreshock.web.locale import reader
from foreshock.web.picture import Picture
from foreshock.web.quiet import by_day, quiet
from foreshock.web.receipts.ids import tally_id


@pytest.fixture(scope="module")
def picture(desk: Desk) -> Picture:
    """All of the example."""
    return desk.pictures.of(Ask())


def test_the_list_is_narrowed_by_kind_place_credibility_and_day(client: TestClient, picture: Picture) -> None:
    wanted = {one.id for one in picture.shown.incidents if one.kind == "ASSAULT" and one.credibility == 1}
    text = client.get("/incidents?kind=assault&credibility=1").text
    assert wanted
    assert set(re.findall(r'href="/incidents/(\w+)"', text)) == wanted
    assert "No incident fits" in client.get("/incidents?after=2031-01-01").text
    assert client.get("/incidents?after=soon").status_code == 400


def test_background_is_left_out_unless_asked_for(client: TestClient, picture: Picture) -> None:
    background = sum(one.kind in ("STATE", "ASSESS", "LIKEN") for one in picture.shown.incidents)
    assert f"{len(picture.shown.incidents) - background} incidents" in client.get("/incidents").text
    assert f"{len(picture.shown.incidents)} incidents" in client.get("/incidents?everything=true").text


def test_an_incident_shows_every_claim_under_its_origin_with_why_it_was_joined(client: TestClient, picture: Picture) -> None:
    one = max(picture.shown.incidents, key=lambda it: len(it.claim_ids))
    text = client.get(f"/incidents/{one.id}").text
    for claim in one.claim_ids:
        assert f'id="claim-{claim}"' in text
        assert f"/receipts/claim/{claim}" in text
    for origin in one.origins:
        assert f'id="o-{origin.id}"' in text
    assert f"Joined at {one.joined[0].score:.2f}" in text
    assert 'name="verdict" value="different"' in text


def test_a_claim_leads_to_the_incident_that_holds_it(client: TestClient, picture: Picture) -> None:
    one = next(it for it in picture.shown.incidents if len(it.claim_ids) > 1)
    answer = client.get(f"/incidents/{one.claim_ids[1]}?as_of=2022-01-12")
    assert answer.status_code == 307
    assert answer.headers["location"] == f"/incidents/{one.id}?as_of=2022-01-12"


def test_every_number_of_every_tally_is_there_and_a_lost_one_is_lost(client: TestClient, picture: Picture) -> None:
    text = client.get("/figures").text
    for tally in picture.shown.tallies:
        assert f'id="t-{tally_id(tally)}"' in text
        for point in tally.points:
            assert f"/receipts/claim/{point.claim_id}" in text
    lost = [point for tally in picture.shown.tallies for point in tally.points if point.state == "lost"]
    assert text.count("[number lost]") == len(lost) > 0
    one = client.get("/figures?what=injured").text
    assert "Injured" in one
    assert 'id="w-killed"' not in one


def test_the_register_has_every_condition_and_each_of_its_steps(client: TestClient, picture: Picture) -> None:
    text = client.get("/conditions").text
    for one in picture.shown.conditions:
        assert f'id="c-{one.id}"' in text
        assert f"/receipts/condition/{one.id}" in text
        for step in one.steps:
            assert f"/receipts/claim/{step.claim_id}" in text
    ageing = [one for one in picture.shown.conditions if one.freshness == "ageing"]
    assert ageing
    assert "not confirmed for long: it may be over" in text


def test_the_matrix_has_positions_as_columns_and_joins_holders_of_one_origin(picture: Picture) -> None:
    origins = picture.shown.found.origins
    disputes = {one.id: one for one in picture.shown.disputes}
    for one in matrices(reader("en"), picture):
        dispute = disputes[one.id]
        assert [column.label for column in one.columns] == [side.label for side in dispute.positions]
        rows = [holder for bracket in one.brackets for holder in bracket.holders]
        assert {holder.name for holder in rows} == {quote.holder for side in dispute.positions for quote in side.quotes}
        of_bracket = [
            {origins[words.claim_id] for holder in bracket.holders for cell in holder.cells for words in cell}
            for bracket in one.brackets
        ]
        for at, mine in enumerate(of_bracket):
            assert all(mine.isdisjoint(other) for other in of_bracket[at + 1 :])
    assert any(len(bracket.holders) > 1 for one in matrices(reader("en"), picture) for bracket in one.brackets)


def test_a_settled_dispute_says_by_whom_and_for_which_position(own_desk: Desk, own_client: TestClient) -> None:
    one = own_desk.pictures.of(Ask()).shown.disputes[0]
    label = one.positions[0].label
    settled = Judgement(
        "j1",
        "dispute",
        "settle",
        (one.id,),
        "an analyst",
        "2022-01-12T07:00:00Z",
        "the archive says so",
        (("position", f'"{label}"'),),
    )
    own_desk.ledger.judge(settled)
    text = own_client.get("/disputes").text
    assert "Settled by an analyst on 12 January 2022: the archive says so" in text
    assert text.count("settled for this") == 1
    assert 'name="verdict" value="reopen"' in text
    assert one.id not in own_client.get("/disputes?state=open").text


def test_the_forms_of_the_screens_are_those_that_decisions_take(own_desk: Desk, own_client: TestClient) -> None:
    page = own_client.get("/disputes").text
    form = re.search(r'<form method="post" action="/judgements">.*?</form>', page, re.DOTALL)
    assert form
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form.group()))
    position = re.search(r'name="position" value="([^"]*)"', form.group())
    assert position
    answer = own_client.post("/judgements", data={**fields, "position": position.group(1), "why": "seen in the archive"})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/disputes#d-{fields['subjects']}")
    settled = [one for one in own_desk.pictures.of(Ask()).shown.disputes if one.state == "settled"]
    assert [one.id for one in settled] == [fields["subjects"]]

    one = max(own_desk.pictures.of(Ask()).shown.incidents, key=lambda it: len(it.claim_ids))
    part = re.search(r'<details class="decide">.*?</details>', own_client.get(f"/incidents/{one.id}").text, re.DOTALL)
    assert part
    named = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', part.group())
    data = {name: [value for other, value in named if other == name] for name, _ in named}
    assert data["verdict"] == ["different"]
    assert own_client.post("/judgements", data={**data, "why": "another street"}).status_code == 303
    after = next(it for it in own_desk.pictures.of(Ask()).shown.incidents if data["subjects"][0] in it.claim_ids)
    assert data["subjects"][1] not in after.claim_ids


def test_silence_says_what_was_dark_and_who_fell_quiet(client: TestClient, picture: Picture) -> None:
    text = client.get("/silence").text
    assert "internet or telephones cut" in text
    assert "It is not calm." in text
    found = quiet(reader("en"), picture)
    assert {one.name for one in found["sources"]} == {source for source, day in picture.shown.document_names.values() if day}
    assert all(not one.unusual or (one.usual is not None and one.days > 2 * one.usual) for rows in found.values() for one in rows)


def test_days_and_languages_count_each_document_once(picture: Picture) -> None:
    _, rows = by_day(picture, reader("en"))
    assert sum(sum(counts) for _, counts in rows) == len(picture.shown.document_names)
