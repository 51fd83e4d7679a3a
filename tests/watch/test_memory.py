"""What was freed goes back to the system; each case in a process of its own, as the settings hold for all of one."""

from __future__ import annotations

import subprocess
import sys

import pytest

from foreshock.watch import memory

pytestmark = pytest.mark.skipif(memory._glibc() is None, reason="another C library than glibc keeps other things")

# Eight threads forget bodies of 12 MB three times, between which something small stays.
BODIES = """
import sys, threading
from pathlib import Path
from foreshock.watch.memory import give_back, keep_little

def resident():
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(said["VmRSS"].split()[0]) // 1024

stays, gate = [], threading.Barrier(8)
def bodies():
    for _ in range(3):
        some = [bytes(1_000_000) for _ in range(12)]
        stays.append(bytes(700))
        gate.wait()
        del some

first = sys.argv[1] == "little" and keep_little()
large = bytes(31_000_000)  # after which glibc keeps more
del large
begun = resident()
threads = [threading.Thread(target=bodies) for _ in range(8)]
[one.start() for one in threads]
[one.join() for one in threads]
print(resident() - begun)
"""
# What stays between smaller ones: they lie in pages of their own.
PIECES = """
some = [(bytes(100_000), bytes(900)) for _ in range(900)]
stays = [small for _, small in some]
begun = resident()
del some
print(begun - resident(), give_back(), begun - resident())
"""


def told(script: str, *given: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", script, *given], capture_output=True, text=True, check=True, timeout=60
    ).stdout.split()


def test_large_bodies_that_threads_freed_go_back() -> None:
    (kept,), (left,) = told(BODIES, "as it is"), told(BODIES, "little")
    assert int(left) < 15 < int(kept), (left, kept)


def test_free_pages_between_others_are_given_back() -> None:
    head = BODIES.partition("stays, gate")[0]
    before, gave, after = told(head + PIECES)
    assert gave == "True"
    assert int(after) - int(before) > 40, (before, after)
