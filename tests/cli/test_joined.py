"""The commands on what joining makes, on the ledger of the example."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.model import Document
from foreshock.settings import read_settings
from tests.postgres import running

EXAMPLE = Path(__file__).parents[2] / "examples" / "kazakhstan-2022"
NOW = datetime(2022, 1, 12, 12, tzinfo=UTC)
SCOPED = ("conditions", "disputes", "incidents", "origins", "sources", "tallies")


@pytest.fixture(scope="module")
def joined(tmp_path_factory, gazetteer_path):
    """The ledger of the example: kept on the day of each dispatch, joined at the end."""
    pytest.importorskip("spacy")
    folder = tmp_path_factory.mktemp("joined")
    bench = pipeline.Workbench(read_settings(folder, os.environ))
    vault = {}
    found = pipeline.gather(str(EXAMPLE), settings=bench.settings, now=NOW, vault=vault.__setitem__)
    documents = [one for one in found if isinstance(one, Document)]
    dated = sorted(documents, key=lambda one: pipeline.read(one, bench, now=NOW).document.published or "")
    with Ledger(folder / "foreshock.sqlite") as kept:
        for one in dated:
            day = pipeline.read(one, bench, now=NOW).document.published or "2022-01-11"
            at = datetime.fromisoformat(day[:10]).replace(hour=20, tzinfo=UTC)
            pipeline.keep(one, bench, kept, now=at, contents=vault[one.custody.sha256])
        steps = list(pipeline.join(kept))
    assert sum(step.documents for step in steps) == len(documents) == 35
    return folder / "foreshock.sqlite"


@pytest.fixture
def ledger(joined, folder):
    path = folder / "foreshock.sqlite"
    shutil.copy(joined, path)
    return path


def rows(ran):
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


@pytest.mark.parametrize("name", SCOPED)
def test_every_joined_command_prints_in_every_form(foreshock, ledger, name):
    lines = rows(foreshock(name, "--format", "jsonl", "--now", "2022-01-12"))
    assert lines
    assert json.loads(foreshock(name, "--format", "json", "--now", "2022-01-12").out) == lines
    assert len(list(csv.reader(io.StringIO(foreshock(name, "--format", "csv").out)))) > 1
    assert "┃" in foreshock(name).out


def test_each_row_leads_to_its_sentences(foreshock, ledger):
    known = {one["id"]: one for one in rows(foreshock("claims", "--format", "jsonl"))}
    for one in rows(foreshock("incidents", "--all", "--format", "jsonl")):
        assert one["claim_ids"]
        assert set(one["claim_ids"]) <= set(known)
        assert one["why"]
    for one in rows(foreshock("disputes", "--format", "jsonl")):
        assert len(one["positions"]) > 1
        for position in one["positions"]:
            assert {quote["text"] for quote in position["quotes"]} <= {known[claim]["text"] for claim in position["claim_ids"]}
    for one in rows(foreshock("tallies", "--format", "jsonl")):
        assert {point["claim_id"] for point in one["points"]} <= set(known)


def test_no_claim_is_in_two_incidents(foreshock, ledger):
    claims = [claim for one in rows(foreshock("incidents", "--all", "--format", "jsonl")) for claim in one["claim_ids"]]
    assert len(claims) == len(set(claims)) == len(rows(foreshock("claims", "--format", "jsonl")))


def test_an_earlier_moment_is_told_as_it_was(foreshock, ledger):
    early = rows(foreshock("incidents", "--all", "--as-of", "2022-01-06", "--format", "jsonl"))
    known = {one["id"] for one in rows(foreshock("claims", "--as-of", "2022-01-06", "--format", "jsonl"))}
    assert {claim for one in early for claim in one["claim_ids"]} == known
    assert all(link["carrier"] for link in rows(foreshock("origins", "--as-of", "2022-01-06", "--format", "jsonl")))
    # The copies of the 8th and 9th were not known yet.
    assert {link["reason"] for link in rows(foreshock("origins", "--as-of", "2022-01-06", "--format", "jsonl"))}.isdisjoint(
        {"translation"}
    )
    ages = {one["last_confirmed"] for one in rows(foreshock("conditions", "--as-of", "2022-01-06", "--format", "jsonl"))}
    assert max(filter(None, ages)) <= "2022-01-06"


def test_an_incident_shows_its_origins_and_why_it_was_joined(foreshock, ledger):
    grown = max(rows(foreshock("incidents", "--format", "jsonl")), key=lambda one: len(one["claim_ids"]))
    shown = foreshock("incidents", grown["id"][:10])
    assert shown.code == 0
    assert grown["why"] in shown.out
    assert all(origin["name"] in shown.out for origin in grown["origins"])
    assert "joined at" in shown.out
    missing = foreshock("incidents", "ffffffffff")
    assert (missing.code, "no incident" in missing.err) == (1, True)


def test_a_crisis_scopes_them_all(foreshock, ledger):
    assert foreshock("crises", "add", "Aktau", "--country", "KAZ", "--until", "2022-01-04", "--word", "Aktau").code == 0
    assert [one["name"] for one in rows(foreshock("crises", "--format", "jsonl"))] == ["Aktau"]
    few = rows(foreshock("incidents", "--all", "--crisis", "Aktau", "--format", "jsonl"))
    every = rows(foreshock("incidents", "--all", "--format", "jsonl"))
    assert 0 < sum(len(one["claim_ids"]) for one in few) < sum(len(one["claim_ids"]) for one in every)
    unknown = foreshock("disputes", "--crisis", "Atlantis")
    assert unknown.code == 1
    assert "'Atlantis'" in unknown.err
    assert "Aktau" in unknown.err
    assert foreshock("crises", "drop", "Aktau").code == 0
    assert rows(foreshock("crises", "--format", "jsonl")) == []
    assert foreshock("crises", "add").code == 2


def test_a_rejected_claim_is_joined_no_more_and_comes_back_when_that_is_withdrawn(foreshock, ledger):
    claim = rows(foreshock("incidents", "--format", "jsonl"))[0]["claim_ids"][0]
    assert foreshock("judge", "reject", claim, "--by", "ana", "--why", "a photo of 2014").code == 0
    assert claim not in {one for row in rows(foreshock("incidents", "--all", "--format", "jsonl")) for one in row["claim_ids"]}
    (kept,) = rows(foreshock("judge", "list", "--format", "jsonl"))
    assert (kept["verdict"], kept["by"], kept["why"]) == ("reject", "ana", "a photo of 2014")
    assert foreshock("judge", "withdraw", kept["id"], "--by", "ana", "--why", "it was of 2022").code == 0
    assert claim in {one for row in rows(foreshock("incidents", "--all", "--format", "jsonl")) for one in row["claim_ids"]}


def test_two_claims_judged_same_are_one_incident_and_judged_different_are_two(foreshock, ledger):
    first, second = rows(foreshock("incidents", "--format", "jsonl"))[:2]
    pair = first["claim_ids"][0], second["claim_ids"][0]

    def together():
        every = rows(foreshock("incidents", "--all", "--format", "jsonl"))
        return sum(set(pair) <= set(one["claim_ids"]) for one in every)

    assert together() == 0
    assert foreshock("judge", "same", *pair, "--by", "ana", "--why", "one event").code == 0
    assert together() == 1
    assert foreshock("judge", "different", *pair, "--by", "bo", "--why", "two towns").code == 0
    assert together() == 0


def test_a_dispute_stays_open_until_it_is_settled(foreshock, ledger):
    one = rows(foreshock("disputes", "--format", "jsonl"))[0]
    label = one["positions"][0]["label"]
    assert one["state"] == "open"
    settled = foreshock("judge", "settle", one["id"], "--position", label, "--by", "ana", "--why", "the list of the hospital")
    assert settled.code == 0, settled.err
    (after,) = [row for row in rows(foreshock("disputes", "--state", "settled", "--format", "jsonl")) if row["id"] == one["id"]]
    assert "the list of the hospital" in after["note"]
    before = rows(foreshock("disputes", "--as-of", "2022-01-11", "--format", "jsonl"))
    assert [row["state"] for row in before if row["id"] == one["id"]] == ["open"]


def test_a_grade_is_overridden_with_a_note(foreshock, ledger):
    said = ("--reliability", "D", "--by", "ana", "--why", "three retractions")
    assert foreshock("judge", "override", "Tin Kettle Wire", *said).code == 0
    (grade,) = [one for one in rows(foreshock("sources", "--format", "jsonl")) if one["source"] == "Tin Kettle Wire"]
    assert grade["reliability"] == "D"
    assert grade["overridden_by"]


@pytest.mark.parametrize(
    "words",
    [
        ("reject",), ("reject", "x", "--by", "a"), ("override", "x", "--by", "a", "--why", "b"),
        ("amend", "x", "--set", "status", "--by", "a", "--why", "b"),
    ],
)  # fmt: skip
def test_a_judgement_that_says_too_little_is_wrong_usage(foreshock, ledger, words):
    assert foreshock("judge", *words).code == 2


def test_a_judgement_on_what_is_not_there_is_refused(foreshock, ledger):
    ran = foreshock("judge", "reject", "nothing", "--by", "ana", "--why", "a slip")
    assert ran.code == 1
    assert "'nothing'" in ran.err
    assert rows(foreshock("judge", "list", "--format", "jsonl")) == []


def test_search_finds_what_the_text_has_in_any_script(foreshock, ledger):
    for words in ("интернет", "非常事態", "Almaty airport", "retir*", "Токаев"):
        found = rows(foreshock("search", words, "--format", "jsonl"))
        assert found, words
    assert {one["language"] for one in rows(foreshock("search", "アルマトイ", "--format", "jsonl", "--kind", "PROTEST"))} == {
        "ja"
    }
    (first, *_) = rows(foreshock("search", "--documents", "интернет", "--format", "jsonl"))
    assert "нтернет" in first["text"]
    assert foreshock("search", '"').code in (0, 1)


def test_the_ledger_verifies_and_its_backup_too(foreshock, ledger, folder):
    assert foreshock("verify").code == 0
    assert foreshock("backup", "copy.sqlite").code == 0
    assert foreshock("backup", "copy.sqlite").code == 1
    assert foreshock("restore", "copy.sqlite", "--ledger", "new.sqlite").code == 0
    one, other = (foreshock("incidents", "--format", "json", "--ledger", name).out for name in ("foreshock.sqlite", "new.sqlite"))
    assert one == other


def test_ingest_joins_what_is_new_and_says_what_waits(foreshock, ledger, folder):
    (folder / "late.txt").write_text("ALMATY, 11 January 2022\n\nPolice arrested two editors in Almaty.\n", encoding="utf-8")
    assert foreshock("ingest", "late.txt", "--no-join").code == 0
    assert "1 documents are kept and not joined yet" in foreshock("incidents").err
    assert "1 documents with" in foreshock("join").out
    assert "not joined" not in foreshock("incidents").err


def test_an_export_leads_back_to_the_words(foreshock, ledger, folder):
    pytest.importorskip("pyarrow")
    ran = foreshock("export", "--out", "out", "--format", "all", "--now", "2022-01-20")
    assert ran.code == 0, ran.err
    table = list(csv.DictReader((folder / "out" / "claims.csv").open(encoding="utf-8")))
    assert len(table) == len(rows(foreshock("claims", "--format", "jsonl")))
    package = json.loads((folder / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert "machine" in json.dumps(package)


def test_what_is_redacted_is_gone_and_its_tombstone_stands(foreshock, ledger, folder):
    (folder / "name.txt").write_text(
        "ALMATY, 11 January 2022\n\nPolice arrested Ilse Tamm, a nurse, in Almaty.\n", encoding="utf-8"
    )
    assert foreshock("ingest", "name.txt").code == 0
    assert rows(foreshock("search", "Tamm", "--format", "jsonl"))
    assert foreshock("redact", "--name", "Ilse Tamm").code == 2
    ran = foreshock("redact", "--name", "Ilse Tamm", "--by", "ana", "--why", "she asked for it", "--yes")
    assert ran.code == 0, ran.err
    assert "Tamm" not in ran.out
    assert not rows(foreshock("search", "Tamm", "--format", "jsonl"))
    assert all(b"Tamm" not in path.read_bytes() for path in folder.glob("foreshock.sqlite*"))
    assert "she asked for it" in foreshock("redact", "--list").out
    assert (folder / "foreshock.key").stat().st_mode & 0o077 == 0
    assert foreshock("verify").code == 0
    assert foreshock("ingest", "name.txt").code == 0
    assert not rows(foreshock("search", "Tamm", "--format", "jsonl"))


def test_a_person_is_forgotten_under_every_name_that_is_given(foreshock, ledger, folder):
    pytest.importorskip("spacy")
    text = "ALMATY, 11 January 2022\n\nPolice arrested Ilse Tamm in Almaty. Tamm, known as Gull, is ill. They hold Ильзу Тамм.\n"
    (folder / "name.txt").write_text(text, encoding="utf-8")
    assert foreshock("ingest", "name.txt").code == 0
    names = b"Ilse Tamm\nGull\n"
    ran = foreshock("redact", "--name", "-", "--dry-run", stdin=names)
    assert set(ran.out.splitlines()) == {"1\tIlse Tamm", "1\tTamm", "1\tGull", "1\tИльзу Тамм"}
    assert foreshock("redact", "--name", "-", "--by", "ana", "--why", "asked", stdin=b" \n").code == 2
    assert foreshock("redact", "--alias", "Gull", "--document", "x", "--by", "ana", "--why", "asked").code == 2
    ran = foreshock("redact", "--name", "-", "--by", "ana for her", "--why", "Tamm asked", "--yes", stdin=names)
    assert ran.code == 0, ran.err
    kept = b"".join(path.read_bytes() for path in folder.glob("foreshock.sqlite*"))
    assert [word for word in ("Tamm", "tamm", "Gull", "gull", "Тамм", "тамм") if word.encode() in kept] == []
    assert foreshock("redact", "--list").out.count("ana for her") == 2
    assert foreshock("redact", "--list", "--name", "Gull").out.count("ana for her") == 1
    assert "ana for her" not in foreshock("redact", "--list", "--name", "Somebody Else").out
    assert foreshock("verify").code == 0


def test_a_team_has_the_same_on_a_server(foreshock, ledger, folder):
    psycopg = pytest.importorskip("psycopg")
    server = running()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS desk")
    address = f"{server}&options=-csearch_path%3Ddesk"
    assert foreshock("backup", "copy.sqlite").code == 0
    restored = foreshock("restore", "copy.sqlite", "--ledger", address)
    assert restored.code == 0, restored.err
    for name in ("incidents", "disputes", "conditions", "origins"):
        said = (name, "--format", "json", "--now", "2022-01-12")
        assert foreshock(*said, "--ledger", address).out == foreshock(*said).out
    found = [rows(foreshock("search", "非常事態", "--format", "jsonl", "--ledger", one)) for one in (address, "foreshock.sqlite")]
    assert found[0] == found[1] != []
    assert foreshock("verify", "--ledger", address).code == 0


def test_private_persons_are_shown_by_role_until_they_are_released(foreshock, ledger, folder):
    (folder / "name.txt").write_text(
        "ALMATY, 11 January 2022\n\nPolice arrested Ilse Tamm, 22, a nurse, in Almaty. Ilse Tamm was beaten by police, her "
        "mother said.\n",
        encoding="utf-8",
    )
    assert foreshock("ingest", "name.txt").code == 0
    printed = [
        foreshock(name, "--format", form).out for name in (*SCOPED, "claims") for form in ("table", "jsonl", "json", "csv")
    ]
    printed += [foreshock("search", "nurse").out, foreshock("search", "--documents", "nurse").out, foreshock("brief").out]
    for one in rows(foreshock("incidents", "--all", "--format", "jsonl")):
        if (one["kind"], one["mode"]) == ("COERCE", "arrest"):
            printed.append(foreshock("incidents", one["id"]).out)
    assert "arrested" in "".join(printed)
    assert not [one for one in printed if "Tamm" in one]
    assert "Almaty" in foreshock("search", "nurse").out
    released = foreshock("judge", "release", "Ilse Tamm", "--of", "person", "--by", "ana", "--why", "her family asked for it")
    assert released.code == 0, released.err
    assert "Tamm" in foreshock("search", "nurse").out
