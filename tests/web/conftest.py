"""The desk on the example, which is coded once a run whatever the number of processes, and copied for each test that writes."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from foreshock import pipeline
from foreshock.ledger import Ledger
from foreshock.settings import read_settings
from foreshock.web import Desk, make_app, static
from foreshock.web import example as invented
from foreshock.web.auth import csrf, make_access


@pytest.fixture(scope="session")
def bench() -> pipeline.Workbench:
    """What coding needs, with the settings of nobody."""
    return pipeline.Workbench(read_settings(Path("/nowhere"), {"HOME": str(Path.home())}))


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory, bench: pipeline.Workbench) -> Path:
    """The ledger of the example; whoever comes first makes it."""
    shared = tmp_path_factory.getbasetemp()
    if shared.name.startswith("popen-"):
        shared = shared.parent
    path = shared / "example-desk.sqlite"
    with (shared / "example-desk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            part = path.with_suffix(".part")
            with Ledger(part) as kept:
                assert sum(1 for _ in invented.fill(kept, bench)) > 30
                kept.backup(path)
    return path


@pytest.fixture(scope="session")
def desk(example_file: Path, tmp_path_factory: pytest.TempPathFactory, bench: pipeline.Workbench) -> Iterator[Desk]:
    """The desk on the example; do not write to it."""
    yield from _opened(example_file, tmp_path_factory.mktemp("desk") / "desk.sqlite", bench)


@pytest.fixture
def own_desk(example_file: Path, tmp_path: Path, bench: pipeline.Workbench) -> Iterator[Desk]:
    """A desk of one's own on a copy of the example, to write to."""
    yield from _opened(example_file, tmp_path / "desk.sqlite", bench)


def _opened(source: Path, path: Path, bench: pipeline.Workbench) -> Iterator[Desk]:
    shutil.copy(source, path)
    with Ledger(path) as kept:
        made = Desk(kept, bench, now=invented.now, example=True)
        yield made
        made.close()


@pytest.fixture(scope="session")
def client(desk: Desk) -> Iterator[TestClient]:
    """A browser without scripts at the desk; do not write through it."""
    yield from _browsing(desk)


@pytest.fixture
def own_client(own_desk: Desk) -> Iterator[TestClient]:
    """The same at a desk of one's own."""
    yield from _browsing(own_desk)


def _browsing(desk: Desk) -> Iterator[TestClient]:
    if not (Path(static.__file__).parent / "static" / "manifest.json").is_file():
        pytest.skip("the desk's assets are not built: make assets")
    access = make_access(desk.ledger, desk.bench.settings)
    with TestClient(make_app(desk, access), base_url="http://127.0.0.1:8642", follow_redirects=False) as made:
        # What each page has in its head and each form in a field, so that a test may write without having read one.
        made.cookies.set(csrf.COOKIE, "a" * 32)
        made.headers[csrf.HEADER] = csrf.of_seed(access.key, "a" * 32).token
        yield made


@pytest.fixture(scope="session")
def first(desk: Desk) -> Callable[[str], str]:
    """Return the id of the first incident, dispute, condition, document or claim of the example."""

    def find(what: str) -> str:
        from foreshock.web.ask import Ask

        shown = desk.pictures.of(Ask()).shown
        if what == "document":
            return next(iter(shown.document_names))
        if what == "claim":
            return next(iter(shown.reports))
        return str(getattr(shown, f"{what}s")[0].id)

    return find
