"""The ratios that ship, and the span that they are learned on."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.scenarios.fitting.icews_span import IcewsSpan, icews_files, tiers
from foreshock.scenarios.fitting.ratios_icews import FEWEST, ratios_of
from foreshock.scenarios.fitting.windows import Grid
from foreshock.scenarios.histories.sets import Span
from foreshock.scenarios.histories.starts import Start
from foreshock.scenarios.indicators import load_indicators
from foreshock.scenarios.ratio import read_ratios
from foreshock.scenarios.scenario import load_scenarios

WEEKS = 120


def span_with(onsets, *, planted="threat"):
    """Return a span of twenty countries in which one indicator fires before onsets, and one window in ten."""
    names, rng = dict(load_indicators()), np.random.default_rng(2)
    ends = date(2012, 1, 1).toordinal() + 7 * np.arange(1, WEEKS + 1)
    states = (rng.random((20, len(names), WEEKS)) < 0.1).astype(np.int8)
    starts = []
    for number in range(onsets):
        week = 20 + 4 * number % 90
        states[number % 20, list(names).index(planted), week - 3 : week + 1] = 1
        day = date.fromordinal(int(ends[week]) + 3)
        starts.append(Start(f"C{number % 20:02}", Span(day, day)))
    where = Grid(tuple(f"C{one:02}" for one in range(20)), ends, states.astype(np.int64), states)
    given = np.zeros(20 * WEEKS, dtype=np.int64)
    return IcewsSpan(where, names, None, given, (), date(2012, 1, 2), date(2014, 4, 20)), tuple(starts)


def test_what_ships_averages_to_one_and_names_its_coder():
    table = load_table("foreshock.scenarios.fitted", "ratios_icews.yaml")
    found = read_ratios(table, "ratios_icews.yaml")
    assert found
    assert {one.coder for one in found} == {"icews"}
    for one, row in zip(found, table["ratios"], strict=True):
        assert one.share_seen * one.seen + (1 - one.share_seen) * one.unseen == pytest.approx(1, abs=2e-3)
        assert one.seen_low < one.seen < one.seen_high
        assert row["effective_onsets"] >= FEWEST
        assert not load_indicators()[one.indicator].tier
        assert one.indicator in load_scenarios()[one.scenario].indicators


def test_a_planted_indicator_is_found_and_the_others_are_not():
    span, starts = span_with(60)
    found = {one.indicator: one for one in ratios_of(span, "armed-conflict", starts, 30)}
    assert found["threat"].seen_low > 1.2
    assert found["threat"].pooled > 2
    assert all(one.seen_low < 1 for name, one in found.items() if name != "threat")
    assert "protest" not in found


def test_with_too_few_onsets_nothing_is_measured():
    span, starts = span_with(FEWEST - 1)
    assert ratios_of(span, "coup-attempt", starts, 30) == []


def test_only_weeks_of_one_tier_and_state_are_compared():
    ends = np.array([date(2012, 12, 30).toordinal(), date(2013, 1, 6).toordinal(), date(2013, 6, 2).toordinal()])
    where = Grid(("SYR", "KAZ"), ends, np.zeros((2, 0, 3), dtype=np.int64), np.zeros((2, 0, 3), dtype=np.int8))
    reached = Span(date(2013, 3, 1), date(2013, 3, 31))
    world = SimpleNamespace(
        years=[SimpleNamespace(country=652, sort="intrastate", reached=reached)],
        active=frozenset(),
        tiers={("SYR", 2011): "protest", ("SYR", 2012): "crisis", ("KAZ", 2011): "quiet", ("KAZ", 2012): "quiet"},
    )
    syria, kazakhstan = tiers(where, world).reshape(2, 3)
    assert len(set(syria.tolist())) == 3
    assert len(set(kazakhstan.tolist())) == 1


def test_a_folder_without_the_extract_is_refused(tmp_path):
    with pytest.raises(CatalogueError, match=r"no icews_\*\.csv"):
        icews_files(tmp_path)
    (tmp_path / "forecast").mkdir()
    for name in ("icews_b.csv.gz", "icews_a.csv"):
        (tmp_path / "forecast" / name).touch()
    assert [path.name for path in icews_files(tmp_path)] == ["icews_a.csv", "icews_b.csv.gz"]
    assert icews_files(tmp_path / "forecast" / "icews_a.csv") == [tmp_path / "forecast" / "icews_a.csv"]
