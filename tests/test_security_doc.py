"""SECURITY.md claims nothing that no code and no test stands for."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from foreshock.cli.rows import cell, write_rows

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)))
FILES = sorted(set(re.findall(r"`((?:src|assets|tests)/[\w./-]+)`", TEXT)))
LINKS = sorted(set(re.findall(r"\]\((docs/[^)#]+)", TEXT)))
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ") and line.count("|") > 6 and not line.startswith("| Threat")]


def test_there_is_something_to_check():
    assert len(TESTS) > 50
    assert len(ROWS) > 25


@pytest.mark.parametrize(("file", "name"), TESTS, ids=[name for _, name in TESTS])
def test_a_test_that_is_named_exists(file, name):
    assert re.search(rf"^(async )?def {name}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_files_and_pages_that_are_named_exist():
    assert [one for one in (*FILES, *LINKS) if not (ROOT / one).exists()] == []


def test_every_threat_has_a_test():
    assert [row[:60] for row in ROWS if "::test_" not in row] == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"])
def test_a_table_of_a_command_runs_no_formula(text):
    assert cell(text) == f"'{text}"
    out = io.StringIO()
    write_rows([{"a": text}], "csv", out, columns={"a": None}, cells=lambda one: [one["a"]])
    out.seek(0)
    assert list(csv.reader(out))[1] == [f"'{text}"]
