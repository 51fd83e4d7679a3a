"""The table of past crises: what ships is whole and agrees with the sets; what is wrong is refused with row and remedy."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from foreshock.dates import first_day, last_day
from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.states import WORLD, gw_of_iso3, iso3_of_gw, region_of_iso3
from foreshock.scenarios.precedents.nearness import nearness
from foreshock.scenarios.precedents.table import load_crises, load_folder, read_crises
from foreshock.scenarios.precedents.vocabulary import load_features, read_features

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
COUPS = DATA / "forecast" / "coups_powell_thyne_to_2019.csv"
# Powell & Thyne list a coup that others dispute, so it is neither present nor absent with us.
DISPUTED = {"ukraine-2013", "maldives-2012"}
POST_SOVIET = {
    "georgia-2003", "ukraine-2004", "ukraine-2013", "ukraine-2014", "georgia-2008", "kyrgyzstan-2005", "kyrgyzstan-2010",
    "kyrgyzstan-2020", "uzbekistan-2005", "kazakhstan-2011", "kazakhstan-2022", "belarus-2020", "armenia-2018", "moldova-2009",
    "tajikistan-1992", "russia-1993", "russia-2023",
}  # fmt: skip
ROW = """
- id: anland-2031
  name: Anland, the strike
  countries: [KAZ]
  when: 2031-03-02/2031-04
  state: peace
  tier: removal
  trigger: pay was cut
  present: [protest, removal, price]
  absent: [riot, coup, invited]
  powers: {RUS: mediated}
  roles: {LAB: struck}
  ended: {settlement: 2031-04-11, leadership-holds: 2031-04-11}
  after: The president stayed.
  sources: ["A yearbook, 2031"]
