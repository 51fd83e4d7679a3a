"""Ratios compare a country with itself: what says which country it is weighs nothing, what changes before onsets is found."""

import numpy as np
import pytest

from foreshock.errors import CatalogueError
from foreshock.scenarios.fitting.ratios import DOUBT, Fit, fit_ratios, measure, pooled_ratio
from foreshock.scenarios.fitting.within import Panel, cases_of, episodes_of, likelihood, shrunk

WEEKS, COUNTRIES = 150, 60


def made(effect=0.0, *, seed=1, identity=False, rate=0.01, k=1):
    """Return a panel of weekly windows: onsets at a country's own rate; an indicator at .1, or constant in a country."""
    rng = np.random.default_rng(seed)
    country, week = map(np.ravel, np.meshgrid(np.arange(COUNTRIES), np.arange(WEEKS), indexing="ij"))
    risky = country % 3 == 0
    onset = rng.random(len(country)) < np.where(risky, 3 * rate, rate / 10)
    odds = np.exp(effect * onset) * (0.1 / 0.9)
    seen = rng.random((k, len(country))) < odds / (1 + odds)
    if identity:
        seen[0] = risky
    day = week * 60
    return Panel(country, day, np.zeros_like(country), seen.T.astype(float), np.where(onset, day + 20, 0))


def told(panel, *, names=("x",), draws=50, apart=30):
    return measure(panel, names, scenario="coup-attempt", horizon=30, apart=apart, rng=np.random.default_rng(3), draws=draws)


def test_which_country_it_is_weighs_nothing():
    (one,) = told(made(identity=True))
    assert one.pooled > 2
    assert (one.seen, one.unseen) == (1, 1)
    assert one.within is None


def test_a_planted_effect_within_countries_is_found_and_chance_is_not():
    (one,) = told(made(1.2))
    assert one.within == pytest.approx(np.exp(1.2), rel=0.4)
    assert one.seen_low > 1 > one.unseen_high
    assert 1 < one.seen < one.within
    (none,) = told(made(0.0))
    assert none.seen_low < 1 < none.seen_high
    assert none.seen < 1.2


def test_the_mean_over_the_history_is_one():
    for one in told(made(0.8, k=3), names="xyz"):
        assert one.share_seen * one.seen + (1 - one.share_seen) * one.unseen == pytest.approx(1)
        assert one.seen_low <= one.seen <= one.seen_high
        assert one.unseen_low <= one.unseen <= one.unseen_high
    fit = Fit(np.array([0.7]), np.array([0.1]), 0.5)
    assert 0.1 * np.exp(fit.nats(np.array([[1.0]]))) + 0.9 * np.exp(fit.nats(np.array([[0.0]]))) == pytest.approx(1)
    assert fit.nats(np.array([[np.nan]])).item() == 0


def test_without_onsets_the_ratio_is_one_and_the_interval_wide():
    panel = made()
    (one,) = told(Panel(panel.country, panel.day, panel.given, panel.seen, np.zeros_like(panel.onset)))
    assert (one.seen, one.unseen) == (1, 1)
    assert one.seen_high / one.seen_low > np.exp(2 * DOUBT)
    assert (one.onsets, one.effective_onsets, one.countries, one.within, one.pooled) == (0, 0, 0, None, None)


def test_few_onsets_shrink_more_than_many():
    many = fit_ratios(made(1.0), apart=30, spread=0.4).log_ratio
    few = fit_ratios(made(1.0, rate=0.0008), apart=30, spread=0.4).log_ratio
    assert abs(few) < many


def test_the_same_seen_twice_counts_once():
    panel = made(1.0)
    single = fit_ratios(panel, apart=30, spread=0.5).log_ratio
    double = fit_ratios(
        Panel(panel.country, panel.day, panel.given, panel.seen.repeat(2, axis=1), panel.onset), apart=30, spread=0.5
    )
    assert single < double.log_ratio.sum() < 1.25 * single
    assert double.log_ratio[0] == pytest.approx(double.log_ratio[1])


