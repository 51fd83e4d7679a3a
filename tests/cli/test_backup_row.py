"""backup --into: dated files, and only the oldest of ours go, after the new one is whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from foreshock.cli.app import group
from foreshock.ledger import Ledger


def backup(*options: str) -> Result:
    return CliRunner().invoke(group, ["backup", *options])


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    with Ledger(tmp_path / "l.sqlite"):
        pass
    return tmp_path / "l.sqlite"


def test_the_oldest_go(tmp_path: Path, ledger: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "notes.txt").write_text("ours to keep")
    for day in ("2026-01-01", "2026-01-02", "2026-01-03"):
        done = backup("--into", str(folder), "--keep", "2", "--now", f"{day}T03:00", "--ledger", str(ledger))
        assert done.exit_code == 0, done.output
    assert sorted(path.name for path in folder.iterdir()) == [
        "foreshock-20260102T030000Z.sqlite", "foreshock-20260103T030000Z.sqlite", "notes.txt",
    ]  # fmt: skip
    with Ledger(folder / "foreshock-20260103T030000Z.sqlite", create=False) as kept:
        assert not list(kept.verify())


def test_nothing_goes_where_the_new_one_fails(tmp_path: Path, ledger: Path) -> None:
    folder = tmp_path / "backups"
    asked = ("--into", str(folder), "--keep", "1", "--ledger", str(ledger), "--now")
    assert backup(*asked, "2026-01-01T03:00").exit_code == 0
    assert backup(*asked, "2026-01-01T03:00").exit_code != 0  # that file is there already
    assert [path.name for path in folder.iterdir()] == ["foreshock-20260101T030000Z.sqlite"]


@pytest.mark.parametrize("options", [(), ("a.sqlite", "--into", "b"), ("a.sqlite", "--keep", "3")])
def test_a_file_or_a_folder(options: tuple[str, ...]) -> None:
    done = backup(*options)
    assert done.exit_code == 2
    assert "--into" in done.output