"""


def test_the_table_is_wide():
    crises = load_crises()
    assert len(crises) >= 150
    assert {one.id for one in crises} >= POST_SOVIET
    regions = {region_of_iso3(country) for one in crises for country in one.countries}
    assert len(regions - {WORLD}) >= 15
    assert {first_day(one.start).year // 10 for one in crises} == {198, 199, 200, 201, 202}
    ends = [ending.scenario for one in crises for ending in one.ended]
    assert all(ends.count(scenario) >= 5 for scenario in set(ends))
    assert ends.count("leadership-holds") > len(crises) / 3, "most crises pass"


@pytest.mark.parametrize("crisis", load_crises(), ids=lambda one: one.id)
def test_every_crisis_is_whole(crisis):
    assert crisis.sources
    assert all(len(source) > 8 for source in crisis.sources)
    assert all(gw_of_iso3(country) or country == "HKG" for country in crisis.countries), "a state of today"
    assert all(gw_of_iso3(power) for power, _ in crisis.powers)
    assert not {power for power, _ in crisis.powers} & set(crisis.countries), "a power is foreign"
    assert len(crisis.present | crisis.absent) >= 12, "too little is known of it"
    assert {crisis.after[-1], crisis.trigger[-1].isalnum()} == {".", True}
    told = (crisis.name, crisis.trigger, crisis.after, *(said for _, said in (*crisis.roles, *crisis.powers)))
    assert not any(mark in text for text in told for mark in '"“”«»'), "no person is given words"


def test_every_feature_is_used():
    crises = load_crises()
    for name in load_features():
        assert sum(name in one.present for one in crises) >= 5, name
        assert sum(name in one.absent for one in crises) >= 2, name


@pytest.mark.skipif(not COUPS.exists(), reason=f"no historical sets at {DATA} (FORESHOCK_DATA)")
def test_coup_attempts_are_those_of_powell_and_thyne():
    with COUPS.open(encoding="utf-8") as file:
        listed = [
            (iso3_of_gw(int(row["ccode"])), date(int(row["year"]), int(row["month"]), int(row["day"])))
            for row in csv.DictReader(file)
        ]
    last = max(day for _, day in listed)
    compared = 0
    for one in load_crises():
        first, end = first_day(one.start), last_day(one.end) if one.end else date.max
        theirs = [day for country, day in listed if country in one.countries and first <= day <= end]
        ours = [first_day(ending.day) for ending in one.ended if ending.scenario == "coup-attempt"]
        if end > last or one.id in DISPUTED:
            continue
        compared += bool(theirs)
        assert bool(ours) == bool(theirs), one.id
        assert all(min(abs((day - mine).days) for day in theirs) <= 10 for mine in ours), one.id
        before = [day for country, day in listed if country in one.countries and 0 < (first - day).days <= 365]
        assert one.state != "after-coup" or before, one.id
        assert one.state != "peace" or not before, one.id
    assert compared >= 25


def test_a_row_is_read():
    (one,) = read_crises(ROW, "mine.yaml")
    assert (one.id, one.start, one.end, one.tier) == ("anland-2031", "2031-03-02", "2031-04", "removal")
    assert [(ending.scenario, ending.day) for ending in one.ended] == [
        ("leadership-holds", "2031-04-11"),
        ("settlement", "2031-04-11"),
    ]
    assert (one.known("price"), one.known("riot"), one.known("killings")) == (True, False, None)


BAD = {
    "a colour": ("  tier: removal", "  tier: removal\n  colour: red", "'colour'"),
    "no sources": ('  sources: ["A yearbook, 2031"]', "", "no sources"),
    "empty sources": ('["A yearbook, 2031"]', "[]", "no sources"),
    "no such feature": ("[protest, removal, price]", "[protest, removal, weather]", "'weather'"),
    "twice": ("[riot, coup, invited]", "[riot, riot]", "twice"),
    "present and absent": ("[riot, coup, invited]", "[riot, price]", "present and absent"),
    "no such scenario": ("settlement: 2031-04-11", "peace-at-last: 2031-04-11", "'peace-at-last'"),
    "no date": ("settlement: 2031-04-11", "settlement: in spring", "'in spring'"),
    "outside": ("settlement: 2031-04-11", "settlement: 2032-04-11", "outside"),
    "backwards": ("2031-03-02/2031-04", "2031-03-02/2031-02", "before it begins"),
    "no end": ("2031-03-02/2031-04", "2031-03-02", "when is"),
    "no country": ("[KAZ]", "[Kazakhstan]", "'Kazakhstan'"),
    "no such tier": ("tier: removal", "tier: boiling", "'boiling'"),
    "no such state": ("state: peace", "state: calm", "'calm'"),
    "tier says too much": ("tier: removal", "tier: crisis", "without 'killings'"),
    "tier says too little": ("tier: removal", "tier: quiet", "quiet with 'protest'"),
    "holds and falls": ("settlement: 2031-04-11", "popular-removal: 2031-04-11", "holds and is removed"),
    "a coup without one": ("settlement: 2031-04-11", "coup-attempt: 2031-04-11", "'coup' do not agree"),
    "invited, no troops": ("[protest, removal, price]", "[protest, removal, invited]", "present and absent"),
    "no such sector": ("{LAB: struck}", "{dockers: struck}", "'dockers'"),
    "a comma": ("{RUS: mediated}", "{RUS: mediated, then left}", "'then left'"),
    "no id": ("id: anland-2031", "id: An Land", "'An Land'"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_wrong_row_is_refused_with_row_and_remedy(name):
    found, put, says = BAD[name]
    assert found in ROW
    with pytest.raises(CatalogueError, match=says) as caught:
        read_crises(ROW.replace(found, put), "mine.yaml")
    assert "mine.yaml" in caught.value.message
    assert caught.value.remedy


@pytest.mark.parametrize("text", ["{", "a: 1", "- 3"])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(CatalogueError, match=r"mine\.yaml"):
        read_crises(text, "mine.yaml")


def test_a_folder_of_ones_own(tmp_path):
    with pytest.raises(CatalogueError, match="holds no past crises"):
        load_folder(tmp_path)
    (tmp_path / "mine.yaml").write_text(ROW, encoding="utf-8")
    assert [one.id for one in load_folder(tmp_path)] == ["anland-2031"]
    (tmp_path / "more.yaml").write_text(ROW, encoding="utf-8")
    with pytest.raises(CatalogueError, match="two past crises"):
        load_folder(tmp_path)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"gloss": "x"}, "not whole"),
        ({"gloss": "x", "silence": "sometimes", "acts": ["PROTEST"]}, "'sometimes'"),
        ({"gloss": "x", "silence": "never"}, "nothing shows"),
        ({"gloss": "x", "silence": "never", "acts": ["PROTEST"], "actor": ["POLICE"]}, "'POLICE'"),
        ({"gloss": "x", "silence": "never", "acts": ["PROTEST"], "weight": 3}, "'weight'"),
    ],
)
def test_a_wrong_feature_is_refused(row, says):
    with pytest.raises(CatalogueError, match=says):
        read_features({"heat": row})


def test_acts_of_features_are_kinds_and_modes_of_the_codebook(codebook):
    known = {entry.kind: set(entry.modes) for entry in codebook}
    for feature in load_features().values():
        for act in [act for sight in feature.sights for act in sight.acts] + list(feature.beside):
            kind, _, mode = act.partition("/")
            assert kind in known, f"{feature.id}: {act}"
            assert not mode or mode in known[kind], f"{feature.id}: {act}"


@pytest.mark.parametrize(
    ("other", "level"),
    [("KAZ", "same country"), ("RUS", "neighbour"), ("CHN", "neighbour"), ("GEO", "shared past"), ("BRA", "elsewhere")],
)
def test_nearness(other, level):
    assert nearness("KAZ", [other]) == level
    assert nearness("KAZ", ["BRA", other]) == level, "the nearest of several counts"


def test_nearness_by_region_only():
    assert nearness("BRA", ["CHL"]) == "same region"
    assert nearness("XXX", ["YYY"]) == "elsewhere", "two unknown countries share no region"
