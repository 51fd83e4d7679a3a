"""What many tests need, made once a session: the compiled gazetteer, the catalogues, the coders, and texts coded with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from foreshock import ontology
from foreshock.ontology.actor_catalogue import ActorCatalogue, load_catalogue
from foreshock.ontology.codebook import Codebook, load_codebook
from foreshock.ontology.gazetteer import Gazetteer, compile_gazetteer
from tests.desk import Desk


def _digest() -> str:
    """Return a digest of all that the compiled gazetteer depends on inside the package."""
    folder = Path(ontology.__file__).parent
    parts = [folder / "fold.py", folder / "sound.py", *folder.glob("gazetteer*.py"), *folder.glob("*.yaml")]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in sorted(parts))).hexdigest()[:12]


@pytest.fixture(scope="session")
def gazetteer_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that outlives the session where pytest has a cache; it is another one when the sources change."""
    cache = getattr(request.config, "cache", None)
    if cache is None:
        return tmp_path_factory.mktemp("gazetteer")
    root = cache.mkdir("gazetteer")
    name = _digest()
    for old in root.glob("*/gazetteer*"):
        if old.parent.name != name:
            old.unlink()
    return root / name


@pytest.fixture(scope="session", autouse=True)
def _one_cache(gazetteer_folder: Path) -> Iterator[None]:
    """Point every workbench of the session, and the commands it starts, at the one compiled gazetteer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORESHOCK_CACHE", str(gazetteer_folder))
        yield


@pytest.fixture(scope="session")
def gazetteer_path(gazetteer_folder: Path) -> Path:
    """Return the compiled gazetteer; beside it stand the steps that compiling it told."""
    path, told = gazetteer_folder / "gazetteer.sqlite", gazetteer_folder / "gazetteer.steps.json"
    if not (path.is_file() and told.is_file()):
        steps: list[tuple[int, int, str]] = []
        compile_gazetteer(path, progress=lambda done, total, what: steps.append((done, total, what)))
        told.write_text(json.dumps(steps), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def gazetteer_steps(gazetteer_path: Path) -> list[list[object]]:
    """Return (done, total, what) as told while the gazetteer was compiled."""
    steps: list[list[object]] = json.loads(gazetteer_path.with_name("gazetteer.steps.json").read_text(encoding="utf-8"))
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
