"""The map draws no place more exactly than it was told, shows what its table shows, and its basemap is whole."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from foreshock.briefs.tables import table
from foreshock.model import Place, When
from foreshock.web import static
from foreshock.web.ask import Ask
from foreshock.web.locale import reader
from foreshock.web.mapping.areas import RADIUS_KM, circle, way
from foreshock.web.mapping.days import days_of
from foreshock.web.mapping.features import alpha2, drawn, is_drawn, note_of
from foreshock.web.mapping.marks import CONDITION, Mark, _day, groups, marks_of, place_id, places_of

BASEMAP = Path(__file__).parents[2] / "assets" / "basemap"
ALMATY = Place("Almaty", "Almaty", "KAZ", 43.25, 76.91, "city")
MARK = Mark("i1", "incident", "protest", "A protest", "", "", "told", "told as done", "2022-01-05", "2022-01-05", "2022-01-05", 1,
            place_id(ALMATY))  # fmt: skip


def polygons(geometry):
    return geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]


def turn(ring):
    return sum(x * beyond - ahead * y for (x, y), (ahead, beyond) in pairwise(ring)) / 2


def assert_whole(geometry):
    for polygon in polygons(geometry):
        for at, ring in enumerate(polygon):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert (turn(ring) > 0) == (at == 0), "outer rings run counterclockwise, holes clockwise"
            assert max(x for x, _ in ring) - min(x for x, _ in ring) <= 180
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def distance(one, other):
    (x, y), (ahead, beyond) = ([math.radians(value) for value in point] for point in (one, other))
    half = math.sin((beyond - y) / 2) ** 2 + math.cos(y) * math.cos(beyond) * math.sin((ahead - x) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


@pytest.mark.parametrize(
    ("latitude", "longitude", "km", "parts"),
    [(43.25, 76.91, 10, 1), (0, 0, 1, 1), (-17.8, 179.95, 50, 2), (52, -179.5, 150, 2), (66, 180, 10, 2), (-18, -180, 1, 2),
     (89.5, 30, 150, 2), (-88, -170, 300, 2), (71, 25, 150, 1)],
)  # fmt: skip
def test_a_circle_is_whole_wherever_it_lies(latitude, longitude, km, parts):
    geometry = circle(latitude, longitude, km)
    assert_whole(geometry)
    assert len(polygons(geometry)) == parts
    seam = {-180, 180, 0} if abs(latitude) > 80 else {-180, 180}
    edge = [point for polygon in polygons(geometry) for point in polygon[0] if point[0] not in seam and abs(point[1]) < 90]
    assert len(edge) >= 30
    assert all(distance((longitude, latitude), point) == pytest.approx(km, rel=0.01) for point in edge)


@pytest.mark.parametrize(
    ("start", "end", "parts"),
    [
        ((43.25, 76.91), (51.13, 71.43), 1),
        ((35.7, 139.7), (37.8, -122.4), 2),
        ((-18, -178), (-17, 178), 2),
        ((10, 20), (10, 20), 1),
    ],
)
def test_a_way_is_the_shortest_and_does_not_leap(start, end, parts):
    geometry = way(start, end)
    lines = geometry["coordinates"] if geometry["type"] == "MultiLineString" else [geometry["coordinates"]]
    assert len(lines) == parts
    assert lines[0][0] == [start[1], start[0]]
    assert lines[-1][-1] == [end[1], end[0]]
    steps = [(one, other) for line in lines for one, other in pairwise(line)]
    assert all(abs(one[0] - other[0]) < 90 for one, other in steps)
    assert sum(distance(*step) for step in steps) == pytest.approx(distance(start[::-1], end[::-1]), rel=0.01, abs=0.01)


@pytest.mark.skipif(not (BASEMAP / "countries.json").is_file(), reason="the desk's assets are not built: make assets")
class TestBasemap:
    countries = json.loads((BASEMAP / "countries.json").read_bytes())["features"] if BASEMAP.is_dir() else []

    def test_it_is_small(self):
        assert sum(one.stat().st_size for one in BASEMAP.iterdir()) < 1_500_000

    def test_no_country_is_a_band_around_the_world(self):
        for country in self.countries:
            assert_whole(country["geometry"])

    @pytest.mark.parametrize(("code", "least"), [("RU", -180), ("FJ", -180), ("AQ", -180), ("US", -178.5), ("KI", -175)])
    def test_what_lies_on_both_sides_of_the_antimeridian_is_cut_there(self, code, least):
        own = next(one for one in self.countries if one["properties"]["code"] == code)
        xs = [x for polygon in polygons(own["geometry"]) for x, _ in polygon[0]]
        assert min(xs) <= least + 0.5
        assert max(xs) >= 170

    def test_a_hole_stays_in_its_country(self):
        own = next(one for one in self.countries if one["properties"]["code"] == "ZA")
        assert max(len(polygon) for polygon in polygons(own["geometry"])) == 2

    def test_each_country_is_there_once_and_its_name_stands_within_its_bounds(self):
        codes = [one["properties"]["code"] for one in self.countries if one["properties"]["code"]]
        assert len(codes) == len(set(codes)) > 230
        assert {"KZ", "XK", "TW", "PS", "EH", "VA"} <= set(codes)
        for country in self.countries:
            x, y = country["properties"]["label"]
            boxes = [tuple(zip(*polygon[0], strict=True)) for polygon in polygons(country["geometry"])]
            assert any(min(xs) <= x <= max(xs) and min(ys) <= y <= max(ys) for xs, ys in boxes)

    def test_outlines_do_not_run_along_the_cut(self):
        lines = json.loads((BASEMAP / "lines.json").read_bytes())["features"]
        assert [one["properties"]["kind"] for one in lines] == ["coast", "border", "unagreed"]
        for one in lines:
            for line in one["geometry"]["coordinates"]:
                for (x, y), (ahead, beyond) in pairwise(line):
                    assert not (abs(x) == abs(ahead) == 180 and abs(y - beyond) > 0.5)
                    assert abs(x - ahead) < 90


NAMED = Place("Upper Village", "Upper Village", None, None, None, "site")
PLACES = [
    (ALMATY, "circle", "within about 10 km"),
    (replace(ALMATY, precision="site"), "circle", "within about 1 km"),
    (Place("Mangystau", "", "KAZ", 44.2, 52.7, "admin1"), "circle", "somewhere in the province"),
    (Place("Kazakhstan", "", "KAZ", None, None, "country"), "KZ", "somewhere in the country"),
    # A point that stands for a whole land is not where anything happened.
    (Place("Kazakhstan", "", "KAZ", 48.0, 68.0, "country"), "KZ", "somewhere in the country"),
    (Place("Crimea", "", "UKR", 45.3, 34.4, "admin1", ("UKR", "RUS")), "circle", "claimed by Ukraine and Russia"),
    (NAMED, None, "not on the map"),
    (replace(ALMATY, lat=None), None, "not on the map"),
    (replace(ALMATY, precision=None), None, "not on the map"),
]


@pytest.mark.parametrize(("place", "shape", "said"), PLACES)
def test_a_place_is_drawn_as_exactly_as_it_is_told(place, shape, said):
    told = drawn([replace(MARK, place="p")], {"p": place}, reader("en"))
    assert said in note_of(place, reader("en"))
    assert is_drawn(place) == (shape is not None)
    if shape is None:
        assert (told["features"], told["missing"]) == ([], 1)
        return
    [feature] = told["features"]
    assert told["missing"] == 0
    assert feature["properties"]["outline"] == (None if shape == "circle" else shape)
    if shape == "circle":
        assert_whole(feature["geometry"])
        km = RADIUS_KM[place.precision]
        assert distance((place.lon, place.lat), feature["geometry"]["coordinates"][0][0]) == pytest.approx(km, rel=0.01)
    else:
        assert feature["geometry"] is None
        assert feature["properties"]["middle"] is None


def test_a_movement_is_a_way_only_where_both_ends_have_a_point():
    astana = Place("Astana", "Astana", "KAZ", 51.13, 71.43, "city")
    land = Place("Russia", "Russia", "RUS", None, None, "country")
    told = drawn([replace(MARK, moved=(astana, ALMATY)), replace(MARK, moved=(land, ALMATY))], {MARK.place: ALMATY}, reader("en"))
    [one] = told["movements"]
    assert one["geometry"]["type"] == "LineString"
    assert (one["properties"]["from"], one["properties"]["to"]) == ("Astana", "Almaty")


def test_each_kind_belongs_to_one_sort():
    assert [one.heading for one in groups()] == list(table("topics.yaml"))
    assert len({one.name for one in groups()}) == len(groups())


def test_countries_are_joined_by_their_code():
    assert [alpha2(one) for one in ("KAZ", "XKX", "TWN", "XYZ")] == ["KZ", "XK", "TW", None]


@pytest.mark.parametrize(
    ("known", "window", "within"),
    [
        (("2022-01-05", "2022-01-05"), (None, None), True),
        (("2022-01-05", "2022-01-05"), ("2022-01-05", "2022-01-05"), True),
        (("2022-01-05", "2022-01-05"), ("2022-01-06", None), False),
        (("2022-01-01", "2022-01-31"), ("2022-01-20", "2022-01-21"), True),
        (("2022-01-05", None), ("2022-02-01", None), True),
        ((None, "2022-01-05"), (None, "2021-01-01"), True),
        ((None, "2022-01-05"), ("2022-01-06", None), False),
        ((None, None), (None, None), True),
        ((None, None), ("2000", "2030"), False),
    ],
)
def test_a_window_keeps_what_can_have_been_in_it(known, window, within):
    assert replace(MARK, first=known[0], last=known[1]).within(*window) is within


@pytest.mark.parametrize(
    ("start", "end", "day"),
    [("2022-01-05", "2022-01-05", "2022-01-05"), ("2022-01-05T23:00", "2022-01-06", "2022-01-05"), ("2022-01-05", None, None),
     (None, "2022-01-19", None), ("2022-01-01", "2022-01-08", None), ("2022-01", "2022-01", None), ("2011", "2011", None)],
)  # fmt: skip
def test_what_has_no_day_gets_none(start, end, day):
    assert _day(When(start, end, "range", "")) == day


def test_the_timeline_counts_each_incident_once():
    marks = [replace(MARK, day=f"2022-01-{day:02}") for day in (3, 5, 5, 9)]
    marks += [replace(MARK, day="2019-01-01"), replace(MARK, day=None), replace(MARK, day=None, first=None, last=None)]
    marks += [replace(MARK, sort=CONDITION, day=None)]
    days = days_of(marks, since=None, until=None, first="2022-01-04", last="2022-01-05")
    assert days is not None
    assert (days.bars[0].first, days.bars[-1].last, len(days.bars), days.step) == ("2021-11-11", "2022-01-09", 60, 1)
    assert [one.first for one in days.bars if one.chosen] == ["2022-01-04", "2022-01-05"]
    assert (sum(one.count for one in days.bars), days.before, days.after, days.long, days.undated) == (4, 1, 0, 1, 1)
    assert max(one.height for one in days.bars) == 60
    wide = days_of(marks, since="2018-01-01", until="2022-01-04")
    assert wide is not None
    assert len(wide.bars) <= 120
    assert (sum(one.count for one in wide.bars) + wide.after, wide.before) == (5, 0)
    assert days_of([], since=None, until=None) is None


def ids_in(page):
    return re.findall(r'href="/receipts/(incident|condition)/([0-9a-f]+)', page)


def test_the_table_has_what_the_map_has(client, desk):
    shown = desk.pictures.of(Ask()).shown
    every = [("group", one.name) for one in groups()] + [("group", CONDITION)]
    page = client.get("/map", params=every)
    assert page.status_code == 200
    marks, places = marks_of(shown, reader("en")), places_of(shown)
    # The table is cut into pages: all of them together are all incidents.
    pages = [page.text] + [
        client.get("/map", params=[*every, ("page", str(n))]).text for n in range(2, 1 - -len(shown.incidents) // 200)
    ]
    listed = [one for text in pages for one in ids_in(text)]
    assert {one for sort, one in listed if sort == "incident"} == {one.id for one in shown.incidents}
    assert len([one for sort, one in listed if sort == "incident"]) == len(shown.incidents)
    told = client.get("/data/places.json").json()
    on_map = {tuple(mark[:2]) for feature in told["features"] for mark in feature["properties"]["marks"]}
    assert on_map == {(one.id, one.sort) for one in marks if one.place and is_drawn(places[one.place])}
    assert {("incident", one) for sort, one in listed if sort == "incident"} >= {
        (sort, one) for one, sort in on_map if sort == "incident"
    }
    assert told["missing"] == len(marks) - len(on_map) > 0


def test_the_place_that_is_chosen_is_all_that_is_listed(client):
    told = client.get("/data/places.json").json()
    feature = max(told["features"], key=lambda one: len(one["properties"]["marks"]))
    quiet = {one.name for one in groups() if not one.happening}
    wanted = {(mark[1], mark[0]) for mark in feature["properties"]["marks"] if mark[2] not in quiet}
    page = client.get("/map", params={"place": feature["id"]}).text
    assert set(ids_in(page)) == wanted
    assert feature["properties"]["name"] in page


def test_a_window_and_a_sort_narrow_the_table(client, desk):
    marks = marks_of(desk.pictures.of(Ask()).shown, reader("en"))
    page = client.get("/map", params={"from": "2022-01-05", "to": "2022-01-06", "group": "protest"}).text
    assert set(ids_in(page)) == {
        (one.sort, one.id) for one in marks if one.group == "protest" and one.within("2022-01-05", "2022-01-06")
    }
    month = client.get("/map", params={"from": "2022-01", "to": "2022-01", "group": "protest"}).text
    assert set(ids_in(month)) > set(ids_in(page))


@pytest.mark.parametrize(("asked", "status"), [({"from": "soon"}, 400), ({"to": "2022-02-30"}, 400), ({"page": "0"}, 422)])
def test_what_cannot_be_asked_is_said(client, asked, status):
    answer = client.get("/map", params=asked)
    assert answer.status_code == status
    assert str(next(iter(asked.values()))) in answer.text or status == 422


def test_an_unknown_place_or_sort_is_none(client):
    everything = client.get("/map").text
    assert ids_in(client.get("/map", params={"place": "no-such", "group": "no-such", "page": "9999"}).text) == ids_in(everything)


def test_what_the_map_has_is_not_sent_again(client):
    first = client.get("/data/places.json")
    assert first.headers["cache-control"] == "private, no-store"
    again = client.get("/data/places.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    earlier = client.get("/data/places.json", params={"as_of": "2022-01-05"})
    assert earlier.headers["etag"] != first.headers["etag"]
    assert earlier.json()["features"]


def test_a_place_is_named_in_the_language_of_the_reader(client):
    told = client.get("/data/places.json", params={"language": "ja"}).json()
    assert "カザフスタン" in {one["properties"]["name"] for one in told["features"]}
    page = client.get("/map", params={"language": "ja"}).text
    assert "カザフスタン" in page


def test_the_page_keeps_to_the_content_policy(client):
    page = client.get("/map").text
    assert not re.search(r'<[^>]+ style="', page)
    assert not re.search(r"<script(?![^>]+src=)", page)
    assert "data-map" in page


def test_without_scripts_the_table_is_all_there_is(client):
    assert "The map needs scripts; the table has all of it." in client.get("/map").text


def test_what_is_built_in_comes_with_its_licence(client):
    told = re.findall(r"^## (\S+) - \S+ \(([^)]+)\)$", (static.folder() / "licenses.md").read_text("utf-8"), re.MULTILINE)
    assert {"maplibre-gl", "vega", "vega-lite", "htmx.org"} <= {name for name, _ in told}
    assert {licence for _, licence in told} <= {"ISC", "MIT", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"}
