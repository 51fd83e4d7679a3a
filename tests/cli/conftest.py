"""The command line in this process, in a folder of its own, as it is run from a shell."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from foreshock.cli import app
from foreshock.ontology.actor_catalogue import ActorCatalogue
from foreshock.ontology.codebook import Codebook


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FORESHOCK_LEDGER", raising=False)
    return tmp_path


@pytest.fixture
def foreshock(
    folder: Path,
    gazetteer_path: Path,
    codebook: Codebook,
    catalogue: ActorCatalogue,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Ran]:
    # The tables are read once for all tests, not once a command.
    monkeypatch.setattr("foreshock.pipeline.workbench.load_codebook", lambda _folder: codebook)
    monkeypatch.setattr("foreshock.pipeline.workbench.load_catalogue", lambda _: catalogue)

    def call(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["foreshock", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        root = logging.getLogger()
        level, handlers = root.level, root.handlers[:]
        try:
            code = app.run()
        finally:  # a door that starts a log writes it to this test's standard error, which ends with the test
            root.setLevel(level)
            root.handlers[:] = handlers
        told = capsys.readouterr()
        assert "Traceback" not in told.err
        return Ran(code, told.out, told.err)

    return call
