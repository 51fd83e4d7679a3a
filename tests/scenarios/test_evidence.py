"""From happenings to evidence: a feed's own baseline, the bridge between coders, what weighs nothing and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.errors import CatalogueError
from foreshock.scenarios.baseline import FEWEST, TAIL, earlier_windows, fired, fired_array
from foreshock.scenarios.bridge import Bridge, carried, load_bridges, measured, over, read_bridges
from foreshock.scenarios.evidence import evidence_for
from foreshock.scenarios.indicators import load_indicators, matches
from foreshock.scenarios.ratio import choose
from foreshock.scenarios.scenario import load_scenarios
from foreshock.scenarios.signals import signals
from tests.scenarios.made import AS_OF, CODER, ago, burst, happening, ratio

SCENARIO = load_scenarios()["armed-conflict"]


def found(happenings, *, since=AS_OF - timedelta(days=400), blind=()):
    return signals(happenings, load_indicators(), as_of=AS_OF, since=since, blind=blind)


def evidence(happenings, ratios, *, bridges=(), coder=CODER, **kept):
    made = evidence_for(
        SCENARIO, 90, found(happenings, **kept), ratios=ratios, bridges=bridges, coder=coder, tier="quiet", state="peace"
    )
    return {one.indicator: one for one in made}


@settings(deadline=None)
@given(st.lists(st.integers(0, 3), min_size=40, max_size=60), st.sampled_from([1, 2, 7]))
def test_the_rule_is_the_same_for_one_series_and_for_arrays(daily, step):
    import numpy as np

    window = 14 if step != 1 else 7
    ends = np.arange(step - 1, len(daily), step)
    counts = np.array([sum(daily[max(0, end - window + 1) : end + 1]) for end in ends])
    days = [day for day, many in enumerate(daily) for _ in range(many)]
    told = {1: "seen", 0: "unseen", -1: "no-baseline"}
    for end, count, state in zip(ends, counts, fired_array(counts, step=step, window=window), strict=True):
        # The first windows of an array reach before its beginning; a single series does not know those days.
        if end >= window - 1:
            assert fired(int(count), earlier_windows(days, today=int(end), window=window, first=0)) == told[int(state)]


def test_a_feed_that_changes_nothing_fires_in_no_more_than_a_tenth_of_its_windows():
    import numpy as np

    rng = np.random.default_rng(4)
    daily = rng.negative_binomial(1, 0.4, (40, 1400))  # bursts
    counts = daily.reshape(40, -1, 14).sum(-1)
    states = fired_array(counts, step=14, window=14)
    judged = states[:, FEWEST:]
    assert (states[:, :FEWEST] == -1).all()
    assert 0.02 < (judged == 1).mean() <= TAIL


def test_windows_in_which_nothing_could_be_seen_are_not_compared_with():
    assert earlier_windows([], today=99, window=10, first=0) == [0] * 9
    assert earlier_windows([], today=99, window=10, first=0, hidden=[(30, 40)]) == [0] * 7
    assert earlier_windows([], today=99, window=10, first=0, hidden=[(30, 39)]) == [0] * 8


@pytest.mark.parametrize("many", [1, 50])
def test_what_is_usual_does_not_fire_however_much_it_is(many):
    steady = [one for weeks in range(1, 30) for one in burst("ASSAULT", "firearms", days_ago=14 * weeks + 3, many=many)]
    now = burst("ASSAULT", "firearms", days_ago=3, many=many)
    assert found([*steady, *now])["armed-clash"].state == "unseen"
    assert found([*steady, *now, *burst("ASSAULT", "firearms", days_ago=2, many=1)])["armed-clash"].state == "seen"


def test_a_young_feed_has_no_baseline_and_weighs_nothing():
    one = evidence([happening("ASSAULT", "firearms")], [ratio()], since=AS_OF - timedelta(days=60))["armed-clash"]
    assert (one.state, one.nats) == ("no-baseline", 0)
    assert "too young" in one.why


def test_seen_and_not_seen_both_weigh():
    assert evidence([happening("ASSAULT", "firearms")], [ratio()])["armed-clash"].nats == pytest.approx(log(1.5), abs=1e-6)
    assert evidence([], [ratio()])["armed-clash"].nats == pytest.approx(log(0.95), abs=1e-6)


def test_what_makes_the_tier_is_no_evidence_again():
    protest = evidence([happening("PROTEST", "demo")], [ratio(indicator="protest")])["protest"]
    assert (protest.state, protest.nats) == ("in-tier", 0)


@pytest.mark.parametrize(
    ("change", "state"),
    [({"indicator": "threat"}, "unmeasured"), ({"horizon": 30}, "unmeasured"), ({"coder": "icews"}, "no-bridge")],
)
def test_what_was_not_measured_weighs_nothing_and_says_why(change, state):
    one = evidence([happening("ASSAULT", "firearms")], [ratio(**change)])["armed-clash"]
    assert (one.state, one.nats, one.low, one.high) == (state, 0, 0, 0)
    assert "weighs nothing" in one.why
    assert one.claim_ids


def test_a_bridge_draws_a_ratio_towards_one():
    bridge = Bridge(CODER, "icews", "armed-clash", 0.6, 0.05, 500, "made up")
    theirs = ratio(coder="icews")
    ours = carried(theirs, CODER, [bridge])
    assert ours is not None
    assert 1 < ours.seen < theirs.seen
    assert theirs.unseen < ours.unseen < 1
    assert evidence([happening("ASSAULT", "firearms")], [theirs], bridges=[bridge])["armed-clash"].nats == pytest.approx(
        log(ours.seen), abs=1e-6
    )


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(1, 9), st.floats(0.01, 0.11))
def test_no_bridge_makes_evidence_stronger(sensitivity, false_alarm, seen, share):
    theirs = ratio(
        seen=seen, seen_low=1.0, seen_high=9.0, share_seen=share, unseen=(1 - seen * share) / (1 - share), unseen_low=0.001
    )
    ours = over(theirs, Bridge(CODER, "icews", "armed-clash", sensitivity, false_alarm, 10, "made up"))
    assert abs(log(ours.seen)) <= abs(log(seen)) + 1e-9 or sensitivity < false_alarm
    if sensitivity == false_alarm and 0.01 < ours.share_seen < 0.99:
        assert ours.seen == pytest.approx(1)
    # The mean over what is seen and what is not stays 1, so that a bridge moves nobody on average.
    assert ours.share_seen * ours.seen + (1 - ours.share_seen) * ours.unseen == pytest.approx(1, abs=1e-4)


def test_a_perfect_bridge_is_the_ratio_itself():
    whole = over(
        ratio(coder="icews", unseen=0.95, share_seen=1 / 11), Bridge(CODER, "icews", "armed-clash", 1.0, 0.0, 9, "made up")
    )
    assert (whole.seen, whole.unseen) == pytest.approx((1.5, 0.95))


def test_a_bridge_is_measured_on_texts_that_both_have_coded():
    theirs = [True] * 10 + [False] * 90
    ours = [True] * 7 + [False] * 3 + [True] * 9 + [False] * 81
    one = measured(ours, theirs, coder=CODER, other="icews", indicator="armed-clash", source="made up")
    assert one == Bridge(CODER, "icews", "armed-clash", 0.7, 0.1, 100, "made up")
    assert measured(ours, [False] * 100, coder=CODER, other="icews", indicator="armed-clash", source="made up") is None


def test_no_bridge_ships_without_a_measurement():
    assert all(one.n > 0 and one.source for one in load_bridges())
    row = {
        "coder": CODER,
        "other": "icews",
        "indicator": "armed-clash",
        "sensitivity": 1.4,
        "false_alarm": 0.1,
        "n": 5,
        "source": "",
    }
    with pytest.raises(CatalogueError, match=r"1\.4"):
        read_bridges({"rows": [row]})


def test_the_ratio_of_the_tier_at_hand_is_taken_before_that_of_all():
    both = [ratio(), replace(ratio(), given="crisis", seen=1.2)]
    chosen = choose(both, "armed-conflict", "armed-clash", 90, tier="crisis", state="peace", coder=CODER)
    assert chosen is both[1]
    assert choose(both, "armed-conflict", "armed-clash", 90, tier="quiet", state="peace", coder=CODER) is both[0]


def test_what_is_ignored_counts_for_no_indicator_and_is_listed():
    denied = replace(happening("ASSAULT", "firearms"), ignored="only denied")
    signal = found([denied])["armed-clash"]
    assert (signal.count, signal.state) == (0, "unseen")
    assert signal.ignored == (denied,)


def test_the_actor_of_another_country_is_abroad():
    indicators = load_indicators()
    theirs = replace(happening("MOBILIZE", "troops"), actor=("RUS", "MIL"))
    assert matches(indicators["foreign-forces"], theirs)
    assert not matches(indicators["mobilization"], theirs)
    own = replace(theirs, actor=("KAZ", "MIL"))
    assert matches(indicators["mobilization"], own)
    assert not matches(indicators["foreign-forces"], own)


def test_what_happens_or_is_known_after_the_day_does_not_count():
    later = replace(happening("ASSAULT", "firearms"), known_at=(AS_OF + timedelta(days=1)).isoformat())
    tomorrow = replace(later, day=(AS_OF + timedelta(days=1)).isoformat())
    assert found([later, tomorrow])["armed-clash"].count == 0


def test_a_window_is_fourteen_days():
    assert found([happening("ASSAULT", "firearms", day=ago(13))])["armed-clash"].count == 1
    assert found([happening("ASSAULT", "firearms", day=ago(14))])["armed-clash"].count == 0
    assert date.fromisoformat(ago(0)) == AS_OF
