"""Precedents: what is seen of the crisis at hand, how alike past ones are, and that nothing later has a part in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreshock.dates import last_day
from foreshock.model import Blind
from foreshock.scenarios.precedents.features import Profile, profile_of
from foreshock.scenarios.precedents.likeness import information, likeness, rarity
from foreshock.scenarios.precedents.named import GOING_ON, LATEST, named_precedents
from foreshock.scenarios.precedents.record import Comparison
from foreshock.scenarios.precedents.retrieval import precedents_of, ranked
from foreshock.scenarios.precedents.table import load_crises, read_crises
from foreshock.scenarios.precedents.vocabulary import load_features
from tests.scenarios.made import AS_OF, COUNTRY, ago, happening

TABLE = {one.id: one for one in load_crises()}
OUTLETS = ("Wire", "Gazette", "Ledger")


def feed(*more):
    """Enough happenings, told by enough outlets, that silence may say something."""
    return [happening("CONSULT", source=OUTLETS[n % 3], number=n) for n in range(6)] + list(more)


def act(kind, mode=None, *, actor=(None, None), recipient=(None, None), **changes):
    return replace(happening(kind, mode), actor=actor, recipient=recipient, **changes)


def seen(*happenings, **options):
    return profile_of(happenings, country=COUNTRY, as_of=AS_OF, **options)


def known(profile):
    return {name: profile.known(name) for name in load_features() if profile.known(name) is not None}


def crisis_like(one, *, as_of, country="XXX"):
    """The crisis at hand that has exactly what a past one has."""
    shown = dict.fromkeys(one.present, ("x",))
    powers = tuple(power for power, _ in one.powers)
    return Profile(country, as_of, as_of, one.state, one.tier, shown, one.absent, powers, 9, False)


# What is seen of the crisis at hand.


@pytest.mark.parametrize(
    ("feature", "one"),
    [
        ("protest", act("PROTEST", "demo")),
        ("riot", act("PROTEST", "riot")),
        ("strike", act("PROTEST", "strike")),
        ("removal", act("OFFICE", "resign", actor=(None, "CVL"), ignored="only requested")),
        ("killings", act("ASSAULT", "firearms", actor=("KAZ", "COP"), killed=2.0)),
        ("hundreds", act("HARM", "killed", killed=164.0)),
        ("emergency", act("COERCE", "curfew")),
        ("split", act("OFFICE", "dismiss", recipient=("KAZ", "GOV"))),
        ("split", act("COERCE", "arrest", recipient=("KAZ", "SPY"))),
        ("army", act("OFFICE", "mutiny", actor=("KAZ", "MIL"))),
        ("coup", act("OFFICE", "seize", actor=(None, "MIL"))),
        ("armed", act("ASSAULT", "firearms", actor=(None, "REB"))),
        ("invasion", act("CONTROL", "take", actor=("RUS", "MIL"))),
        ("sanctions", act("SANCTION", "discontinue", actor=("USA", "GOV"))),
        ("talks", act("CONSULT", actor=("KAZ", "GOV"), recipient=("KAZ", "OPP"))),
    ],
)
def test_a_happening_shows_a_feature(feature, one):
    assert seen(one).present[feature] == (one.id,)
    assert feature not in seen(replace(one, ignored="only denied")).present
    assert feature not in seen(replace(one, country="UZB")).present


@pytest.mark.parametrize(
    ("feature", "one"),
    [
        ("killings", act("ASSAULT", "firearms", actor=("KAZ", "COP"))),  # nobody is told to have died
        ("killings", act("ASSAULT", "firearms", actor=("RUS", "MIL"), killed=2.0)),
        ("coup", act("OFFICE", "seize", actor=("KAZ", "GOV"))),  # a government that calls events a coup
        ("removal", act("OFFICE", "resign", actor=("KAZ", "GOV"))),
        ("invasion", act("CONTROL", "take", actor=("KAZ", "MIL"))),
        ("split", act("COERCE", "arrest", recipient=("KAZ", "CVL"))),
        ("invited", act("MOBILIZE", "troops", actor=("RUS", "MIL"))),  # nobody asked for them
    ],
)
def test_what_only_looks_like_it_shows_nothing(feature, one):
    assert feature not in seen(one).present


def test_foreign_troops_are_invited_where_help_was_asked_for():
    troops = act("MOBILIZE", "peacekeepers", actor=(None, "IGO"))
    request = act("REQUEST", "assist", actor=("KAZ", "GOV"), recipient=("RUS", None), ignored="only requested")
    assert seen(troops, request).present["invited"] == (troops.id, request.id)
    assert "invited" not in seen(troops).present
    assert "invited" not in seen(request).present


def test_what_is_not_told_is_absent_only_where_it_would_be_told():
    assert known(seen(*feed())) == {name: False for name, one in load_features().items() if one.silence in ("abroad", "inside")}
    few = seen(happening("CONSULT"))
    assert not few.absent, "one happening is no feed"
    one_outlet = seen(*[happening("CONSULT", number=n) for n in range(9)])
    assert not one_outlet.absent, "one outlet is none either"


def test_a_cut_country_hides_what_only_those_inside_can_tell():
    cut = Blind(COUNTRY, "internet shut down", ago(5), None, whole=True, source="a register")
    found = seen(*feed(), blind=[cut])
    assert found.blind
    assert found.present["shutdown"] == ("a register",)
    assert {load_features()[name].silence for name in found.absent} == {"abroad"}
    elsewhere = seen(*feed(), blind=[replace(cut, country="UZB")])
    assert elsewhere.known("shutdown") is False


def test_deleting_what_was_told_in_the_dark_makes_nothing_absent():
    cut = Blind(COUNTRY, "internet shut down", ago(5), None, whole=True, source="a register")
    riot = act("PROTEST", "riot")
    assert seen(*feed(riot), blind=[cut]).known("riot") is True
    assert seen(*feed(), blind=[cut]).known("riot") is None


def test_who_acted_unknown_makes_unknown():
    assert seen(*feed()).known("coup") is False
    assert seen(*feed(act("OFFICE", "seize"))).known("coup") is None


def test_only_what_was_known_and_lately_counts():
    riot = act("PROTEST", "riot")
    for changes in ({"known_at": ago(-1)}, {"day": ago(-1)}, {"day": ago(91)}):
        assert "riot" not in seen(replace(riot, **changes)).present
    assert "riot" in seen(replace(riot, day=ago(90))).present


def test_words_show_what_no_kind_tells():
    found = seen(words={"price": ["claim-1"]})
    assert found.present == {"price": ("claim-1",)}


def test_powers_are_those_that_act():
    found = seen(
        act("MOBILIZE", "troops", actor=("RUS", "MIL")), act("ACCUSE", actor=("USA", "GOV")), act("AID", actor=("KAZ", "GOV"))
    )
    assert found.powers == ("RUS",)


# How alike past ones are.


def past(name, present, absent, *, when="2001-01-01/2001-02-01", country="ZZA", powers=None):
    """A crisis of an invented country."""
    return read_crises(
        f"""
