"""Every format holds by its own validator, comes back to the same rows, and says what it is."""

import csv
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from foreshock.briefs.exports import FORMATS, Tables, export
from foreshock.briefs.exports.columns import layouts
from foreshock.briefs.exports.export import _rows
from foreshock.briefs.exports.sheets import cell, harmless, restored, value_of
from foreshock.errors import ExportError
from foreshock.ontology.codebook import load_codebook
from tests.briefs.export_fixtures import (
    CODINGS,
    LATER,
    NOTICE,
    NOW,
    SECRETS,
    SITES,
    TABLES,
    arrest,
    discretion,
    march,
    shelled,
    toll,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    export(TABLES, folder, formats=["all"], notice=NOTICE, discretion=discretion())
    return folder


@pytest.fixture(scope="module")
def rows():
    found = {name: [] for name in layouts()}
    for table, row in _rows(TABLES, discretion(), load_codebook()):
        found[table].append(row)
    return found


def read_csv(path: Path, table: str) -> list[dict]:
    with path.open(encoding="utf-8", newline="") as file:
        raw = list(csv.DictReader(file))
    columns = {one.name: one for one in layouts()[table].columns}
    return [{name: value_of(text, columns[name]) for name, text in row.items()} for row in raw]


def test_json_lines_hold_every_row_as_it_is(folder, rows):
    for name in layouts():
        lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line) for line in lines] == json.loads(json.dumps(rows[name])), name
    assert json.loads((folder / "notice.json").read_text(encoding="utf-8"))["official"] is False


def test_every_row_has_the_columns_of_its_table_in_every_table(rows):
    for name, layout in layouts().items():
        assert rows[name], name
        for row in rows[name]:
            assert set(row) == set(layout.names), name


def test_csv_comes_back_to_the_same_rows(folder, rows):
    for name, expected in rows.items():
        assert read_csv(folder / f"{name}.csv", name) == expected, name


def test_parquet_comes_back_to_the_same_rows(folder, rows):
    pq = pytest.importorskip("pyarrow.parquet")
    for name, expected in rows.items():
        kinds = {one.name: one.type for one in layouts()[name].columns}
        found = [
            {key: json.loads(value) if kinds[key] == "json" else value for key, value in row.items()}
            for row in pq.read_table(folder / f"{name}.parquet").to_pylist()
        ]
        assert found == expected, name


def test_frictionless_finds_nothing_wrong(folder):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert {task.name for task in report.tasks} == set(layouts())


def test_frictionless_finds_a_claim_whose_document_is_missing(tmp_path):
    frictionless = pytest.importorskip("frictionless")
    export(replace(TABLES, documents=()), tmp_path, formats=["csv"], notice=NOTICE, discretion=discretion())
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert "foreign-key" in {error.type for task in report.tasks for error in task.errors}


def test_each_claim_leads_to_its_words(rows):
    texts = {coding.document.id: coding.document.text for coding in CODINGS}
    assert len(rows["claims"]) == sum(len(coding.claims) for coding in CODINGS)
    for row in rows["claims"]:
        words = texts[row["document_id"]][row["start"] : row["end"]]
        assert len(words) == len(row["text"])
        assert all(a == b for a, b in zip(words, row["text"], strict=True) if b != "█")
    assert {claim_id for row in rows["incidents"] for claim_id in row["claim_ids"]} <= {row["claim_id"] for row in rows["claims"]}


def test_crosswalk_columns_name_other_codebooks(rows):
    row = next(one for one in rows["claims"] if one["claim_id"] == march.id)
    assert (row["plover"], row["cameo_root"]) == ("PROTEST", "14")
    assert row["acled_like_type"].startswith("Protests / ")


def test_parquet_fields_say_what_they_mean(folder):
    pq = pytest.importorskip("pyarrow.parquet")
    for name, layout in layouts().items():
        schema = pq.read_schema(folder / f"{name}.parquet")
        for column in layout.columns:
            assert schema.field(column.name).metadata[b"description"].decode() == column.gloss


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'tis", "''", "plain", " =1", "█"])
def test_a_formula_is_harmless_and_comes_back(text):
    made = harmless(text)
    assert not made.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert restored(made) == text if made != text else not text.startswith("'")


def test_no_cell_of_text_is_a_formula(folder):
    with (folder / "documents.csv").open(encoding="utf-8", newline="") as file:
        sources = [row["source"] for row in csv.DictReader(file)]
    assert "'@evil sheet" in sources
    for path in folder.glob("*.csv"):
        numbers = {one.name for one in layouts()[path.stem].columns if one.type in ("number", "integer")}
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert not [one for key, one in row.items() if key not in numbers and one.startswith(("=", "+", "-", "@", "\t"))]


def test_a_negative_number_stays_a_number():
    column = next(one for one in layouts()["claims"].columns if one.name == "longitude")
    assert cell(-3.5, column) == "-3.5"
    assert value_of("-3.5", column) == -3.5