def test_neither_names_nor_copies_of_the_calm_nor_repeated_windows_move_a_ratio():
    panel = made(1.0)
    ratio = fit_ratios(panel, apart=30, spread=0.5).log_ratio
    renamed = Panel(1000 - panel.country, panel.day + 5, panel.given + 7, panel.seen, np.where(panel.onset, panel.onset + 5, 0))
    assert fit_ratios(renamed, apart=30, spread=0.5).log_ratio == pytest.approx(ratio)
    calm = panel.take(panel.country % 3 == 1)
    calm = Panel(calm.country + 900, calm.day, calm.given, calm.seen, np.zeros_like(calm.onset))
    both = Panel(*(np.concatenate([getattr(one, name) for one in (panel, calm)]) for name in Panel.__slots__))
    assert fit_ratios(both, apart=30, spread=0.5).log_ratio == pytest.approx(ratio)
    assert fit_ratios(panel.take(np.arange(len(panel.day)).repeat(3)), apart=30, spread=0.5).log_ratio == pytest.approx(ratio)


def test_only_windows_of_one_tier_are_compared():
    """The indicator fires in every window of the second tier, and all onsets are there: within it, nothing is left to say."""
    panel = made(rate=0.02)
    tier = (panel.onset > 0) | (np.arange(len(panel.day)) % 5 == 0)
    panel = Panel(panel.country, panel.day, tier.astype(int), tier.astype(float)[:, None], panel.onset)
    (given,) = told(panel)
    (blind,) = told(Panel(panel.country, panel.day, np.zeros_like(panel.given), panel.seen, panel.onset))
    assert (given.seen, given.unseen) == (1, 1)
    assert blind.seen > 2


def test_an_onset_counts_once_whatever_the_number_of_its_windows():
    day = np.arange(20) * 7
    onset = np.where((day >= 70) & (day < 100), 100, 0)
    panel = Panel(np.zeros(20, int), day, np.zeros(20, int), np.zeros((20, 1)), onset)
    assert len(cases_of(panel, apart=30)) == 1
    onset[0:3], onset[16:] = 24, 140
    assert list(np.unique(episodes_of(panel, apart=30))) == [-1, 0, 1, 2]
    assert list(np.unique(episodes_of(panel, apart=50))) == [-1, 0, 1]


def test_the_gradient_is_that_of_the_likelihood():
    cases = cases_of(made(0.8, k=3), apart=30)
    at, weight = np.array([0.3, -0.2, 0.9]), np.random.default_rng(0).random(len(cases))
    _, gradient, information = likelihood(cases, weight, at)
    for j, step in enumerate(np.eye(3) * 1e-5):
        up, down = (likelihood(cases, weight, at + sign * step) for sign in (1, -1))
        assert (up[0] - down[0]) / 2e-5 == pytest.approx(gradient[j], rel=1e-4)
        assert (down[1] - up[1]) / 2e-5 == pytest.approx(information[j], rel=1e-3, abs=1e-4)


def test_the_worked_number():
    seen = np.zeros((10, 1))
    seen[4] = 1
    panel = Panel(np.zeros(10, int), np.arange(10), np.zeros(10, int), seen, np.where(seen[:, 0] > 0, 30, 0))
    assert shrunk(cases_of(panel, apart=30), 1.0) == pytest.approx(0.80, abs=0.005)


def test_pooled_counts_everything_together():
    seen = np.array([[1.0], [0.0], [1.0], [0.0], [0.0], [np.nan]])
    panel = Panel(np.arange(6), np.arange(6), np.zeros(6, int), seen, np.array([9, 9, 0, 0, 0, 9]))
    assert pooled_ratio(panel) == pytest.approx((1.5 / 3) / (1.5 / 4))


def test_arrays_that_do_not_fit_are_refused():
    panel = made()
    with pytest.raises(CatalogueError, match="names for 1 columns"):
        told(panel, names=("x", "y"))
    with pytest.raises(CatalogueError, match="neither 0, 1 nor nan"):
        fit_ratios(Panel(panel.country, panel.day, panel.given, panel.seen + 0.5, panel.onset), apart=30)
