"""Coded files into a ledger: what ingesting gives, once, from wherever it stopped."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from foreshock import batch, pipeline
from foreshock.batch import task
from foreshock.batch.load import claim_of
from foreshock.batch.output import Output
from foreshock.batch.tables import claim_row
from foreshock.errors import BackfillError
from foreshock.ledger import Ledger
from foreshock.model import Actor, Claim, Damage, Document, Figure, Holder, Place, Reading, When, claim_from_json
from tests.batch import world


@pytest.fixture
def coded(tmp_path: Path, bench: pipeline.Workbench) -> Output:
    """Return three coded files: one document stands in two of them, and another is edited from one to the next."""
    for number in range(3):
        world.write(tmp_path / "in" / f"2022-0{number + 1}.jsonl", 5, start=number * 4)
    edited = (
        (tmp_path / "in" / "2022-03.jsonl").read_text(encoding="utf-8").replace('/8"', '/7"').replace("am Freitag", "gestern")
    )
    (tmp_path / "in" / "2022-03.jsonl").write_text(edited, encoding="utf-8")
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)
    for job in plan.jobs:
        task.run({**job, "run": "here"}, str(bench.settings.cache), lambda *_: None)
    return output


def loaded(output: Output, ledger: Path) -> batch.Loaded:
    with Ledger(ledger) as kept:
        *_, last = batch.load(output, kept, now=world.NOW)
    return last


def test_a_load_gives_what_ingesting_gives(tmp_path, bench, coded):
    told = loaded(coded, tmp_path / "loaded.sqlite")
    assert (told.files, told.documents, told.new_documents) == (3, 15, 14)
    with Ledger(tmp_path / "ingested.sqlite") as ingested:
        for document in pipeline.gather(str(tmp_path / "in"), settings=bench.settings, now=world.NOW):
            pipeline.keep(document, bench, ingested, now=world.NOW, coder=world.CODER)
        with Ledger(tmp_path / "loaded.sqlite", create=False) as kept:
            assert list(kept.claims()) == list(ingested.claims())
            assert [replace(one, custody=None) for one in kept.documents()] == [
                replace(one, custody=None) for one in ingested.documents()
            ]
            assert [(one.coder, one.sequence, one.persons) for one in kept.codings()] == [
                (one.coder, one.sequence, one.persons) for one in ingested.codings()
            ]
            assert list(kept.verify()) == []


def test_a_load_again_adds_nothing_and_an_interrupted_one_goes_on(tmp_path, coded):
    with Ledger(tmp_path / "l.sqlite") as kept:
        begun = batch.load(coded, kept, now=world.NOW)
        next(begun)
        begun.close()
    rest = loaded(coded, tmp_path / "l.sqlite")
    assert (rest.documents, rest.new_documents) == (15, 9)
    again = loaded(coded, tmp_path / "l.sqlite")
    assert (again.new_documents, again.new_claims) == (0, 0)


HOSTILE = 'he said "actor":{} and "from":"to": \\"place":{} \n\t\u2028 終'


@pytest.mark.parametrize("place", [None, Place("Almaty", HOSTILE, "KAZ", 43.25, 76.95, "city", ("KAZ", "XXX"))])
@pytest.mark.parametrize("actor", [None, Actor("from", '"to":', "KAZ", None)])
def test_every_claim_comes_back_as_it_was(place, actor):
    moving = replace(place, origin=place, destination=replace(place, name="to")) if place else None
    claim = Claim(
        "id", "document", "version", "en", 0, 5, HOSTILE, "RETREAT", "from", "asserted", False, "certain", None, "unstated",
        (Holder("from", "speaker", HOSTILE, "denied", 1, 2, ((1, 2),), ((3, 4), (5, 6)), "direct"),), actor, None, moving,
        When(None, "2022", "year", HOSTILE),
        (Figure("killed", None, None, 1.0, None, 2.5, "range", "new", "to", None, "suspect", (1.0, 2.0), HOSTILE, 1, 2),),
        (Damage("fragment", 1, 2, HOSTILE, None, '"to":'),), 0.5, "rules-en@1",
    )  # fmt: skip
    reading = Reading(Document("document", "version", "s", None, "en", None, "", None, None, "", "", None), (), "parsed", "")
    row = claim_row(0, pipeline.Coded(reading, (claim,), "rules-en@1", "coded", ()), claim)
    assert claim_of(row) == claim == claim_from_json({**json.loads(row["record"]), "text": row["text"]})


def test_a_folder_without_coded_files_and_a_file_that_was_cut_are_refused(tmp_path, coded):
    with Ledger(tmp_path / "l.sqlite") as kept:
        with pytest.raises(BackfillError, match="holds no coded files"):
            list(batch.load(Output(tmp_path / "none"), kept, now=world.NOW))
        path = sorted(coded.coded.glob("*/claims.parquet"))[1]
        path.write_bytes(path.read_bytes()[:-10])
        with pytest.raises(BackfillError, match="run foreshock backfill again"):
            list(batch.load(coded, kept, now=world.NOW))
