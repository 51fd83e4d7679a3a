"""Outlook: nothing after the day is seen, intervals do not narrow with the distance, what was never counted gets no number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.views import iso_month, month_number
from foreshock.scenarios.outlook import MonthlyDeaths, load_fitted, outlook, read_series
from foreshock.scenarios.outlook.draws import draws, widened, year_probability
from foreshock.scenarios.outlook.past import ACTIVITIES, Past, past
from foreshock.scenarios.outlook.shipped import read_fitted, widening_to_plain
from foreshock.scenarios.outlook.widening import FARTHEST, GROUPS, LEVELS, group_of

FITTED = load_fitted()
counts = st.integers(0, 3000).map(float)
series = st.lists(counts, min_size=12, max_size=90).map(tuple)
DAY = date(2026, 11, 29)


def history(deaths: tuple[float, ...], last: str = "2026-10") -> MonthlyDeaths:
    return MonthlyDeaths(iso_month(month_number(last) - len(deaths) + 1), deaths, "test")


@given(series, st.lists(counts, min_size=1, max_size=14))
@settings(max_examples=60, deadline=None)
def test_months_that_are_not_over_on_the_day_are_not_seen(before: tuple[float, ...], after: list[float]) -> None:
    known = history(before)
    told = outlook("KAZ", history=known, on=DAY, fitted=FITTED)
    longer = MonthlyDeaths(known.first, (*before, *after), "test")
    assert outlook("KAZ", history=longer, on=date(2026, 11, 1), fitted=FITTED) == replace(told, on="2026-11-01")


@given(series)
@settings(max_examples=60, deadline=None)
def test_what_happened_later_changes_no_draw_of_an_earlier_end(deaths: tuple[float, ...]) -> None:
    whole = np.array([deaths, deaths[::-1]])
    both = draws(whole, FITTED.widening)
    assert (draws(whole[:1], FITTED.widening) == both[:1]).all()
    assert both.shape == (2, 12, 200)
    assert (both == np.round(both)).all()
    assert (both >= 0).all()
    assert (np.diff(both, axis=-1) >= 0).all()


@given(series)
@settings(max_examples=60, deadline=None)
def test_an_interval_does_not_narrow_with_the_distance(deaths: tuple[float, ...]) -> None:
    found = past(np.array([deaths]))
    made = np.stack([widened(found, FITTED.widening, ahead=ahead, count=200)[0] for ahead in range(1, FARTHEST + 1)])
    low, high = np.quantile(made, (0.05, 0.95), axis=1, method="inverted_cdf")
    assert (np.diff(low) <= 0).all()
    assert (np.diff(high) >= 0).all()
    pooled = draws(np.array([deaths]), FITTED.widening)[0]
    low, high = np.quantile(pooled, (0.05, 0.95), axis=1, method="inverted_cdf")
    assert (np.diff(low) <= 0).all()
    assert (np.diff(high) >= 0).all()


@pytest.mark.parametrize("activity", ACTIVITIES)
def test_the_farther_a_month_the_wider_are_the_fitted_quantiles_of_every_activity(activity: str) -> None:
    found = Past(np.array([2.0]), np.array([1.0]), np.array([ACTIVITIES.index(activity)]))
    ends = [
        np.quantile(widened(found, FITTED.widening, ahead=first, count=1000, year=year), (0.05, 0.95))
        for year in (False, True)
        for first, _ in GROUPS
    ]
    for part in (ends[: len(GROUPS)], ends[len(GROUPS) :]):
        assert all(a[0] >= b[0] and a[1] <= b[1] for a, b in pairwise(part))


def test_a_country_with_only_zeros_is_quiet_but_not_certain() -> None:
    told = outlook("KAZ", history=history((0.0,) * 72), on=DAY, fitted=FITTED)
    assert told.activity == "silent"
    assert told.year
    assert {(one.low, one.median, one.high) for one in told.months} == {(0, 0, 0)}
    assert (told.year.low, told.year.median, told.year.high) == (0, 0, 0)
    assert 0.001 <= told.year.at_least_25 < 0.03


def test_zeros_of_two_years_are_not_taken_for_five() -> None:
    short, long = (outlook("KAZ", history=history((0.0,) * n), on=DAY, fitted=FITTED) for n in (24, 60))
    assert (short.activity, long.activity) == ("lull", "silent")
    assert short.year
    assert long.year
    assert short.year.at_least_25 > long.year.at_least_25
    assert any("taken for a lull" in note for note in short.notes)


def test_the_more_die_the_likelier_are_25_a_year_and_the_probability_stays_within_what_was_measured() -> None:
    found = [past(np.full((1, 72), float(n))) for n in (0, 0.2, 1, 5, 20, 60, 1000)]
    chances = [float(year_probability(one, FITTED.widening, ahead=3)[0]) for one in found]
    assert chances == sorted(chances)
    assert 0.001 <= chances[0] < 0.05
    assert 0.9 < chances[-1] <= 0.99


def test_half_of_the_draws_are_the_last_months_themselves() -> None:
    # Of the last 24 months the latest three weigh (1/3 + 1/6 + 1/12 + 1/24) / 4 each: .469 of the pool together.
    deaths = np.array([[7.0] * 21 + [100_003.0] * 3])
    made = draws(deaths, FITTED.widening, months=(3,))[0, 0]
    assert (made == 100_003).sum() >= 46
    assert (made == 7).sum() >= 53


def test_beyond_fourteen_months_no_draw_is_of_the_pool() -> None:
    deaths = np.array([[0.0] * 23 + [123_457.0]])
    assert (draws(deaths, FITTED.widening, months=(14,)) == 123_457).any()
    assert not (draws(deaths, FITTED.widening, months=(15,)) == 123_457).any()


def test_the_level_halves_its_weights_each_two_months() -> None:
    found = past(np.array([[0.0] * 33 + [9.0, 0.0, 0.0]]))
    weights = 0.5 ** (np.arange(36) / 2)
    assert found.level[0] == pytest.approx(np.log(10) * weights[2] / weights.sum())


def test_the_package_tells_from_its_summary_and_says_how_old_it_is() -> None:
    told = outlook("AFG", history=None, on=DAY, fitted=FITTED)
    assert (told.known_until, told.age) == (FITTED.until, month_number("2026-11") - month_number(FITTED.until) - 1)
    assert told.months[0].month == "2026-12"
    assert told.months[0].ahead == told.age + 2
    assert any("stale" in note for note in told.notes)
    assert any(str(told.age) in note and FITTED.until in note for note in told.notes)


def test_an_old_summary_is_less_sure_than_a_fresh_one() -> None:
    fresh, old = (outlook("AFG", history=None, on=on, fitted=FITTED) for on in (date(2020, 1, 15), DAY))
    assert fresh.year
    assert old.year
    assert fresh.months[0].low > old.months[0].low
    assert fresh.months[0].high < old.months[0].high
    assert fresh.year.at_least_25 > old.year.at_least_25


def test_a_country_that_was_never_counted_gets_a_sentence_and_no_number() -> None:
    told = outlook("PSE", history=None, on=DAY, fitted=FITTED)
    assert told.months == ()
    assert told.year is None
    assert told.known_until is None
    assert told.unmeasured
    assert "Palestine" in told.unmeasured
    own = outlook("PSE", history=history((3.0,) * 12), on=DAY, fitted=FITTED)
    assert len(own.months) == 12
    assert own.unmeasured is None


@pytest.mark.parametrize("country", ["XXQ", "Atlantis", "", "K", "🇰🇿"])
def test_an_unknown_country_is_refused(country: str) -> None:
    with pytest.raises(CatalogueError, match="there is no country"):
        outlook(country, history=None, on=DAY, fitted=FITTED)


def test_a_name_does_for_a_code() -> None:
    assert outlook("Kazakhstan", history=None, on=DAY, fitted=FITTED).country == "KAZ"
    assert outlook(" kaz ", history=None, on=DAY, fitted=FITTED).country == "KAZ"


@pytest.mark.parametrize("months", [0, -1, 13])
def test_more_months_than_a_year_are_refused(months: int) -> None:
    with pytest.raises(CatalogueError, match="outlook of"):
        outlook("KAZ", history=None, on=DAY, fitted=FITTED, months=months)


def test_the_summary_is_no_forecast_of_a_day_within_it() -> None:
    with pytest.raises(CatalogueError, match="not over on 2019-12-31"):
        outlook("KAZ", history=None, on=date(2019, 12, 31), fitted=FITTED)


def test_a_widening_of_later_months_is_told() -> None:
    told = outlook("KAZ", history=history((1.0,) * 24, "2015-01"), on=date(2015, 2, 3), fitted=FITTED)
    assert any("no forecast of its day" in note for note in told.notes)


def test_too_short_and_too_old_histories_are_refused() -> None:
    with pytest.raises(CatalogueError, match="11 months"):
        outlook("KAZ", history=history((1.0,) * 11), on=DAY, fitted=FITTED)
    with pytest.raises(CatalogueError, match="give later deaths"):
        outlook("KAZ", history=history((1.0,) * 24, "2010-01"), on=DAY, fitted=FITTED)
    with pytest.raises(CatalogueError, match="0 months"):
        outlook("KAZ", history=history((1.0,) * 24), on=date(1999, 1, 1), fitted=FITTED)


@pytest.mark.parametrize("number", [-1.0, float("nan"), float("inf")])
def test_what_cannot_be_a_count_is_refused_with_its_month(number: float) -> None:
    with pytest.raises(CatalogueError, match="2020-02"):
        MonthlyDeaths("2020-01", (3.0, number), "test")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("month,deaths\n2020-01,1\n2020-03,2\n", "lacks 1 months, first 2020-02"),
        ("month,deaths\n2020-01,1\n2020-01,2\n", "told twice"),
        ("month,deaths\n2020-01,-4\n", "-4.0 deaths in 2020-01"),
        ("month,deaths\n2020-13,4\n", "line 2"),
        ("month,deaths\n2020-01,many\n", "line 2"),
        ("month,deaths\n2020-01\n", "line 2"),
        ("month,deaths\n2020-01,nan\n", "nan deaths"),
        ("month,deaths\n", "tells no month"),
        ("", "has no column month, deaths"),
        ("month;deaths\n2020-01;1\n", "has no column"),
        ("month,deaths\n2020-01,\n", "line 2"),
    ],
)
def test_a_file_that_is_no_series_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match=said):
        read_series(path)


def test_a_file_in_another_charset_or_none_at_all_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes("month,deaths,où\n2020-01,1,é\n".encode("latin-1"))
    for name in ("latin.csv", "none.csv"):
        with pytest.raises(CatalogueError, match="cannot be read"):
            read_series(tmp_path / name)


def test_a_series_may_come_in_any_order_with_a_mark_of_bytes_and_more_columns(tmp_path: Path) -> None:
    path = tmp_path / "deaths.csv"
    path.write_text("\ufeffmonth,deaths,note\n2020-02,5,x\n2020-01,1.5,\n", encoding="utf-8")
    found = read_series(path)
    assert (found.first, found.last, found.deaths) == ("2020-01", "2020-02", (1.5, 5.0))


@pytest.mark.parametrize(("month", "number"), [("1980-01", 1), ("1989-01", 109), ("2018-01", 457), ("2019-12", 480)])
def test_months_are_numbered_as_views_does(month: str, number: int) -> None:
    assert (month_number(month), iso_month(number)) == (number, month)


@pytest.mark.parametrize("text", ["2019", "2019-1", "2019-00", "2019-13", "2019-12-01", ""])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(CatalogueError, match="no month"):
        month_number(text)


@pytest.mark.parametrize("ahead", [0, -3, FARTHEST + 1])
def test_nothing_is_told_where_nothing_was_fitted(ahead: int) -> None:
    with pytest.raises(CatalogueError, match="months after the last known"):
        group_of(ahead)


def test_a_fitted_table_that_lacks_a_part_is_refused() -> None:
    plain = {
        "until": "2019-12", "widening": widening_to_plain(FITTED.widening), "silent": ["KAZ"],
        "countries": {"AFG": {"level": 7.0, "spread": 1.0, "activity": "120 or more"}},
        "provenance": {"sets": ["x"], "span": "1989-2019", "n": 1, "onsets": 1, "fitted": "2026-11-29", "command": "c"},
    }  # fmt: skip
    assert read_fitted(plain).countries["AFG"] == (7.0, 1.0, "120 or more")
    for key in plain:
        with pytest.raises(CatalogueError, match="lacks a part"):
            read_fitted({name: value for name, value in plain.items() if name != key})
    with pytest.raises(CatalogueError, match="lacks a part"):
        read_fitted({**plain, "widening": {k: v for k, v in plain["widening"].items() if k != "lull"}})
    wrong = {"AFG": {"level": 7.0, "spread": 1.0, "activity": "busy"}}
    with pytest.raises(CatalogueError, match="busy"):
        read_fitted({**plain, "countries": wrong})


def test_levels_are_those_of_the_table() -> None:
    assert list(LEVELS) == sorted(LEVELS)
    assert FITTED.widening.months.shape == (len(GROUPS), len(ACTIVITIES), len(LEVELS))
    assert (np.diff(FITTED.widening.months, axis=-1) >= 0).all()
