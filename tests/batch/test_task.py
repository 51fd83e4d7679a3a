"""One file: coded once, whole or not at all, with everything that the contract of a claim holds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

import pyarrow.parquet as pq

from foreshock import batch, pipeline
from foreshock.batch import task
from foreshock.batch.output import Output, digest_of
from foreshock.errors import BackfillError, SourceError
from foreshock.model import claim_from_json, document_from_json
from tests.batch import world


def run(plan: batch.Plan, bench: pipeline.Workbench) -> list[dict]:
    """Run the tasks of a plan in this process."""
    return [task.run({**job, "run": "here"}, str(bench.settings.cache), lambda *_: None) for job in plan.jobs]


def test_a_file_is_coded_once_and_again_only_when_it_changes(tmp_path, bench):
    path = world.write(tmp_path / "in" / "one.jsonl", 4)
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)
    (told,) = run(plan, bench)
    assert (told["state"], told["manifest"]["counts"]["documents"]) == ("coded", 4)
    assert told["manifest"]["input"]["sha256"] == digest_of(path)
    assert list(told["manifest"]["coder"]["names"]) == ["rules-de-surface@1"]
    for name, made in told["manifest"]["output"].items():
        assert made["sha256"] == digest_of(output.coded / told["manifest"]["key"] / name)

    again, _ = world.planned(tmp_path / "in", tmp_path / "out", bench)
    assert (again.jobs, len(again.done)) == ((), 1)

    os.utime(path, (1, 1))
    touched, _ = world.planned(tmp_path / "in", tmp_path / "out", bench)
    assert [one["state"] for one in run(touched, bench)] == ["coded"]  # the same run by name, nothing done
    assert world.planned(tmp_path / "in", tmp_path / "out", bench)[0].jobs == ()

    world.write(path, 3, start=50)
    changed, _ = world.planned(tmp_path / "in", tmp_path / "out", bench)
    assert [one["manifest"]["counts"]["documents"] for one in run(changed, bench)] == [3]
    assert world.standing(tmp_path / "out") == [f"https://zeitung.example/{number}" for number in (50, 51, 52)]


def test_another_coder_codes_anew(tmp_path, bench):
    world.write(tmp_path / "in" / "one.jsonl", 1)
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)
    run(plan, bench)
    other = batch.plan([str(tmp_path / "in")], output, bench, coder="encoder", now=world.NOW)
    assert len(other.jobs) == 1


def test_nothing_of_the_contract_is_lost(tmp_path, bench):
    path = world.write(tmp_path / "in" / "one.jsonl", 6)
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)
    (told,) = run(plan, bench)
    folder = output.coded / told["manifest"]["key"]
    file = pipeline.InputFile(path, tmp_path / "in")
    known = list(pipeline.code_file(file, bench, coder=world.CODER, now=world.NOW, skip=print))
    documents = pq.read_table(folder / "documents.parquet").to_pylist()
    assert [document_from_json({**json.loads(row["record"]), "text": row["text"]}) for row in documents] == [
        one.reading.document for one in known
    ]
    claims = pq.read_table(folder / "claims.parquet").to_pylist()
    assert [claim_from_json({**json.loads(row["record"]), "text": row["text"]}) for row in claims] == [
        claim for one in known for claim in one.claims
    ]
    killed = next(row for row in claims if row["figures"] and row["figures"][0]["what"] == "killed")
    assert (killed["month"], killed["place"], killed["place_country"]) == ("2022-01", "Almaty", "KAZ")
    assert pq.ParquetFile(folder / "claims.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


def test_documents_of_a_folder_are_those_that_ingesting_the_folder_gives(tmp_path, bench):
    for name in ("a", "b"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "note.txt").write_text("In Almaty wurden drei Menschen getötet.", encoding="utf-8")
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)
    run(plan, bench)
    stand = {row for path in output.coded.glob("*/documents.parquet") for row in pq.read_table(path)["id"].to_pylist()}
    assert stand == {one.id for one in pipeline.gather(str(tmp_path / "in"), settings=bench.settings, now=world.NOW)}
    assert len(stand) == 2


def test_broken_records_are_counted_and_a_file_that_cannot_be_read_is_named(tmp_path, bench):
    world.write(tmp_path / "in" / "a.jsonl", 2, broken=3)
    (tmp_path / "in" / "b.jsonl").write_text("", encoding="utf-8")
    lines = (tmp_path / "in" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "in" / "c.jsonl").write_text("\n".join([lines[0], lines[1], lines[0]]) + "\n", encoding="utf-8")
    (tmp_path / "in" / "d.png").write_bytes(b"\x89PNG")
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)
    assert ["d.png" in str(one) for one in plan.refused] == [True]
    broken, empty, repeated = run(plan, bench)
    assert broken["manifest"]["counts"] == {"documents": 2, "claims": 4, "repeated": 0, "skipped": 3}
    assert "line 3: not JSON" in broken["manifest"]["skipped"][0]
    assert (empty["state"], "is empty" in empty["why"]) == ("unreadable", True)
    assert output.failure(empty["key"])["why"] == empty["why"]
    assert repeated["manifest"]["counts"]["repeated"] == 1
    # It is tried again each time, and forgotten when it goes well.
    world.write(tmp_path / "in" / "b.jsonl", 1, start=7)
    run(world.planned(tmp_path / "in", tmp_path / "out", bench)[0], bench)
    assert list(output.failed.iterdir()) == []
    found = batch.tally(output)
    assert (found.files, found.documents, found.distinct) == (3, 5, 3)


def test_a_full_disk_is_no_fault_of_a_file(tmp_path, bench):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(disk)], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        world.write(tmp_path / "in" / "a.jsonl", 150)
        plan, output = world.planned(tmp_path / "in", disk / "out", bench)
        (told,) = run(plan, bench)
        assert (told["state"], os.strerror(told["errno"])) == ("refused", "No space left on device")
        assert list(output.coded.iterdir()) == list(output.failed.iterdir()) == list((disk / "out" / ".part").iterdir()) == []
        subprocess.run(["mount", "-o", "remount,size=4m", str(disk)], check=True)
        assert [one["state"] for one in run(plan, bench)] == ["coded"]
        assert len(world.standing(disk / "out")) == 150
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_worker_of_another_version_is_refused(tmp_path, bench):
    world.write(tmp_path / "in" / "a.jsonl", 1)
    plan, _ = world.planned(tmp_path / "in", tmp_path / "out", bench)
    for wrong in ({"foreshock": "0.0.1"}, {"stamp": "another"}):
        told = task.run({**plan.jobs[0], "run": "here", **wrong}, str(bench.settings.cache), lambda *_: None)
        assert told["state"] == "unlike"
    assert "install the same" in told["why"]


def test_tasks_are_plain_values(tmp_path, bench):
    world.write(tmp_path / "in" / "a.jsonl", 1)
    plan, _ = world.planned(tmp_path / "in", tmp_path / "out", bench)
    assert json.loads(json.dumps(plan.jobs[0])) == plan.jobs[0]
    (told,) = run(plan, bench)
    assert json.loads(json.dumps(told)) == told


def test_inputs_must_be_there_and_elsewhere(tmp_path, bench):
    output = Output(tmp_path)
    with pytest.raises(SourceError, match="no such file or folder"):
        batch.plan([str(tmp_path / "none")], output, bench, coder="rules", now=world.NOW)
    with pytest.raises(SourceError, match="no such file or folder"):
        batch.plan(["https://example.org/a"], output, bench, coder="rules", now=world.NOW)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="no file to read"):
        batch.plan([str(tmp_path / "empty")], output, bench, coder="rules", now=world.NOW)
    world.write(tmp_path / "a.jsonl", 1)
    with pytest.raises(BackfillError, match="another folder with --out"):
        batch.plan([str(tmp_path / "a.jsonl")], output, bench, coder="rules", now=world.NOW)


TLS = batch.Tls(Path(__file__), Path(__file__), Path(__file__))


@pytest.mark.parametrize(
    ("address", "tls", "insecure", "says"),
    [
        ("nonsense", None, False, "no address"),
        ("tls://host", None, False, "no address"),
        ("http://host:1", None, False, "no address"),
        ("tls://host:99999999", TLS, False, "no address"),
        ("tls://host:8786", None, False, "--tls-ca"),
        ("tls://host:8786", batch.Tls(Path("/none"), Path("/none"), Path("/none")), False, "no such file"),
        ("tcp://host:8786", TLS, False, "does not speak TLS"),
        ("tcp://host:8786", None, False, "whoever reaches it runs code"),
        ("tcp://10.0.0.1:8786", None, False, "whoever reaches it runs code"),
        ("tcp://host:8786", None, True, None),
        ("tcp://127.0.0.1:8786", None, False, None),
        ("tcp://[::1]:8786", None, False, None),
        ("tls://host:8786", TLS, False, None),
    ],
)
def test_a_scheduler_over_a_network_speaks_tls(address, tls, insecure, says):
    from foreshock.batch.cluster import check

    if says is None:
        check(address, tls=tls, insecure=insecure)
    else:
        with pytest.raises(BackfillError, match=says):
            check(address, tls=tls, insecure=insecure)


def test_the_command_line_starts_without_dask():
    heavy = "{'dask', 'distributed', 'duckdb', 'pyarrow'}"
    code = f"import sys, foreshock.cli.backfill, foreshock.cli.load, foreshock.batch; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
