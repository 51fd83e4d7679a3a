"""What was freed goes back to the system, on its own and while a watch runs."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import pytest

from foreshock.watch import memory


def resident() -> float:
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    return int(said["VmRSS"].split()[0]) / 1024


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc alone keeps what is free by threads")
def test_what_threads_freed_goes_back() -> None:
    if memory._trim() is None:
        pytest.skip("another C library than glibc")
    stays: list[bytes] = []

    def bodies() -> None:
        # Between what is forgotten stands what is not: the end of the heap does not go back by itself.
        some = [(bytes(100_000), bytes(900)) for _ in range(600)]
        stays.extend(small for _, small in some)

    threads = [threading.Thread(target=bodies) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    before = resident()
    assert memory.give_back()
    assert before - resident() > 40, (before, resident())
    assert len(stays) == 1_800
