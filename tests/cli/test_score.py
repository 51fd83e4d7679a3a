"""foreshock outcomes and foreshock score, as a user runs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from foreshock.ledger import Ledger
from foreshock.model import record_id
from tests.ledger.records import estimate

START = datetime(2022, 1, 1, 12, tzinfo=UTC)
COUNTRIES = ["AFG", "BEN", "CAN", "DNK", "EGY", "FRA", "GHA", "HTI", "IND", "JPN", "KAZ", "LAO"]


@pytest.fixture
def kept(folder: Path) -> Path:
    with Ledger(folder / "foreshock.sqlite") as ledger:
        for week in range(8):
            day = START + timedelta(days=7 * week)
            some = [
                estimate(id=record_id(country, week), country=country, as_of=day.date().isoformat(), probability=0.1 + week / 20)
                for country in COUNTRIES
            ]
            ledger.keep_estimates(some, known_at=day)
    return folder


def test_outcomes_are_added_once_and_listed(foreshock):
    add = [
        "outcomes",
        "add",
        "--scenario",
        "coup-attempt",
        "--country",
        "kaz",
        "--source",
        "our desk",
        "--now",
        "2022-03-10T00:00",
    ]
    assert foreshock(*add, "--none-until", "2022-02-28").out == "kept 1 outcome\n"
    assert foreshock(*add, "--none-until", "2022-02-28").out == "kept 0 outcomes; 1 known already\n"
    assert foreshock(*add, "--occurred", "2022-03", "--why", "seen").out == "kept 1 outcome\n"
    listed = json.loads(foreshock("outcomes", "--format", "json").out)
    assert [(one["country"], one["occurred"], one["checked_until"], one["why"]) for one in listed] == [
        ("KAZ", None, "2022-02-28", ""), ("KAZ", "2022-03", None, "seen"),
    ]  # fmt: skip
    assert json.loads(foreshock("outcomes", "list", "--country", "KGZ", "--format", "json").out) == []
    assert json.loads(foreshock("outcomes", "list", "--as-of", "2022-03-09", "--format", "json").out) == []
    assert "2022-02-28" in foreshock("outcomes").out
    assert foreshock("verify").code == 0


def test_an_outcome_kept_in_error_is_withdrawn(foreshock):
    add = ["outcomes", "add", "--scenario", "coup-attempt", "--country", "KAZ", "--source", "our desk"]
    foreshock(*add, "--occurred", "2022-01-20")
    foreshock(*add, "--none-until", "2022-02-28")
    key = json.loads(foreshock("outcomes", "--format", "json").out)[0]["id"]
    assert key[:8] in foreshock("outcomes").out
    assert foreshock("outcomes", "withdraw", key[:6], "--source", "our desk").code == 2
    ran = foreshock("outcomes", "withdraw", key[:6], "--source", "our desk", "--why", "another country")
    assert ran.out == f"withdrew the outcome {key}\n"
    left = json.loads(foreshock("outcomes", "--format", "json").out)
    assert [(one["occurred"], one["checked_until"]) for one in left] == [(None, "2022-02-28")]
    assert foreshock("outcomes", "withdraw", key, "--source", "our desk", "--why", "again").code == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", "--country", "KAZ", "--source", "x"], 2, "give --scenario"),
        (["import"], 2, "import needs a FILE"),
        (["import", "none.csv"], 1, "name a CSV file in UTF-8"),
        (["add", "--scenario", "coup", "--country", "KAZ", "--source", "x", "--occurred", "2022-01-01"], 1, "known are"),
        (["add", "--scenario", "coup-attempt", "--country", "KAZ", "--source", "x"], 1, "give the date on which it occurred"),
        (["add", "--scenario", "coup-attempt", "--country", "KAZ", "--source", "x", "--none-until", "2022-02"], 1, "write 2022-"),
        (["add", "--scenario", "coup-attempt", "--country", "KAZ", "--source", "x", "--occurred", "2999-01-01"], 1, "lies ahead"),
        (["add", "--scenario", "coup-attempt", "--country", "Kazakhstan", "--source", "x", "--occurred", "2022"], 1, "alpha-3"),
        (["list"], 1, "foreshock ingest"),
    ],
)  # fmt: skip
def test_what_is_no_outcome_is_refused_with_its_remedy(foreshock, folder, arguments, code, said):
    ran = foreshock("outcomes", *arguments)
    assert ran.code == code
    assert said in ran.err
    assert not (folder / "foreshock.sqlite").exists()


def test_estimates_are_scored_once_somebody_says_what_came_of_them(foreshock, kept):
    ran = foreshock("score")
    assert ran.code == 0
    assert "foreshock outcomes" in ran.err
    lines = [f"coup-attempt,{one},2022-02-20,,a set," for one in COUNTRIES[:6]]
    lines += [f"coup-attempt,{one},,2022-12-31,a set," for one in COUNTRIES]
    Path("outcomes.csv").write_text("\n".join(["scenario,country,occurred,checked_until,source,why", *lines]))
    (beside,) = json.loads(foreshock("score", "--outcomes", "outcomes.csv", "--format", "json").out)
    assert foreshock("outcomes", "import", "outcomes.csv").out == "kept 18 outcomes\n"
    assert foreshock("outcomes", "import", "outcomes.csv").out == "kept 0 outcomes; 18 known already\n"
    (one,) = json.loads(foreshock("score", "--format", "json").out)
    assert one == beside
    # Within 30 days of 20 February: asked from 22 January to 19 February, five of eight weeks, in six countries.
    assert (one["n"], one["countries"], one["came"], one["unresolved"]) == (96, 12, 30, 0)
    assert one["against_prior"]["low"] < one["against_prior"]["mean"] < one["against_prior"]["high"]
    assert one["parts"]["uncertainty"] == pytest.approx(30 / 96 * 66 / 96)
    table = foreshock("score").out
    assert "coup-attempt" in table
    assert f"[{one['against_prior']['low']:+.4f}" in table


def test_the_diagram_is_written(foreshock, kept):
    ran = foreshock("score", "--scenario", "coup-attempt", "--horizon", "30", "--svg", "reliability.svg")
    assert ran.code == 0
    tree = ET.fromstring(Path("reliability.svg").read_text(encoding="utf-8"))
    assert tree.findtext("{http://www.w3.org/2000/svg}title") == "coup-attempt within 30 days"


def test_a_scenario_without_an_estimate_and_a_ledger_without_any_say_what_to_do(foreshock, kept):
    ran = foreshock("score", "--scenario", "invasion")
    assert (ran.code, "foreshock weigh --keep" in ran.err) == (1, True)
    with Ledger("other.sqlite"):
        pass
    ran = foreshock("score", "--ledger", "other.sqlite")
    assert (ran.code, "foreshock weigh --keep" in ran.err) == (0, True)
    assert foreshock("score", "--ledger", "none.sqlite").code == 1
    assert foreshock("score", "--svg", "new/folder/it.svg").code == 0
    assert Path("new/folder/it.svg").exists()
    assert foreshock("score", "--svg", "foreshock.sqlite/it.svg").code == 1


def test_too_few_is_said_in_the_table(foreshock, kept):
    Path("outcomes.csv").write_text("scenario,country,checked_until,source\ncoup-attempt,KAZ,2022-12-31,a set\n")
    ran = foreshock("score", "--outcomes", "outcomes.csv")
    assert ran.out.count("too few") == 3
    assert "an interval needs 10 countries" in ran.err
    assert "an interval needs" not in foreshock("score").err
