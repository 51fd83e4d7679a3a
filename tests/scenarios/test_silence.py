"""Silence: what could not be seen counts neither way, whatever was or was not reported then; and the ledger's own gaps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.model import Blind, Estimate, Happening, Provenance
from foreshock.scenarios.prior import read_hazards
from foreshock.scenarios.ratio import Ratio
from foreshock.scenarios.scenario import load_scenarios
from foreshock.scenarios.silence import (
    BORDERS,
    GONE_QUIET,
    NO_FEED,
    blind,
    gaps,
    overlaps,
    silence_lines,
    spanning,
    tier_under_silence,
    visible,
)
from foreshock.scenarios.weigh import Subject, Tables, weigh

D = date.fromisoformat
CUT = "internet or telephones cut"


def dark(since: str, until: str | None, *, whole: bool = True, cause: str = CUT, country: str = "VUT") -> Blind:
    return Blind(country, cause, since, until, whole=whole, source="made")


def happening(day: str, kind: str = "PROTEST", *, known: str | None = None, **more: Any) -> Happening:
    plain = {"country": "VUT", "sources": ("Lagoon Post", "Reef Herald")}
    return Happening(f"{kind}{day}{known}{sorted(more.items())}", day=day, known_at=known or day, kind=kind, **{**plain, **more})


# The pure parts.


def test_what_is_told_in_the_dark_is_not_seen_and_what_is_told_afterwards_is():
    told = [happening("2022-01-03"), happening("2022-01-05"), happening("2022-01-05", known="2022-01-09")]
    before = happening("2022-01-03", known="2022-01-06")
    assert visible([*told, before], [dark("2022-01-04", "2022-01-08")]) == [told[0], told[2]]
    assert visible([*told, before], [dark("2022-01-04", "2022-01-08", whole=False)]) == [*told, before]
    assert visible([*told, before], [dark("2022-01-04", "2022-01-08", country="TON")]) == [*told, before]
    assert visible([happening("2022-02-01")], [dark("2022-01-04", None)]) == []


WINDOWS = [
    (("2022-01-01", "2022-01-03"), False),
    (("2022-01-01", "2022-01-04"), True),
    (("2022-01-08", "2022-01-20"), True),
    (("2022-01-09", "2022-01-20"), False),
]


@pytest.mark.parametrize(("window", "met"), WINDOWS)
def test_a_window_overlaps_from_the_first_to_the_last_blind_day(window, met):
    first, last = map(D, window)
    assert overlaps((first, last), [dark("2022-01-04", "2022-01-08")]) is met
    assert not overlaps((first, last), [dark("2022-01-04", "2022-01-08", whole=False)])
    assert overlaps((first, last), [dark("2022-01-04", None)]) is (last >= D("2022-01-04"))


def test_a_later_end_was_not_known_and_a_later_beginning_neither():
    stretches = [
        dark("2022-01-04", "2022-01-08"),
        dark("2022-02-01", None),
        dark("2021-01-01", "2021-01-02"),
        dark("2022-01-05", "2022-01-05", country="TON"),
    ]
    found = blind(stretches, [dark("2022-01-01", "2022-01-02")], country="VUT", since=D("2022-01-01"), until=D("2022-01-06"))
    assert [(one.since, one.until) for one in found] == [("2022-01-01", "2022-01-02"), ("2022-01-04", None)]
    found = blind(stretches, [], country="VUT", since=D("2022-01-01"), until=D("2022-01-08"))
    assert [(one.since, one.until) for one in found] == [("2022-01-04", "2022-01-08")]
    assert len(blind(stretches[:1], stretches[:1], country="VUT", since=D("2022-01-01"), until=D("2022-01-08"))) == 1


TIERS = [
    ("quiet", dark("2022-01-04", None), "quiet"),
    ("protest", dark("2022-01-04", None), "crisis"),
    ("removal", dark("2022-01-04", None), "crisis"),
    ("crisis", dark("2022-01-04", None), "crisis"),
    ("protest", dark("2022-01-04", None, whole=False), "protest"),
    ("protest", dark("2022-01-04", None, cause=NO_FEED), "protest"),
    ("protest", dark("2022-01-04", None, cause=GONE_QUIET), "protest"),
    ("protest", dark("2022-01-04", None, cause=BORDERS), "protest"),
]


@pytest.mark.parametrize(("seen", "now", "taken"), TIERS)
def test_what_cannot_be_seen_in_a_country_of_protest_may_be_the_worst(seen, now, taken):
    tier, why = tier_under_silence(seen, [now])
    assert tier == taken
    assert (why is None) == (taken == seen)
    assert why is None or ("since 2022-01-04" in why and why.endswith("."))
    assert tier_under_silence(seen, []) == (seen, None)


def test_the_interval_of_what_may_be_either_spans_both():
    assert spanning((0.2, 0.9), (-0.5, -0.1)) == (-0.5, 0.9)
    assert spanning((-0.5, -0.1), (0.2, 0.9)) == (-0.5, 0.9)


def test_each_stretch_is_told_in_one_sentence():
    stretches = [
        dark("2022-01-04", "2022-01-11"), dark("2022-01-04", "2022-01-04"), dark("2022-01-04", None),
        dark("2022-01-04", "2022-01-11", whole=False),
        dark("2022-01-04", "2022-01-20", cause=NO_FEED),
    ]  # fmt: skip
    lines = silence_lines(stretches)
    assert [line[: line.index(",")] for line in lines] == [
        "From 2022-01-04 to 2022-01-11", "On 2022-01-04", "Since 2022-01-04",
        "From 2022-01-04 to 2022-01-11", "From 2022-01-04 to 2022-01-20",
    ]  # fmt: skip
    assert "may have happened" in lines[0]
    assert "a part of Vanuatu" in lines[3]
    assert NO_FEED in lines[4]
    assert all(line.endswith(".") and line.count(". ") == 0 for line in lines)


# Gaps of what was read.


def days(first: str, n: int, *, step: int = 1, without: Sequence[int] = ()) -> list[date]:
    return [D(first) + timedelta(days=at) for at in range(0, n, step) if at not in without]


def spans(found: Sequence[Blind]) -> list[tuple[str, str | None, str]]:
    return [(one.since, one.until, one.cause) for one in found]


def test_two_weeks_without_a_document_are_no_feed():
    read = [*days("2022-01-01", 10), *days("2022-01-25", 3)]
    found = gaps(read, [], country="VUT", since=D("2021-01-01"), until=D("2022-01-28"))
    assert spans(found) == [("2022-01-11", "2022-01-24", NO_FEED)]
    assert spans(gaps(read, [], country="VUT", since=D("2021-01-01"), until=D("2022-02-10"))) == [
        ("2022-01-11", "2022-01-24", NO_FEED),
        ("2022-01-28", None, NO_FEED),
    ]


def test_a_country_that_was_daily_in_the_news_and_is_gone_for_three_days_has_gone_quiet():
    read = days("2022-01-01", 100)
    daily = days("2022-01-01", 100, without=(40, 41, 42, 70, 71, 72))
    found = gaps(read, daily, country="VUT", since=read[0], until=read[-1])
    assert spans(found) == [("2022-02-10", "2022-02-12", GONE_QUIET)]  # the second is no longer than the first
    going_on = gaps(read, daily[:60], country="VUT", since=read[0], until=D("2022-03-10"))
    assert spans(going_on)[-1][1:] == (None, GONE_QUIET)


def test_a_country_that_is_seldom_in_the_news_has_no_gaps():
    read = days("2022-01-01", 200)
    assert gaps(read, days("2022-01-01", 200, step=10), country="VUT", since=read[0], until=read[-1]) == ()
    weekdays = [day for day in read if day.weekday() < 5 and not D("2022-04-01") <= day < D("2022-04-03")]
    assert gaps(read, weekdays, country="VUT", since=read[0], until=read[-1]) == ()


# The whole of it: what is deleted in the dark changes no estimate, and the dark never makes one surer.

TIER_RATIOS = {"quiet": [1.0, 1.0, 1.0], "protest": [1.5, 1.2, 2.0], "removal": [2.0, 1.5, 3.0], "crisis": [5.0, 3.0, 8.0]}
ROW = {"p": 0.02, "low": 0.01, "high": 0.04, "n": 1000, "onsets": 20, "span": "1990-2020"}
PROVENANCE = {"sets": ["made"], "span": "1990-2020", "n": 1000, "onsets": 20, "fitted": "2026-01-01", "command": "made"}


def times(mid: float, low: float, high: float) -> dict[str, Any]:
    return {"ratio": mid, "low": low, "high": high, "n": 9, "onsets": 1}


def hazard(**more: Any) -> dict[str, Any]:
    row = {
        "provenance": PROVENANCE, "base_rate": ROW, "world": ROW, "regions": {}, "countries": {},
        "states": {one: times(1.0, 1.0, 1.0) for one in ("peace", "conflict", "after-coup")},
        "tiers": {one: times(*three) for one, three in TIER_RATIOS.items()},
    }  # fmt: skip
    return {**row, **more}


def ratio(scenario: str, indicator: str, seen: float) -> Ratio:
    unseen = (1 - seen * 0.1) / 0.9
    return Ratio(
        scenario, indicator, 30, "any", "made@1", "made", seen, seen * 0.8, seen * 1.3, unseen, unseen * 0.95, unseen * 1.05, 0.1,
        Provenance(("made",), "1990-2020", 1000, 20, "2026-01-01", "made"),
    )  # fmt: skip


SCENARIOS = {name: one for name, one in load_scenarios().items() if name in ("coup-attempt", "armed-conflict")}
TABLES = Tables(
    scenarios=SCENARIOS,
    hazards=read_hazards({"scenarios": {one.history: hazard() for one in SCENARIOS.values() if one.history}}),
    ratios=tuple(
        ratio(one, name, seen) for one in SCENARIOS for name, seen in (("deaths", 2.0), ("talks", 0.6), ("arrests", 1.4))
    ),
    bridges=(),
)
AS_OF, SINCE = D("2022-01-31"), D("2020-01-01")
KINDS = [
    {"kind": "PROTEST", "mode": "riot"},
    {"kind": "REQUEST", "mode": "change", "actor": ("VUT", "CVL")},
    {"kind": "ASSAULT", "mode": "firearms", "actor": ("VUT", "COP"), "killed": 3.0},
    {"kind": "COERCE", "mode": "arrest"},
    {"kind": "CONSULT"},
    {"kind": "OFFICE", "mode": "seize"},
]


def estimates(told: Sequence[Happening], stretches: Sequence[Blind]) -> dict[tuple[str, int], Estimate]:
    made = weigh(Subject("VUT", AS_OF, SINCE, "made@1"), told, blind=stretches, tables=TABLES)
    return {(one.scenario, one.horizon): one for one in made.estimates}


def _made(back: int, late: int, which: dict[str, Any]) -> Happening:
    day = AS_OF - timedelta(days=back)
    known = min(day + timedelta(days=late), AS_OF)
    return happening(day.isoformat(), known=known.isoformat(), **which)


HAPPENINGS = st.lists(st.builds(_made, st.integers(0, 60), st.integers(0, 5), st.sampled_from(KINDS)), max_size=12)
STRETCHES = st.lists(
    st.builds(
        lambda first, length, lasts, whole: dark(
            (AS_OF - timedelta(days=first)).isoformat(),
            None if lasts else (AS_OF - timedelta(days=max(first - length, 0))).isoformat(),
            whole=whole,
        ),
        st.integers(0, 40), st.integers(0, 15), st.booleans(), st.booleans(),
    ),
    max_size=2,
)  # fmt: skip


def told_numbers(found: dict[tuple[str, int], Estimate]) -> dict[tuple[str, int], tuple[Any, ...]]:
    return {
        key: (one.tier, one.state, one.probability, one.low, one.high, [(it.indicator, it.state, it.nats) for it in one.evidence])
        for key, one in found.items()
    }


@settings(max_examples=60, deadline=None)
@given(told=HAPPENINGS, stretches=STRETCHES, keep=st.randoms(use_true_random=False))
def test_deleting_what_is_told_in_the_dark_changes_nothing(told, stretches, keep):
    outside = visible(told, stretches)
    some = [one for one in told if one in outside or keep.random() < 0.5]
    all_of_it = told_numbers(estimates(told, stretches))
    assert told_numbers(estimates(outside, stretches)) == all_of_it
    assert told_numbers(estimates(some, stretches)) == all_of_it


@settings(max_examples=60, deadline=None)
@given(told=HAPPENINGS, stretches=STRETCHES)
def test_evidence_that_is_blind_weighs_nothing_and_leaves_both_open(told, stretches):
    with_light = {(key, it.indicator): it for key, one in estimates(told, []).items() for it in one.evidence}
    for key, one in estimates(told, stretches).items():
        for it in one.evidence:
            if it.state == "blind":
                lit = with_light[key, it.indicator]
                assert it.nats == 0
                assert it.low <= min(lit.low, 0)
                assert it.high >= max(lit.high, 0)


@settings(max_examples=60, deadline=None)
@given(told=HAPPENINGS, length=st.integers(1, 30))
def test_a_shutdown_that_lasts_never_narrows_an_interval_nor_hides_the_worst(told, length):
    """Of what was known before it: with the lights on nothing else was told, in the dark anything may have been."""
    since = AS_OF - timedelta(days=length - 1)
    before = [one for one in told if one.known_at < since.isoformat()]
    lit, unlit = estimates(before, []), estimates(before, [dark(since.isoformat(), None)])
    for key, one in unlit.items():
        other = lit[key]
        assert one.tier in (other.tier, "crisis")
        assert one.low <= other.low + 1e-12
        assert one.high >= other.high - 1e-12
        assert one.high >= one.prior.probability  # that of the tier that was taken


def test_the_founding_case_in_small():
    """A riot with demands and dead before the net is cut: after it no report comes, and none of it reads as calm."""
    quiet_before = [happening((SINCE + timedelta(days=at)).isoformat(), "CONSULT") for at in range(0, 700, 3)]
    riot = [_made(12, 0, KINDS[0]), _made(12, 0, KINDS[3])]
    inside = [_made(5, 0, kind) for kind in KINDS]
    cut = dark("2022-01-21", None)
    seen = estimates([*quiet_before, *riot], [cut])
    for key, one in estimates([*quiet_before, *riot, *inside], [cut]).items():
        assert told_numbers({key: one}) == told_numbers({key: seen[key]})
    without_cut = estimates([*quiet_before, *riot], [])
    for key, one in seen.items():
        assert one.tier == "crisis"
        assert one.probability > without_cut[key].probability
        assert one.blind == (cut,)
