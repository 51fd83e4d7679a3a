"""A replay sees nothing after the moment of which it speaks, and stays near the prior until evidence has earned its weight."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from bench.replay import Replay, forward, naive_bayes, part, replay, scores, shrunk_prior, streams
from foreshock.errors import CatalogueError
from foreshock.model import Happening
from foreshock.scenarios.fitting.ratios import fit_ratios
from foreshock.scenarios.fitting.windows import Grid, grid, outcomes, panel_of
from foreshock.scenarios.fitting.within import Panel
from foreshock.scenarios.histories.sets import Span
from foreshock.scenarios.histories.starts import Start, conflict_starts
from foreshock.scenarios.histories.ucdp import ConflictYear
from foreshock.scenarios.indicators import read_indicators

FIRST = date(2010, 1, 4)
INDICATORS = read_indicators({"protest": {"gloss": "protests", "window": 14, "acts": ["PROTEST"]}})


def told(country, *days):
    return [Happening(f"{country}{day}{n}", country, day, day, "PROTEST") for n, day in enumerate(days)]


def day(number):
    return (FIRST + timedelta(days=number)).isoformat()


def test_windows_count_days_and_fire_above_their_own_past():
    busy = [day(n) for n in range(0, 140, 2)] + [day(203)] * 9
    found = grid(
        [*told("AAA", *busy), *told("BBB", day(203))], INDICATORS, ["AAA", "BBB"], first=FIRST, last=FIRST + timedelta(216)
    )
    assert found.counts.shape == (2, 1, 31)
    assert found.ends[0] == FIRST.toordinal() + 6
    assert found.counts[0, 0, :4].tolist() == [4, 7, 7, 7]
    assert found.states[:, 0, 18].tolist() == [-1, -1]
    # Nine in a fortnight are more than ever before in the one, one is more than ever in the other.
    assert found.states[:, 0, 29].tolist() == [1, 1]
    assert found.states[0, 0, 20] == 0
    assert np.isnan(found.fired()[0, 0])
    assert found.told()[31:, 0].sum() == 2


def test_a_span_without_a_week_or_a_window_of_days_is_refused():
    with pytest.raises(CatalogueError, match="no week"):
        grid([], INDICATORS, ["AAA"], first=FIRST, last=FIRST)
    odd = read_indicators({"odd": {"gloss": "odd", "window": 10, "acts": ["PROTEST"]}})
    with pytest.raises(CatalogueError, match="not made of weeks"):
        grid([], odd, ["AAA"], first=FIRST, last=FIRST + timedelta(70))


def test_an_imprecise_date_counts_with_the_share_of_its_days():
    where = grid([], INDICATORS, ["AAA"], first=FIRST, last=FIRST + timedelta(69))
    exact = FIRST + timedelta(30)
    found = outcomes(where, [Start("AAA", Span(exact, exact)), Start("ZZZ", Span(exact, exact))], horizon=30, lag=0)
    inside = (found.day < exact.toordinal()) & (exact.toordinal() <= found.day + 30)
    assert (found.share == inside).all()
    assert (found.onset == np.where(inside, exact.toordinal(), 0)).all()
    vague = Start("AAA", Span(exact, exact + timedelta(99)))
    share = outcomes(where, [vague], horizon=30, lag=0).share
    assert share[-1] == pytest.approx(0.3)
    assert outcomes(where, [vague, vague], horizon=30, lag=0).share[-1] == pytest.approx(1 - 0.7**2)
    assert not outcomes(where, [vague], horizon=30, lag=0).onset.any()
    assert date.fromordinal(int(outcomes(where, [], horizon=30, lag=181).known[0])) == date(2011, 6, 30)


def test_starts_by_either_date():
    def year(number, which, first, reached):
        spans = [Span(date.fromisoformat(one), date.fromisoformat(one)) for one in (first, reached)]
        none = frozenset()
        return ConflictYear(number, which, "intrastate", False, 652, None, none, none, "government", False, *spans, False)

    years = (
        year(1, 2011, "2011-03-18", "2011-06-07"),
        year(1, 2012, "2011-03-18", "2011-06-07"),
        year(1, 2015, "2011-03-18", "2015-02-01"),
    )
    assert [(one.country, one.new) for one in conflict_starts(years, by="start_date")] == [("SYR", True)]
    second = conflict_starts(years, by="start_date2")
    assert [(one.when.first.isoformat(), one.new) for one in second] == [("2011-06-07", True), ("2015-02-01", False)]


def made(*, countries=20, weeks=120, effect=2.0, rate=0.02, seed=4):
    """Return a grid whose indicator fires before onsets, and what followed with a short lag."""
    rng = np.random.default_rng(seed)
    onset = rng.random((countries, weeks)) < rate
    odds = np.exp(effect * onset) / 9
    seen = (rng.random((countries, weeks)) < odds / (1 + odds)).astype(np.int8)[:, None, :]
    codes = tuple(f"C{number:02}" for number in range(countries))
    ends = FIRST.toordinal() + 30 * np.arange(weeks)
    where = Grid(codes, ends, seen.astype(np.int64), seen)
    starts = [Start(codes[row], Span(*[date.fromordinal(int(ends[week]) + 10)] * 2)) for row, week in np.argwhere(onset)]
    return where, starts


def through(where, starts, *, delay=40, releases=1200):
    """Return the forecasts, with labels released every so many days."""
    what = outcomes(where, starts, horizon=30, lag=0)
    what = replace(what, known=-(-(what.day + delay) // releases) * releases)
    panel = panel_of(where, what, np.zeros_like(what.country))
    years = [(code, year) for code in where.countries for year in range(1989, 2030)]
    prior = shrunk_prior(where.countries, what, starts, years, horizon=30, lag=0)
    return replay(panel, panel, what, prior, horizon=30, window=14), what


def test_a_true_signal_earns_its_weight_and_beats_the_prior():
    found = scores(*through(*made(rate=0.05)))
    assert found["evidence_log_score"] < found["prior_log_score"]
    assert found["difference"] < 0
    assert found["high"] < 0
    assert found["auc"] > found["auc_prior"]


def test_noise_does_no_more_harm_than_the_bound():
    forecasts, what = through(*made(effect=0.0))
    found = scores(forecasts, what)
    each = len(set(streams(what.day, what.known).tolist())) * np.log(1 / 0.9) * 20
    assert found["difference"] * found["n"] < each
    assert abs(found["difference"]) < 1e-4


def test_nothing_after_a_day_changes_what_was_said_on_it():
    where, starts = made(weeks=60)
    before, what = through(where, starts)
    cut = int(where.ends[30])
    fewer = [one for one in starts if one.when.first.toordinal() <= cut]
    altered = Grid(where.countries, where.ends, where.counts, np.where(where.ends > cut, 1, where.states).astype(np.int8))
    after, _ = through(altered, fewer)
    rows = what.day <= cut
    for name in Replay.__slots__:
        assert getattr(after, name)[rows] == pytest.approx(getattr(before, name)[rows], abs=1e-12), name
    assert (after.prior[~rows] != before.prior[~rows]).any()


def test_a_country_teaches_its_own_ratios_nothing():
    where, starts = made(weeks=60)
    what = outcomes(where, starts, horizon=30, lag=0)
    panel = panel_of(where, what, np.zeros_like(what.country))

    def fitter(learned):
        return fit_ratios(learned, apart=30, spread=0.5).nats

    known = -(-(what.day + 40) // 900) * 900
    nats = forward(panel, known, fitter)
    own = panel.country == 3
    assert panel.onset[own].any()
    turned = replace(panel, onset=np.where(own, np.roll(panel.onset, 7) * (np.roll(panel.country, 7) == 3), panel.onset))
    assert forward(turned, known, fitter)[own] == pytest.approx(nats[own])
    assert (forward(turned, known, fitter)[~own] != nats[~own]).any()


def test_labels_that_are_not_published_teach_nothing():
    forecasts, what = through(*made(weeks=60), delay=100_000, releases=1)
    assert forecasts.evidence == pytest.approx(forecasts.prior)
    assert forecasts.naive == pytest.approx(forecasts.prior)
    assert len(set(streams(what.day, what.known).tolist())) == 60


def test_the_prior_is_shrunk_to_all():
    where = grid([], INDICATORS, ["AAA", "BBB"], first=date(2000, 1, 1), last=date(2000, 3, 1))
    starts = [Start("AAA", Span(date(1990 + n, 5, 1), date(1990 + n, 5, 1))) for n in range(2)]
    starts.append(Start("BBB", Span(date(2000, 1, 20), date(2000, 1, 20))))
    what = outcomes(where, starts, horizon=30, lag=181)
    years = [(code, year) for code in ("AAA", "BBB") for year in range(1989, 2001)]
    own, base = shrunk_prior(where.countries, what, starts, years, horizon=30, lag=181)
    # Published by January 2000 are the years to 1998: 2 starts in 20 country-years.
    assert base == pytest.approx(-np.expm1(-0.1 * 30 / 365.25))
    assert own[what.country == 0] == pytest.approx(-np.expm1(-(2 + 0.8) / 18 * 30 / 365.25))
    assert own[what.country == 1] == pytest.approx(-np.expm1(-0.8 / 18 * 30 / 365.25))


def test_a_day_goes_to_a_stream_with_nothing_pending():
    assert streams(np.array([1, 1, 8, 15, 22]), np.array([10, 10, 16, 23, 30])).tolist() == [0, 0, 1, 0, 1]


def test_naive_ratios_count_what_is_seen_and_what_is_not():
    seen = np.array([[1.0], [1.0], [0.0], [0.0]])
    panel = Panel(np.arange(4), np.arange(4), np.zeros(4, int), seen, np.array([9, 9, 0, 0]))
    nats = naive_bayes(panel)(seen)
    assert nats[0] == pytest.approx(np.log(2.5 / 0.5))
    assert nats[2] == pytest.approx(-np.log(2.5 / 0.5))


def test_a_span_without_onsets_has_no_score():
    where, starts = made(weeks=30)
    forecasts, what = through(where, starts)
    calm = np.isin(what.country, what.country[what.share > 0.5], invert=True)
    with pytest.raises(CatalogueError, match="no onset"):
        scores(*part(forecasts, what, calm))
