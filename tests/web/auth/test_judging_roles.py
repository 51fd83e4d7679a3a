"""Who may judge: analysts, not readers."""

from __future__ import annotations

import pytest

from tests.web.auth.conftest import Team

SENT = {"subject": "claim", "subjects": "none", "verdict": "confirm", "why": "x"}


@pytest.mark.parametrize(("name", "status"), [("rita", 403), ("oleg", 400)])
def test_only_an_analyst_judges(team: Team, name: str, status: int) -> None:
    assert team.signed_in(name).post("/judgements", data=SENT).status_code == status


@pytest.mark.parametrize("address", ["/claims/none/correct", "/claims/none/preview"])
def test_only_an_analyst_gets_the_form(team: Team, address: str) -> None:
    assert team.signed_in("rita").get(address).status_code == 403
    assert team.signed_in("oleg").get(address).status_code == 404


def test_a_reader_reads_and_is_offered_nothing_to_judge(team: Team) -> None:
    assert team.signed_in("rita").get("/documents").status_code == 200
    assert team.browser().get("/documents").status_code == 303
