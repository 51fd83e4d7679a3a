"""Forecasts of coup attempts: nothing later enters, others' figures come out, a country's past moves them as it should."""

import csv
import os
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.coup_hazard import CHOICE, faded, grid_of, hazards
from bench.coup_regression import forecasts, read_coup_world, world_of
from bench.published import read_published
from bench.reign import ELECTIONS, read_reign
from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.coups import SET as COUPS
from foreshock.scenarios.histories.coups import CoupYear, read_coup_years
from foreshock.scenarios.scoring.scores import auc, losses

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
SETS = DATA / "forecast"
needs_data = pytest.mark.skipif(not (SETS / COUPS).exists(), reason=f"no historical sets at {SETS} (FORESHOCK_DATA)")
STATES = (70, 90, 432, 433, 625, 640, 800, 950)
YEARS = range(1955, 1985)


def made(seed):
    """Eight invented countries whose attempts follow dice, with leaders and elections that do too."""
    rng = np.random.default_rng(seed)
    risk = rng.beta(1, 6, len(STATES))
    rows = [
        CoupYear(gw, year, bool(came), 0.0 if came else 1.0 + year % 7)
        for gw, p in zip(STATES, risk, strict=True)
        for year, came in zip(YEARS, rng.random(len(YEARS)) < p, strict=True)
    ]
    reign = {(row.gw, row.year): tuple(rng.normal(size=len(ELECTIONS))) for row in rows if rng.random() < 0.9}
    return rows, reign


@given(seed=st.integers(0, 10_000), cut=st.integers(1970, 1983), other=st.integers(0, 10_000))
@settings(max_examples=4, deadline=None)
def test_what_happens_in_a_year_or_later_never_changes_its_forecast(seed, cut, other):
    rows, reign = made(seed)
    later, reign_later = made(other)
    swapped = [row for row in rows if row.year < cut] + [row for row in later if row.year >= cut]
    leaders = {key: row for key, row in reign.items() if key[1] < cut}
    leaders |= {key: row for key, row in reign_later.items() if key[1] >= cut}
    asked = range(cut, cut + 1)
    before, after = (
        forecasts(world_of(grid_of(sorted(of, key=lambda one: (one.gw, one.year))), told), asked)
        for of, told in ((rows, reign), (swapped, leaders))
    )
    for one, two in zip(before, after, strict=True):
        assert np.array_equal(one.p, two.p)
        assert np.array_equal(one.prior, two.prior)
        assert one.base == two.base


def test_what_happened_the_year_before_does_change_the_forecast():
    rows, reign = made(3)
    turned = [replace(row, attempt=not row.attempt) if (row.gw, row.year) == (432, 1979) else row for row in rows]
    before, after = (forecasts(world_of(grid_of(of), reign), range(1980, 1981))[0] for of in (rows, turned))
    place = STATES.index(432)
    up = not next(row.attempt for row in rows if (row.gw, row.year) == (432, 1979))
    assert (after.prior[place] > before.prior[place]) == up
    assert (after.p[place] > before.p[place]) == up


def test_forecasts_cut_off_equal_those_of_the_whole_history():
    rows, reign = made(8)
    cut = [row for row in rows if row.year < 1980]
    whole = forecasts(world_of(grid_of(rows), reign), range(1980, 1981))[0]
    short = forecasts(world_of(grid_of(cut), {key: row for key, row in reign.items() if key[1] < 1980}), range(1980, 1981))[0]
    assert np.allclose(whole.p, short.p, rtol=0, atol=1e-12)


def test_a_hazard_is_the_worked_number():
    # One country of one region; an attempt in the last year; what is expected of it is the world's rate as it then stood.
    rows = [CoupYear(432, 1960 + i, i == 4, 0.0) for i in range(5)]
    found = hazards(grid_of(rows))
    keep = 0.5 ** (1 / CHOICE.world)
    world = 1 / sum(keep**i for i in range(5))
    assert found.world[5] == pytest.approx(world)
    region = (1 + CHOICE.region_pseudo) / (world + CHOICE.region_pseudo)
    ratio = (1 + CHOICE.country_pseudo * region) / (world + CHOICE.country_pseudo)
    assert found.p[0, 5] == pytest.approx(1 - np.exp(-world * ratio))


def test_a_half_life_halves():
    assert faded(np.array([[1.0, 0, 0, 0]]), 2.0)[0, 3] == pytest.approx(0.5)


def test_a_country_without_a_past_is_judged_by_its_region():
    quiet = [CoupYear(gw, year, False, 9.0) for gw in (200, 210, 220) for year in YEARS]
    busy = [CoupYear(gw, year, year % 4 == 0, 1.0) for gw in (432, 433) for year in YEARS]
    new = [CoupYear(gw, YEARS[-1], False, 0.0) for gw in (439, 225)]
    grid = grid_of(quiet + busy + new)
    found = hazards(grid).p[:, -1]
    at = {gw: i for i, gw in enumerate(grid.states.tolist())}
    assert found[at[439]] > 3 * found[at[225]]  # West Africa, Western Europe