def test_geojson_has_no_false_pin(folder):
    for name in ("incidents", "claims"):
        layer = json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))
        assert layer["type"] == "FeatureCollection"
        assert layer["official"] is False
        assert layer["coded_by_machine"] is True
        for feature in layer["features"]:
            assert set(feature) == {"type", "id", "geometry", "properties"}
            precision = feature["properties"]["precision"]
            if precision in (None, "country", "admin1"):
                assert feature["geometry"] is None
            else:
                lon, lat = feature["geometry"]["coordinates"]
                assert -180 <= lon <= 180 and -90 <= lat <= 90 and abs(lat - 50.9) < 1  # noqa: PT018
                assert feature["properties"]["radius_km"] > 0
    precisions = {feature["properties"]["precision"] for feature in layer["features"]}
    assert {"country", "city", "admin2", None} <= precisions
    assert "site" not in precisions


def test_stix_parses_and_its_references_are_there(folder):
    stix2 = pytest.importorskip("stix2")
    bundle = stix2.parse((folder / "bundle.stix.json").read_text(encoding="utf-8"), allow_custom=True)
    ids = [one["id"] for one in bundle.objects]
    assert len(ids) == len(set(ids))
    assert {"identity", "incident", "location", "relationship", "note", "report", "extension-definition"} <= {
        one["type"] for one in bundle.objects
    }
    for one in bundle.objects:
        refs = [*one.get("object_refs", ()), *(one[key] for key in ("created_by_ref", "source_ref", "target_ref") if key in one)]
        assert set(refs) <= set(ids)
    location = next(one for one in bundle.objects if one["type"] == "location" and "latitude" in one)
    assert location["country"] == "UA"
    assert location["precision"] >= 1000


def test_stix_ids_are_the_same_the_next_time(folder, tmp_path):
    export(TABLES, tmp_path, formats=["stix"], notice=NOTICE, discretion=discretion())
    assert (tmp_path / "bundle.stix.json").read_bytes() == (folder / "bundle.stix.json").read_bytes()


