"""Name -> places, on the compiled file; compiled once and kept between sessions."""

from __future__ import annotations

import sqlite3
import time

import pytest

from foreshock.errors import CatalogueError
from foreshock.ontology.gazetteer import Gazetteer, compile_gazetteer
from foreshock.ontology.gazetteer_sources import landmark_rows

FOUND = [
    ("Almaty", "en", (), "Almaty", "KAZ", "city"),
    ("アヤクチョ", "ja", (), "Ayacucho", "PER", "city"),
    ("クスコ", "ja", (), "Cusco", "PER", "city"),
    ("ネピドー", "ja", (), "Nay Pyi Taw", "MMR", "city"),
    ("バイコヌール", "ja", (), "Baikonur", "KAZ", "city"),
    ("オムドゥルマン", "ja", (), "Omdurman", "SDN", "city"),
    ("リーブルビル", "ja", (), "Libreville", "GAB", "city"),
    ("マリウポリ", "ja", (), "Mariupol", "UKR", "city"),
    ("カザフスタン", "ja", (), "Kazakhstan", "KAZ", "country"),
    ("米国", "ja", (), "United States", "USA", "country"),
    ("Москве", "ru", (), "Moscow", "RUS", "city"),
    ("Варшаве", "ru", (), "Warsaw", "POL", "city"),
    ("بالخرطوم", "ar", (), "Khartoum", "SDN", "city"),
    ("西班牙", "zh", (), "Spain", "ESP", "country"),
    ("Georgia", "en", (), "Georgia", "GEO", "country"),
    ("Georgia", "en", ("USA",), "Georgia", "USA", "admin1"),
    ("Tripoli", "en", (), "Tripoli", "LBY", "city"),
    ("Tripoli", "en", ("LBN",), "Tripoli", "LBN", "city"),
    ("Kashmir", "en", (), "Kashmir", None, "region"),
    ("ザポリージャ原発", "ja", (), "Zaporizhzhia Nuclear Power Plant", "UKR", "site"),
    ("Goma airport", "en", (), "Goma", "COD", "city"),
    ("Kandahar Province", "en", (), "Kandahar", "AFG", "admin1"),
]


@pytest.mark.parametrize("case", FOUND, ids=str)
def test_a_name_is_found(gazetteer, case):
    name, language, countries, place, country, feature = case
    best = gazetteer.find(name, language=language, countries=countries)[0]
    assert (best.name, best.country, best.feature) == (place, country, feature)


@pytest.mark.parametrize("name", ["", "  ", "...", "qwertzuiop", "メンバーシップ", "%", "'; DROP TABLE name; --"])
def test_what_is_no_place_is_not_found(gazetteer, name):
    assert gazetteer.find(name, language="en") == []


def test_a_likeness_in_latin_letters_needs_the_country(gazetteer):
    assert gazetteer.find("Kramatorzk", language="en") == []
    assert gazetteer.find("Kramatorzk", language="en", countries=("PER",)) == []
    assert gazetteer.find("Kabkabia", language="en", countries=("SDN",))[0].how == "sound"


def test_disputed_places_say_who_claims_them(gazetteer):
    crimea = gazetteer.find("クリミア", language="ja")[0]
    assert crimea.country is None
    assert set(crimea.claimed_by) == {"UKR", "RUS"}


def test_a_country_has_no_invented_middle(gazetteer):
    egypt = gazetteer.find("Egypt", language="en")[0].place("Egypt")
    assert (egypt.lat, egypt.lon, egypt.precision) == (None, None, "country")


def test_an_entry_knows_where_it_lies(gazetteer):
    town = gazetteer.find("Kebkabiya", language="en")[0]
    assert gazetteer.by_id(town.admin1).name == "North Darfur"
    assert gazetteer.by_id(999_999_999_999) is None


def test_progress_ends_and_the_file_is_small(gazetteer_path, gazetteer_steps):
    assert gazetteer_steps[-1][0] == gazetteer_steps[-1][1] > 250_000
    assert gazetteer_path.stat().st_size < 120_000_000
    assert [one.name for one in gazetteer_path.parent.glob("*.sqlite*")] == ["gazetteer.sqlite"]


def test_lookups_are_quick(gazetteer):
    names = [f"{stem}{number}" for number in range(300) for stem in ("Al", "Город", "市")]
    begun = time.perf_counter()
    for name in names:
        gazetteer.find(name, language="ru")
    assert len(names) / (time.perf_counter() - begun) > 500


def test_errors_name_the_file_and_the_remedy(tmp_path):
    with pytest.raises(CatalogueError, match=r"no gazetteer at .*compile"):
        Gazetteer.open(tmp_path / "none.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"no database, only a text of some length")
    with pytest.raises(CatalogueError, match="is not a gazetteer"):
        Gazetteer.open(broken)
    old = tmp_path / "old.sqlite"
    with sqlite3.connect(old) as database:
        database.execute("CREATE TABLE about (key TEXT, value TEXT)")
        database.execute("INSERT INTO about VALUES ('version', '0')")
    with pytest.raises(CatalogueError, match="has version 0"):
        Gazetteer.open(old)
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(CatalogueError, match="could not be written"):
        compile_gazetteer(blocked / "gazetteer.sqlite")


def test_landmarks_are_whole():
    rows = landmark_rows()
    assert len(rows) > 120
    assert len({row.name for row in rows}) == len(rows)
    for row in rows:
        assert -90 <= row.lat <= 90, row.name
        assert -180 <= row.lon <= 180, row.name
        assert all(code.isupper() and len(code) == 3 for code in (*row.claimed_by, *filter(None, [row.country]))), row.name