def test_a_year_whose_outcome_is_not_known_is_neither_an_attempt_nor_a_quiet_year():
    rows, _ = made(5)
    unknown = [replace(row, attempt=None) if row.year == 1984 else row for row in rows]
    without = [row for row in rows if row.year != 1984]
    one = hazards(grid_of(unknown)).p[:, -1]
    two = hazards(grid_of(without, until=1985)).p[:, -1]
    assert np.allclose(one, two)


@pytest.mark.parametrize("year", [1954, 1986])
def test_a_year_outside_is_refused(year):
    rows, reign = made(1)
    with pytest.raises(CatalogueError, match=str(year)):
        forecasts(world_of(grid_of(rows), reign), range(year, year + 1))


def test_a_set_in_another_order_with_gaps_reads_the_same(tmp_path):
    columns = ["pt_attempt", "year", "years_since_last_pt_attempt", "gwcode", "more"]
    rows = [
        ["0", "1990", "4", "70.0", "x"],
        ["1", "1991", "99", "70", "x"],
        ["NA", "1992", "", "70", "x"],
        ["0", "1993", "", "70", ""],
    ]
    random.Random(1).shuffle(rows)
    with (tmp_path / COUPS).open("w", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    assert [(row.year, row.attempt, row.since) for row in read_coup_years(tmp_path)] == [
        (1990, False, 4.0),
        (1991, True, 0.0),
        (1992, None, 1.0),
        (1993, False, 2.0),
    ]


@pytest.mark.parametrize(
    ("rows", "says"),
    [([["70", "1990", "yes", "4"]], "yes"), ([["70", "1990", "0", "4"], ["70", "1990", "1", "0"]], "two rows")],
)
def test_a_broken_set_is_refused(tmp_path, rows, says):
    with (tmp_path / COUPS).open("w", newline="") as file:
        csv.writer(file).writerows([["gwcode", "year", "pt_attempt", "years_since_last_pt_attempt"], *rows])
    with pytest.raises(CatalogueError, match=says):
        read_coup_years(tmp_path)


@needs_data
def test_base_and_forest_come_out_as_published():
    told = [one for one in read_published(SETS) if one.observed is not None]
    y, forest = np.array([float(one.observed) for one in told]), np.array([one.p for one in told])
    assert (len(y), y.sum()) == (1518, 18)
    assert losses(forest, y).mean() == pytest.approx(0.0610, abs=5e-5)
    assert auc(forest, y) == pytest.approx(0.794, abs=5e-4)
    attempts = [row for row in read_coup_years(SETS) if row.attempt is not None]
    shares = {year: np.mean([row.attempt for row in attempts if year - 20 <= row.year < year]) for year in range(2011, 2020)}
    base = np.array([shares[one.year] for one in told])
    assert losses(base, y).mean() == pytest.approx(0.0646, abs=5e-5)


@needs_data
def test_the_years_of_choice_have_the_rows_that_the_protocol_counts():
    rows = [row for row in read_coup_years(SETS) if 2001 <= row.year <= 2010]
    assert (len(rows), sum(bool(row.attempt) for row in rows)) == (1934, 23)


@needs_data
def test_years_since_are_those_that_the_set_tells():
    with (SETS / COUPS).open() as file:
        told = {(int(row["gwcode"]), int(row["year"])): float(row["years_since_last_pt_attempt"]) for row in csv.DictReader(file)}
    rows = read_coup_years(SETS)
    first = {row.gw: row for row in reversed(rows)}
    # Where a state's first year had an attempt the set starts to count with 1, and so a year high until the next one.
    assert {row.since - told[row.gw, row.year] for row in rows if first[row.gw].attempt} == {0.0, -1.0}
    assert all(row.since == told[row.gw, row.year] for row in rows if not first[row.gw].attempt)


@needs_data
def test_refitting_gives_the_same_and_sees_no_leader_of_the_year_itself():
    world = read_coup_world(SETS)
    one, two = (forecasts(of, range(1996, 1997))[0] for of in (world, read_coup_world(SETS)))
    assert np.array_equal(one.p, two.p, equal_nan=True)
    known = {key: row for key, row in read_reign(SETS).items() if key[1] < 1996}
    rows = [row for row in read_coup_years(SETS) if row.year < 1996]
    cut = world_of(grid_of(rows), known)
    short = forecasts(cut, range(1996, 1997))[0]
    place = {gw: i for i, gw in enumerate(world.grid.states.tolist())}
    assert np.allclose(one.p[[place[gw] for gw in cut.grid.states.tolist()]], short.p, rtol=0, atol=1e-9)
