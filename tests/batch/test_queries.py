"""Every query of docs/cluster.md runs as it stands, and tells what is there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

import duckdb

from foreshock import pipeline
from foreshock.batch import task
from foreshock.model import to_json
from tests.batch import world

PAGE = Path(__file__).parents[2] / "docs" / "cluster.md"


def blocks() -> dict[str, str]:
    """Return the queries of the page under the words that make each known."""
    found = re.findall(r"^```sql\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    names = {"GROUP BY ALL ORDER BY documents": "stands", "'arrest'": "arrests", "'killed'": "dead", "json_merge": "whole",
             "HAVING files": "twice", "core_hours": "cost", "COPY": "lake", "hive_partitioning": "month"}  # fmt: skip
    return {next(name for words, name in names.items() if words in one): one for one in found}


def test_the_queries_of_the_page_tell_what_is_there(tmp_path, monkeypatch, bench: pipeline.Workbench):
    world.write(tmp_path / "in" / "a.jsonl", 6)
    world.write(tmp_path / "in" / "b.jsonl", 6, start=4)
    plan, _ = world.planned(tmp_path / "in", tmp_path / "news", bench)
    for job in plan.jobs:
        task.run({**job, "run": "here"}, str(bench.settings.cache), lambda *_: None)
    monkeypatch.chdir(tmp_path)
    asked = blocks()
    assert set(asked) == {"stands", "arrests", "dead", "whole", "twice", "lake", "month", "cost"}
    with duckdb.connect() as database:

        def ask(name: str) -> list[tuple[Any, ...]]:
            return database.execute(asked[name]).fetchall()

        assert ask("stands") == [("de", "rules-de-surface@1", 12, 24)]
        assert sum(row[2] for row in ask("arrests")) == 12
        dead = ask("dead")
        assert {(row[0], row[5]) for row in dead} == {("Almaty", number + 2.0) for number in range(10)}
        assert len(dead) == 12
        claim = json.loads(ask("whole")[0][0])
        file = pipeline.InputFile(tmp_path / "in" / "a.jsonl", tmp_path / "in")
        (first, *_) = pipeline.code_file(file, bench, coder=world.CODER, now=world.NOW, skip=print)
        assert claim.items() <= to_json(first.claims[0]).items()
        assert len(ask("twice")) == 2
        ((hours, each),) = ask("cost")
        assert hours > 0
        assert each == pytest.approx(hours * 3_600_000 / 12)
        ask("lake")
        (count,) = database.execute("SELECT count(*) FROM 'lake-documents/*/*/*.parquet'").fetchone() or ()
        assert count == 10
        assert sum(row[1] for row in ask("month")) == 10
        assert {path.parent.parent.name for path in Path("lake-claims").glob("*/*/*.parquet")} == {
            "month=2022-01",
            "month=2022-02",
        }
