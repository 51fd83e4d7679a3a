"""A register of shutdowns, from made-up rows; the real one only where the folder of data is there."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from foreshock.errors import CatalogueError
from foreshock.scenarios.histories.shutdowns import COLUMNS, FILE, SOURCE, load_shutdowns

DATA = Path(os.environ.get("FORESHOCK_DATA", Path(__file__).parents[3] / "shared" / "data"))
WIDE = "It affected locations in more than one state, province, or region"
TOWN = "It only affected one city, county, or village"


def register(folder: Path, *rows: tuple[str, ...]) -> Path:
    path = folder / "forecast" / FILE
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return folder


# end, scope, cause, sheet -> until, whole, cause
ROWS = [
    ("2022-01-11 00:00:00", WIDE, "Protests\n", "2022 Data", "2022-01-11", True, "internet shut down, protests"),
    ("2022-01-11 00:00:00", "National", "Other", "2022", "2022-01-11", True, "internet shut down"),
    ("2022-01-11 00:00:00", "Level 3", "Unknown ", "2022", "2022-01-11", True, "internet shut down"),
    ("2022-01-11 00:00:00", TOWN, "Protests", "2022", "2022-01-11", False, "internet shut down, protests"),
    ("2022-01-11 00:00:00", "Multi-regional", "Protests", "2022", "2022-01-11", False, "internet shut down, protests"),
    ("2022-01-11 00:00:00", "", "Protests", "2022", "2022-01-11", False, "internet shut down, protests"),
    ("2022-01-11 00:00:00", "National", "Exam cheating", "2022", "2022-01-11", False, "internet shut down, exam cheating"),
    ("2022-03-08", "National", "Elections", "2022", "2022-03-08", False, "internet shut down, elections"),
    ("2022-03-07", "National", "Elections", "2022", "2022-03-07", True, "internet shut down, elections"),
    ("", "National", "Protest", "2022", "2022-01-04", True, "internet shut down, protest, end not known"),
    ("Unkown ", "National", "Protest", "2022", "2022-01-04", True, "internet shut down, protest, end not known"),
    ("2022-01-01", "National", "Protest", "2022", "2022-01-04", True, "internet shut down, protest, end not known"),
    ("Ongoing ", "Local", "Protest", "2020+2021+2022 ", "2022-12-31", False, "internet shut down, protest, end not known"),
]


@pytest.mark.parametrize(("end", "scope", "cause", "sheet", "until", "whole", "told"), ROWS)
def test_a_row_is_a_blind_stretch(tmp_path, end, scope, cause, sheet, until, whole, told):
    (found,) = load_shutdowns(register(tmp_path, ("Kazakhstan", "2022-01-04", end, scope, cause, sheet)))
    assert (found.country, found.since, found.until, found.whole, found.cause) == ("KAZ", "2022-01-04", until, whole, told)
    assert found.source == SOURCE


def test_a_row_told_twice_is_one_and_the_earliest_comes_first(tmp_path):
    row = ("Sri Lanka", "2022-04-03", "2022-04-04", WIDE, "Protests", "2022")
    same = ("SriLanka", *row[1:])
    earlier = ("DemocraticRepublicCongo", "2018-12-31", "2019-01-20", "National", "Elections", "2018")
    part = ("Somaliland", "2022-05-01", "2022-05-02", "National", "Elections", "2022")
    found = load_shutdowns(register(tmp_path, row, same, part, earlier))
    assert [(one.country, one.whole) for one in found] == [("COD", True), ("LKA", True), ("SOM", False)]


BAD = [
    (("Cathay-on-Sea", "2022-01-04", "", WIDE, "", "2022"), "line 2 .* names no state: 'Cathay-on-Sea'"),
    (("Togo", "4/1/2018", "", WIDE, "", "2022"), "line 2 .* has no start: '4/1/2018'"),
]


@pytest.mark.parametrize(("row", "message"), BAD)
def test_a_bad_row_is_refused_with_its_line(tmp_path, row, message):
    with pytest.raises(CatalogueError, match=message):
        load_shutdowns(register(tmp_path, row))


def test_without_the_file_it_is_said(tmp_path):
    with pytest.raises(CatalogueError, match=FILE):
        load_shutdowns(tmp_path)


@pytest.mark.skipif(not (DATA / "forecast" / FILE).is_file(), reason=f"no {DATA / 'forecast' / FILE}")
def test_the_real_register_is_read_whole():
    found = load_shutdowns(DATA)
    assert (len(found), sum(one.whole for one in found)) == (1087, 230)
    in_january = [one for one in found if one.country == "KAZ" and one.since == "2022-01-04"]
    assert [(one.until, one.whole) for one in in_january] == [("2022-01-11", True)]
    assert all(one.since <= (one.until or "") for one in found)