- id: {name}
  name: {name}
  countries: [{country}]
  when: {when}
  tier: quiet
  trigger: a quarrel
  present: [{", ".join(present)}]
  absent: [{", ".join(absent)}]
  powers: {powers or "{}"}
  ended: {{leadership-holds: "{when.split("/")[1]}"}}
  after: The king stayed.
  sources: [an invented yearbook]
""",
        "made up",
    )[0]


def test_the_worked_number_of_the_likeness():
    """Of eighteen crises one has armed groups and all have prices: what is rare weighs more."""
    crises = [past(f"c-{n}", ["price"] + ["armed"] * (n < 1), ["hundreds"] + ["armed"] * (n >= 1)) for n in range(18)]
    rare = rarity("KAZ", crises)
    assert rare.features["armed"] == pytest.approx((2.3026, 0.1054), abs=1e-4)
    assert information(1, 18) == pytest.approx(2.3026, abs=1e-4)
    here = Profile("KAZ", AS_OF, AS_OF, None, None, {"armed": ("x",), "price": ("x",)}, frozenset(), (), 9, False)
    place = 2 * rare.near["same country"]
    both, one = likeness(here, crises[0], rare), likeness(here, crises[1], rare)
    price = rare.features["price"][0]
    assert both.score == pytest.approx(2 * (2.3026 + price) / (2 * (2.3026 + price) + place), abs=1e-4)
    assert one.score == pytest.approx(2 * price / (2 * price + 2.3026 + 0.1054 + place), abs=1e-4)
    assert [reason.what for reason in one.differ] == ["armed", "place"]


@pytest.mark.parametrize("name", ["georgia-2008", "belarus-2020", "chile-2019", "mali-2012"])
def test_a_crisis_that_has_all_of_a_past_one_is_nearest_to_it(name):
    one = TABLE[name]
    found = ranked(crisis_like(one, as_of=date(2030, 1, 1)), TABLE.values())
    assert found[0].crisis.id == name
    assert not [reason for reason in found[0].differ if reason.what != "place"]
    assert found[0].score > found[1].score


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_scores_are_shares_and_reasons_add_up(data):
    names = sorted(load_features())
    present = data.draw(st.sets(st.sampled_from(names), max_size=12))
    absent = data.draw(st.sets(st.sampled_from(names), max_size=12)) - present
    tier = data.draw(st.sampled_from([None, "quiet", "protest", "removal", "crisis"]))
    powers = tuple(sorted(data.draw(st.sets(st.sampled_from(["RUS", "USA", "FJI"])))))
    country = data.draw(st.sampled_from(["KAZ", "BRA", "XXX"]))
    here = Profile(
        country, AS_OF, AS_OF, None, tier, dict.fromkeys(present, ("x",)), frozenset(absent), powers, 9, False
    )  # fmt: skip
    for one in ranked(here, TABLE.values()):
        assert 0 <= one.score <= 1
        features = [reason for reason in (*one.alike, *one.differ) if reason.what in names]
        assert len(features) + sum(name in names for name in one.unknown) == len(present | absent)
        assert all(here.known(reason.what) == one.crisis.known(reason.what) for reason in one.alike if reason.what in names)
        assert all(here.known(reason.what) != one.crisis.known(reason.what) for reason in one.differ if reason.what in names)
        assert all(one.crisis.known(name) is None for name in one.unknown if name in names)


def test_one_more_feature_alike_never_makes_it_less_like():
    here = seen(*feed(act("PROTEST", "riot")))
    crises = list(TABLE.values())
    rare = rarity(COUNTRY, crises)
    for one in crises:
        if "riot" in one.absent:
            as_alike = replace(one, present=one.present | {"riot"}, absent=one.absent - {"riot"})
            assert likeness(here, as_alike, rare).score > likeness(here, one, rare).score


def test_the_summary_counts_features_known_of_both():
    here = Profile("KAZ", AS_OF, AS_OF, None, "quiet", {"price": ("x",), "riot": ("x",)}, frozenset({"coup"}), (), 9, False)
    (one,) = ranked(here, [past("one", ["price"], ["riot"])])
    assert one.summary == "alike in 1 of 2 features known of both; 1 more is not known of it"
    assert one.unknown == ("coup",)
    (none,) = ranked(here, [past("none", ["armed"], ["talks"])])
    assert none.summary == "no feature is known of both; 3 more are not known of it"


def test_foreign_powers_are_compared_by_the_rarest():
    crises = [past(f"c-{n}", ["price"], ["riot"], powers="{USA: sent money}") for n in range(9)]
    crises += [past("both", ["price"], ["riot"], powers="{USA: sent money, FJI: sent police}"), past("none", ["price"], ["riot"])]
    here = Profile("KAZ", AS_OF, AS_OF, None, None, {}, frozenset(), ("FJI", "USA"), 9, False)
    found = {one.crisis.id: one for one in ranked(here, crises)}
    assert found["both"].rank == 1
    assert found["both"].score > found["c-0"].score > found["none"].score == 0
    assert "powers" in found["none"].unknown, "that no power is on record is not that there was none"


# What was known at the moment.


@pytest.mark.parametrize("as_of", [date(1995, 1, 1), date(2014, 3, 1), date(2022, 1, 8), date(2025, 1, 1)])
def test_only_what_had_ended_counts_and_nothing_later_has_a_part(as_of):
    here = replace(seen(*feed(act("PROTEST", "riot"))), as_of=as_of, since=as_of - timedelta(days=90))
    found = ranked(here, TABLE.values())
    assert found
    assert all(one.crisis.end and last_day(one.crisis.end) < as_of for one in found)
    assert all(last_day(ending.day) < as_of for one in found for ending in one.endings)
    ended = [one for one in TABLE.values() if one.end and last_day(one.end) < as_of]
    assert ranked(here, ended) == found, "a crisis of later times changed the likeness of earlier ones"


@pytest.mark.parametrize("day", ["2022-01-08", "2022-01-20", "2022-02-15", "2022-03-30"])
def test_a_crisis_is_no_precedent_of_itself(day):
    as_of = date.fromisoformat(day)
    here = replace(seen(), country="KAZ", as_of=as_of, since=date(2022, 1, 2))
    ids = [one.crisis.id for one in ranked(here, TABLE.values())]
    assert "kazakhstan-2022" not in ids
    assert "kazakhstan-2011" in ids


def test_a_crisis_is_a_precedent_of_a_later_one_in_its_country():
    here = replace(seen(), country="KAZ", as_of=date(2023, 1, 1), since=date(2022, 10, 1))
    assert "kazakhstan-2022" in [one.crisis.id for one in ranked(here, TABLE.values())]


def test_ties_are_stable_and_the_later_goes_first():
    here = Profile("KAZ", AS_OF, AS_OF, None, None, {"price": ("x",)}, frozenset(), (), 9, False)
    crises = [
        past("b", ["price"], ["riot"]),
        past("a", ["price"], ["riot"]),
        past("later", ["price"], ["riot"], when="2009-01-01/2009-02-01"),
    ]
    for order in (crises, crises[::-1]):
        assert [(one.crisis.id, one.rank) for one in ranked(here, order)] == [("later", 1), ("a", 2), ("b", 3)]


def test_limits_and_endings_keep_the_ranks():
    here = seen(*feed(act("PROTEST", "riot")))
    everything = precedents_of(here, TABLE.values(), limit=None)
    assert [one.rank for one in everything] == list(range(1, len(everything) + 1))
    assert precedents_of(here, TABLE.values(), limit=3) == everything[:3]
    troops = precedents_of(here, TABLE.values(), limit=2, endings=["foreign-troops"])
    assert [any(ending.scenario == "foreign-troops" for ending in one.endings) for one in troops] == [True, True]
    assert troops[0] in everything


# What holders compare with.


FOUNDING = replace(seen(), country="KAZ", as_of=date(2022, 1, 8), since=date(2022, 1, 2))


def named(*pairs, called=(), here=FOUNDING):
    return named_precedents([Comparison("Desk", "unlike", tuple(pairs), tuple(called), ("claim",))], here, list(TABLE.values()))


def ids(found):
    return {one.crisis.id for one in found.precedents}


def test_a_country_with_a_year_is_looked_up():
    assert ids(named(("GEO", 2008))) == {"georgia-2008"}, "the crisis that ended on 5 January 2008 is one of 2007"
    assert ids(named(("GEO", 2007))) == {"georgia-2007"}
    assert ids(named(("UKR", 2014))) == {"ukraine-2013", "ukraine-2014"}
    assert ids(named(("BLR", 2020))) == {"belarus-2020"}


def test_a_named_one_has_the_rank_and_reasons_of_the_retrieval():
    (one,) = named(("BLR", 2020)).precedents
    same = next(other for other in ranked(FOUNDING, TABLE.values()) if other.crisis.id == "belarus-2020")
    assert replace(one, compared=()) == same
    assert [(it.holder, it.stance) for it in one.compared] == [("Desk", "unlike")]


def test_without_a_year_the_latest_is_taken_and_it_is_said():
    (one,) = named(("BLR", None)).precedents
    assert (one.crisis.id, one.notes) == ("belarus-2020", (LATEST,))
    assert ids(named(("UKR", None), ("UKR", 2004))) == {"ukraine-2004"}, "dated by another comparison"
    assert ids(named(("UKR", None), called=["ukraine-2013"])) == {"ukraine-2013"}


def test_what_is_not_on_record_is_missing_and_not_made_up():
    for pair in (("LIE", 2008), ("GEO", 1950), ("LIE", None), ("KAZ", None)):
        found = named(pair)
        assert not found.precedents
        assert len(found.missing) == 1


def test_the_crisis_at_hand_and_later_ones_are_never_named():
    assert not named(("KAZ", 2022), ("UKR", 2022), ("RUS", 2023)).precedents


def test_one_that_goes_on_shows_no_ending_that_came_later():
    here = replace(FOUNDING, as_of=date(2014, 6, 1), since=date(2014, 4, 1))
    (one,) = named(("UKR", 2014), here=here, called=["ukraine-2014"]).precedents[-1:]
    going = next(it for it in named(("UKR", 2014), here=here).precedents if it.crisis.id == "ukraine-2014")
    assert [ending.scenario for ending in going.endings] == ["invasion", "armed-conflict"]
    assert GOING_ON in going.notes
    assert one.of == len(ranked(here, TABLE.values()))
