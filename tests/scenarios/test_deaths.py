"""Deaths a month: what the sets say, the figures that the contract gives, and a fit that sees nothing later."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from bench.weigh_deaths import run, scores
from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.pipeline.fitting import fit
from foreshock.pipeline.outlook import outlook_of
from foreshock.scenarios import fitted
from foreshock.scenarios.fitting.outlook import as_array
from foreshock.scenarios.fitting.widening import fit_widening
from foreshock.scenarios.histories import ged, views
from foreshock.scenarios.outlook.past import ACTIVITIES
from foreshock.scenarios.outlook.widening import GROUPS, LEVELS

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("crepes")

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
needs_data = pytest.mark.skipif(not (DATA / "forecast").is_dir(), reason=f"no forecast sets at {DATA} (FORESHOCK_DATA)")
LAST = 109 + 179  # 15 years


def write_set(folder: Path, deaths: np.ndarray, *, first: int = 109) -> Path:
    """Write a made-up GED of two countries and more, with the table of countries, into a folder."""
    count, months = deaths.shape
    codes = ["AFG", "SOM", "KAZ", "NGA", "MLI", "IRQ", "SYR", "YEM"][:count]
    countries = {"country_id": list(range(1, count + 1)), "name": codes, "isoab": codes}
    rows = [(first + month, country + 1) for month in range(months) for country in range(count)]
    table = {
        "month_id": [month for month, _ in rows],
        "country_id": [country for _, country in rows],
        "ged_best_sb": [None if np.isnan(value) else float(value) for value in deaths.T.ravel()],
    }
    pq.write_table(pa.table(countries), folder / views.COUNTRIES)
    pq.write_table(pa.table(table), folder / ged.FILE)
    return folder


def made_up(seed: int = 7) -> np.ndarray:
    rng = np.random.default_rng(seed)
    levels = np.array([0.0, 0.02, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0])[:, None]
    walk = np.cumsum(rng.normal(0, 0.2, (8, LAST - 108)), axis=1)
    return rng.poisson(np.expm1(np.clip(levels + walk * (levels > 0), 0, 8))).astype(float)


@pytest.fixture(scope="module")
def panel() -> np.ndarray:
    return made_up()


def test_the_set_is_read_by_country_and_months_that_were_not_counted_stay_unknown(tmp_path: Path, panel: np.ndarray) -> None:
    panel = panel.copy()
    panel[2, :40] = np.nan
    found = ged.read_deaths(write_set(tmp_path, panel))
    assert [one.iso3 for one in found[:3]] == ["AFG", "SOM", "KAZ"]
    assert found[2].deaths[39:41] == (None, panel[2, 40])
    assert np.array_equal(as_array(found), panel, equal_nan=True)


def test_a_set_that_is_no_count_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="there is no"):
        ged.read_deaths(tmp_path)
    write_set(tmp_path, np.array([[1.0, -2.0]]))
    with pytest.raises(CatalogueError, match=r"month 110: -2"):
        ged.read_deaths(tmp_path)
    table = pq.read_table(tmp_path / ged.FILE)
    pq.write_table(pa.concat_tables([table.slice(0, 1), table.slice(0, 1)]), tmp_path / ged.FILE)
    with pytest.raises(CatalogueError, match="month 109"):
        ged.read_deaths(tmp_path)
    pq.write_table(table.drop_columns(["ged_best_sb"]), tmp_path / ged.FILE)
    with pytest.raises(CatalogueError, match="no column ged_best_sb"):
        ged.read_deaths(tmp_path)


def test_actuals_need_all_twelve_months(tmp_path: Path) -> None:
    path = tmp_path / views.ACTUALS.format(year=2018)
    months = {"ged_sb": [0.0] * 12, "month_id": list(range(457, 469)), "country_id": [1] * 12}
    pq.write_table(pa.table(months), path)
    assert views.read_actuals(tmp_path, 2018) == (views.Actual(1, 457, (0.0,) * 12),)
    assert views.years_of_actuals(tmp_path) == (2018,)
    pq.write_table(pa.table(months).slice(1), path)
    with pytest.raises(CatalogueError, match="all twelve of 2018"):
        views.read_actuals(tmp_path, 2018)


def test_a_benchmark_has_the_same_number_of_draws_everywhere(tmp_path: Path) -> None:
    rows = [(country, month, draw) for draw in (1, 0) for month in range(457, 469) for country in (5, 3)]
    table = pa.table(
        {
            "outcome": [100 * country + month + 1000 * draw for country, month, draw in rows],
            **{name: [row[i] for row in rows] for i, name in enumerate(("country_id", "month_id", "draw"))},
        }
    )
    path = tmp_path / views.BENCHMARK.format(name="bootstrap", year=2018)
    pq.write_table(table, path)
    countries, found = views.read_benchmark(tmp_path, "bootstrap", 2018)
    assert (countries, found.shape) == ((3, 5), (2, 12, 2))
    assert found[1, 0].tolist() == [957, 1957]
    pq.write_table(table.slice(1), path)
    with pytest.raises(CatalogueError, match="not every country"):
        views.read_benchmark(tmp_path, "bootstrap", 2018)


def test_a_fit_is_whole_ordered_and_never_narrower_farther_on(panel: np.ndarray) -> None:
    found = fit_widening(panel, until=LAST)
    for table in (found.months, found.years):
        assert table.shape == (len(GROUPS), len(ACTIVITIES), len(LEVELS))
        assert np.isfinite(table).all()
        assert (np.diff(table, axis=-1) >= 0).all()
        assert (np.diff(table[:4, :, np.array(LEVELS) > 0.5], axis=0) >= 0).all()
        assert (np.diff(table[:4, :, np.array(LEVELS) < 0.5], axis=0) <= 0).all()
    assert found.rows.sum() == 8 * (LAST - 108 - 24)


def test_ten_years_are_too_few_for_a_fit(panel: np.ndarray) -> None:
    with pytest.raises(CatalogueError, match="months of deaths"):
        fit_widening(panel[:, :120], until=228)


def test_an_outlook_on_a_day_of_the_set_sees_nothing_of_what_came_later(tmp_path: Path, panel: np.ndarray) -> None:
    on, end = date(2003, 11, 1), views.month_number("2003-10") - 108
    told = []
    for name, later in (("a", 1.0), ("b", 0.0), ("c", 50.0)):
        (tmp_path / name).mkdir()
        changed = panel.copy()
        changed[:, end:] *= later
        told.append(outlook_of("NGA", on=on, data=write_set(tmp_path / name, changed)))
    assert told[0] == told[1] == told[2]
    assert told[0].known_until == "2003-10"
    assert any("2003-10 alone" in note for note in told[0].notes)


def test_a_year_and_what_is_beyond_it_are_not_seen_by_an_earlier_day(tmp_path: Path, panel: np.ndarray) -> None:
    changed = panel.copy()
    changed[:, -1] += 4000
    a, b = (tmp_path / name for name in "ab")
    for folder, deaths in ((a, panel), (b, changed)):
        folder.mkdir()
        write_set(folder, deaths)
    on = date(2003, 12, 31)  # the last month of the made-up set is not over
    assert outlook_of("MLI", on=on, data=a) == outlook_of("MLI", on=on, data=b)
    on = date(2004, 1, 1)
    assert outlook_of("MLI", on=on, data=a) != outlook_of("MLI", on=on, data=b)


def test_two_histories_at_once_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="both"):
        outlook_of("KAZ", on=date(2026, 1, 1), data=tmp_path, deaths=tmp_path / "x.csv")


def test_the_bench_goes_on_from_actuals_where_the_set_ends_and_skips_a_year_without_history(
    tmp_path: Path, panel: np.ndarray
) -> None:
    write_set(tmp_path, panel)
    for year, level in ((2004, 3.0), (2005, 4.0), (2008, 5.0)):
        first = views.month_number(f"{year}-01")
        rows = [(month, country) for country in (1, 2, 3, 4) for month in range(first, first + 12)]
        months, countries = ([row[i] for row in rows] for i in (0, 1))
        table = {"month_id": months, "country_id": countries, "ged_sb": [level * country for country in countries]}
        pq.write_table(pa.table(table), tmp_path / views.ACTUALS.format(year=year))
    found = run(tmp_path, coder="rules", limit=None)
    assert sorted(found["years"]) == ["2004", "2005"]
    assert found["skipped"] == {"2008": "no deaths to October 2007"}
    last_year = np.hstack([panel[:4, -2:], np.repeat(3.0 * np.arange(1, 5)[:, None], 10, axis=1)])
    expected = scores(np.repeat(4.0 * np.arange(1, 5)[:, None], 12, axis=1), np.repeat(last_year[:, None, :], 12, axis=1))
    assert found["years"]["2005"]["last_12"]["crps"] == pytest.approx(expected["crps"].mean(), abs=1e-4)
    assert found["low"] <= found["difference"] <= found["high"]
    assert run(tmp_path, coder="rules", limit=1)["years"]["2004"]["ours"] != found["years"]["2004"]["ours"]


def test_scores_of_a_worked_case() -> None:
    # Draws 0, 0, 10, 30 against 10: CRPS = mean |x - 10| - mean |x - x'| / 2 = 10 - 12.5 / 2 = 3.75.
    found = scores(np.array([[10.0]]), np.array([[[0.0, 0.0, 10.0, 30.0]]]))
    assert found["crps"][0, 0] == pytest.approx(3.75)
    # One of four draws lies in the bin from 5.5 to 10.5; with one added a bin that is 2 of 15.
    assert found["ign"][0, 0] == pytest.approx(-np.log2(2 / 15))
    # The interval runs from 0 to 10 + .85 x 20 = 27 and holds the 10.
    assert found["mis"][0, 0] == pytest.approx(27.0)
    assert found["coverage90_active"][0, 0] == 1
    # 40 lies 13 above it: 27 + 2 / .1 x 13 = 287.
    assert scores(np.array([[40.0]]), np.array([[[0.0, 0.0, 10.0, 30.0]]]))["mis"][0, 0] == pytest.approx(287.0)


@needs_data
def test_the_last_twelve_months_score_what_the_contract_says() -> None:
    known = {one.number: one.deaths for one in ged.read_deaths(DATA)}
    early, late = (views.read_actuals(DATA, year) for year in (2018, 2019))
    told = []
    for actuals, end in ((early, views.month_number("2017-10") - 108), (late, views.month_number("2018-10") - 108)):
        assert len(actuals) == 191
        told.append(_last_twelve(actuals, [known[one.country][end - 12 : end] for one in actuals]))
    assert told[0] == pytest.approx(13.5, abs=0.05)
    assert told[1] == pytest.approx(8.8, abs=0.05)
    # The other vintage of 2018: that which VIEWS scored against.
    then = {one.country: one.deaths for one in early}
    mixed = [(*known[one.country][end - 12 : end - 10], *then[one.country][:10]) for one in late]
    assert _last_twelve(late, mixed) == pytest.approx(9.1, abs=0.05)


def _last_twelve(actuals: Sequence[views.Actual], past: Sequence[Sequence[float | None]]) -> float:
    draws = np.repeat(np.array(past, dtype=float)[:, None, :], 12, axis=1)
    return float(scores(np.array([one.deaths for one in actuals]), draws)["crps"].mean())


@needs_data
def test_a_refit_gives_what_ships(tmp_path: Path) -> None:
    shipped = Path(str(next(iter(fitted.__path__)))) / "outlook.yaml"
    day = next(line for line in shipped.read_text(encoding="utf-8").splitlines() if "fitted:" in line).split("'")[1]
    (path,) = fit(DATA, fitted=day, out=tmp_path, only=("outlook",))
    assert path.read_bytes() == shipped.read_bytes()


def test_of_a_country_three_fitted_numbers_ship_and_no_row() -> None:
    table = load_table("foreshock.scenarios", "fitted", "outlook.yaml")
    assert set(table) == {"provenance", "until", "violence", "groups", "levels", "widening", "countries", "silent"}
    assert {tuple(row) for row in table["countries"].values()} == {("level", "spread", "activity")}
    assert not set(table["countries"]) & set(table["silent"])
    for activity in table["widening"].values():
        assert {len(one) for kind in ("months", "years") for one in activity[kind].values()} == {len(LEVELS)}
