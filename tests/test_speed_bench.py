"""The speed bench reads any file of items, and counts a claim as kept by its span, kind, standing and holders."""

from __future__ import annotations

import gzip
import json

import pytest

from bench import speed
from bench.speed_worker import Task, begin, code_share, profiled
from foreshock.errors import SourceError

ROWS = [
    {"id": "1", "title": "Nine held", "lang": "en-US", "summary": "Police detained nine people in Suva, the minister said."},
    {"id": "2", "title": "Sun over Suva", "lang": "en", "summary": "The beaches were quiet."},
    {"id": "3", "title": "", "lang": "EN_gb", "text": "The army took control of the airport."},
    {"id": "4", "title": "Dziewięć osób", "lang": "pl", "summary": "Policja zatrzymała dziewięć osób."},
    {"id": "5", "title": "", "lang": "en", "summary": None},
]  # fmt: skip


def written(folder, rows, name="items.jsonl.gz"):
    path = folder / name
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


@pytest.mark.parametrize("name", ["items.jsonl.gz", "items.jsonl"])
def test_the_items_of_the_commonest_language_are_measured(tmp_path, name):
    language, items = speed.items_of(written(tmp_path, ROWS, name), None)
    assert language == "en"
    assert [one["id"] for one in items] == ["1", "2", "3"]
    assert items[0]["text"].startswith("Nine held\n\nPolice")
    assert items[2]["text"] == "The army took control of the airport."
    assert len(speed.items_of(written(tmp_path, ROWS), 2)[1]) == 2


def test_a_file_without_items_is_refused(tmp_path):
    with pytest.raises(SourceError, match="no items"):
        speed.items_of(written(tmp_path, [{"lang": "en"}]), None)


def test_shares_of_claims_are_told_apart():
    everything = [("d", "ASSAULT", "asserted", False, 0, 9, ()), ("d", "STATE", "asserted", False, 9, 12, ())]
    told = speed._compared(everything, everything[:1])
    assert (told["claims_kept"], told["background_kept"], told["claims_kept_all"], told["claims_added"]) == (1.0, 0.0, 0.5, 0)
    assert speed._compared([], [])["claims_kept"] is None


def test_a_worker_codes_both_ways_alike(tmp_path):
    _, items = speed.items_of(written(tmp_path, ROWS), None)
    begin("rules")
    everything, kept = (code_share(Task(way, items)) for way in ("everything", "all"))
    assert everything.claims
    assert set(everything.claims) == set(kept.claims)
    assert everything.cpu > 0
    assert kept.peak_mb > 50  # here that of the tests' own process, which has loaded much else


def test_the_profile_tells_every_stage(tmp_path):
    _, items = speed.items_of(written(tmp_path, ROWS), None)
    stages = profiled(items, coder="rules")
    assert set(stages) == {"start", "read", "gate", "parse", "code", "rest", "all"}
    assert stages["read"]["items"] == 3
    assert stages["parse"]["sentences"] == 2
    assert stages["all"]["seconds"] >= stages["code"]["seconds"]
