"""Histories of conflicts, protests and leaders: what is not known to the day stays a span, a gap of two years ends an episode."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories import leaders, mobilization, ucdp
from foreshock.scenarios.histories.sets import LAGS, Span, day_of, read_rows

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
needs_data = pytest.mark.skipif(not (DATA / "forecast").is_dir(), reason=f"no forecast sets at {DATA} (FORESHOCK_DATA)")

YEAR = ucdp.ConflictYear(
    conflict=1, year=1990, sort="intrastate", internationalised=False, country=705, other=None, helpers=frozenset(),
    opposed=frozenset(), about="government", war=False, first_death=Span(date(1990, 2, 1), date(1990, 2, 28)),
    reached=Span(date(1990, 3, 1), date(1990, 3, 1)), ended=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("precision", "span"),
    [
        (1, ("1998-06-30", "1998-06-30")),
        (2, ("1998-06-01", "1998-06-30")),
        (3, ("1998-06-01", "1998-06-30")),
        (4, ("1998-01-01", "1998-12-31")),
        (5, ("1998-01-01", "1998-12-31")),
        (6, None),
        (7, None),
    ],
)
def test_a_date_is_as_wide_as_its_precision(precision: int, span: tuple[str, str] | None) -> None:
    found = ucdp.span_of(date(1998, 6, 30), precision)
    assert (found and (found.first.isoformat(), found.last.isoformat())) == span


def test_a_span_is_scored_as_an_interval() -> None:
    june = Span(date(1998, 6, 1), date(1998, 6, 30))
    assert june.overlaps(date(1998, 6, 30), date(1998, 7, 29))
    assert not june.overlaps(date(1998, 7, 1), date(1998, 7, 30))


def test_days_are_counted_from_1970_and_nothing_is_filled() -> None:
    assert day_of("-1.0") == date(1969, 12, 31)
    assert day_of(" ") is None


@pytest.mark.parametrize(("years", "starts"), [((1990, 1991), [1990]), ((1990, 1992), [1990]), ((1990, 1993), [1990, 1993])])
def test_two_quiet_years_end_an_episode_and_one_does_not(years: tuple[int, ...], starts: list[int]) -> None:
    found = ucdp.episodes(replace(YEAR, year=year) for year in years)
    assert [one.first_year for one in found] == starts
    assert [one.new for one in found] == [True, False][: len(starts)]


def test_only_a_new_conflict_has_a_known_beginning() -> None:
    first, again = ucdp.episodes([YEAR, replace(YEAR, year=1999, reached=Span(date(1999, 5, 1), date(1999, 5, 31)))])
    assert first.began == YEAR.first_death
    assert again.began is None, "the set repeats the first death of 1990 there"
    assert again.reached == Span(date(1999, 5, 1), date(1999, 5, 31))


def test_troops_of_the_first_year_are_told_from_those_that_come_later() -> None:
    (one,) = ucdp.episodes([YEAR, replace(YEAR, year=1991, helpers=frozenset({365}))])
    assert (one.first_foreign, one.joined, one.opposed) == (False, 1991, None)
    (one,) = ucdp.episodes([replace(YEAR, opposed=frozenset({365}))])
    assert (one.first_foreign, one.joined, one.opposed) == (True, None, 1990)


def test_a_missing_set_and_a_missing_column_are_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"ucdp_acd_to_2017\.csv.*--data"):
        ucdp.read_conflicts(tmp_path)
    (tmp_path / "archigos.csv").write_text("gwcode,startdate\n705,1\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="no column enddate, exit, exitcode"):
        leaders.read_spells(tmp_path)
    assert read_rows(tmp_path, "archigos.csv", needs=["gwcode"]) == [{"gwcode": "705", "startdate": "1"}]


def test_every_lag_has_its_reason() -> None:
    assert all(lag.days > 0 and len(lag.reason.split()) > 4 for lag in LAGS.values())
    assert {ucdp.SET, leaders.SET, mobilization.SET} <= LAGS.keys()


@needs_data
def test_the_set_of_conflicts_has_one_row_a_conflict_and_year() -> None:
    years = ucdp.read_conflicts(DATA)
    assert len(years) == 2356
    assert len({(one.conflict, one.year) for one in years}) == 2356
    # Troops of a third state make a conflict internationalised, and nothing else does.
    inner = [one for one in years if one.sort == "intrastate"]
    assert all(one.internationalised == bool(one.helpers or one.opposed) for one in inner)


@needs_data
def test_a_new_conflict_kills_its_25th_a_median_of_40_days_after_its_first() -> None:
    # The contract's figure, on new conflicts since 1989 whose two days are both known to the day (n 65 here).
    found = [one for one in ucdp.episodes(ucdp.read_conflicts(DATA)) if one.sort == "intrastate" and one.first_year >= 1989]
    spans = [(one.began, one.reached) for one in found if one.began and one.reached]
    exact = [(began.first, then.first) for began, then in spans if began.first == began.last and then.first == then.last]
    waits = sorted((then - began).days for began, then in exact)
    assert (waits[len(waits) // 2], len(waits)) == (41, 65)


@needs_data
def test_leaders_leave_by_the_rules_nine_times_in_ten_since_1990() -> None:
    spells = [one for one in leaders.read_spells(DATA) if one.end.year >= 1990 and one.way != "in office"]
    share = sum(one.way == "regular" for one in spells) / len(spells)
    assert 0.85 <= share <= 0.95, (share, len(spells))
    assert sum(one.way == "popular" for one in leaders.read_spells(DATA) if one.end.year >= 1946) == 31


@needs_data
def test_most_country_years_have_no_crisis() -> None:
    tiers = mobilization.read_tiers(DATA)
    assert sum(tier == "crisis" for tier in tiers.values()) == 96
    assert sum(tier == "quiet" for tier in tiers.values()) / len(tiers) > 0.35
    assert ("KAZ", 2011) in tiers
