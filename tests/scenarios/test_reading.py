"""Reading against escalation: nothing is seen ahead, text that knows beats its own shift, text that knows nothing does not."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from bench import weigh_reading, weigh_reading_parts
from foreshock.errors import CatalogueError
from foreshock.model import Happening
from foreshock.pipeline import Workbench
from foreshock.pipeline.corpus import coded, happenings, joined, told
from foreshock.pipeline.fitting import fit
from foreshock.scenarios.baseline import earlier_windows, fired
from foreshock.scenarios.fitting.escalation import FEED, Told, daily_counts, fired_at, last_day, onsets, panel_of, violence
from foreshock.scenarios.fitting.within import NO_ONSET
from foreshock.scenarios.histories.escalations import Deaths, at_risk, escalates
from foreshock.scenarios.indicators import Indicator
from foreshock.scenarios.ratio import load_ratios
from foreshock.settings import read_settings

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
CORPUS = DATA / "corpora" / "wikipedia_current_events_to_2019.jsonl.gz"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
COUNTRIES = tuple(f"C{number:02d}" for number in range(40))
MONTHS = 480
TEXTS = (
    ("2011-03-01", "Gunmen attack a police station in Nairobi, Kenya, killing 12 officers."),
    ("2011-03-01", "Scientists in France describe a new species of beetle."),
    ("2011-03-02", "The gunmen who attacked a police station in Nairobi, Kenya, killed 14 officers, the government says."),
    ("2011-03-03", "The army of Kenya denies that soldiers attacked a village in Somalia."),
    ("2011-03-04", "The United States threatens Iran with new sanctions."),
    ("2011-03-05", "In the first century, soldiers attacked a town in Italy."),
)


def deaths_of(rng: np.random.Generator) -> Deaths:
    """Return made-up deaths: quiet months, and now and then a wave that lasts some months."""
    deaths = rng.poisson(0.3, size=(len(COUNTRIES), MONTHS)).astype(float)
    for country in range(len(COUNTRIES)):
        for start in np.flatnonzero(rng.random(MONTHS) < 0.012):
            deaths[country, start : start + 4] += 40
    deaths[:, :108] = np.nan
    return Deaths(COUNTRIES, deaths)


def world_of(rng: np.random.Generator, *, knows: bool) -> weigh_reading.World:
    """Return a world whose text, in half of the months before an escalation, tells more than chance; or tells nothing."""
    history = deaths_of(rng)
    outcome = escalates(history.deaths)
    told_of = rng.normal(size=outcome.shape)
    if knows:
        told_of += 3 * (np.nan_to_num(outcome) == 1) * (rng.random(outcome.shape) < 0.5)
    noise = {name: rng.normal(size=(1, *outcome.shape)) for name in ("counts", "keywords")}
    reading = told_of[None]
    evidence = {"reading": reading, "shifted": weigh_reading_parts.shifted(reading), **noise}
    return weigh_reading.World(history, outcome, weigh_reading_parts.history(history.deaths), evidence)


def test_text_that_knows_beats_the_prior_and_its_own_shift() -> None:
    world = world_of(np.random.default_rng(1), knows=True)
    found = weigh_reading.figures(world, weigh_reading.forecasts_of(world, world.features), range(2013, 2017))
    for rival in ("", "_shifted", "_counts", "_keywords"):
        assert found[f"difference{rival}_high"] < 0, (rival, found)
    assert found["reading_auc"] > found["prior_auc"] + 0.05
    assert found["log_score"] < found["prior_log_score"], "what is published has its part in it"


def test_text_that_knows_nothing_beats_nothing() -> None:
    world = world_of(np.random.default_rng(2), knows=False)
    found = weigh_reading.figures(world, weigh_reading.forecasts_of(world, world.features), range(2013, 2017))
    for rival in ("", "_shifted"):
        assert found[f"difference{rival}_high"] > 0, (rival, found)
        assert abs(found[f"difference{rival}"]) < 0.001, (rival, found)


def test_a_forecast_sees_nothing_that_was_not_out() -> None:
    year, month = 2014, weigh_reading_parts.month_of("2014-06-30")
    world = world_of(np.random.default_rng(3), knows=True)
    rng = np.random.default_rng(4)
    later = world.history.deaths.copy()
    # What the set says of 2013 and after is not out when 2014 begins; the prior's features get what was out by the month.
    later[:, weigh_reading_parts.published(year) :] = rng.poisson(30, size=later[:, weigh_reading_parts.published(year) :].shape)
    outcome = np.where(np.isnan(world.outcome), np.nan, escalates(later))
    text = world.evidence["reading"].copy()
    text[..., month + 1 :] = rng.normal(size=text[..., month + 1 :].shape)

    def forecast(deaths: np.ndarray, results: np.ndarray, evidence: np.ndarray) -> np.ndarray:
        features = weigh_reading_parts.as_published(weigh_reading_parts.history(deaths))
        asked = np.where(np.arange(MONTHS) == month, np.where(np.isnan(world.outcome), np.nan, 0.0), results)
        asked[:, month + 1 :] = np.nan
        prior = weigh_reading_parts.forward_prior(features, asked, range(1996, year + 1), start=144, strength=0.1)
        found = weigh_reading_parts.forward_evidence(evidence, prior, asked, [year], start=282, strength=100)
        return found[:, month]

    before = forecast(world.history.deaths, world.outcome, world.evidence["reading"])
    # By June of 2014 the deaths of 2013 are out: features may use them, so only what comes after is exchanged for those.
    seen = np.concatenate([world.history.deaths[:, :408], later[:, 408:]], axis=1)
    after = forecast(seen, outcome, text)
    assert np.isfinite(before).sum() > 20
    np.testing.assert_allclose(after, before, rtol=1e-9)
    assert not np.allclose(
        forecast(world.history.deaths, world.outcome, world.evidence["reading"] + rng.normal(size=text.shape)),
        before,
        equal_nan=True,
    )


def test_a_year_is_published_in_june_of_the_next() -> None:
    features = np.arange(MONTHS, dtype=float)[None, :, None]
    out = weigh_reading_parts.as_published(features)[0, :, 0]
    months = {day: out[weigh_reading_parts.month_of(day)] for day in ("2012-05-31", "2012-06-30", "2012-12-31")}
    december = {year: weigh_reading_parts.month_of(f"{year}-12-31") for year in (2010, 2011)}
    assert months == {"2012-05-31": december[2010], "2012-06-30": december[2011], "2012-12-31": december[2011]}


def test_escalations_are_counted_as_the_contract_has_them() -> None:
    deaths = np.array([[0.0, 3, 0, 0, 20, 9, 0, 0, 0], [30.0, 0, 0, 0, 0, 30, 0, 0, 0]])
    assert at_risk(deaths)[1].tolist() == [False, False, False, True, True, False, False, False, True]
    assert np.nan_to_num(escalates(deaths), nan=-1).tolist() == [
        [-1, -1, 1, 1, 0, -1, -1, -1, -1],
        [-1, -1, -1, 1, 1, -1, -1, -1, -1],
    ]
    assert violence(deaths)[:, -1].tolist() == [2, 2]
    first = onsets(deaths, [2, 3, 4])[0].tolist()
    assert first == [last_day(5).toordinal(), last_day(5).toordinal(), NO_ONSET]


def test_an_indicator_fires_as_the_package_lets_it() -> None:
    rng = np.random.default_rng(5)
    daily = rng.poisson(0.02, size=(3, 900))
    ends = np.array([150, 400, 650, 899])
    found = fired_at(daily, ends, window=14)
    for country in range(3):
        days = np.repeat(np.arange(900), daily[country]).tolist()
        for column, end in enumerate(ends.tolist()):
            earlier = earlier_windows(days, today=end, window=14, first=0)
            state = fired(int(daily[country, end - 13 : end + 1].sum()), earlier)
            expected = {"seen": 1.0, "unseen": 0.0, "no-baseline": np.nan}[state]
            np.testing.assert_equal(found[country, column], expected)


def test_a_panel_tells_of_the_countries_at_risk() -> None:
    history = deaths_of(np.random.default_rng(6))
    day = "2010-05-30"
    one = Happening("a", "C03", day, day, "ASSAULT", mode="explosives")
    feed = Told([one], date(2004, 1, 1), date(2012, 12, 31), "rules-en@4")
    panel = panel_of(history, feed, [Indicator("attacks", "", 14, frozenset({"ASSAULT"}))])
    fires = panel.seen[:, 0] == 1
    risk = at_risk(history.deaths)[3, weigh_reading_parts.month_of(day)]
    assert [
        (int(c), date.fromordinal(int(d)).isoformat()) for c, d in zip(panel.country[fires], panel.day[fires], strict=True)
    ] == ([(3, "2010-05-31")] if risk else [])
    assert ((panel.onset == NO_ONSET) | (panel.onset > panel.day)).all(), "an onset lies ahead"
    assert (panel.onset <= panel.day + 92)[panel.onset != NO_ONSET].all()
    assert daily_counts(feed, [Indicator("talks", "", 14, frozenset({"CONSULT"}))], history.countries).sum() == 0


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "corpora").mkdir()
    path = folder / "corpora" / CORPUS.name
    with gzip.open(path, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps({"date": day, "text": text}) + "\n" for day, text in TEXTS)
    return folder


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    return Workbench(read_settings(tmp_path_factory.mktemp("settings"), os.environ))


def test_a_corpus_becomes_happenings_each_once(corpus: Path, bench: Workbench, tmp_path: Path) -> None:
    feed = told(corpus, bench, now=NOW, cache=tmp_path)
    assert feed.coder == "rules-en@4"
    attacks = [one for one in feed.happenings if one.country == "KEN" and one.kind == "ASSAULT" and one.ignored is None]
    assert len(attacks) == 1, "the second report is of the same attack, and the denied one is none"
    assert attacks[0].known_at == "2011-03-01"
    assert sum(one.killed or 0 for one in feed.happenings if one.country == "KEN") == 14, "twelve, and two more a day later"
    assert any(one.kind == "THREATEN" and one.ignored is None for one in feed.happenings), "a threat has happened when uttered"
    assert not [one for one in feed.happenings if one.country == "ITA" and one.kind == "ASSAULT"], "what is long over is no news"


def test_what_is_coded_is_kept_and_an_interruption_costs_little(corpus: Path, bench: Workbench, tmp_path: Path) -> None:
    path = corpus / "corpora" / CORPUS.name
    few, stem = coded(path, bench, cache=tmp_path, now=NOW, limit=3)
    assert [one.number for one in few] == [0, 1, 2]
    kept = tmp_path / f"{stem}.jsonl"
    kept.write_text(kept.read_text(encoding="utf-8")[:-40], encoding="utf-8")  # cut off in the middle of a line
    steps: list[tuple[int, int, str]] = []
    items, _ = coded(path, bench, cache=tmp_path, now=NOW, progress=lambda *step: steps.append(step))
    assert steps[-1][:2] == (4, 4), "the cut line and the three that were missing"
    again, _ = coded(path, bench, cache=tmp_path, now=NOW, progress=lambda *step: pytest.fail(f"coded again: {step}"))
    assert again == items


def test_what_comes_later_has_no_part_in_what_was_told(corpus: Path, bench: Workbench, tmp_path: Path) -> None:
    items, stem = coded(corpus / "corpora" / CORPUS.name, bench, cache=tmp_path, now=NOW)
    whole = happenings(items, joined(items, cache=tmp_path / "whole", stem=stem))
    first = happenings(items[:2], joined(items[:2], cache=tmp_path / "first", stem=stem))
    assert first == whole[: len(first)]
    assert len(first) < len(whole)


@pytest.mark.skipif(
    not CORPUS.is_file() or not (DATA / "forecast").is_dir(), reason=f"no corpus and sets at {DATA} (FORESHOCK_DATA)"
)
def test_the_way_through_on_the_first_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORESHOCK_BENCH_CACHE", str(tmp_path))
    items, incidents, name = weigh_reading.read(DATA, limit=150)
    world = weigh_reading.world_of(DATA, items, incidents)
    assert name == "rules-en@4"
    assert len(items) == 150
    assert world.evidence["reading"].max() > 0
    assert world.evidence["counts"].sum() > world.evidence["keywords"].sum() > 0
    assert weigh_reading.sizes(world.outcome)["followed"] > 1000


def test_shipped_ratios_are_of_our_own_coder_and_average_to_one() -> None:
    found = [one for one in load_ratios() if one.feed == FEED]
    assert {one.coder for one in found} == {"rules-en@4"}
    assert {(one.scenario, one.horizon) for one in found} == {("armed-conflict", 90)}
    assert len(found) >= 15
    for one in found:
        assert one.share_seen * one.seen + (1 - one.share_seen) * one.unseen == pytest.approx(1, abs=1e-3)
        assert one.seen_low < 1 < one.seen_high, "exceedances of a feed of ten items a day are not known to weigh anything"
        assert one.outcome is not None, "the outcome is an escalation, not the scenario's own event"
    assert CORPUS.name in found[0].provenance.sets


def test_a_table_that_stands_on_coding_is_fitted_only_when_it_is_named_and_given_one(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="stands on coding"):
        list(fit(tmp_path, fitted="2026-11-29", out=tmp_path / "out", only=("escalation",)))
