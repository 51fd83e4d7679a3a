"""The run itself: hands out files, takes what came of them, and outlives workers and schedulers that do not."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from foreshock.batch.cluster import Connect
from foreshock.batch.jobs import Job, Plan
from foreshock.batch.libraries import library
from foreshock.batch.output import FORMAT, Output
from foreshock.batch.progress import Progress, brief
from foreshock.batch.task import Told, on_worker
from foreshock.errors import BackfillError

AHEAD = 2  # jobs handed out a thread: one at work, one that waits
LOOK = 0.1  # seconds between two looks at what came back
ASK = 2.0  # seconds between two questions for the workers
Show = Callable[[Progress], None]
Say = Callable[[str], None]


class Backfill:
    """A plan at work on a cluster.

    Args:
        plan: what is to be done.
        output: where.
        show: handed the progress, often.
        say: told in a sentence what the user should know: a file that is named, a scheduler that is gone.
        patience: how many seconds a cluster may be without any worker.
    """

    def __init__(self, plan: Plan, output: Output, *, show: Show, say: Say, patience: float = 300.0) -> None:
        self._output, self._show, self._say, self._patience = output, show, say, patience
        self._run = f"foreshock-{uuid4().hex}"  # its name, and that of the topic on which workers tell how far they are
        self._waiting = deque({**job, "run": self._run} for job in plan.jobs)
        self._out: dict[Any, Job] = {}
        self._plan = plan
        ended: dict[str, Mapping[str, Any]] = {told["key"]: brief({"state": "unchanged", "manifest": told}) for told in plan.done}
        ended |= {told["key"]: told for told in plan.poisoned}
        size = sum(Path(job["path"]).stat().st_size for job in plan.jobs)
        self.progress = Progress(len(plan.inputs), size, ended=ended)
        self._asked = self._met = 0.0
        self._threads = 0
        for job in plan.jobs:
            # What ended the processes of an earlier run may have been the machine.
            output.tried(job["key"])

    def run(self, connect: Connect) -> Progress:
        """Bring every file to its end and return what came of each; ``connect`` gives a client, and another where one is lost.

        Raises:
            BackfillError: the disk takes no more, a worker would code otherwise, or there is no cluster any more; what was coded
                stands, and the same run goes on from there.
        """
        client = None
        try:
            while self._waiting or self._out:
                client = self._living(client, connect)
                self._hand_out(client)
                time.sleep(LOOK)
                self._take(client)
                self._show(self.progress)
        finally:
            if client is not None:
                _leave(client, list(self._out))
            # Where the disk is full, what is on its way says so.
            with suppress(OSError):
                self.record()
        return self.progress

    def record(self) -> None:
        """Write the manifest of the run: every input and what came of it, ``waiting`` where nothing did yet."""
        files = [self._entry(key, path) for key, path in self._plan.inputs.items()]
        whole = len(self.progress.ended) == len(files)
        self._output.finish({"format": FORMAT, "state": "complete" if whole else "incomplete", "files": files})

    def _entry(self, key: str, path: str) -> dict[str, Any]:
        told = self.progress.ended.get(key)
        entry: dict[str, Any] = {"path": path, "key": key, "state": told["state"] if told else "waiting"}
        if told and "manifest" in told:
            return entry | {"state": "coded", **told["manifest"]["counts"], "sha256": told["manifest"]["input"]["sha256"]}
        return entry | ({"why": told["why"]} if told else {})

    def _living(self, client: Any, connect: Connect) -> Any:
        """Return a client whose scheduler answers; what was handed to one that is gone waits again."""
        if client is None:
            return self._met_by(connect())
        if client.status == "running" and not any(one.cancelled() for one in self._out):
            return client
        self._say("the scheduler is gone; waiting for it to come back")
        self._waiting.extendleft(self._out.values())
        self._out.clear()
        self.progress.live.clear()
        _leave(client, [])
        found = self._met_by(connect())
        self._say("the scheduler is back; going on")
        return found

    def _met_by(self, client: Any) -> Any:
        def heard(event: Any) -> None:
            told = event[1]
            self.progress.live[told["key"]] = (told["documents"], told["claims"])

        client.subscribe_topic(self._run, heard)
        self._asked, self._met = 0.0, time.monotonic()
        return client

    def _hand_out(self, client: Any) -> None:
        now = time.monotonic()
        if now - self._asked > ASK:
            self._asked = now
            try:
                threads = client.nthreads()
            except OSError:
                return  # the next look at the client says so
            self.progress.workers = len(threads)
            self._threads = sum(threads.values())
            if threads:
                self._met = now
            elif now - self._met > self._patience:
                raise BackfillError(
                    f"the cluster has had no worker for {self._patience:.0f} seconds",
                    remedy="start workers, or give each more memory; the same command then goes on from here",
                )
        while self._waiting and len(self._out) < AHEAD * self._threads:
            job = self._waiting.popleft()
            # Its own name each time: Dask remembers what ended badly under a name.
            future = client.submit(on_worker, job, key=f"{job['key']}-{uuid4().hex}", pure=False)
            self._out[future] = job

    def _take(self, client: Any) -> None:
        for future, job in list(self._out.items()):
            if future.status == "finished":
                self._end(job, _result(client, future))
            elif future.status == "error":
                self._again(job, future.exception())
            else:
                continue
            del self._out[future]

    def _end(self, job: Job, told: Told | None) -> None:
        if told is None:
            self._waiting.append(job)
            return
        if told["state"] == "refused":
            raise _refused(told)
        if told["state"] == "unlike":
            raise BackfillError(f"a worker cannot take part: {told['why']}")
        if told["state"] == "overtaken":
            self._waiting.append(job)
            return
        self.progress.end(job["key"], told)
        if "why" in told:
            self._say(f"{job['path']}: {told['state']}: {told['why']}")
        elif told["manifest"]["cut"]:
            self._say(f"{job['path']}: not read to its end: {told['manifest']['cut']}")

    def _again(self, job: Job, error: BaseException) -> None:
        """Take back a job whose worker (as Dask tells once too many did) or scheduler died; other errors are none of a file's."""
        if not isinstance(error, (library("distributed").KilledWorker, _cancelled())):
            raise BackfillError(
                f"a worker cannot run a task: {type(error).__name__}: {error}",
                remedy="install the same version of foreshock, with the extra cluster, on all machines",
            ) from error
        self._waiting.append(job)


def _result(client: Any, future: Any) -> Told | None:
    """Return a task's result; None where it was lost on its way."""
    try:
        found: Told = client.gather(future)
    except (OSError, RuntimeError, _cancelled()):
        return None
    return found


def _cancelled() -> type[Exception]:
    """Return what becomes of a task whose scheduler goes away meanwhile, which is no OSError."""
    error: type[Exception] = library("distributed.client").FutureCancelledError
    return error


def _refused(told: Told) -> OSError:
    return OSError(told["errno"], os.strerror(told["errno"]), told["why"])


def _leave(client: Any, futures: list[Any]) -> None:
    """Cancel what was handed out and close the connection; a scheduler that is gone is not waited for."""
    try:
        if client.status == "running":
            client.cancel(futures)
    except (OSError, RuntimeError):
        pass
    client.close(timeout=2)
