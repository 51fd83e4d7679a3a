"""The board: the numbers of ``foreshock weigh``, with its interval, and no sentence of likelihood and confidence."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.scenarios.words import scales_met
from foreshock.web import Desk
from foreshock.web.ask import Ask
from foreshock.web.locale import reader
from foreshock.web.paths import paths
from foreshock.web.weighing import boards, matrix, place_of


@pytest.fixture(scope="module")
def reckoning(desk: Desk) -> pipeline.Reckoning:
    """What the command line says."""
    return pipeline.weigh(desk.ledger, desk.bench, now=desk.now(), country="KAZ")[0]


@pytest.mark.parametrize("horizon", [30, 90, 365])
def test_each_number_is_that_of_the_command_line(client: TestClient, reckoning: pipeline.Reckoning, horizon: int) -> None:
    text = client.get(f"/scenarios?horizon={horizon}").text
    for one in reckoning.estimates:
        if one.horizon == horizon and (said := pipeline.said_of(one)):
            assert f"/receipts/estimate/{one.id}" in text
            assert f"{said.low} – {said.high}" in text
    assert "never measured" in text  # a settlement


def test_likelihood_and_confidence_are_in_no_sentence_together(client: TestClient) -> None:
    text = re.sub(r"<[^>]+>", "\n", client.get("/scenarios").text)
    assert scales_met(text) is None


def test_the_axis_is_logarithmic_and_holds_what_is_below_it() -> None:
    assert [place_of(p) for p in (0.0, 1e-9, 1e-4, 1e-3, 1e-2, 1e-1, 1.0)] == [0.0, 0.0, 0.0, 85.0, 170.0, 255.0, 340.0]


def test_the_matrix_shows_all_that_was_looked_for(desk: Desk, reckoning: pipeline.Reckoning) -> None:
    board = boards(desk, desk.pictures.of(Ask()), reader("en"))[0]
    rows, lines = matrix(reader("en"), board, 90)
    asked = {piece.indicator for one in reckoning.estimates if one.horizon == 90 for piece in one.evidence}
    assert {line.indicator for line in lines} == asked & set(reckoning.weighing.signals)
    for line in lines:
        assert len(line.cells) == len(rows)
        assert all(text in ("", "0") or state in ("for", "against", "even") for state, text in line.cells)


def test_without_kept_estimates_days_are_weighed_anew_and_the_page_says_so(client: TestClient, desk: Desk) -> None:
    basis, found = paths(desk, desk.pictures.of(Ask()), reader("en"), "KAZ", 90)
    assert basis == "anew"
    days = [point.day for point in found[0].points]
    assert len(days) > 3
    assert days[-1] == "12 January 2022"
    answer = client.get("/scenarios/path", headers={"HX-Request": "true"})
    assert "weighed anew" in answer.text
    assert "<html" not in answer.text
    assert "<html" in client.get("/scenarios/path").text


def test_kept_estimates_are_shown_as_they_were(own_desk: Desk) -> None:
    for day in ("2022-01-06", "2022-01-09"):
        found = pipeline.weigh(own_desk.ledger, own_desk.bench, now=own_desk.now(), country="KAZ", as_of=day)
        pipeline.keep_estimates(own_desk.ledger, found, now=own_desk.now())
    basis, shown = paths(own_desk, own_desk.pictures.of(Ask()), reader("en"), "KAZ", 30)
    assert basis == "kept"
    assert [point.day for point in shown[0].points] == ["6 January 2022", "9 January 2022"]


def test_what_weighs_is_shown_with_its_nats_for_and_against(
    own_client: TestClient, reckoning: pipeline.Reckoning, monkeypatch: pytest.MonkeyPatch
) -> None:
    estimates = []
    for one in reckoning.estimates:
        pieces = list(one.evidence)
        if one.scenario == "coup-attempt" and one.horizon == 90:
            pieces[0] = replace(
                pieces[0], state="seen", nats=0.42, low=0.1, high=0.7, why="2 splits, usual 0.", happenings=("i1",)
            )
            pieces[1] = replace(pieces[1], state="unseen", nats=-0.21, low=-0.4, high=0.0, why="no troops moved.")
        estimates.append(replace(one, evidence=tuple(pieces)))
    weighed = replace(reckoning, weighing=replace(reckoning.weighing, estimates=tuple(estimates)))
    monkeypatch.setattr(pipeline, "weigh", lambda *_, **__: [weighed])
    text = own_client.get("/scenarios").text
    assert ">+0.42</a>" in text
    assert "[+0.10, +0.70]" in text
    assert "2 splits, usual 0." in text
    assert "/receipts/incident/i1" in text
    assert ">-0.21</a>" in text
    assert re.search(r'class="cell e-for">\+0.42', text)
    assert re.search(r'class="cell e-against">-0.21', text)
    assert '<td class="num">0.42</td>' in text  # its diagnosticity: 0 elsewhere


def test_a_scope_of_no_country_is_not_weighed(client: TestClient) -> None:
    assert "Nothing is weighed here" in client.get("/scenarios?country=ISL&as_of=2021-01-01").text
