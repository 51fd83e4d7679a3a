"""Judging by a click: round trips through the pipeline, errors that keep what was typed, and what must not be replaced."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from foreshock.errors import LedgerError
from foreshock.model import Claim, Judgement
from foreshock.web import Desk
from foreshock.web.ask import Ask
from foreshock.web.judging.form import changes_of, fields_of

HTMX = {"hx-request": "true"}


@pytest.fixture(scope="session")
def told(desk: Desk) -> Claim:
    """A claim of the example with a figure, a place and a day."""
    return next(one for one in desk.ledger.claims() if one.figures and one.place and one.when and one.status == "asserted")


def standing(desk: Desk) -> list[Judgement]:
    return desk.ledger.judgements()


def decide(client: TestClient, claim: Claim, quick: str, **fields: str) -> str:
    data = {"subject": "claim", "subjects": claim.id, "card": claim.id, "quick": quick, **fields}
    answer = client.post("/judgements", data=data, headers=HTMX)
    assert answer.status_code == 200
    assert answer.headers["hx-trigger"] == "foreshock:judged"
    return answer.text


def test_right_wrong_and_back_again(own_client: TestClient, own_desk: Desk, told: Claim) -> None:
    assert 'data-state="confirmed"' in decide(own_client, told, "confirm|Read beside the original.")
    assert 'data-state="rejected"' in decide(own_client, told, "reject|The text does not say this.")
    assert told.id not in own_desk.pictures.of(Ask()).shown.reports
    last = standing(own_desk)[-1]
    assert (last.verdict, last.by, last.why) == ("reject", last.by, "The text does not say this.")
    assert last.by
    undone = decide(own_client, told, "withdraw|Taken back.", subjects=last.id)
    assert 'data-state="confirmed"' in undone
    assert "(taken back)" in undone
    assert told.id in own_desk.pictures.of(Ask()).shown.reports


def test_said_again_after_it_was_taken_back_it_counts(own_client: TestClient, own_desk: Desk, told: Claim) -> None:
    decide(own_client, told, "reject|No.")
    decide(own_client, told, "reject|No.")
    assert len(standing(own_desk)) == 1
    decide(own_client, told, "withdraw|Taken back.", subjects=standing(own_desk)[-1].id)
    assert 'data-state="rejected"' in decide(own_client, told, "reject|No.")


def test_a_correction_is_previewed_kept_and_in_every_reading(own_client: TestClient, own_desk: Desk, told: Claim) -> None:
    typed = {
        "status": "denied",
        "figures.0.best": "1,234",
        "figures.0.bound": "",
        "figures.0.state": "read",
        "when.start": "2022-01-04",
    }
    typed["when.end"] = "2022-01-04"
    preview = own_client.get(f"/claims/{told.id}/preview", params=typed).text
    assert preview.startswith("Denied")
    assert not standing(own_desk)
    answer = own_client.post(f"/claims/{told.id}/correct", data={**typed, "why": "The original denies it."}, headers=HTMX)
    assert answer.headers["hx-retarget"] == f"#claim-{told.id}"
    assert 'data-state="amended"' in answer.text
    kept = own_desk.pictures.of(Ask()).shown.reports[told.id].claim
    assert (kept.status, kept.figures[0].best, kept.figures[0].low) == ("denied", 1234.0, 1234.0)
    assert kept.when is not None
    assert (kept.when.start, kept.when.precision, kept.when.raw) == ("2022-01-04", "day", told.when.raw if told.when else "")
    assert (kept.text, kept.start, kept.coder) == (told.text, told.start, told.coder)
    # A second correction keeps what the first one said.
    own_client.post(f"/claims/{told.id}/correct", data={"what": "PROTEST", "why": "two"}, headers=HTMX)
    kept = own_desk.pictures.of(Ask()).shown.reports[told.id].claim
    assert (kept.status, kept.kind, kept.mode) == ("denied", "PROTEST", None)
    assert dict(standing(own_desk)[-1].changes)["status"] == '"denied"'


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"figures.0.best": "zwölf"}, "is no number"), ({"what": "HARM/none"}, "no mode of"), ({"what": "NOPE"}, "does not fit"),
        ({"when.start": "soon"}, "no date"), ({"status": "sung"}, "does not fit"), ({}, "nothing was changed"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_stays_in_the_form(
    client: TestClient, desk: Desk, told: Claim, typed: dict[str, str], said: str
) -> None:
    answer = client.post(f"/claims/{told.id}/correct", data={**typed, "why": "because of <this>"}, headers=HTMX)
    assert answer.status_code == 200
    assert said in answer.text
    assert "because of &lt;this&gt;" in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text or value == "sung"
    assert not standing(desk)
    assert client.post(f"/claims/{told.id}/correct", data=typed).status_code == 422


def test_a_reason_is_asked_for(client: TestClient, desk: Desk, told: Claim) -> None:
    answer = client.post(f"/claims/{told.id}/correct", data={"status": "denied"}, headers=HTMX)
    assert "Say why, in a few words." in answer.text
    assert client.post("/judgements", data={"subject": "claim", "subjects": told.id, "verdict": "reject"}).status_code == 400
    assert not standing(desk)


def test_without_scripts_the_page_leads_back_to_the_words(own_client: TestClient, told: Claim) -> None:
    form = own_client.get(f"/claims/{told.id}/correct").text
    assert "<html" in form
    assert f'value="{told.kind}' in form
    answer = own_client.post(f"/claims/{told.id}/correct", data={"status": "denied", "why": "x"})
    assert answer.headers["location"] == f"/documents/{told.document_id}?claim={told.id}#claim-{told.id}"
    for back in ("//evil.example", "https://evil.example", "/\\evil.example"):
        data = {"subject": "claim", "subjects": told.id, "quick": "confirm|x", "back": back}
        assert own_client.post("/judgements", data=data).headers["location"] == "/documents"


def test_every_sort_of_decision(own_client: TestClient, own_desk: Desk) -> None:
    shown = own_desk.pictures.of(Ask()).shown
    many = next(one for one in shown.incidents if len(one.claim_ids) > 1)
    rival = shown.disputes[0]
    sent = [
        {"subject": "claim", "subjects": list(many.claim_ids[:2]), "verdict": "different", "why": "two events"},
        {"subject": "dispute", "subjects": rival.id, "verdict": "settle", "position": rival.positions[0].label, "why": "seen"},
        {"subject": "source", "subjects": shown.grades[0].source, "verdict": "override", "reliability": "B", "why": "known"},
        {"subject": "incident", "subjects": many.id, "verdict": "override", "credibility": "2", "why": "two voices"},
        {"subject": "person", "subjects": "Somebody Named", "verdict": "release", "why": "a public role"},
        {"subject": "site", "subjects": "Hospital No. 7", "verdict": "withhold", "why": "shelled before"},
    ]  # fmt: skip
    for fields in sent:
        answer = own_client.post("/judgements", data={**fields, "back": "/disputes"})
        assert answer.headers["location"] == "/disputes"
    after = own_desk.pictures.of(Ask()).shown
    assert next(one for one in after.disputes if one.id == rival.id).state == "settled"
    assert next(one for one in after.grades if one.source == shown.grades[0].source).reliability == "B"
    assert len(standing(own_desk)) == len(sent)
    own_client.post("/judgements", data={"subject": "dispute", "subjects": rival.id, "verdict": "reopen", "why": "x"})
    assert next(one for one in own_desk.pictures.of(Ask()).shown.disputes if one.id == rival.id).state == "open"


def test_two_incidents_become_one(own_client: TestClient, own_desk: Desk) -> None:
    shown = own_desk.pictures.of(Ask()).shown
    page, claim = "", ""
    for one in shown.incidents:
        claim = one.claim_ids[0]
        page = own_client.get(f"/claims/{claim}/same", headers=HTMX).text
        if "They tell of one event." in page:
            break
    other = next(name for name in re.findall(r'name="subjects" value="([0-9a-f]+)"', page) if name != claim)
    data = {"subject": "claim", "subjects": [claim, other], "card": claim, "quick": "same|They tell of one event."}
    assert own_client.post("/judgements", data=data, headers=HTMX).status_code == 200
    joined = [one for one in own_desk.pictures.of(Ask()).shown.incidents if claim in one.claim_ids]
    assert other in joined[0].claim_ids


def test_without_the_token_of_a_page_nothing_is_kept(client: TestClient, desk: Desk, told: Claim) -> None:
    wrong = {"x-csrf-token": "0" * 64}
    data = {"subject": "claim", "subjects": told.id, "quick": "confirm|x"}
    assert client.post("/judgements", data=data, headers=wrong).status_code == 403
    assert client.post(f"/claims/{told.id}/correct", data={"status": "denied", "why": "x"}, headers=wrong).status_code == 403
    assert not standing(desk)


def test_a_role_that_was_not_typed_never_replaces_a_name(told: Claim) -> None:
    bare = replace(told, holders=(replace(told.holders[0], name="Nurzhan Testov"), *told.holders[1:]))
    shown = replace(told, holders=(replace(told.holders[0], name="[victim]"), *told.holders[1:]))
    changes = changes_of({**fields_of(shown), "holders.0.status": "denied"}, shown=shown, bare=bare, coded=bare)
    assert [name for name, _ in changes] == ["holders"]
    assert json.loads(changes[0][1])[0]["name"] == "Nurzhan Testov"
    assert json.loads(changes[0][1])[0]["status"] == "denied"


def test_rows_are_added_and_taken_out(told: Claim) -> None:
    n = len(told.figures)
    added = changes_of({f"figures.{n}.what": "killed", f"figures.{n}.best": "26"}, shown=told, bare=told, coded=told)
    figures = json.loads(dict(added)["figures"])
    assert (figures[-1]["what"], figures[-1]["best"], figures[-1]["low"]) == ("killed", 26.0, 26.0)
    out = dict(changes_of({"figures.0.what": ""}, shown=told, bare=told, coded=told))
    assert len(json.loads(out["figures"])) == n - 1
    lost = dict(changes_of({"figures.0.state": "lost"}, shown=told, bare=told, coded=told))
    assert [json.loads(lost["figures"])[0][name] for name in ("low", "best", "high")] == [None, None, None]
    nobody = dict(changes_of({"place.name": ""}, shown=told, bare=told, coded=told))
    assert nobody["place"] == "{}"


def test_typing_what_the_coder_said_is_no_correction(told: Claim) -> None:
    amended = replace(told, status="denied")
    with pytest.raises(LedgerError, match="what the coder said"):
        changes_of({"status": told.status}, shown=amended, bare=amended, coded=told)
