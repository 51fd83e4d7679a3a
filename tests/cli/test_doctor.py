"""doctor: tells what is there, what is missing and what is wrong, each with its remedy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from foreshock.cli import doctor_checks
from foreshock.cli.app import group
from foreshock.ledger import Ledger
from foreshock.settings import read_settings


def told(*options: str) -> tuple[int, dict[str, dict[str, str]]]:
    done = CliRunner().invoke(group, ["doctor", "--format", "json", *options], standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value or 0), {one["what"]: one for one in json.loads(done.output)}


def test_a_new_machine_lacks_a_ledger_and_nothing_is_wrong(tmp_path: Path) -> None:
    code, found = told("--ledger", str(tmp_path / "none.sqlite"))
    assert code == 0
    assert found["ledger"]["state"] == "missing"
    assert "foreshock ingest" in found["ledger"]["remedy"]
    assert not (tmp_path / "none.sqlite").exists()


def test_a_ledger_is_told_with_what_waits(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.sqlite"):
        pass
    _, found = told("--ledger", str(tmp_path / "l.sqlite"))
    assert found["ledger"]["state"] == "ok"
    assert found["joining"]["found"] == "0 codings are not joined yet"


def test_what_is_no_ledger_is_wrong_and_fails(tmp_path: Path) -> None:
    (tmp_path / "l.sqlite").write_text("not a database at all, but long enough to be read as one" * 50)
    done = CliRunner().invoke(group, ["doctor", "--format", "json", "--ledger", str(tmp_path / "l.sqlite")])
    found = {one["what"]: one for one in json.loads(done.output)}
    assert found["ledger"]["state"] == "wrong"
    assert found["ledger"]["remedy"]
    assert done.exit_code != 0


def test_every_extra_of_the_project_is_looked_for(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import tomllib

    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    extras = set(project["project"]["optional-dependencies"]) - {"dev", "docs", "train"}
    assert set(doctor_checks.EXTRAS) == extras
    monkeypatch.setattr(doctor_checks.importlib.util, "find_spec", lambda _: None)
    found = list(doctor_checks.findings(read_settings(tmp_path, {}), tmp_path / "none.sqlite"))
    lacking = [one for one in found if one.what.startswith("extra")]
    assert len(lacking) == len(extras)
    assert all(one.state == "missing" and one.remedy.startswith("pip install 'foreshock[") for one in lacking)
