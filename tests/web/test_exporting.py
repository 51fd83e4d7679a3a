"""Downloads: what the pipeline exports, as one file; formulas harmless, and who took it is noted."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.briefs.pdf import pdf_can_be_made
from foreshock.ledger.audit import AuditLog
from foreshock.web import Desk
from tests.web.conftest import _browsing, _opened

FILES = {
    "csv": "claims.csv", "parquet": "claims.parquet", "jsonl": "claims.jsonl", "geojson": "incidents.geojson",
    "stix": "bundle.stix.json", "ical": "deadlines.ics", "atom": "watch.atom",
}  # fmt: skip


@pytest.fixture(scope="module")
def taken(example_file: Path, tmp_path_factory: pytest.TempPathFactory, bench: pipeline.Workbench) -> Iterator[Desk]:
    """A desk of this file, since what is taken is noted."""
    yield from _opened(example_file, tmp_path_factory.mktemp("taken") / "desk.sqlite", bench)


@pytest.fixture(scope="module")
def taker(taken: Desk) -> Iterator[TestClient]:
    """A browser at it."""
    yield from _browsing(taken)


@pytest.mark.parametrize("form", sorted(FILES))
def test_each_format_comes_as_a_zip_with_its_codebook(taker: TestClient, form: str) -> None:
    answer = taker.get(f"/export/{form}?as_of=2022-01-04")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="foreshock-2022-01-04-{form}.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {FILES[form], "CODEBOOK.md"} <= set(archive.namelist())
        assert archive.testzip() is None


def test_no_cell_of_a_table_is_a_formula(taker: TestClient) -> None:
    answer = taker.get("/export/csv")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                rows = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8"))))
                cells = [cell for row in rows for cell in row if cell[:1] in "=+@\t\r＝＋＠" and cell]
                assert cells == [], name


@pytest.mark.parametrize("form", ["html", "md", "json", "pdf"])
def test_the_brief_is_sent_in_each_form(taker: TestClient, form: str) -> None:
    if form == "pdf" and not pdf_can_be_made():
        assert taker.get("/export/brief.pdf").status_code == 501
        return
    answer = taker.get(f"/export/brief.{form}?as_of=2022-01-04")
    assert answer.status_code == 200
    assert f'filename="foreshock-2022-01-04.{form}"' in answer.headers["content-disposition"]
    if form == "json":
        assert json.loads(answer.content)["header"]["as_of"] == "2022-01-04"
    assert answer.content.startswith({"html": b"<!doctype html>", "md": b"#", "json": b"{", "pdf": b"%PDF"}[form])


def test_who_took_what_is_noted(taker: TestClient, taken: Desk) -> None:
    taker.get("/export/geojson?as_of=2022-01-04")
    noted = AuditLog(taken.ledger).deeds(did="export")
    assert noted[0].subject == "geojson"
    assert dict(noted[0].detail)["scope"] == "?as_of=2022-01-04"


def test_an_unknown_format_is_refused(taker: TestClient) -> None:
    assert taker.get("/export/xlsx").status_code == 422
