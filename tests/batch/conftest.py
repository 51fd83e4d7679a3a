"""One workbench for the tests that code in their own process."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreshock import pipeline
from tests.batch import world


@pytest.fixture(scope="session")
def bench(gazetteer_path: Path) -> pipeline.Workbench:
    return world.bench()
