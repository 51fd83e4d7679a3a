"""Joining as documents arrive: in many steps it gives what it gives in one, a kill between them loses and doubles nothing, and a
step takes no more memory where more was joined before."""

from __future__ import annotations

import os
import random
import signal
import time
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from foreshock.incidents import cluster
from foreshock.incidents.assignment import assign
from foreshock.incidents.origins import Renderings, Signatures, linking
from foreshock.incidents.origins.policy import policy
from foreshock.incidents.profiles import Profiles
from foreshock.incidents.store import MemoryStore
from foreshock.ledger import Ledger
from foreshock.ledger.store import Window
from foreshock.model import Coding, Reading
from foreshock.pipeline import join, joining, not_joined
from tests.incidents.records import city, count, day
from tests.incidents.wire import coding, told
from tests.ledger.conftest import address, engine, new_address, new_schema, server  # noqa: F401 -- fixtures of both engines

SPACES = ("episode", "assignment", "incident", "joined", "link", "signature", "progress")
TOWNS = tuple(
    f"{head}{tail}" for head in ("Harbour", "Mill", "Quarring", "East", "Nether") for tail in ("ton", "brook", "mere", "ford")
)
WORDS = ("ferry", "council", "market", "bridge", "harvest", "school", "engine", "garden", "letter", "window", "river", "lantern")
START = datetime(2031, 3, 5, 6, tzinfo=UTC)


def vectors(sentences):
    """Return unit vectors by the words of a sentence."""
    rows = np.stack([np.random.default_rng(crc32(one.encode())).standard_normal(16) for one in sentences])
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def report(number: int) -> Coding:
    """Return a report: one in three is a copy of a wire, the rest tell of one of many towns in words of their own."""
    dice = random.Random(number if number % 3 else number // 12)
    town, dead = dice.choice(TOWNS), dice.randrange(2, 40)
    told_by = [" ".join(dice.choice(WORDS) for _ in range(9)).capitalize() + "." for _ in range(6)]
    text = f"Blast in {town} kills {dead}. {' '.join(told_by)}"
    what = told(f"kills {dead}", "HARM", "killed", figures=(count("killed", dead),), place=city(town), when=day("2031-03-04"))
    more = told(told_by[2], "ACCUSE", "allege", place=city(town)) if number % 2 else told("Blast", "ASSAULT", "explosives")
    return coding(f"d{number}", text, what, more, arrival=1)


def keep(ledger: Ledger, numbers: range) -> None:
    for number in numbers:
        one = report(number)
        ledger.add(
            Reading(one.document, (), "surface", "made"), one.claims, coder="made@1", now=START + timedelta(minutes=number)
        )


def remembered(ledger: Ledger) -> dict[str, list[object]]:
    """Return all that joining remembers, in order."""
    with ledger.joined() as store:
        found: dict[str, list[object]] = {space: list(store.entries(space)) for space in SPACES}
        counted = [f"en {word[:6]}" for word in WORDS] + ["en", "*"]
        return {**found, "counts": sorted(store.counts("terms", counted).items())}


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[object]]:
    """Return what is remembered where all is joined in one step."""
    with Ledger(tmp_path_factory.mktemp("once") / "ledger.sqlite") as ledger:
        keep(ledger, range(60))
        assert sum(step.documents for step in join(ledger, vectors=vectors)) == 60
        found = remembered(ledger)
    assert len(found["link"]) > 10
    assert any(entry.value["to"] for entry in found["assignment"])
    return found


def test_ten_steps_give_what_one_gives(at_once, tmp_path, monkeypatch):
    monkeypatch.setattr(joining, "BATCH", 4)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        for first in range(0, 60, 6):
            keep(ledger, range(first, first + 6))
            assert sum(step.documents for step in join(ledger, vectors=vectors)) == 6
        assert remembered(ledger) == at_once
        assert list(join(ledger, vectors=vectors)) == []


def test_hardly_anything_at_hand_gives_what_much_at_hand_gives(at_once, tmp_path, monkeypatch):
    memory = joining.Memory(Window(1), Renderings(1), Signatures(1, 1), Profiles(1, 1))
    monkeypatch.setattr(joining, "Memory", lambda: memory)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        keep(ledger, range(60))
        assert sum(step.documents for step in join(ledger, vectors=vectors)) == 60
        assert remembered(ledger) == at_once


def test_a_server_remembers_what_a_file_remembers(at_once, address):  # noqa: F811
    with Ledger(address) as ledger:
        for first in (0, 25):  # two commands, the second with nothing at hand
            keep(ledger, range(first, 25 if first == 0 else 60))
            assert list(join(ledger, vectors=vectors))
        assert remembered(ledger) == at_once


