"""Resolution never assumes; scores are those of their sources; comparisons say when they mean nothing; nothing looks ahead."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.errors import CatalogueError
from foreshock.model import Outcome
from foreshock.scenarios.scoring.paired import LEAST_CAME, LEAST_COUNTRIES, paired
from foreshock.scenarios.scoring.recalibration import FITS, recalibrated
from foreshock.scenarios.scoring.resolve import resolve, share_within, window
from foreshock.scenarios.scoring.scores import auc, brier, log_score, losses, murphy, reliability
from tests.ledger.records import estimate

AT, LATER = "2022-02-10T00:00:00Z", "2022-04-01T00:00:00Z"
ESTIMATE = estimate()  # of 8 January 2022, 30 days: 9 January to 7 February


def came(on: str, at: str = AT, **fields: str) -> tuple[str, Outcome]:
    return at, Outcome(fields.get("scenario", "coup-attempt"), fields.get("country", "KAZ"), on, None, "a set")


def none_until(day: str, at: str = AT) -> tuple[str, Outcome]:
    return at, Outcome("coup-attempt", "KAZ", None, day, "a set")


def test_the_window_begins_the_day_after():
    assert window(ESTIMATE) == (date(2022, 1, 9), date(2022, 2, 7))


@pytest.mark.parametrize(
    ("outcomes", "resolution", "share", "known"),
    [
        ([], "unresolved", None, None),
        ([came("2022-01-09")], "occurred", 1, AT),
        ([came("2022-02-07")], "occurred", 1, AT),
        ([came("2022-01-08")], "unresolved", None, None),
        ([came("2022-02-08")], "unresolved", None, None),
        ([came("2022-01-20", country="KGZ"), came("2022-01-20", scenario="invasion")], "unresolved", None, None),
        ([none_until("2022-02-06")], "unresolved", None, None),
        ([none_until("2022-02-07")], "did-not-occur", 0, AT),
        ([none_until("2022-12-31", LATER), none_until("2022-02-28")], "did-not-occur", 0, AT),
        ([came("2022-01-20", LATER), none_until("2022-12-31")], "occurred", 1, LATER),
        ([came("2022-02")], "occurred", 0.25, AT),
        ([came("2022")], "occurred", 30 / 365, AT),
        ([came("2022-02"), came("2022-02-03", LATER)], "occurred", 1, LATER),
        ([came("2022-01")], "unresolved", None, None),  # 1 to 31 January: nobody says what came of February
        ([came("2022-01"), none_until("2022-02-07", LATER)], "occurred", 23 / 31, LATER),
        ([came("2021-12"), none_until("2022-02-07")], "did-not-occur", 0, AT),
        ([came("2022-03")], "unresolved", None, None),
    ],
)
def test_an_estimate_is_resolved_by_what_was_recorded_only(outcomes, resolution, share, known):
    found = resolve(ESTIMATE, outcomes)
    assert (found.resolution, found.known_at) == (resolution, known)
    assert found.share == (None if share is None else pytest.approx(share))
    assert found.why


def test_the_leadership_holds_where_its_fall_did_not_come():
    calm = estimate(scenario="leadership-holds")
    fell = [(AT, Outcome("leadership-holds", "KAZ", "2022-01-20", None, "a set"))]
    held = [(AT, Outcome("leadership-holds", "KAZ", None, "2022-02-07", "a set"))]
    assert (resolve(calm, fell).resolution, resolve(calm, fell).share) == ("did-not-occur", 0)
    assert (resolve(calm, held).resolution, resolve(calm, held).share) == ("occurred", 1)
    assert resolve(calm, []).resolution == "unresolved"


def test_the_share_of_an_imprecise_date_is_that_of_its_days():
    assert share_within("2022-02", date(2022, 1, 9), date(2022, 2, 7)) == 0.25
    assert share_within("2022-02-07", date(2022, 1, 9), date(2022, 2, 7)) == 1
    assert share_within("2023", date(2022, 1, 9), date(2022, 2, 7)) == 0


def test_the_scores_of_worked_examples():
    p, y = np.array([0.2, 0.2, 0.9]), np.array([1.0, 0.0, 1.0])
    assert log_score(p, y) == pytest.approx((1.6094 + 0.2231 + 0.1054) / 3, abs=1e-4)
    assert losses(p, y) == pytest.approx([1.6094, 0.2231, 0.1054], abs=1e-4)
    assert brier(p, y) == pytest.approx((0.64 + 0.04 + 0.01) / 3)
    assert log_score(np.array([0.0]), np.array([1.0])) == pytest.approx(13.8155, abs=1e-3)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=1, max_size=12))
def test_a_share_scores_as_the_expectation_of_both_readings(rows):
    p, s = (np.array(column) for column in zip(*rows, strict=True))
    one, none = np.ones(len(p)), np.zeros(len(p))
    for score in (log_score, brier):
        each = [share * score(p[[n]], one[:1]) + (1 - share) * score(p[[n]], none[:1]) for n, share in enumerate(s)]
        assert score(p, s) == pytest.approx(float(np.mean(each)), abs=1e-9)
    assert losses(p, s).mean() == pytest.approx(log_score(p, s), abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.floats(0, 1), st.sampled_from([0.0, 1.0, 0.3])), min_size=1, max_size=60))
def test_the_parts_of_the_brier_score_add_up(rows):
    p, y = (np.array(column) for column in zip(*rows, strict=True))
    parts = murphy(p, y)
    assert parts.reliability - parts.resolution + parts.uncertainty + parts.within == pytest.approx(brier(p, y))
    assert min(parts.reliability, parts.resolution, parts.uncertainty) >= 0
    # Forecasts that are the same within a bin leave nothing within, if outcomes are whole.
    if set(y) <= {0.0, 1.0}:
        same = np.full(len(p), 0.3)
        assert murphy(same, y).within == pytest.approx(0, abs=1e-12)


def test_auc_is_given_only_where_it_means_something():
    rng = np.random.default_rng(1)
    y = (rng.random(400) < 0.2).astype(float)
    assert auc(y * 0.5 + 0.1, y) == 1
    assert auc(np.full(400, 0.2), y) == 0.5
    few = np.zeros(400)
    few[:4] = 1
    assert auc(rng.random(400), few) is None
    few[4] = 1
    assert auc(rng.random(400), few) is not None


def test_right_forecasts_lie_within_their_bars_and_wrong_ones_do_not():
    rng = np.random.default_rng(5)
    p = rng.choice([0.02, 0.1, 0.3, 0.7], size=4000)
    y = (rng.random(4000) < p).astype(float)
    bins = reliability(p, y)
    assert sum(one.n for one in bins) == 4000
    assert all(one.low <= one.mean < one.high for one in bins)
    assert sum(one.bar_low <= one.share <= one.bar_high for one in bins) >= len(bins) - 1
    wrong = reliability(np.clip(p * 2, 0, 1), y)
    assert not any(one.bar_low <= one.share <= one.bar_high for one in wrong if one.n > 100 and one.mean > 0.05)
    assert reliability(p, y) == bins


@pytest.mark.parametrize(("p", "y"), [([], []), ([0.1], [0, 1]), ([1.2], [0]), ([0.1], [2]), ([math.nan], [0])])
def test_what_cannot_be_scored_is_refused(p, y):
    for score in (log_score, brier, auc, murphy, reliability):
        with pytest.raises(CatalogueError):
            score(np.array(p, dtype=float), np.array(y, dtype=float))


def test_a_difference_is_that_of_the_same_forecasts_with_countries_drawn_anew():
    rng = np.random.default_rng(2)
    countries = np.repeat([f"C{n:02}" for n in range(40)], 25)
    luck = np.repeat(rng.normal(0, 0.05, 40), 25)
    loss = rng.random(1000)
    found = paired(loss + luck - 0.1, loss, countries.tolist(), came=50)
    assert found.low < found.mean < found.high < 0
    assert (found.n, found.countries, found.few) == (1000, 40, None)
    assert paired(loss + luck - 0.1, loss, countries.tolist(), came=50) == found
    # Drawing forecasts one by one would think that it knows more than it does.
    alone = paired(loss + luck - 0.1, loss, [str(n) for n in range(1000)])
    assert found.high - found.low > 2 * (alone.high - alone.low)
    order = rng.permutation(1000)
    mixed = paired((loss + luck - 0.1)[order], loss[order], countries[order].tolist(), came=50)
    assert (mixed.low, mixed.high) == (pytest.approx(found.low), pytest.approx(found.high))


def test_an_interval_covers_about_as_often_as_it_says():
    hits = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        gap = np.repeat(rng.normal(0.1, 0.3, 40), 5) + rng.normal(0, 0.1, 200)
        found = paired(gap, np.zeros(200), np.repeat(np.arange(40), 5).astype(str).tolist(), draws=400)
        hits += found.low <= 0.1 <= found.high
    assert 165 <= hits <= 195


def test_too_few_is_said_and_no_number_given():
    loss = np.arange(20.0)
    few = paired(loss, loss + 1, [f"C{n % (LEAST_COUNTRIES - 1)}" for n in range(20)], came=9)
    assert (few.mean, few.low, few.high) == (-1, None, None)
    assert "9 countries" in few.few
    rare = paired(loss, loss + 1, [f"C{n}" for n in range(20)], came=LEAST_CAME - 1)
    assert rare.low is None
    assert "4 came about" in rare.few
    with pytest.raises(CatalogueError):
        paired(loss, loss, ["A"])


@pytest.mark.parametrize("method", sorted(FITS))
def test_forecasts_that_are_twice_too_high_are_bent_down(method):
    rng = np.random.default_rng(4)
    truth = rng.choice([0.02, 0.1, 0.25], size=1500)
    y = (rng.random(1500) < truth).astype(float)
    made = np.arange(1500) // 30
    p = truth * 2
    bent, used = recalibrated(p, y, made=made, known=made + 3, method=method)
    early, late = used == 0, made > 25
    assert np.array_equal(bent[early], p[early])
    assert early.sum() >= 90
    assert log_score(bent[late], y[late]) < log_score(p[late], y[late]) - 0.003
    assert bent.min() > 0
    assert bent.max() < 1


@settings(deadline=None, max_examples=12)
@given(st.integers(0, 2**32 - 1), st.sampled_from(sorted(FITS)), st.integers(1, 30))
def test_recalibration_sees_nothing_that_was_not_known_by_then(seed, method, lag):
    rng = np.random.default_rng(seed)
    p, made = rng.random(120) * 0.8 + 0.1, np.sort(rng.integers(0, 40, 120))
    y = (rng.random(120) < 0.5).astype(float)
    known, now = made + lag, int(rng.integers(0, 40))
    other = np.where(known > now, 1 - y, y)
    ahead = np.where(made > now, rng.random(120), p)
    first, _ = recalibrated(p, y, made=made, known=known, method=method, least=5)
    second, _ = recalibrated(ahead, other, made=made, known=known, method=method, least=5)
    assert np.array_equal(first[made <= now], second[made <= now])


def test_recalibration_takes_stamps_and_refuses_an_unknown_method():
    days = [(date(2020, 1, 1) + timedelta(7 * n)).isoformat() for n in range(60)]
    known = [(date(2020, 1, 1) + timedelta(7 * n + 30)).isoformat() for n in range(60)]
    y = np.array([n % 2 for n in range(60)], dtype=float)
    bent, used = recalibrated(np.full(60, 0.1), y, made=np.array(days), known=np.array(known))
    assert bent[-1] == pytest.approx(0.5, abs=0.05)
    assert used[-1] == 55
    with pytest.raises(CatalogueError, match="choose one of"):
        recalibrated(np.array([0.1]), np.array([0.0]), made=np.array([1]), known=np.array([2]), method="magic")
