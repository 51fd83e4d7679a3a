"""Past estimates are scored as they stood, on what was recorded; on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from foreshock.dates import utc_stamp
from foreshock.errors import CatalogueError
from foreshock.ledger import Ledger
from foreshock.model import Outcome, record_id, to_json
from foreshock.pipeline.scoring import score
from foreshock.scenarios.scoring.outcome_file import read_outcomes
from tests.ledger.records import estimate
from tests.postgres import running

START = datetime(2022, 1, 1, 12, tzinfo=UTC)
NOW = datetime(2024, 1, 1, tzinfo=UTC)
COUNTRIES = ["AFG", "BEN", "CAN", "DNK", "EGY", "FRA", "GHA", "HTI", "IND", "JPN", "KAZ", "LAO"]
BASE = replace(estimate().prior, probability=0.1, base_rate=0.3)


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    address: Path | str = tmp_path / "ledger.sqlite"
    if request.param == "postgresql":
        import psycopg

        with psycopg.connect(running(), autocommit=True) as connection:
            connection.execute("DROP SCHEMA IF EXISTS scoring CASCADE")
            connection.execute("CREATE SCHEMA scoring")
        address = f"{running()}&options=-csearch_path%3Dscoring"
    with Ledger(address) as made:
        yield made


def made(country: str, day: datetime, p: float | None, **fields: object):
    as_of = day.date().isoformat()
    return estimate(
        id=record_id("estimate", country, as_of, fields), country=country, as_of=as_of, probability=p, prior=BASE, **fields
    )


def fill(ledger: Ledger, *, seed: int = 3, skill: float = 1.0) -> list[tuple[float, float]]:
    """Keep 20 monthly estimates of 12 countries, right ones where ``skill`` is 1, and all their outcomes."""
    rng, pairs = np.random.default_rng(seed), []
    outcomes = []
    for month in range(20):
        day = START + timedelta(days=31 * month)
        kept = []
        for country in COUNTRIES:
            truth = float(rng.choice([0.03, 0.5]))
            p = skill * truth + (1 - skill) * 0.1
            came = bool(rng.random() < truth)
            kept.append(made(country, day, p))
            pairs.append((p, float(came)))
            if came:
                outcomes.append(Outcome("coup-attempt", country, (day + timedelta(days=9)).date().isoformat(), None, "made"))
        ledger.keep_estimates(kept, known_at=day)
    outcomes += [Outcome("coup-attempt", one, None, "2023-12-31", "made") for one in COUNTRIES]
    ledger.keep_outcomes(outcomes, known_at=NOW)
    return pairs


def test_what_was_published_is_scored_against_the_prior_and_the_base_rate(ledger):
    pairs = fill(ledger)
    (found,) = score(ledger, now=NOW).scores
    p, y = (np.array(column) for column in zip(*pairs, strict=True))
    assert (found.scenario, found.horizon, found.n, found.countries) == ("coup-attempt", 30, 240, 12)
    assert (found.came, found.expected) == (y.sum(), pytest.approx(p.sum()))
    assert found.log_score == pytest.approx(float(-(y * np.log(p) + (1 - y) * np.log(1 - p)).mean()))
    assert found.prior_log_score == pytest.approx(float(-(y * np.log(0.1) + (1 - y) * np.log(0.9)).mean()))
    assert found.against_prior.mean == pytest.approx(found.log_score - found.prior_log_score)
    assert found.against_prior.high < 0
    assert found.against_base.low < found.against_base.mean < found.against_base.high < 0
    assert found.auc > 0.7
    assert sum(one.n for one in found.bins) == 240
    assert (found.unresolved, found.pending, found.late) == (0, 0, 0)
    assert score(ledger, now=NOW).scores == (found,)
    assert to_json(found)["bins"][0]["n"] == found.bins[0].n


def test_the_diagram_is_of_all_that_is_scored(ledger):
    fill(ledger)
    tree = ET.fromstring(score(ledger, now=NOW).svg(title="A coup attempt"))
    assert "240 estimates of 12 countries, as of 2024-01-01" in [
        one.text for one in tree.iter("{http://www.w3.org/2000/svg}text")
    ]
    empty = score(ledger, now=START, as_of="2022-01-01")
    assert "no forecast is resolved yet" in empty.svg(title="t")


def test_nothing_is_assumed_where_nobody_looked(ledger):
    ledger.keep_estimates([made(one, START, 0.02) for one in COUNTRIES], known_at=START)
    (found,) = score(ledger, now=NOW).scores
    assert (found.n, found.unresolved, found.log_score, found.auc, found.against_prior) == (0, 12, None, None, None)
    also = [Outcome("coup-attempt", "KAZ", None, "2022-01-31", "a file")]
    (found,) = score(ledger, now=NOW, also=also).scores
    assert (found.n, found.unresolved) == (1, 11)
    assert found.log_score == pytest.approx(-np.log(0.98))
    assert found.against_prior.few == "too few: 1 countries, 10 are needed"
    assert (found.against_prior.low, found.auc) == (None, None)


def test_a_horizon_that_has_not_passed_is_pending_and_a_later_one_is_not_read(ledger):
    ledger.keep_estimates([made("KAZ", START, 0.02)], known_at=START)
    ledger.keep_outcome(Outcome("coup-attempt", "KAZ", "2022-01-10", None, "made"), known_at=START + timedelta(days=20))
    assert [one.pending for one in score(ledger, now=NOW, as_of="2022-01-30").scores] == [1]
    (found,) = score(ledger, now=NOW, as_of="2022-01-31").scores
    assert (found.pending, found.n, found.came) == (0, 1, 1)
    assert score(ledger, now=NOW, as_of="2021-12-31").scores == ()


def test_an_outcome_that_was_not_known_by_then_plays_no_part(ledger):
    ledger.keep_estimates([made("KAZ", START, 0.02)], known_at=START)
    ledger.keep_outcome(Outcome("coup-attempt", "KAZ", "2022-01-10", None, "made"), known_at=NOW)
    assert [one.unresolved for one in score(ledger, now=NOW, as_of="2023-06").scores] == [1]
    assert [one.n for one in score(ledger, now=NOW).scores] == [1]


def test_a_day_that_is_estimated_again_counts_as_first_said(ledger):
    ledger.keep_estimates([made("KAZ", START, 0.02)], known_at=START)
    ledger.keep_estimates([made("KAZ", START, 0.9, arrival=9, subject="other")], known_at=START + timedelta(days=2))
    ledger.keep_outcome(Outcome("coup-attempt", "KAZ", "2022-01-10", None, "made"), known_at=NOW)
    (found,) = score(ledger, now=NOW).scores
    assert (found.n, found.expected) == (1, 0.02)


def test_an_estimate_that_was_kept_late_is_counted_and_scored_only_if_asked_for(ledger):
    ledger.keep_estimates([made("KAZ", START, 0.9)], known_at=START + timedelta(days=8))
    ledger.keep_outcome(Outcome("coup-attempt", "KAZ", "2022-01-10", None, "made"), known_at=NOW)
    assert [(one.n, one.late) for one in score(ledger, now=NOW).scores] == [(0, 1)]
    assert [(one.n, one.late) for one in score(ledger, now=NOW, late=True).scores] == [(1, 0)]


def test_an_imprecise_date_is_scored_as_the_expectation(ledger):
    ledger.keep_estimates([made("KAZ", datetime(2022, 1, 8, tzinfo=UTC), 0.2)], known_at=START + timedelta(days=8))
    ledger.keep_outcome(Outcome("coup-attempt", "KAZ", "2022-02", None, "made"), known_at=NOW)
    (found,) = score(ledger, now=NOW).scores
    assert found.came == 0.25
    assert found.log_score == pytest.approx(-0.25 * np.log(0.2) - 0.75 * np.log(0.8))


def test_the_unmeasured_and_the_unasked_are_left_out(ledger):
    ledger.keep_estimates([made("KAZ", START, None, unmeasured="no history")], known_at=START)
    assert score(ledger, now=NOW).scores == ()
    with pytest.raises(CatalogueError, match="no estimate of coup-attempt within 90 days is kept here") as error:
        score(ledger, now=NOW, scenario="coup-attempt", horizon=90)
    assert "weigh --keep" in error.value.remedy


HEADER = "scenario,country,occurred,checked_until,source,why\n"
TODAY = NOW.date()
KNOWN = ("coup-attempt", "invasion")


def test_a_file_of_outcomes_is_read_as_it_stands(tmp_path):
    path = tmp_path / "outcomes.csv"
    path.write_text(
        "\ufeff" + HEADER + 'coup-attempt,kaz,2022-01,,"a set, v2",\ninvasion,UKR,,2022-02-23,a set,"=1+1"\n', encoding="utf-8"
    )
    assert read_outcomes(path, scenarios=KNOWN, today=TODAY) == [
        Outcome("coup-attempt", "KAZ", "2022-01", None, "a set, v2"),
        Outcome("invasion", "UKR", None, "2022-02-23", "a set", "=1+1"),
    ]
    path.write_text("source,country,scenario,occurred\na set,KAZ,invasion,2022-01-02\n")
    assert len(read_outcomes(path, scenarios=KNOWN, today=TODAY)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("country,source\n", "no column 'scenario'"),
        ("", "no column 'scenario'"),
        (HEADER.replace("why", "oops"), "column 'oops'"),
        (HEADER + "coup,KAZ,2022-01-01,,a set,\n", "line 2: there is no scenario 'coup'"),
        (HEADER + "invasion,Kazakhstan,2022-01-01,,a set,\n", "'KAZAKHSTAN' is no country"),
        (HEADER + "invasion,KAZ,2022-01-01,,,\n", "without a source"),
        (HEADER + "invasion,KAZ,,,a set,\n", "with no date"),
        (HEADER + "invasion,KAZ,2022-01-01,2022-01-02,a set,\n", "with both dates"),
        (HEADER + "invasion,KAZ,2022-02-30,,a set,\n", "'2022-02-30' is no date"),
        (HEADER + "invasion,KAZ,,2022-02,a set,\n", "'2022-02' is no day"),
        (HEADER + "invasion,KAZ,2022-01-01T10:00,,a set,\n", "is no date"),
        (HEADER + "invasion,KAZ,2031-01-01,,a set,\n", "lies ahead of 2024-01-01"),
        (HEADER + "invasion,KAZ,2022-01-01,,a set,\ninvasion,KAZ,never,,a set,\n", "line 3"),
        (HEADER + 'invasion,KAZ,2022-01-01,,"a set,\n', "cannot be read"),
    ],
)
def test_a_line_that_is_no_outcome_is_named_with_its_remedy(tmp_path, text, said):
    path = tmp_path / "outcomes.csv"
    path.write_text(text)
    with pytest.raises(CatalogueError, match=said.replace("(", r"\(")) as error:
        read_outcomes(path, scenarios=KNOWN, today=TODAY)
    assert error.value.remedy


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / "latin.csv").write_bytes(HEADER.encode() + b"invasion,KAZ,2022-01-01,,caf\xe9,\n")
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "latin.csv"):
        with pytest.raises(CatalogueError, match="cannot be read") as error:
            read_outcomes(path, scenarios=KNOWN, today=TODAY)
        assert "UTF-8" in error.value.remedy


def test_scores_of_a_day_are_those_of_a_ledger_that_stopped_there(ledger, tmp_path):
    fill(ledger)
    early = START + timedelta(days=31 * 10)
    with Ledger(tmp_path / "early.sqlite") as other:
        for known_at, one in ledger.estimates_since():
            if known_at <= utc_stamp(early):
                other.keep_estimates([one], known_at=known_at)
        assert [one.n + one.unresolved for one in score(other, now=NOW, as_of="2022-10").scores] == [
            one.n + one.unresolved for one in score(ledger, now=NOW, as_of="2022-10").scores
        ]
