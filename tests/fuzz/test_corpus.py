"""Every input that fuzzing kept, and every seed, through its target again: what was mended stays mended."""

from __future__ import annotations

import importlib.util

import pytest

import fuzz

TARGETS = fuzz.names()
MOST_FILES, MOST_BYTES = 60, 40_000


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_kept_breaks_nothing(name: str) -> None:
    if name == "archive" and importlib.util.find_spec("fastwarc") is None:
        pytest.skip("fastwarc is not installed")
    target = fuzz.load(name)
    inputs = [path.read_bytes() for path in fuzz.kept(name)]
    # Of the seeds, which are texts of the corpus where there are many, some: fuzzing begins with all of them.
    seeds = list(target.seeds())
    for data in [*inputs, *seeds[:: 1 + len(seeds) // 30]]:
        target.run(data)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_kept_is_small(name: str) -> None:
    sizes = [path.stat().st_size for path in fuzz.kept(name)]
    assert sizes, f"python -m fuzz {name} keeps some"
    assert len(sizes) <= MOST_FILES
    assert sum(sizes) <= MOST_BYTES


def test_an_empty_input_breaks_nothing() -> None:
    for name in TARGETS:
        fuzz.load(name).run(b"")
