"""``foreshock weigh`` and ``foreshock scenarios`` on a small ledger of made-up reports."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.errors import ForeshockError
from foreshock.ledger import Ledger
from foreshock.settings import Settings

NOW = datetime(2022, 1, 6, 12, tzinfo=UTC)
REPORTS = {
    "2022-01-02": "Thousands of people marched in Zhanaozen, Kazakhstan, on Sunday against the price of gas.",
    "2022-01-03": "Police in Aktau, Kazakhstan, arrested 20 protesters on Monday, the prosecutor's office said.",
    "2022-01-04": "Protesters in Almaty, Kazakhstan, set fire to a city hall on Tuesday.",
    "2022-01-05": "Soldiers shot dead 12 protesters in Almaty, Kazakhstan, on Wednesday, the interior ministry said.",
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory, gazetteer_path):
    pytest.importorskip("spacy")
    folder = tmp_path_factory.mktemp("weigh")
    settings = Settings(folder / "foreshock.sqlite", gazetteer_path.parent)
    bench = pipeline.Workbench(settings)
    with Ledger(settings.ledger) as ledger:
        for day, text in REPORTS.items():
            path = folder / f"{day}.txt"
            path.write_text(text, encoding="utf-8")
            (document,) = pipeline.gather(str(path), settings=settings, now=NOW)
            assert not isinstance(document, ForeshockError)
            at = datetime.fromisoformat(day).replace(hour=20, tzinfo=UTC)
            pipeline.keep(document, bench, ledger, now=at, published=day)
        list(pipeline.join(ledger))
    return settings.ledger


@pytest.fixture
def ledger(kept, folder):
    shutil.copy(kept, folder / "foreshock.sqlite")
    return folder / "foreshock.sqlite"


def weighed(ran):
    assert ran.code == 0, ran.err
    (one,) = json.loads(ran.out)
    return one


def test_a_country_is_weighed_with_everything_that_explains_it(foreshock, ledger):
    ran = foreshock("weigh", "--country", "kaz", "--as-of", "2022-01-06", "--now", "2022-01-07", "--board")
    assert ran.code == 0, ran.err
    assert ran.out.startswith("KAZ as of 2022-01-06: peace, tier ")
    parts = ("the leadership holds", "a coup attempt", "unmeasured: no set of ours", "What comes first")
    for part in (
        *parts,
        "Seen, and weighs nothing",
        "Board within 90 days",
        "Nearest precedents",
        "What is not seen here is not calm",
    ):
        assert part in ran.out


def test_json_has_the_whole_record(foreshock, ledger):
    one = weighed(foreshock("weigh", "--country", "KAZ", "--as-of", "2022-01-06", "--now", "2022-01-07", "--format", "json"))
    estimate = next(it for it in one["estimates"] if it["scenario"] == "coup-attempt" and it["horizon"] == 90)
    assert estimate["low"] <= estimate["probability"] <= estimate["high"]
    assert estimate["prior"]["provenance"]["n"] > 1000
    assert estimate["evidence"]
    assert {past["end"] < "2022-01-06" and bool(past["sources"]) for past in one["precedents"]} == {True}
    assert {piece["state"] for piece in estimate["evidence"]} <= {
        "seen", "unseen", "blind", "no-baseline", "unmeasured", "no-bridge", "in-tier",
    }  # fmt: skip


def test_what_is_known_later_changes_no_earlier_estimate(foreshock, ledger):
    early = weighed(
        foreshock("weigh", "--country", "KAZ", "--as-of", "2022-01-03", "--now", "2022-01-03T22:00", "--format", "json")
    )
    later = weighed(foreshock("weigh", "--country", "KAZ", "--as-of", "2022-01-03", "--now", "2022-01-09", "--format", "json"))
    assert early == later
    assert {it["day"] for it in early["signals"]["protest"]["happenings"]} == {"2022-01-02"}


def test_a_country_that_was_long_not_reported_on_is_weighed_as_of_its_last_report(foreshock, ledger):
    one = weighed(foreshock("weigh", "--country", "KAZ", "--now", "2026-01-01", "--format", "json"))
    assert one["subject"]["as_of"] == "2022-01-05"


def test_archives_are_weighed_by_date_of_publication(foreshock, folder, kept):
    for day, text in REPORTS.items():
        (folder / f"{day}.txt").write_text(text, encoding="utf-8")
        assert foreshock("ingest", f"{day}.txt", "--published", day, "--now", "2026-01-01").code == 0
    assert foreshock("join").code == 0
    refused = foreshock("weigh", "--country", "KAZ", "--as-of", "2022-01-04", "--now", "2026-01-02")
    assert refused.code == 1
    assert "nothing was known by 2022-01-04" in refused.err
    assert "--published" in refused.err
    one = weighed(
        foreshock("weigh", "--country", "KAZ", "--as-of", "2022-01-04", "--published", "--now", "2026-01-02", "--format", "json")
    )
    days = {it["day"] for signal in one["signals"].values() for it in signal["happenings"]}
    assert max(days) <= "2022-01-04"
    assert "2022-01-02" in days


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--as-of", "2021-12-01", "--country", "KAZ"), "the first document was published on 2022-01-02"),
        (("--country", "Kazakhstan"), "ISO 3166"),
        (("--crisis", "nowhere"), "there is no crisis 'nowhere'"),
    ],
)
def test_what_cannot_be_weighed_is_refused_with_a_remedy(foreshock, ledger, options, says):
    ran = foreshock("weigh", *options, "--now", "2022-01-07")
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err


def test_a_country_or_a_crisis_must_be_named(foreshock, ledger):
    assert foreshock("weigh").code == 2


def test_a_crisis_weighs_each_of_its_countries(foreshock, ledger):
    assert foreshock("crises", "add", "january", "--country", "KAZ", "--country", "KGZ", "--now", "2022-01-01").code == 0
    ran = foreshock("weigh", "--crisis", "january", "--now", "2022-01-07")
    assert ran.code == 0, ran.err
    assert "january (KAZ) as of" in ran.out
    assert "january (KGZ) as of" in ran.out


def test_one_scenario_is_never_told_without_that_the_leadership_holds(foreshock, ledger):
    one = weighed(foreshock("weigh", "--country", "KAZ", "--scenario", "coup-attempt", "--now", "2022-01-07", "--format", "json"))
    assert {it["scenario"] for it in one["estimates"]} == {"coup-attempt", "leadership-holds"}


def test_estimates_are_kept_once(foreshock, ledger):
    first = foreshock("weigh", "--country", "KAZ", "--as-of", "2022-01-06", "--keep", "--now", "2022-01-06T20:00")
    again = foreshock("weigh", "--country", "KAZ", "--as-of", "2022-01-06", "--keep", "--now", "2022-01-06T20:00")
    assert "27 estimates kept" in first.err
    assert "0 estimates kept" in again.err
    with Ledger(ledger, create=False) as opened:
        assert len(opened.estimates()) == 27


def test_a_scenario_of_ones_own_is_asked_beside_the_others(foreshock, ledger, folder: Path):
    (folder / "own.yaml").write_text(
        "question: Will the curfew end within {days} days?\nhorizon: 90\nresolves: The government lifts it.\n"
        "prior: {90: .4, source: our own count}\nindicators: [talks]\n", encoding="utf-8",
    )  # fmt: skip
    (folder / "foreshock.toml").write_text('scenarios = "own.yaml"\n', encoding="utf-8")
    assert "own" in foreshock("scenarios", "list").out
    checked = foreshock("scenarios", "check", "own.yaml")
    assert "given by our own count, not measured" in checked.out
    one = weighed(foreshock("weigh", "--country", "KAZ", "--scenario", "own", "--now", "2022-01-07", "--format", "json"))
    assert next(it for it in one["estimates"] if it["scenario"] == "own")["probability"] == pytest.approx(0.4)


def test_scenarios_say_what_of_them_is_unmeasured(foreshock, folder):
    ran = foreshock("scenarios", "check")
    assert ran.code == 0, ran.err
    assert "unmeasured  prior            no set of ours tells" in ran.out
    assert "measured    prior" in ran.out
    assert "Powell & Thyne" in foreshock("scenarios", "show", "coup-attempt").out
    assert foreshock("scenarios", "show", "earthquake").code == 1
    (folder / "bad.yaml").write_text("question: What?\nresolves: This.\nprior: coup-attempt\n", encoding="utf-8")
    refused = foreshock("scenarios", "check", "bad.yaml")
    assert refused.code == 1
    assert "has no horizon" in refused.err
