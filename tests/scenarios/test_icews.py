"""ICEWS rows become happenings by the codebook's way back and the actor tables."""

import csv
import os
from pathlib import Path

import pytest

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_table
from foreshock.ontology.actor_catalogue import SECTORS, load_catalogue
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.crosswalk_back import load_way_back
from foreshock.scenarios.histories.icews import ActorReader, Row, act_of, cameo_of, coverage, happenings, read_icews

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data")) / "forecast"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture(scope="module")
def way_back():
    return load_way_back(load_codebook())


def test_every_relation_of_the_table_leads_somewhere(way_back):
    table = load_table("foreshock.scenarios.histories", "icews_relations.yaml")
    names = [name for names in table["relations"].values() for name in names]
    assert len(table["relations"]) > 280
    assert len({name.casefold() for name in names}) == len(names)
    for code, own in table["relations"].items():
        assert all(cameo_of(name) == code for name in own)
        assert act_of(own[0], way_back) is not None or code.startswith("01")
    assert {sector for row in table["sectors"] for sector in row} <= SECTORS


@pytest.mark.parametrize(
    ("relation", "code", "act"),
    [
        ("Demonstrate or rally", "141", "PROTEST/demo"),
        ("Protest violently, riot", "145", "PROTEST/riot"),
        ("fight with small arms and light weapons", "193", "ASSAULT/firearms"),
        ("Use conventional military force, not specified below", "190", "ASSAULT"),
        ("Express intent to engage in diplomatic cooperation (such as policy support)", "032", "AGREE"),
        ("Appeal for diplomatic cooperation (such as policy support)", "022", "REQUEST/assist"),
        ("Return, release person(s)", "0841", "RETREAT/release"),
        ("Meet at a 'third' location", "044", "CONSULT/third-party"),
        ("Impose curfew", "1723", "COERCE/curfew"),
        ("Accede to demands for change in leadership", "0831", "OFFICE/resign"),
        ("Investigate crime, corruption", "091", "ACCUSE/investigate"),
        ("Make statement", "010", None),
        ("Win the lottery", None, None),
    ],
)
def test_names_of_events(way_back, relation, code, act):
    found = act_of(relation, way_back)
    assert cameo_of(relation) == code
    assert (found and "/".join(filter(None, (found.kind, found.mode)))) == act


@pytest.mark.parametrize(
    ("name", "country", "sector"),
    [
        ("Kazakhstan", "KAZ", "GOV"),
        ("Police (Australia)", "AUS", "COP"),
        ("Citizen (Nigeria)", "NGA", "CVL"),
        ("Armed Rebel (Syria)", "SYR", "REB"),
        ("Military Personnel - Special (Afghanistan)", "AFG", "MIL"),
        ("Cabinet / Council of Ministers / Advisors (United States)", "USA", "GOV"),
        ("People Associated with the Opposition (Belarus)", "BLR", "OPP"),
        ("Palestinian Territory, Occupied", "PSE", "GOV"),
        ("Hunter (Kenya)", "KEN", None),
        ("Somebody (Boko Haram)", "NGA", "REB"),
        ("Boko Haram", "NGA", "REB"),
        ("Barack Obama", "USA", "GOV"),
        ("Nobody whom a table knows", None, None),
    ],
)
def test_names_of_actors(catalogue, name, country, sector):
    assert ActorReader(catalogue).read(name, "2013-05-01") == (country, sector)


def test_who_left_office_is_no_government(catalogue):
    reader = ActorReader(catalogue)
    assert reader.read("Barack Obama", "2018-05-01") == ("USA", "ELI")


def test_a_row_is_a_happening_in_each_country_and_once(catalogue, way_back):
    row = Row("Military (Sudan)", "fight with small arms and light weapons", "South Sudan", "2013-01-05")
    told = list(
        happenings([row, row, Row("Sudan", "Make statement", "Chad", "2013-01-05")], catalogue=catalogue, way_back=way_back)
    )
    assert [(one.country, one.kind, one.mode, one.actor, one.recipient) for one in told] == [
        (country, "ASSAULT", "firearms", ("SDN", "MIL"), ("SSD", "GOV")) for country in ("SDN", "SSD")
    ]
    assert len({one.id for one in told}) == 2
    at_home = Row("Protester (Egypt)", "Demonstrate or rally", "Police (Egypt)", "2013-06-30")
    assert [one.country for one in happenings([at_home], catalogue=catalogue, way_back=way_back)] == ["EGY"]


def test_a_file_without_a_column_is_refused(tmp_path):
    path = tmp_path / "some.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["source", "relation", "date"], ["a", "b", "2013-01-01"]])
    with pytest.raises(CatalogueError, match="lacks target"):
        read_icews(path)


def test_the_set_is_reached(catalogue, way_back):
    path = DATA / "icews_2012-08_2014-08.csv.gz"
    if not path.exists():
        pytest.skip(f"the set is not at {path} (FORESHOCK_DATA)")
    found = coverage(read_icews(path), catalogue=catalogue, way_back=way_back)
    assert found.unknown == ()
    assert found.with_country > 0.96 * found.rows
    assert found.with_both > 0.78 * found.rows
