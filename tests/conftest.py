"""What many tests need, made once a session: the compiled gazetteer, the catalogues, the coders, and texts coded with them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from foreshock import ontology
from foreshock.ontology.actor_catalogue import ActorCatalogue, load_catalogue
from foreshock.ontology.codebook import Codebook, load_codebook
from foreshock.ontology.gazetteer import Gazetteer, compile_gazetteer
from foreshock.ontology.gazetteer_build import Progress
from tests.desk import Desk

KEPT = 24 * 3600.0
# How long one example takes says more of what else the machine does than of the code. The examples are the same in every run, so
# that a test that fails fails for everybody; "make explore" draws new ones.
settings.register_profile("foreshock", deadline=None, derandomize=not os.environ.get("FORESHOCK_EXPLORE"))
settings.load_profile("foreshock")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the benches first: they are few and long, and a process that got them last would work on alone."""
    items.sort(key=lambda item: item.path.name != "test_bench.py")


def _digest() -> str:
    """Return a digest of all that the compiled gazetteer depends on inside the package."""
    folder = Path(ontology.__file__).parent
    parts = [folder / "fold.py", folder / "sound.py", *folder.glob("gazetteer*.py"), *folder.glob("*.yaml")]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in sorted(parts))).hexdigest()[:12]


def _compiled(path: Path, *, progress: Progress | None = None) -> None:
    """Compile the gazetteer and write beside it the steps that this told."""
    steps: list[tuple[int, int, str]] = []

    def tell(done: int, total: int, what: str) -> None:
        steps.append((done, total, what))
        if progress:
            progress(done, total, what)

    compile_gazetteer(path, progress=tell)
    path.with_suffix(".steps.json").write_text(json.dumps(steps), encoding="utf-8")


@pytest.fixture(scope="session")
def gazetteer_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that outlives the session where pytest has a cache; it is another one when the sources change."""
    cache = getattr(request.config, "cache", None)
    if cache is None:
        return tmp_path_factory.mktemp("gazetteer")
    root = cache.mkdir("gazetteer")
    # Another session may be at work on a neighbour: only what nobody has touched for long goes.
    for old in [path for path in root.iterdir() if path.name != _digest() and path.stat().st_mtime < time.time() - KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return root / _digest()


@pytest.fixture(scope="session", autouse=True)
def _one_cache(gazetteer_folder: Path) -> Iterator[None]:
    """Point every workbench of the session, and the commands it starts, at the one compiled gazetteer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORESHOCK_CACHE", str(gazetteer_folder))
        patch.setattr("foreshock.ontology.gazetteer.compile_gazetteer", _compiled)
        yield


@pytest.fixture(scope="session")
def gazetteer_path(gazetteer_folder: Path) -> Path:
    """Return the compiled gazetteer."""
    path = gazetteer_folder / "gazetteer.sqlite"
    Gazetteer.ready(path).close()
    return path


@pytest.fixture(scope="session")
def gazetteer_steps(gazetteer_path: Path) -> list[list[object]]:
    """Return (done, total, what) as told while the gazetteer was compiled; a command that a test started tells nobody."""
    told = gazetteer_path.with_suffix(".steps.json")
    if not told.is_file():
        _compiled(gazetteer_path)
    steps: list[list[object]] = json.loads(told.read_text(encoding="utf-8"))
    return steps


@pytest.fixture(scope="session")
def gazetteer(gazetteer_path: Path) -> Iterator[Gazetteer]:
    with Gazetteer.open(gazetteer_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def catalogue() -> ActorCatalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def codebook() -> Codebook:
    return load_codebook()


@pytest.fixture(scope="session")
def desk(codebook: Codebook, catalogue: ActorCatalogue, gazetteer: Gazetteer) -> Desk:
    """Return what turns a text into its reading and claims; each parser is loaded once, on its first text."""
    return Desk(codebook, catalogue, gazetteer)
