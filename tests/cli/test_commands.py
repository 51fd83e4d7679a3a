"""The commands end to end, on texts in three languages."""

from __future__ import annotations

import csv
import io
import json
import os
import sys

import pytest

from foreshock.cli.app import COMMANDS, Commands, group
from foreshock.model import Claim, claim_from_json

TEXTS = {
    "one.en.txt": "HARARE, Jan. 5, 2022\n\nPolice arrested two editors in Harare, a lawyer said.\n",
    "two.ja.txt": "2022年1月6日\n\n警察は首都で記者3人を逮捕したと報道官が述べた。\n",
    "three.it.txt": "La polizia ha arrestato 12 persone a Parigi il 7 gennaio 2022, secondo il municipio.\n",
}


@pytest.fixture
def texts(folder):
    pytest.importorskip("spacy")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    return folder / "in"


def claims_of(out: str) -> list[Claim]:
    return [claim_from_json(json.loads(line)) for line in out.splitlines()]


def test_code_gives_claims_whose_words_stand_in_the_text(foreshock, texts):
    ran = foreshock("code", "in")
    assert ran.code == 0
    found = claims_of(ran.out)
    assert {one.language: one.coder for one in found if one.language == "it"} == {"it": "encoder@3"}
    assert {one.language for one in found} == {"en", "ja", "it"}
    assert any(one.kind == "COERCE" and one.mode == "arrest" for one in found)
    documents = {TEXTS[name][one.start : one.end] for one in found for name in TEXTS}
    assert all(one.text in documents for one in found)
    assert "three.it.txt: language it is read on the surface only" in ran.err


def test_the_formats_of_claims_tell_the_same_claims(foreshock, texts):
    rows = claims_of(foreshock("code", "in").out)
    whole = [claim_from_json(one) for one in json.loads(foreshock("code", "in", "--format", "json").out)]
    table = list(csv.DictReader(io.StringIO(foreshock("code", "in", "--format", "csv").out)))
    shown = foreshock("code", "in", "--format", "table").out
    assert whole == rows
    assert [one["kind"].split("/")[0] for one in table] == [one.kind for one in rows]
    assert all(one.kind in shown for one in rows)


def test_a_cell_is_never_a_formula(foreshock, folder):
    (folder / "x.txt").write_text("=cmd() Police arrested two editors in Harare.\n")
    for row in csv.reader(io.StringIO(foreshock("code", "x.txt", "--format", "csv").out)):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


def test_standard_input(foreshock):
    ran = foreshock("code", "-", "--published", "2022-01-05", stdin=TEXTS["one.en.txt"].encode())
    assert ran.code == 0
    assert claims_of(ran.out)
    assert foreshock("code", "-").code == 1


def test_read_says_what_it_found_and_why(foreshock, texts):
    ran = foreshock("read", "in/three.it.txt", "--published", "2022-01-07")
    for words in (
        "language   it, read surface",
        "published  2022-01-07 (by given)",
        "custody    sha256",
        "date 2022-01-07",
        "number 12 person from",
    ):
        assert words in ran.out
    reading = json.loads(foreshock("read", "in/one.en.txt", "--format", "jsonl").out)
    assert reading["document"]["published"] == "2022-01-05"
    assert reading["depth"] == "parsed"


def test_ingest_once_and_filter(foreshock, texts):
    first = foreshock("ingest", "in", "--now", "2022-01-08")
    assert first.code == 0
    assert "3 documents" in first.out
    assert "0 documents and 0 claims added, 3 documents known already" in foreshock("ingest", "in", "--now", "2022-01-09").out
    every = claims_of(foreshock("claims", "--format", "jsonl").out)
    assert every == claims_of(foreshock("claims", "--format", "jsonl", "--as-of", "2022-01-08T00:00").out)
    assert claims_of(foreshock("claims", "--format", "jsonl", "--as-of", "2022-01-08T01:00+02:00").out) == []
    japanese = claims_of(foreshock("claims", "--format", "jsonl", "--language", "JA").out)
    assert {one.language for one in japanese} == {"ja"}
    assert len(claims_of(foreshock("claims", "--format", "jsonl", "--limit", 1).out)) == 1
    arrests = claims_of(foreshock("claims", "--format", "jsonl", "--kind", "coerce").out)
    assert {one.kind for one in arrests} == {"COERCE"}
    assert claims_of(foreshock("claims", "--format", "jsonl", "--status", "denied").out) == []


def test_a_new_date_of_publication_codes_anew(foreshock, texts):
    foreshock("ingest", "in/one.en.txt")
    again = foreshock("ingest", "in/one.en.txt", "--published", "2022-02-01")
    assert "0 documents and" in again.out
    assert "0 documents known already" in again.out
    assert "--ledger" not in again.err


def test_the_ledger_that_is_named_wins(foreshock, texts, folder, monkeypatch):
    monkeypatch.setenv("FORESHOCK_LEDGER", "by-environment.sqlite")
    foreshock("ingest", "in/three.it.txt")
    foreshock("ingest", "in/three.it.txt", "--ledger", "deep/named.sqlite")
    assert (folder / "by-environment.sqlite").is_file()
    assert (folder / "deep" / "named.sqlite").is_file()
    ran = foreshock("claims", "--ledger", "missing.sqlite")
    assert ran.code == 1
    assert "there is no ledger at missing.sqlite (keep something first with foreshock ingest" in ran.err


