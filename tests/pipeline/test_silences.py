"""What reports say could not be seen: conditions become blind stretches of a country, and the ledger's own gaps do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from foreshock.model import Blind
from foreshock.pipeline.silence import silences
from foreshock.scenarios.silence import BORDERS, GONE_QUIET, NO_FEED
from tests.incidents.records import Press, actor, city, day, land
from tests.pipeline.made import situation

D = date.fromisoformat
VANUATU, VILA = land("VUT", "Vanuatu"), city("Port Vila")
SINCE, UNTIL = D("2022-01-01"), D("2022-03-05")


@pytest.fixture
def press():
    return Press()


def found_in(*reports, until=UNTIL, registered=(), country="VUT"):
    made = situation(*[(one,) for one in reports], today=until)
    return silences(made, country=country, since=SINCE, until=until, registered=registered)


def cut(press, text="The internet was cut in the whole country", **more):
    return press.report(text, "COERCE", "withhold", **{"place": VANUATU, "when": day("2022-03-01"), **more})


def test_a_cut_that_is_confirmed_lasts(press):
    (one,) = found_in(
        cut(press, published="2022-03-02"), cut(press, "The internet is still down in the country", published="2022-03-04")
    )
    assert (one.country, one.cause, one.since, one.until, one.whole) == (
        "VUT",
        "internet or telephones cut",
        "2022-03-01",
        None,
        True,
    )
    assert len(one.claim_ids) == 2


def test_a_cut_that_was_lifted_ends_on_that_day(press):
    back = press.report(
        "The internet was restored in the country", "RETREAT", place=VANUATU, when=day("2022-03-03"), published="2022-03-04"
    )
    (one,) = found_in(cut(press), back)
    assert (one.since, one.until) == ("2022-03-01", "2022-03-03")


def test_a_cut_that_nobody_confirms_any_more_ends_with_the_last_word_on_it(press):
    reports = [cut(press), *(press.report("A march", "PROTEST", place=VILA, published=f"2022-03-{n:02d}") for n in range(2, 21))]
    assert [(one.since, one.until) for one in found_in(*reports, until=D("2022-03-05"))] == [("2022-03-01", None)]
    assert [(one.since, one.until) for one in found_in(*reports, until=D("2022-03-20"))] == [("2022-03-01", "2022-03-01")]


PARTS = [
    ({"place": VILA}, "internet or telephones cut", False),
    ({"place": None, "recipient": actor("Vanuatu", "VUT")}, "internet or telephones cut", True),
    ({"text": "Electricity was cut in the whole country"}, "power cut", False),
    ({"text": "The phone lines are down"}, "internet or telephones cut", True),
    ({"text": "インターネットが全土で遮断された", "language": "ja"}, "internet or telephones cut", True),
]


@pytest.mark.parametrize(("fields", "cause", "whole"), PARTS, ids=str)
def test_of_a_town_or_of_power_alone_it_is_a_part(press, fields, cause, whole):
    (one,) = found_in(cut(press, **fields))
    assert (one.cause, one.whole) == (cause, whole)


def test_closed_borders_hide_and_closed_schools_do_not(press):
    shut = {"place": VANUATU, "when": day("2022-03-01")}
    border = press.report("Vanuatu closed its borders", "COERCE", "restrict", **shut)
    school = press.report("All schools were closed", "COERCE", "restrict", **shut)
    assert [(one.cause, one.whole) for one in found_in(border)] == [(BORDERS, True)]
    assert found_in(school) == ()


NONE = [
    {"status": "rumoured"},
    {"status": "denied", "by": "Edda Quill"},
    {"status": "threatened", "by": "Edda Quill"},
    {"status": "planned"},
    {"negated": True, "text": "The internet was not cut"},
    {"text": "Food was withheld from the camp"},
]


@pytest.mark.parametrize("fields", NONE, ids=str)
def test_what_is_not_in_force_hides_nothing(press, fields):
    assert [one for one in found_in(cut(press, **fields)) if one.whole] == []


def test_it_is_of_the_country_that_it_was_in(press):
    assert found_in(cut(press), country="TON") == ()


def test_the_register_stands_beside_what_is_told(press):
    row = Blind("VUT", "internet shut down", "2022-03-02", "2022-03-09", whole=True, source="register")
    found = found_in(cut(press), registered=[row, replace(row, country="TON")])
    assert [(one.source, one.until) for one in found] == [("the conditions that reports tell of", None), ("register", None)]


def test_a_ledger_that_was_not_fed_and_a_country_that_went_quiet(press):
    daily = [press.report("A march", "PROTEST", place=VILA, published=f"2022-01-{n:02d}") for n in range(1, 32)]
    abroad = [press.report("A march", "PROTEST", place=city("Apia", "WSM"), published=f"2022-02-{n:02d}") for n in range(1, 8)]
    quiet = found_in(*daily, *abroad, until=D("2022-02-07"))
    assert [(one.cause, one.since, one.until) for one in quiet] == [(GONE_QUIET, "2022-02-01", None)]
    unfed = found_in(*daily, *abroad, until=D("2022-02-28"))
    assert [(one.cause, one.since, one.until) for one in unfed] == [
        (GONE_QUIET, "2022-02-01", None),
        (NO_FEED, "2022-02-08", None),
    ]
