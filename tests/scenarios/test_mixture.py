"""The evidence earns its weight: whatever it says, the published estimates lose hardly more than the prior."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.errors import CatalogueError
from foreshock.scenarios.mixture import (
    CLIP,
    Mixture,
    Past,
    Settled,
    clipped,
    losses,
    mixed,
    next_weight,
    slot_of,
    slots,
)

NATS = math.log(1 / 0.9)
SLACK = 1e-7
PROBABILITY = st.floats(0, 1)
STEP = st.tuples(PROBABILITY, PROBABILITY, st.sampled_from([0.0, 1.0, 0.25]))


def clip(p: float) -> float:
    return min(max(p, CLIP), 1 - CLIP)


def loss(p: float, y: float) -> float:
    return -y * math.log(clip(p)) - (1 - y) * math.log(1 - clip(p))


def run(steps):
    """The losses of the published, the prior's and the evidence's over one stream."""
    mixture, sums = Mixture(), [0.0, 0.0, 0.0]
    for prior, evidence, outcome in steps:
        published = mixture.predict(prior, evidence, "s")
        for number, p in enumerate((published, prior, evidence)):
            sums[number] += loss(p, outcome)
        mixture = mixture.updated([Settled("s", prior, evidence, outcome)])
    return sums


def test_the_first_weight_is_a_tenth_and_bayes_moves_it():
    mixture = Mixture()
    assert mixture.weight("any") == pytest.approx(0.1)
    assert mixture.predict(0.02, 0.06, "s") == pytest.approx(0.024)
    after = mixture.updated([Settled("s", 0.02, 0.06, 1)])
    assert after.weight("s") == pytest.approx(0.1 * 0.06 / (0.1 * 0.06 + 0.9 * 0.02))
    assert after.weight("other") == pytest.approx(0.1)
    assert mixture.weight("s") == pytest.approx(0.1)


@settings(deadline=None, derandomize=True)
@given(st.lists(STEP, max_size=60))
def test_the_loss_is_at_most_the_priors_plus_the_allowance_whatever_happens(steps):
    published, prior, evidence = run(steps)
    assert published <= prior + NATS + SLACK
    assert published <= evidence + math.log(10) + SLACK


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(PROBABILITY, PROBABILITY), min_size=1, max_size=80))
def test_an_adversary_who_sees_both_models_gets_no_more_than_the_allowance(pairs):
    # What happens is always what the evidence makes less likely than the prior does.
    published, prior, _ = run([(p, q, 0.0 if q > p else 1.0) for p, q in pairs])
    assert published <= prior + NATS + SLACK


@settings(deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 1.0]), st.sampled_from([0.0, 1.0])), max_size=60))
def test_certainties_of_0_and_1_are_clipped_and_bounded(steps):
    published, prior, _ = run(steps)
    assert math.isfinite(published)
    assert published <= prior + NATS + SLACK


def test_flooded_evidence_costs_no_more_than_the_allowance():
    flooded = [(0.01, 0.999, 0.0)] * 500
    published, prior, evidence = run(flooded)
    assert evidence > 3000
    assert published - prior == pytest.approx(NATS, abs=0.01)
    trusted = [(0.01, 0.9, 1.0)] * 20 + [(0.01, 0.999, 0.0)] * 500  # it earned its trust first, then was taken over
    published, prior, _ = run(trusted)
    assert published <= prior + NATS


def test_evidence_that_is_right_comes_to_be_heard():
    rng = np.random.default_rng(7)
    truth = rng.choice([0.02, 0.3], size=400)
    steps = [(0.16, float(p), float(rng.random() < p)) for p in truth]
    published, prior, evidence = run(steps)
    assert published < prior - 10
    assert published - evidence < math.log(10)


@settings(deadline=None, derandomize=True)
@given(st.integers(1, 400), st.integers(1, 60), st.integers(0, 90), st.lists(st.integers(0, 2000), min_size=2, max_size=40))
def test_no_two_rounds_of_a_slot_overlap(horizon, period, lag, offsets):
    days = [date(2020, 1, 1) + timedelta(one) for one in sorted(offsets)]
    last: dict[int, tuple[int, date]] = {}
    for day in days:
        slot, turn = slot_of(day, horizon=horizon, period=period, lag=lag)
        if slot in last and last[slot][0] != turn:
            assert (day - last[slot][1]).days >= horizon + lag
        last[slot] = (turn, day)


@settings(deadline=None, derandomize=True)
@given(st.integers(1, 400), st.integers(1, 60), st.integers(0, 90))
def test_aligned_forecasts_need_a_slot_less(horizon, period, lag):
    needed = slots(horizon=horizon, period=period, lag=lag, aligned=True)
    assert needed * period >= horizon + lag > (needed - 1) * period
    assert slots(horizon=horizon, period=period, lag=lag) <= needed + 1


@settings(deadline=None, derandomize=True)
@given(st.lists(STEP, min_size=1, max_size=60), st.integers(1, 3), st.integers(0, 2))
def test_arrays_publish_what_single_forecasts_do_with_delays_in_streams(steps, delay, lag):
    prior, evidence, outcome = (np.array(column) for column in zip(*steps, strict=True))
    made = np.arange(len(steps))
    stream = made % slots(horizon=delay, period=1, lag=lag)
    published, weight = mixed(prior, evidence, outcome, stream=stream, made=made, known=made + delay + lag)
    mixture = Mixture()
    for number, (p, q, y) in enumerate(steps):
        key = str(stream[number])
        assert weight[number] == pytest.approx(mixture.weight(key), abs=1e-9)
        assert published[number] == pytest.approx(mixture.predict(p, q, key), abs=1e-9)
        mixture = mixture.updated([Settled(key, p, q, y)])
    excess = losses(published, outcome).sum() - losses(clipped(prior), outcome).sum()
    assert excess <= mixture.allowance(len(set(stream.tolist()))) + SLACK


@settings(deadline=None, derandomize=True)
@given(st.data(), st.integers(1, 6), st.integers(1, 20))
def test_rounds_of_many_countries_keep_the_bound_of_as_many_streams(data, countries, rounds):
    n = countries * rounds
    arrays = data.draw(st.lists(STEP, min_size=n, max_size=n))
    prior, evidence, outcome = (np.array(column) for column in zip(*arrays, strict=True))
    made = np.repeat(np.arange(rounds), countries)
    published, _ = mixed(prior, evidence, outcome, stream=np.zeros(n), made=made, known=made + 1, most=countries)
    excess = losses(published, outcome).sum() - losses(clipped(prior), outcome).sum()
    assert excess <= Mixture(most=countries).allowance(1) + SLACK


@settings(deadline=None, derandomize=True)
@given(st.data(), st.integers(2, 4), st.integers(1, 30))
def test_classes_are_bounded_too(data, classes, n):
    rows = st.lists(st.lists(st.floats(0.001, 1), min_size=classes, max_size=classes), min_size=n, max_size=n)
    prior, evidence = (np.array(data.draw(rows)) for _ in range(2))
    prior, evidence = prior / prior.sum(1, keepdims=True), evidence / evidence.sum(1, keepdims=True)
    outcome = np.array([int(np.argmin(q / p)) for p, q in zip(prior, evidence, strict=True)])  # against the evidence
    made = np.arange(n)
    published, weight = mixed(prior, evidence, outcome, stream=np.zeros(n), made=made, known=made + 1)
    assert np.allclose(published.sum(1), 1)
    assert losses(published, outcome).sum() <= losses(clipped(prior), outcome).sum() + NATS + SLACK
    mixture = Mixture()
    for p, q, y, w in zip(prior.tolist(), evidence.tolist(), outcome.tolist(), weight, strict=True):
        assert mixture.weight("s") == pytest.approx(w, abs=1e-6)
        assert sum(mixture.predict(tuple(p), tuple(q), "s")) == pytest.approx(1)
        mixture = mixture.updated([Settled("s", tuple(p), tuple(q), y)])


def test_an_order_of_rows_changes_nothing():
    rng = np.random.default_rng(3)
    n = 200
    prior, evidence, outcome = rng.random(n), rng.random(n), (rng.random(n) < 0.3).astype(float)
    stream, made = np.arange(n) % 5, np.arange(n)
    published, _ = mixed(prior, evidence, outcome, stream=stream, made=made, known=made + 5)
    order = rng.permutation(n)
    other, _ = mixed(prior[order], evidence[order], outcome[order], stream=stream[order], made=made[order], known=made[order] + 5)
    assert np.array_equal(published[order], other)


def test_streams_without_the_bound_are_refused():
    p, day = np.array([0.1, 0.1]), np.array([0, 7])
    with pytest.raises(CatalogueError, match="use more streams"):
        mixed(p, p, np.zeros(2), stream=np.zeros(2), made=day, known=day + 30)
    with pytest.raises(CatalogueError, match="2 forecasts in a round"):
        mixed(p, p, np.zeros(2), stream=np.zeros(2), made=np.zeros(2), known=day + 30)


PAST = st.lists(st.tuples(PROBABILITY, PROBABILITY, st.sampled_from([0.0, 1.0]), st.integers(0, 40)), max_size=40)


def stamp(day: int) -> str:
    return (date(2024, 1, 1) + timedelta(day)).isoformat()


@settings(deadline=None, derandomize=True)
@given(PAST)
def test_with_any_delays_the_bound_is_that_of_the_streams_opened(steps):
    past, excess, streams = list[Past](), 0.0, 0
    for day, (prior, evidence, outcome, delay) in enumerate(steps):
        weight, streams = next_weight(past, made=stamp(day))
        published = (1 - weight) * clip(prior) + weight * clip(evidence)
        excess += loss(published, outcome) - loss(prior, outcome)
        past.append(Past(stamp(day), prior, evidence, outcome, stamp(day + delay)))
    assert excess <= streams * NATS + SLACK
    assert streams <= max((delay for *_, delay in steps), default=0) + 1


@settings(deadline=None, derandomize=True)
@given(PAST, st.integers(0, 40))
def test_a_weight_sees_nothing_that_was_not_known_by_then(steps, now):
    past = [Past(stamp(day), p, q, y, stamp(day + delay)) for day, (p, q, y, delay) in enumerate(steps)]
    seen = [one if one.known <= stamp(now) else Past(one.made, one.prior, one.evidence) for one in past if one.made < stamp(now)]
    assert next_weight(past, made=stamp(now)) == next_weight(seen, made=stamp(now))
    assert next_weight(past[::-1], made=stamp(now)) == next_weight(past, made=stamp(now))


def test_a_second_forecast_of_a_day_adds_no_trust():
    one = Past("2024-01-01", 0.02, 0.06, 1.0, "2024-02-01")
    assert next_weight([one, one, one], made="2024-03-01") == next_weight([one], made="2024-03-01")
    assert next_weight([one], made="2024-03-01")[0] == pytest.approx(0.25)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Mixture().predict(1.2, 0.1, "s"),
        lambda: Mixture().predict(float("nan"), 0.1, "s"),
        lambda: Mixture().predict((0.5, 0.2), (0.5, 0.5), "s"),
        lambda: Mixture().predict((0.5, 0.5), (0.2, 0.3, 0.5), "s"),
        lambda: Mixture().predict((0.5, 0.5), 0.5, "s"),
        lambda: Mixture().updated([Settled("s", 0.1, 0.1, 2)]),
        lambda: Mixture().updated([Settled("s", (0.5, 0.5), (0.5, 0.5), 2)]),
        lambda: Mixture(start=1),
        lambda: Mixture(most=0),
        lambda: slots(horizon=0, period=1),
        lambda: clipped(np.array([0.5, np.nan])),
        lambda: clipped(np.array([[0.5, 0.4]])),
    ],
)
def test_what_is_no_probability_is_refused(wrong):
    with pytest.raises(CatalogueError):
        wrong()