def joins(path: Path, pipe: int) -> None:
    """Join what is kept, three documents a step, and say so after each; a child's work."""
    joining.BATCH = 3
    with Ledger(path) as ledger:
        for _ in join(ledger, vectors=vectors):
            os.write(pipe, b".")


def test_killed_between_and_within_steps_nothing_is_lost_or_doubled(at_once, tmp_path):
    path, dice, kills = tmp_path / "ledger.sqlite", random.Random(3), 0
    with Ledger(path) as ledger:
        keep(ledger, range(60))
    for _ in range(6):
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:  # pragma: no cover -- ends here, killed
            try:
                joins(path, theirs)
            finally:
                os._exit(0)
        os.close(theirs)
        os.read(ours, 1)  # a step is done; the next one may be anywhere
        time.sleep(dice.uniform(0, 0.1))
        os.kill(child, signal.SIGKILL)
        kills += os.waitpid(child, 0)[1] == signal.SIGKILL
        os.close(ours)
    assert kills
    with Ledger(path) as ledger:
        left = not_joined(ledger)
        assert 0 < left < 60
        assert sum(step.documents for step in join(ledger, vectors=vectors)) == left
        assert remembered(ledger) == at_once


def test_what_was_erased_is_at_hand_no_more(tmp_path):
    window = Window(most=10)
    with Ledger(tmp_path / "ledger.sqlite") as ledger:
        keep(ledger, range(3))
        list(join(ledger, vectors=vectors))
        with ledger.joining() as store:
            assert store.look_through(window)
            store.get("signature", ["d0", "d1"])
            assert len(window) == 2
        ledger.redact(by="Ada Quill", why="asked for", now=START + timedelta(days=1), key=b"k" * 32, document_id="d1")
        with ledger.joining() as store:
            assert store.look_through(window)
            assert len(window) == 0
            assert not store.look_through(window)


def most_memory(path: Path, history: int) -> int:
    """Return the most bytes that a step of twenty documents takes at a time after so many."""
    with Ledger(path) as ledger:
        keep(ledger, range(history))
        list(join(ledger, vectors=vectors))
        keep(ledger, range(history, history + 20))
        tracemalloc.start()
        list(join(ledger, vectors=vectors))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return peak


def test_memory_of_a_step_does_not_grow_with_what_was_joined_before(tmp_path, monkeypatch):
    few = {**cluster.table(), "rare_blocks": 12, "day_blocks": 6, "members": 4}
    monkeypatch.setattr(cluster, "table", lambda: few)
    candidates = replace(policy().candidates, verbatim=8, near=16, looked_at=4, aligned=2)
    monkeypatch.setattr(linking, "policy", lambda: replace(policy(), candidates=candidates))
    memory = joining.Memory
    monkeypatch.setattr(joining, "Memory", lambda: memory(Window(10), Renderings(200), Signatures(40, 40), Profiles(40, 40)))
    most_memory(tmp_path / "warm.sqlite", 10)  # tables and catalogues are read once
    small, large = (most_memory(tmp_path / f"{size}.sqlite", size) for size in (40, 200))
    assert large < 1.2 * small


def flood(arrival: int) -> Coding:
    """Return a report of a town that is told once, in words of its own."""
    name = f"Zq{arrival}vale"
    text = f"Blast in {name} kills {100 + arrival}. {name} {name}x{arrival} mourns."
    what = told(
        f"kills {100 + arrival}",
        "HARM",
        "killed",
        figures=(count("killed", 100 + arrival),),
        place=city(name),
        when=day("2031-03-04"),
    )
    return coding(f"f{arrival}", text, what, arrival=arrival)


def test_a_small_event_is_found_under_what_a_whole_country_tells_and_what_is_passed_over_is_counted():
    store, first = MemoryStore(), coding(
        "a", "Blast in Harbourton kills 7.",
        told("kills 7", "HARM", "killed", figures=(count("killed", 7),), place=city("Harbourton"), when=day("2031-03-04")),
        arrival=1,
    )  # fmt: skip
    last = coding(
        "b", "Explosion au marché de Harbourton : sept morts.",
        told("sept morts", "HARM", "killed", figures=(count("killed", 7),), place=city("Harbourton"), when=day("2031-03-04")),
        arrival=99, language="fr",
    )  # fmt: skip
    assign([first, *(flood(arrival) for arrival in range(2, 92))], store)
    (entry,) = assign([last], store)
    assert entry.value["to"] == first.claims[0].id
    passed = store.get("joined", ["b"])["b"].value
    assert passed["cut"] + passed["full"] > 0
    assert passed["comparisons"] <= cluster.table()["rare_blocks"] + cluster.table()["day_blocks"] + 60
