"""Past crises that are made from a user's own sets: on the sets where they are, and on made-up ones."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from foreshock.errors import CatalogueError
from foreshock.scenarios.precedents.historical import historical_crises
from foreshock.scenarios.precedents.table import load_crises

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
PROTESTS = (
    "country,year,protest,protesterviolence,reasons_price,reasons_labor,reasons_political,reasons_policebrutality,reasons_land,"
    "reasons_social,reasons_removal,responses_killings,responses_arrests,responses_accomodation"
)
FILES = {
    "mass_mobilization_dev.csv": [
        PROTESTS,
        "Chad,2001,1,1,1,0,0,0,0,0,1,0,1,0",  # violent, for removal
        "Chad,2001,1,0,0,0,1,0,0,0,0,1,0,0",  # the state kills
        "Chad,2002,1,0,0,0,1,0,0,0,0,0,0,0",
        "Peru,2001,1,1,0,0,1,0,0,0,1,1,0,1",
        "Togo,2003,0,0,0,0,0,0,0,0,0,0,0,0",
    ],
    "coups_powell_thyne_to_2019.csv": [
        "country,ccode,year,month,day,coup,version",
        "Chad,483,2002,5,3,1,x",
        "Chad,483,2004,5,3,1,x",
        "Peru,135,2000,2,1,1,x",
    ],
    "ucdp_acd_to_2017.csv": [
        "conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,incompatibility,intensity_level,type_of_conflict,start_date,start_prec,"
        "start_date2,start_prec2,ep_end",
        # 2001-06-10 and a day of 2001-07, in days since 1970
        "1,2001,483,220,,,government,1,II,11483,1,11534,2,0",
        "1,2002,483,,,,government,1,intrastate,11483,1,11534,2,1",
    ],
    "archigos.csv": [
        "gwcode,startdate,enddate,exit,exitcode",
        "483,7000,16000,Still in Office,Still in Office",
        "135,11200,11600,Irregular,Popular Protest with Military Support",
        "135,11600,16000,Still in Office,Still in Office",
    ],
}


@pytest.fixture
def sets(tmp_path):
    for name, lines in FILES.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def made(sets, **options):
    return {one.id: one for one in historical_crises(sets, as_of=options.pop("as_of", date(2010, 1, 1)), **options)}


def test_country_years_of_the_crisis_tier_become_crises(sets):
    found = made(sets)
    assert list(found) == ["set-per-2001", "set-tcd-2001"]
    chad = found["set-tcd-2001"]
    assert (chad.start, chad.end, chad.tier, chad.state) == ("2001", "2001", "crisis", "peace")
    assert chad.present == {"protest", "riot", "removal", "killings", "price", "arrests", "armed", "invited"}
    assert chad.absent == {"concession", "coup"}
    assert [(one.scenario, one.day) for one in chad.ended] == [
        ("leadership-holds", "2001"),
        ("armed-conflict", "2001-07"),
        ("coup-attempt", "2002-05-03"),
    ]
    assert chad.trigger == "coded reasons: prices and taxes, how the country is governed"
    assert "election" not in chad.present | chad.absent, "what no set codes is not known"


def test_a_leader_who_is_removed_did_not_hold(sets):
    peru = made(sets)["set-per-2001"]
    assert (peru.state, peru.after) == ("after-coup", "Another led at the end of the year than at its beginning.")
    assert [(one.scenario, one.day) for one in peru.ended] == [("popular-removal", "2001-10-05")]


def test_a_year_counts_only_once_it_was_published(sets):
    assert not made(sets, as_of=date(2002, 12, 30))
    assert made(sets, as_of=date(2003, 1, 2))


def test_what_is_told_already_is_not_told_twice(sets):
    mine = next(one for one in load_crises() if one.id == "peru-2000")
    assert list(made(sets, apart_from=[mine])) == ["set-per-2001", "set-tcd-2001"]
    assert "set-per-2001" not in made(sets, apart_from=[made(sets)["set-per-2001"]])


def test_a_missing_set_is_named(sets):
    (sets / "archigos.csv").unlink()
    with pytest.raises(CatalogueError, match=r"archigos\.csv"):
        made(sets)


@pytest.mark.skipif(not (DATA / "forecast").exists(), reason=f"no historical sets at {DATA} (FORESHOCK_DATA)")
def test_crises_of_the_sets():
    table = load_crises()
    alone = historical_crises(DATA, as_of=date(2022, 1, 8))
    beside = historical_crises(DATA, as_of=date(2022, 1, 8), apart_from=table)
    assert 0 < len(beside) < len(alone)
    assert set(beside) <= set(alone)
    ends = [ending.scenario for one in beside for ending in one.ended]
    assert ends.count("leadership-holds") > ends.count("coup-attempt") > 0, "most crises pass without rupture"
    earlier = historical_crises(DATA, as_of=date(2005, 1, 1))
    assert {one.start for one in earlier} <= {str(year) for year in range(1990, 2004)}
    assert set(earlier) < set(alone), "what came later changed what was told before"
