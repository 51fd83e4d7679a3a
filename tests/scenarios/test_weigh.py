"""Weighing as a whole: copies, floods, contradiction, silence, what falls back; that the leadership holds is always asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.errors import CatalogueError
from foreshock.model import Blind, Evidence, Prior, Provenance
from foreshock.scenarios.board import board, changes
from foreshock.scenarios.combine import combine, expit, logit
from foreshock.scenarios.first import NONE, comes_first, moved_shares, summing
from foreshock.scenarios.prior import load_hazards
from foreshock.scenarios.scenario import catalogue, load_scenarios
from foreshock.scenarios.scenario_file import read_scenario
from foreshock.scenarios.weigh import Subject, Tables, weigh
from foreshock.scenarios.words import band
from tests.scenarios.made import AS_OF, CODER, COUNTRY, ago, burst, happening, ratio

SUBJECT = Subject(COUNTRY, AS_OF, AS_OF - timedelta(days=700), CODER, 7)
STRONG = ratio(seen=40.0, seen_low=20.0, seen_high=80.0, unseen=0.9, unseen_low=0.85, unseen_high=0.95)
TABLES = Tables(ratios=(STRONG,))
EVIDENCE = {("armed-conflict", 90): 1.0}
CLASH = happening("ASSAULT", "firearms")


def weighed(happenings, *, tables=TABLES, weights=EVIDENCE, subject=SUBJECT, **given):
    return weigh(subject, happenings, tables=tables, weights=weights, **given)


def estimate(made, scenario="armed-conflict", horizon=90):
    return next(one for one in made.estimates if (one.scenario, one.horizon) == (scenario, horizon))


def probability(happenings, **given):
    return estimate(weighed(happenings, **given)).probability


def told_by(happenings, *sources):
    return [replace(one, sources=sources) for one in happenings]


def test_every_scenario_is_answered_at_every_horizon_and_that_nothing_breaks_is_among_them():
    made = weighed([])
    plain = [one for one in load_scenarios().values() if not one.outcomes]
    assert {(one.scenario, one.horizon) for one in made.estimates} == {(one.id, days) for one in plain for days in one.horizons}
    assert estimate(made, "leadership-holds").probability > 0.9


def test_what_was_never_measured_has_no_number_and_says_so():
    one = estimate(weighed([CLASH]), "settlement")
    assert (one.probability, one.low, one.high, one.prior) == (None, None, None, None)
    assert "no set of ours" in one.unmeasured


def test_the_published_number_is_the_mixture():
    one = estimate(weighed(told_by([CLASH], "A", "B"), weights={}))
    assert one.weight == 0.1
    model = expit(logit(one.prior.probability) + log(40))
    assert one.evidence_model == pytest.approx(model)
    assert one.probability == pytest.approx(0.9 * one.prior.probability + 0.1 * model)
    assert one.low <= one.probability <= one.high


def test_a_longer_horizon_is_no_less_likely_and_its_number_needs_a_ratio_of_its_own():
    made = weighed(told_by([CLASH], "A", "B"))
    assert estimate(made, horizon=365).probability == pytest.approx(estimate(made, horizon=365).prior.probability)
    plain = weighed([])
    numbers = [estimate(plain, "coup-attempt", days).probability for days in (30, 90, 365)]
    assert numbers == sorted(numbers)


def test_a_thousand_copies_move_as_one():
    """Copies are one incident by the time they are weighed; its sources are those of its origins."""
    once = told_by([CLASH], "A", "B")
    thousand = [replace(once[0], claim_ids=tuple(f"claim-{n}" for n in range(1000)))]
    assert probability(once) == probability(thousand)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 300), st.sampled_from(["ASSAULT", "HARM", "PROTEST", "OFFICE", "COERCE"]), st.integers(0, 200))
def test_one_source_alone_moves_nobody_into_another_band(many, kind, back):
    modes = {"ASSAULT": "firearms", "HARM": "killed", "PROTEST": "riot", "OFFICE": "seize", "COERCE": "curfew"}
    flood = burst(kind, modes[kind], days_ago=back, many=many, source="Flood")
    some = told_by([happening("PROTEST", "demo")], "A", "B")
    with_it, without = weighed([*some, *flood]), weighed(some)
    for one, other in zip(with_it.estimates, without.estimates, strict=True):
        if one.probability is not None:
            assert band(one.probability) == band(other.probability), one.scenario


def test_two_sources_may_move_it():
    assert band(probability(told_by([CLASH], "A", "B"))) != band(probability([]))
    held = estimate(weighed([CLASH]))
    assert any("Held at" in note and "Wire" in note for note in held.notes)
    assert held.low <= held.probability <= held.high


def test_contradictory_evidence_weighs_on_both_sides_and_cancels_where_it_is_equal():
    down = ratio(indicator="talks", seen=1 / 40, seen_low=1 / 80, seen_high=1 / 20, unseen=1.1, unseen_low=1.0, unseen_high=1.2)
    tables = Tables(ratios=(STRONG, down))
    both = told_by([CLASH, happening("CONSULT", "visit")], "A", "B")
    one = estimate(weighed(both, tables=tables))
    assert {piece.nats > 0 for piece in one.evidence if piece.nats} == {True, False}
    assert one.probability == pytest.approx(one.prior.probability, rel=1e-3)


def test_what_is_contested_or_denied_moves_nothing():
    for reason in ("contested", "only denied", "only rumoured", "only forecast"):
        assert probability(told_by([replace(CLASH, ignored=reason)], "A", "B")) == probability([])


def test_incidents_of_another_coder_are_not_counted_on_this_ones_ratios():
    other = replace(told_by([CLASH], "A", "B")[0], coders=("rules-ja@0",))
    assert probability([other]) == probability([])


def test_a_country_without_a_history_is_judged_by_its_region_and_says_so():
    one = estimate(weighed([], subject=replace(SUBJECT, country="VAT")), "coup-attempt")
    assert one.prior.falls_back
    assert one.prior.falls_back in one.prior.why or "region" in one.prior.why or "world" in one.prior.why


def test_a_users_word_on_state_and_tier_stands():
    made = weighed([], state="conflict", tier="crisis")
    assert (made.start.state, made.start.tier) == ("conflict", "crisis")
    assert estimate(made, "coup-attempt").probability > estimate(weighed([]), "coup-attempt").probability


def test_the_same_input_gives_the_same_estimates_and_ids():
    assert weighed([CLASH]).estimates == weighed([CLASH]).estimates
    assert len({one.id for one in weighed([CLASH]).estimates}) == len(weighed([CLASH]).estimates)


# Silence

CUT = Blind(COUNTRY, "internet cut", ago(6), None, True, "a register")
some_happenings = st.lists(
    st.builds(
        lambda kind, back, source: replace(
            happening(kind[0], kind[1], day=ago(back), source=source, number=back), id=f"{kind}{back}{source}",
            actor=("KAZ", "MIL"), killed=2.0,
        ),
        st.sampled_from([("PROTEST", "demo"), ("PROTEST", "riot"), ("ASSAULT", "firearms"), ("HARM", "killed"),
                         ("REQUEST", "yield"), ("CONSULT", "visit"), ("OFFICE", "seize"), ("MOBILIZE", "troops")]),
        st.integers(0, 400),
        st.sampled_from(["A", "B", "C"]),
    ),
    max_size=25, unique_by=lambda one: one.id,
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(some_happenings, st.integers(0, 60), st.integers(0, 30), st.booleans())
def test_deleting_all_reports_inside_a_shutdown_changes_nothing(happenings, back, length, lasts):
    until = None if lasts else ago(max(back - length, 0))
    cut = Blind(COUNTRY, "internet cut", ago(back), until, True, "a register")
    end = until or ago(0)
    outside = [one for one in happenings if not cut.since <= one.known_at <= end]
    every, rest = weighed(happenings, blind=[cut]), weighed(outside, blind=[cut])
    for one, other in zip(every.estimates, rest.estimates, strict=True):
        assert (one.probability, one.low, one.high) == (other.probability, other.low, other.high)


@settings(max_examples=25, deadline=None)
@given(some_happenings)
def test_a_shutdown_never_narrows_an_interval(happenings):
    for one, other in zip(weighed(happenings, blind=[CUT]).estimates, weighed(
        [it for it in happenings if it.known_at < CUT.since]
    ).estimates, strict=True):  # fmt: skip
        if one.probability is not None and one.tier == other.tier:
            assert one.low <= other.low + 1e-12
            assert one.high >= other.high - 1e-12


def test_what_was_not_told_while_cut_off_is_not_absent():
    quiet, cut = estimate(weighed([])), estimate(weighed([], blind=[CUT]))
    assert quiet.evidence_model < quiet.prior.probability
    assert cut.evidence_model == pytest.approx(cut.prior.probability)
    assert next(one for one in cut.evidence if one.indicator == "armed-clash").state == "blind"


def test_on_the_numbers_that_ship_a_shutdown_makes_nothing_calmer():
    removal = told_by([happening("PROTEST", "demo", day=ago(9)), happening("REQUEST", "change", day=ago(9))], "A", "B")
    for some in ([], removal[:1], removal):
        open_, cut = weighed(some), weighed(some, blind=[CUT])
        for one, other in zip(open_.estimates, cut.estimates, strict=True):
            if one.prior is None or other.prior is None:
                continue
            calmer = other.prior.probability - one.prior.probability
            assert (calmer if one.scenario == "leadership-holds" else -calmer) <= 1e-12, one.scenario


# The arithmetic

PRIOR = Prior(0.02, 0.01, 0.04, 0.01, "", Provenance((), "", 1, 1, "", ""))


def piece(nats, low, high, state="seen"):
    return Evidence("s", "i", state, nats, low, high, "")


def test_the_worked_number_of_the_docstring():
    one = combine(PRIOR, [piece(log(1.5), 0.2, 0.6)], 0.1)
    assert (round(one.evidence_model, 4), round(one.probability, 4)) == (0.0297, 0.0210)


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(0, 1), st.floats(0, 1)), max_size=6), st.floats(0, 1))
def test_the_interval_holds_the_number_and_blindness_only_widens(rows, weight):
    known = [piece(nats, nats - down, nats + up) for nats, down, up in rows]
    one = combine(PRIOR, known, weight)
    assert one.low <= one.probability + 1e-12
    assert one.high >= one.probability - 1e-12
    hidden = combine(PRIOR, [*known, piece(0.0, -0.3, 0.9, "blind")], weight)
    assert hidden.probability == one.probability
    assert hidden.low <= one.low
    assert hidden.high >= one.high


@given(st.dictionaries(st.text(min_size=1, max_size=4), st.floats(0, 1), max_size=8))
def test_what_comes_first_sums_to_one(probabilities):
    shares = comes_first(probabilities)
    assert sum(shares.values()) == pytest.approx(1)
    assert all(shares[name] <= p + 1e-9 for name, p in probabilities.items() if name != NONE)


def test_probabilities_that_do_not_sum_are_refused():
    with pytest.raises(CatalogueError, match=r"sum to 1\.2"):
        summing({"a": 0.7, "b": 0.5})
    with pytest.raises(CatalogueError, match="probability of 'a'"):
        summing({"a": 1.7, "b": -0.7})
    assert moved_shares({"a": 0.5, "b": 0.5}, {"a": log(3)}) == pytest.approx({"a": 0.75, "b": 0.25})


def test_a_users_exclusive_question_is_moved_by_what_its_scenarios_are_moved_by():
    asked = read_scenario(
        "question: War?\nhorizon: 90\nresolves: The first.\noutcomes: {armed-conflict: .2, leadership-holds: .8}\n",
        "war-or-not.yaml",
    )
    own = catalogue([*(one for one in load_scenarios().values() if not one.outcomes), asked])
    tables = Tables(scenarios=own, ratios=(STRONG,), hazards=load_hazards())
    assert (
        weighed([], tables=tables).first[90]["armed-conflict"]
        < 0.2
        < weighed(told_by([CLASH], "A", "B"), tables=tables).first[90]["armed-conflict"]
    )


# The display


def test_what_would_change_the_reading_is_the_other_state_of_an_indicator():
    made = weighed([])
    (one,) = [it for it in changes(made, TABLES) if it.scenario == "armed-conflict"]
    assert (one.indicator, one.turned, one.other_band) == ("armed-clash", "seen", True)
    seen = estimate(weighed(told_by([CLASH], "A", "B")))
    assert one.probability == pytest.approx(seen.probability)


def test_the_board_puts_the_most_diagnostic_first():
    weak = ratio(indicator="threat", seen=1.2)
    alike = tuple(replace(weak, scenario=name, indicator="accusation") for name in ("armed-conflict", "coup-attempt"))
    tables = Tables(ratios=(STRONG, weak, *alike))
    made = weighed(told_by([CLASH, happening("THREATEN"), happening("ACCUSE")], "A", "B"), tables=tables)
    found = board(made.estimates, 90)
    assert found.indicators[0] == "armed-clash"
    assert list(found.diagnosticity) == sorted(found.diagnosticity, reverse=True)
    assert len(found.nats) == len(found.scenarios)