def test_the_calendar_has_the_deadlines_known_to_the_day(folder):
    icalendar = pytest.importorskip("icalendar")
    calendar = icalendar.Calendar.from_ical((folder / "deadlines.ics").read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert [str(event["UID"]) for event in events] == ["condition-1@foreshock"]
    assert events[0]["DTSTART"].dt.isoformat() == "2022-01-19"
    assert "Lukas Brandel" in str(events[0]["DESCRIPTION"])
    assert "Coded by machine" in str(calendar["X-WR-CALDESC"])
    assert "Coded by machine" in str(calendar["COMMENT"])


def test_the_feed_has_what_an_atom_feed_must_have(folder):
    etree = pytest.importorskip("lxml.etree")
    feed = etree.parse(folder / "watch.atom").getroot()
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    for name in ("id", "title", "updated", "author", "subtitle"):
        assert feed.find(f"{atom}{name}") is not None, name
    assert "Coded by machine" in feed.findtext(f"{atom}subtitle")
    entries = feed.findall(f"{atom}entry")
    assert len(entries) == 6
    for entry in entries:
        for name in ("id", "title", "updated", "content"):
            assert entry.findtext(f"{atom}{name}"), name
    stamps = [entry.findtext(f"{atom}updated") for entry in entries]
    assert stamps == sorted(stamps, reverse=True)
    assert len({entry.findtext(f"{atom}id") for entry in entries}) == 6


@pytest.mark.parametrize(
    "name", ["datapackage.json", "CODEBOOK.md", "claims.geojson", "bundle.stix.json", "watch.atom", "deadlines.ics"]
)
def test_every_format_says_what_it_is(folder, name):
    told = " ".join((folder / name).read_text(encoding="utf-8").replace("\r\n ", "").split())
    for words in ("Coded by machine and unofficial", "As of 2022-01-09T12:00:00Z", "until 2022-01-08"):
        assert words in told


def test_parquet_says_what_it_is(folder):
    pq = pytest.importorskip("pyarrow.parquet")
    for path in folder.glob("*.parquet"):
        assert b"Coded by machine and unofficial" in pq.read_metadata(path).metadata[b"notice"]


def test_the_codebook_has_every_column(folder):
    told = (folder / "CODEBOOK.md").read_text(encoding="utf-8")
    for layout in layouts().values():
        assert f"## {layout.name}" in told
        for column in layout.columns:
            assert f"| `{column.name}` |" in told


def everything(folder: Path) -> str:
    """Return all bytes of an export as text, Parquet decompressed, JSON escapes undone, iCal lines joined."""
    pq = pytest.importorskip("pyarrow.parquet")
    told = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".parquet":
            told += [str(pq.read_table(path).to_pylist()), str(pq.read_metadata(path).metadata), str(pq.read_schema(path))]
        text = path.read_bytes().decode("utf-8", "ignore").replace("\r\n ", "")
        told += [text, re.sub(r"\\u([0-9a-fA-F]{4})", lambda hit: chr(int(hit[1], 16)), text)]
    return "\n".join(told)


@pytest.mark.parametrize("now", [NOW, LATER])
def test_no_private_name_and_no_exact_site_is_in_any_byte(tmp_path, now):
    export(TABLES, tmp_path, formats=["all"], notice=NOTICE, discretion=discretion(now))
    told = everything(tmp_path)
    assert not [one for one in (*SECRETS, *SITES) if one.lower() in told.lower()]
    assert "50.9512" not in told
    assert "50.9533" not in told
    assert "Lukas Brandel" in told
    assert "[victim]" in told


def test_what_is_too_young_is_left_out_counted_and_said(tmp_path):
    export(TABLES, tmp_path, formats=["csv", "geojson"], notice=NOTICE, discretion=discretion(NOW))
    kept = {row["claim_id"] for row in read_csv(tmp_path / "claims.csv", "claims")}
    assert march.id not in kept
    assert shelled.id not in kept
    assert toll.id in kept
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert package["foreshock"]["claims_withheld"] == 2
    assert "2 claims of exact sites are held back until 72 hours old" in package["description"]
    assert march.id not in (tmp_path / "claims.geojson").read_text(encoding="utf-8")


def test_a_late_export_has_valid_keys(tmp_path):
    frictionless = pytest.importorskip("frictionless")
    export(TABLES, tmp_path, formats=["csv"], notice=NOTICE, discretion=discretion(NOW))
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_documents_and_claims_may_be_iterators(tmp_path):
    streamed = replace(TABLES, documents=iter(TABLES.documents), claims=iter(TABLES.claims))
    export(streamed, tmp_path, formats=["csv"], notice=NOTICE, discretion=discretion())
    assert len(read_csv(tmp_path / "claims.csv", "claims")) == 8


def test_an_empty_export_is_valid(tmp_path):
    frictionless = pytest.importorskip("frictionless")
    stix2 = pytest.importorskip("stix2")
    files = export(Tables(), tmp_path, formats=["all"], notice=NOTICE, discretion=discretion())
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
    stix2.parse((tmp_path / "bundle.stix.json").read_text(encoding="utf-8"), allow_custom=True)
    assert json.loads((tmp_path / "claims.geojson").read_text(encoding="utf-8"))["features"] == []
    assert sorted(files) == sorted(tmp_path.iterdir())


def test_a_failure_leaves_no_half_file_and_keeps_the_last_export(tmp_path):
    export(TABLES, tmp_path, formats=["all"], notice=NOTICE, discretion=discretion())
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def torn():
        yield TABLES.claims[0]
        raise OSError("the ledger went away")

    with pytest.raises(OSError, match="went away"):
        export(replace(TABLES, claims=torn()), tmp_path, formats=["all"], notice=NOTICE, discretion=discretion())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_missing_library_is_told_with_the_remedy(tmp_path, monkeypatch, name):
    for library in ("pyarrow", "pyarrow.parquet", "stix2", "icalendar", "feedgen", "feedgen.feed"):
        monkeypatch.setitem(sys.modules, library, None)
    if name in ("csv", "geojson", "jsonl"):
        assert export(TABLES, tmp_path, formats=[name], notice=NOTICE, discretion=discretion())
        return
    with pytest.raises(ExportError, match=re.escape("pip install 'foreshock[export]'")):
        export(TABLES, tmp_path, formats=[name], notice=NOTICE, discretion=discretion())
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_and_a_folder_that_is_a_file_are_told(tmp_path):
    with pytest.raises(ExportError, match="choose of csv"):
        export(TABLES, tmp_path, formats=["xlsx"], notice=NOTICE, discretion=discretion())
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(ExportError, match="cannot be made"):
        export(TABLES, tmp_path / "file", formats=["csv"], notice=NOTICE, discretion=discretion())


def test_estimates_lead_to_their_evidence_and_it_to_incidents_and_claims(rows):
    measured, unmeasured = rows["estimates"]
    assert (measured["prior"], measured["base_rate"], measured["weight"]) == (0.01, 0.008, 0.1)
    assert measured["blind"][0]["cause"] == "internet shutdown"
    assert "Velkin" not in measured["subject"]
    assert unmeasured["probability"] is None
    assert unmeasured["prior"] is None
    assert unmeasured["unmeasured"]
    assert [one["estimate_id"] for one in rows["evidence"]] == [measured["estimate_id"]] * 2
    assert {claim for one in rows["evidence"] for claim in one["claim_ids"]} <= {row["claim_id"] for row in rows["claims"]}
    assert {one for row in rows["evidence"] for one in row["incident_ids"]} <= {row["incident_id"] for row in rows["incidents"]}


def test_evidence_leads_to_no_claim_that_is_held_back():
    early = [row for table, row in _rows(TABLES, discretion(NOW), load_codebook()) if table == "evidence"]
    late = [row for table, row in _rows(TABLES, discretion(), load_codebook()) if table == "evidence"]
    assert shelled.id in [one for row in late for one in row["claim_ids"]]
    assert shelled.id not in [one for row in early for one in row["claim_ids"]]
    assert arrest.id in [one for row in early for one in row["claim_ids"]]
