"""Real processes, really killed: at the end every document stands exactly once, and what is poisoned is named."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest

pytest.importorskip("distributed")
pytest.importorskip("cryptography")

from distributed.client import FutureCancelledError

from foreshock import batch
from foreshock.batch.backfill import _result
from foreshock.batch.output import Output
from tests.batch import world

TRIES = 3


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[world.Cluster]:
    with world.cluster(tmp_path_factory.mktemp("cluster")) as made:
        yield made


def connected(cluster: world.Cluster):
    return batch.connected(cluster.address, tls=cluster.tls, patience=300)


def at_work(output: Output, key: str, after: set[int] = frozenset()) -> int | None:
    """Return a process that is in the middle of a file: it has begun to write."""
    begun = list((output.folder / ".part").glob(f"{key}.*/documents.parquet"))
    new = [pid for pid, _ in output.tries(key) if pid not in after]
    return new[-1] if begun and new else None


def test_a_killed_worker_loses_and_doubles_nothing(tmp_path, bench, cluster):
    for number in range(4):
        world.write(tmp_path / "in" / f"{number}.jsonl", 40, start=100 * number)
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)
    for _ in range(TRIES):
        output.trying(plan.jobs[3]["key"])  # left by an earlier run that was killed: no fault of the file
    victims: list[int] = []

    def murder() -> None:
        for job in plan.jobs[:2]:
            victims.append(world.until(lambda key=job["key"]: at_work(output, key)))
            world.kill(victims[-1])

    killer = threading.Thread(target=murder)
    killer.start()
    with connected(cluster) as connect:
        progress = world.finish(plan, output, connect)
    killer.join()
    assert len(victims) == 2
    assert progress.count("coded") == 4
    assert world.standing(tmp_path / "out") == sorted(
        f"https://zeitung.example/{100 * f + n}" for f in range(4) for n in range(40)
    )
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["coded", "failed", "manifest.json"]


def test_a_file_that_ends_its_process_every_time_is_named(tmp_path, bench, cluster):
    for number in range(3):
        world.write(tmp_path / "in" / f"{number}.jsonl", 5, start=100 * number)
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)
    key = plan.jobs[1]["key"]
    victims: set[int] = set()

    def murder() -> None:
        while len(victims) < TRIES:
            found = world.until(lambda: next((pid for pid, _ in output.tries(key) if pid not in victims), None))
            world.kill(found)
            victims.add(found)

    killer = threading.Thread(target=murder)
    killer.start()
    said: list[str] = []
    with connected(cluster) as connect:
        progress = world.finish(plan, output, connect, say=said.append)
    killer.join()
    assert (progress.count("coded"), progress.count("poisoned")) == (2, 1)
    told = {one["path"]: one for one in json.loads((tmp_path / "out" / "manifest.json").read_text())["files"]}
    assert told[str(tmp_path / "in" / "1.jsonl")]["state"] == "poisoned"
    assert told[str(tmp_path / "in" / "1.jsonl")]["why"] == "it ended 3 processes that were at work on it"
    assert any("1.jsonl: poisoned" in one for one in said)
    assert len(world.standing(tmp_path / "out")) == 10
    # It is left alone from then on, until it changes or is asked for.
    again, _ = world.planned(tmp_path / "in", tmp_path / "out", bench)
    assert (again.jobs, len(again.done), len(again.poisoned)) == ((), 2, 1)
    retried, _ = world.planned(tmp_path / "in", tmp_path / "out", bench, again=True)
    assert [job["key"] for job in retried.jobs] == [key]


def test_a_scheduler_that_is_killed_and_started_again_loses_nothing(tmp_path, bench, cluster):
    for number in range(4):
        world.write(tmp_path / "in" / f"{number}.jsonl", 30, start=100 * number)
    plan, output = world.planned(tmp_path / "in", tmp_path / "out", bench)

    def murder() -> None:
        world.until(lambda: next(output.manifests(), None))
        cluster.kill("scheduler")
        cluster.kill("workers")
        cluster.start("scheduler")
        cluster.start("workers", workers=1)

    killer = threading.Thread(target=murder)
    killer.start()
    said: list[str] = []
    with connected(cluster) as connect:
        progress = world.finish(plan, output, connect, say=said.append)
    killer.join()
    assert "the scheduler is gone; waiting for it to come back" in said
    assert progress.count("coded") == 4
    assert len(world.standing(tmp_path / "out")) == len(set(world.standing(tmp_path / "out"))) == 120


def test_a_result_whose_scheduler_goes_away_meanwhile_is_asked_for_again():
    class Leaving:
        def gather(self, future):
            raise FutureCancelledError("a key", "scheduler-connection-lost")

    assert _result(Leaving(), None) is None