@pytest.mark.parametrize("form", ["terminal", "html", "markdown", "json"])
def test_a_brief_of_a_folder_and_of_the_ledger(foreshock, texts, folder, form):
    now = ("--now", "2022-01-10")
    out = ("--out", "out/here") if form == "terminal" else ()
    ran = foreshock("brief", "in", "--format", form, "--title", "Test brief", *out, *now)
    assert ran.code == 0
    assert "Test brief" in ran.out
    if out:
        made = {path.name: path.read_bytes()[:5] for path in (folder / "out" / "here").iterdir()}
        assert made == {"brief.html": b"<!doc", "brief.md": b"# Tes", "brief.pdf": b"%PDF-"}
    foreshock("ingest", "in", *now)
    kept = foreshock("brief", "--format", form, "--title", "Test brief", *now)
    assert kept.code == 0
    assert kept.out.count("Harare") == ran.out.count("Harare")


def test_a_brief_as_of_a_day_leaves_out_what_came_later(foreshock, texts):
    ran = foreshock("brief", "in", "--as-of", "2022-01-05", "--format", "json", "--now", "2022-01-10")
    assert ran.code == 0
    assert "Harare" in ran.out
    assert "警察" not in ran.out


def test_a_brief_of_a_crisis_is_of_the_ledger(foreshock, texts):
    now = ("--now", "2022-01-10")
    foreshock("ingest", "in", *now)
    assert foreshock("crises", "add", "harare", "--country", "ZWE", *now).code == 0
    told = foreshock("brief", "--crisis", "harare", "--format", "json", *now)
    assert told.code == 0
    every = foreshock("brief", "--format", "json", *now)
    assert 0 < len(json.loads(told.out)["header"]["coverage"]) <= len(json.loads(every.out)["header"]["coverage"])
    lines = [
        sum(len(part["lines"]) for part in json.loads(one.out)["sections"] if part["id"] not in ("scenarios", "precedents"))
        for one in (told, every)
    ]
    assert lines[0] < lines[1]
    assert json.loads(told.out)["header"]["title"] == "harare"
    assert "there is no crisis 'nowhere'" in foreshock("brief", "--crisis", "nowhere", *now).err
    assert "--crisis is a filter of the ledger" in foreshock("brief", "in", "--crisis", "harare", *now).err


def test_a_brief_in_japanese(foreshock, texts, folder, monkeypatch):
    monkeypatch.setenv("FORESHOCK_LANGUAGE", "ja")
    by_setting = foreshock("brief", "in", "--now", "2022-01-10").out
    assert by_setting == foreshock("brief", "in", "--now", "2022-01-10", "--language", "ja").out
    assert by_setting != foreshock("brief", "in", "--now", "2022-01-10", "--language", "en").out


def test_a_brief_of_nothing_writes_nothing(foreshock, folder):
    assert foreshock("brief", "nowhere", "--out", "out").code == 1
    assert not (folder / "out").exists()
    assert "there is no ledger" in foreshock("brief").err


def test_a_document_that_comes_twice_is_told_once(foreshock, texts):
    once = foreshock("brief", "in/one.en.txt", "--format", "json", "--title", "x", "--now", "2022-01-10")
    twice = foreshock("brief", "in/one.en.txt", "in/one.en.txt", "--format", "json", "--title", "x", "--now", "2022-01-10")
    assert once.out == twice.out


def test_kinds(foreshock):
    every = json.loads(foreshock("kinds", "--format", "json").out)
    assert len(every) == 23
    assert all(kind in foreshock("kinds").out for kind in every)
    one = foreshock("kinds", "coerce")
    assert "arrest" in one.out
    assert json.loads(foreshock("kinds", "COERCE", "--format", "json").out)["kind"] == "COERCE"
    unknown = foreshock("kinds", "WAR")
    assert unknown.code == 1
    assert "there is no kind 'WAR' (kinds are AGREE" in unknown.err


def test_languages(foreshock):
    found = json.loads(foreshock("languages", "--format", "json").out)
    assert set(found) >= {"en", "ja", "ru", "fr", "es"}
    assert "every other language: surface" in foreshock("languages").out


def test_the_gazetteer_is_made_ready(foreshock, gazetteer_path):
    ran = foreshock("gazetteer")
    assert ran.code == 0
    assert str(gazetteer_path) in ran.out


def test_no_progress_in_a_pipe(foreshock, texts):
    assert foreshock("ingest", "in").err == ""


def test_every_command_has_a_file_and_help(foreshock):
    assert isinstance(group, Commands)
    for name in COMMANDS:
        ran = foreshock(name, "--help")
        assert ran.code == 0
        assert f"Usage: foreshock {name}" in ran.out


def test_help_imports_nothing_heavy(folder):
    import subprocess

    code = "import sys; from foreshock.cli.app import run; sys.argv = ['foreshock', '--help']; run(); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    for module in ("yaml", "sqlalchemy", "spacy", "httpcore", "jinja2", "rich", "foreshock.pipeline"):
        assert f"'{module}'" not in done.stdout, module
