"""What the tests of the cluster need: small archives, and a scheduler and workers in processes of their own, to be killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from distributed import Security

from foreshock import batch, pipeline
from foreshock.batch import jobs
from foreshock.batch.output import Output
from foreshock.settings import read_settings

NOW = datetime(2022, 2, 1, tzinfo=UTC)
# German, by rules: of all coders the quickest to load.
CODER = "rules"


def write(path: Path, documents: int, *, start: int = 0, broken: int = 0, site: str = "zeitung.example") -> Path:
    """Write an archive of invented reports, two claims each, and of lines that are none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(report(number, site)) for number in range(start, start + documents)] + ["{broken"] * broken
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def report(number: int, site: str = "zeitung.example") -> dict[str, Any]:
    """Return one invented report."""
    return {
        "url": f"https://{site}/{number}",
        "published": f"2022-0{1 + number % 2}-0{1 + number % 9}",
        "language": "de",
        "text": f"In Almaty wurden am Freitag {number + 2} Demonstranten getötet, teilte das Innenministerium mit. "
        f"Die Polizei nahm {number + 5} Menschen fest.",
    }


def bench() -> pipeline.Workbench:
    """Return a workbench on the session's cache."""
    return pipeline.Workbench(read_settings(Path("/nowhere"), os.environ))


def planned(inputs: Path, out: Path, bench: pipeline.Workbench, **named: Any) -> tuple[batch.Plan, Output]:
    """Return the plan of a run, and its output, made ready."""
    output = Output(out)
    output.prepare()
    return batch.plan([str(inputs)], output, bench, coder=CODER, now=NOW, **named), output


def finish(plan: batch.Plan, output: Output, connect: Any, *, say: Callable[[str], None] = print) -> batch.Progress:
    """Run a plan to its end, as the command does."""
    run = batch.Backfill(plan, output, show=lambda _: None, say=say, patience=300)
    progress = run.run(connect)
    run.record()
    output.clean()
    return progress


def standing(out: Path) -> list[str]:
    """Return the addresses of all documents that stand in an output, each as often as it does."""
    import pyarrow.parquet as pq

    paths = sorted(Path(out).glob("coded/*/documents.parquet"))
    return sorted(url for path in paths for url in pq.read_table(path, columns=["url"])["url"].to_pylist())


def until(found: Callable[[], Any], *, seconds: float = 300.0) -> Any:
    """Wait until something is found and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if told := found():
            return told
        time.sleep(0.005)
    raise AssertionError("it did not come to pass")


def kill(pid: int) -> None:
    """Kill a process as a kernel out of memory does; one that is gone already is gone."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@dataclass
class Cluster:
    """A scheduler and workers, speaking TLS on this machine, each started as an operator starts it."""

    folder: Path
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        made = Security.temporary()
        for name, text in (("ca", made.tls_ca_file), ("cert", made.tls_client_cert), ("key", made.tls_client_key)):
            (self.folder / f"{name}.pem").write_text(text, encoding="ascii")

    @property
    def address(self) -> str:
        return f"tls://127.0.0.1:{self.port}"

    @property
    def tls(self) -> batch.Tls:
        return batch.Tls(*(self.folder / f"{name}.pem" for name in ("ca", "cert", "key")))

    def start(self, name: str, *, workers: int = 2) -> None:
        """Start the scheduler, or worker processes under one keeper that starts them anew when they die."""
        tls = self.tls
        flags = ["--tls-ca-file", str(tls.ca), "--tls-cert", str(tls.cert), "--tls-key", str(tls.key), "--no-dashboard"]
        if name == "scheduler":
            given = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--protocol", "tls"]
        else:
            scratch = str(self.folder / "scratch")
            given = [
                "distributed.cli.dask_worker",
                self.address,
                "--nthreads",
                "1",
                "--nworkers",
                str(workers),
                "--local-directory",
                scratch,
            ]
        log = (self.folder / f"{name}.log").open("ab")
        command = [sys.executable, "-m", *given, *flags]
        self.processes[name] = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, start_new_session=True)
        log.close()

    def kill(self, name: str) -> None:
        """Kill one of them, and what it started, at once."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """Start a cluster and end it."""
    made = Cluster(folder)
    made.start("scheduler")
    made.start("workers")
    try:
        yield made
    finally:
        for name in list(made.processes):
            made.kill(name)


__all__ = ["CODER", "NOW", "jobs"]
