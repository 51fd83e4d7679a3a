"""What follows a year of crisis: nothing later enters, the contract's base comes out, a past of the same makes it likelier."""

import csv
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.crisis_model import PSEUDO, by_past, forward, known_before
from bench.crisis_years import CrisisYear, read_crisis_years
from foreshock.errors import CatalogueError

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
SETS = DATA / "forecast"
needs_data = pytest.mark.skipif(not list(SETS.glob("crisis_years*.csv")), reason=f"no crisis years at {SETS} (FORESHOCK_DATA)")
HEAD = ["country", "gw", "year", "viol", "past_att", "past_conf", "next_cls"]


def year(gw, when, att=0.0, conf=0.0, following=2):
    return CrisisYear(gw, when, {"past_att": att, "past_conf": conf}, following)


ROWS = st.lists(
    st.builds(
        year,
        st.integers(2, 40),
        st.integers(1990, 2012),
        st.one_of(st.none(), st.integers(0, 12).map(float)),
        st.one_of(st.none(), st.integers(0, 12).map(float)),
        st.one_of(st.none(), st.integers(0, 2)),
    ),
    min_size=5,
    max_size=80,
)


@given(rows=ROWS, other=ROWS, cut=st.integers(1995, 2010))
@settings(max_examples=40, deadline=None)
def test_later_rows_never_change_an_earlier_forecast(rows, other, cut):
    asked, p = forward(rows, first=1992)
    kept = [row for row in rows if row.year <= cut]
    # What followed a year is known only in the course of the year after the next one.
    turned = [replace(row, following=0) if row.year > cut - 2 and row.following is not None else row for row in kept]
    again, q = forward([*turned, *(row for row in other if row.year > cut)], first=1992)
    until = sum(row.year <= cut for row in asked)
    assert [row.gw for row in again[:until]] == [row.gw for row in asked[:until]]
    assert np.array_equal(p[:until], q[:until])


@given(rows=ROWS, asked=ROWS)
@settings(max_examples=40, deadline=None)
def test_forecasts_are_probabilities_and_never_none_at_all(rows, asked):
    p = by_past([row for row in rows if row.following is not None], asked)
    assert p.shape == (len(asked), 3)
    assert np.allclose(p.sum(axis=1), 1)
    assert p.min() > 0


def test_a_past_of_conflict_raises_conflict_as_the_worked_number_says():
    past = [year(gw, 1990, conf=5.0, following=1 if gw < 9 else 2) for gw in range(100)]
    past += [year(gw, 1990, following=2) for gw in range(200)]
    (often, never), world = by_past(past, [year(1, 1995, conf=4.0), year(1, 1995)]), (9 + 0.03) / 301
    assert often[1] == pytest.approx(world * (9 + PSEUDO) / (world * 100 + PSEUDO))
    assert never[1] < world < often[1]
    assert often[0] == pytest.approx(never[0])


def test_a_missing_past_counts_as_the_share_of_all():
    past = [year(gw, 1990, att=3.0 * (gw % 2), following=0 if gw % 10 == 1 else 2) for gw in range(100)]
    (known, missing) = by_past(past, [year(1, 1995, att=3.0), year(1, 1995, att=None)])
    assert missing[0] == pytest.approx((10 + 0.03) / 101)
    assert known[0] > missing[0]


def test_a_row_without_outcome_teaches_nothing_and_is_still_forecast():
    rows = [year(2, 1990), year(2, 1991, following=None), year(2, 1994, following=None)]
    assert known_before(rows, 1994) == rows[:1]
    assert [row.year for row in forward(rows, first=1992)[0]] == [1994]


def test_a_file_of_any_name_and_order_of_columns_reads_the_same(tmp_path):
    rows = [["A", "2", "1990", "1", "0", "NA", "neither"], ["B", "20.0", "1990.0", "", "2", "1", "coup attempt"]]
    for name, order in (("other.csv", HEAD), ("crisis_years_x.csv", HEAD[::-1])):
        with (tmp_path / name).open("w", newline="") as file:
            csv.writer(file).writerows([order, *(row if order is HEAD else row[::-1] for row in rows)])
    one, two = read_crisis_years(tmp_path / "other.csv"), read_crisis_years(tmp_path)
    assert one == two
    assert [(row.gw, row.year, row.following) for row in one] == [(2, 1990, 2), (20, 1990, 0)]
    assert (one[0].features["past_conf"], one[1].features["viol"]) == (None, None)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["A", "2", "1990", "1", "0", "0", "coup"], "coup"),
        (["A", "2", "1990", "1", "0", "many", "neither"], "many"),
    ],
)
def test_a_broken_row_is_refused(tmp_path, row, says):
    with (tmp_path / "rows.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEAD, row])
    with pytest.raises(CatalogueError, match=says):
        read_crisis_years(tmp_path / "rows.csv")


def test_a_folder_without_the_set_or_a_row_twice_is_refused(tmp_path):
    with pytest.raises(CatalogueError, match="crisis_years"):
        read_crisis_years(tmp_path)
    with (tmp_path / "crisis_years.csv").open("w", newline="") as file:
        csv.writer(file).writerows([HEAD, *[["A", "2", "1990", "1", "0", "0", "neither"]] * 2])
    with pytest.raises(CatalogueError, match="twice"):
        read_crisis_years(tmp_path)


@needs_data
def test_the_base_of_the_contract_comes_out():
    rows = read_crisis_years(SETS)
    asked = [row for row in rows if row.year >= 2003 and row.following is not None]
    loss = []
    for row in asked:
        told = [one.following for one in known_before(rows, row.year)]
        loss.append(-np.log(told.count(row.following) / len(told)))
    assert len(asked) == 498
    assert np.mean(loss) == pytest.approx(0.2140, abs=5e-5)


@needs_data
def test_a_refit_gives_the_same():
    rows = read_crisis_years(SETS)
    one, two = forward(rows, first=2003), forward(read_crisis_years(SETS), first=2003)
    assert one[0] == two[0]
    assert np.array_equal(one[1], two[1])
