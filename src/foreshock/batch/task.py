"""One file: read, coded and written; what a worker does. Done twice it leaves what it leaves done once.

What it is handed and what it returns are plain values, so that no process but the workers' own code gives meaning to them.
"""

from __future__ import annotations

import errno
import os
import shutil
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from foreshock import pipeline
from foreshock.batch.jobs import Job, same
from foreshock.batch.libraries import library
from foreshock.batch.output import CLAIMS, DOCUMENTS, FORMAT, Output, digest_of
from foreshock.batch.tables import Tables
from foreshock.errors import BackfillError, ForeshockError, SourceError
from foreshock.settings import Settings, read_settings

# What a disk says that takes no more, or nothing: the fault of no file, so the run ends.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
REFUSED = FULL | {errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
TOLD = 20  # skipped parts that a manifest names; all are counted
EVERY = 2.0  # seconds between two tellings of how far a file is
Say = Callable[[int, int], None]
Told = dict[str, Any]


@dataclass(slots=True)
class Skipped:
    """Counts what is skipped and keeps the first messages."""

    count: int = 0
    first: list[str] = field(default_factory=list)
    archives: list[Told] = field(default_factory=list)

    def __call__(self, why: str) -> None:
        """Take one."""
        self.count += 1
        if self.count <= TOLD:
            self.first.append(why)

    def archive(self, report: Any) -> None:
        """Take the counts of an archive, which names only the first of its damaged records."""
        self.count += report.damaged - len(report.broken)
        self.archives.append({name: value for name, value in report.as_data().items() if name != "broken"})


def on_worker(job: Job) -> Told:
    """Run a job on a worker of Dask, which tells how far it is; caches and models are those of its machine."""
    worker = library("distributed").get_worker()
    settings = read_settings(Path.cwd(), os.environ)

    def say(documents: int, claims: int) -> None:
        worker.log_event(job["run"], {"key": job["key"], "documents": documents, "claims": claims})

    return run(job, str(settings.cache), say)


@cache
def bench_of(cache_folder: Path, given: tuple[tuple[str, Any], ...]) -> pipeline.Workbench:
    """Return the workbench of this process for some settings: models are loaded once a worker."""
    values: dict[str, Any] = {name: Path(value) if name in ("actors", "kinds") and value else value for name, value in given}
    return pipeline.Workbench(Settings(ledger=Path("none"), cache=cache_folder, **values))


@cache
def turn() -> threading.Lock:
    """Return the lock of this process: a workbench serves one thread at a time, however many a worker was given."""
    return threading.Lock()


def run(job: Job, cache_folder: str, say: Say) -> Told:
    """Code a file unless it is coded already, and return what came of it: ``state`` and what that state says more.

    ``coded`` or ``unchanged`` with the manifest; ``poisoned``, ``unreadable`` or ``failed`` with the file and why; ``refused``
    where the disk takes no more, ``unlike`` where this worker would code otherwise: these two are no fault of the file.
    """
    output = Output(Path(job["out"]))
    with turn():
        try:
            if output.trying(job["key"]) > job["tries"]:
                return poison(output, job)
            return _run(job, output, bench_of(Path(cache_folder), tuple(sorted(job["settings"].items()))), say)
        except ForeshockError as error:
            return {"state": "unlike", "why": f"{socket.gethostname()}: {error}"}
        except OSError as error:
            if error.errno not in REFUSED:
                raise
            return {"state": "refused", "errno": error.errno, "why": str(error.filename or job["out"])}
        finally:
            # A process that is ended comes to no finally, and that is what is counted.
            output.tried(job["key"])


def poison(output: Output, job: Job) -> Told:
    """Name a file as what ended the processes that were at work on it."""
    why = f"it ended {job['tries']} processes that were at work on it"
    return _fail(output, job, "poisoned", why)


def _run(job: Job, output: Output, bench: pipeline.Workbench, say: Say) -> Told:
    _check(job, bench)
    path = Path(job["path"])
    try:
        before, sha256 = path.stat(), digest_of(path)
    except OSError as error:
        return _fail(output, job, "unreadable", f"{path} cannot be read: {error.strerror or error}")
    known = output.manifest(job["key"])
    if known and known["coder"]["stamp"] == job["stamp"] and known["input"]["sha256"] == sha256:
        # It was touched, not changed.
        if not same(known, job, size=before.st_size, changed=before.st_mtime_ns):
            known["input"]["mtime_ns"] = before.st_mtime_ns
            output.amend(job["key"], known)
        # What this very run coded comes again where its result was lost with a worker.
        return {"state": "coded" if known["run"] == job["run"] else "unchanged", "manifest": known}
    made = output.begin(job["key"])
    try:
        manifest = _coded(job, bench, made, say)
        after = path.stat()
        if (after.st_size, after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
            return _fail(output, job, "failed", "it was changed while it was read")
        manifest["input"] |= {"sha256": sha256, "size": before.st_size, "mtime_ns": before.st_mtime_ns}
        output.commit(job["key"], made, manifest)
    except SourceError as error:
        return _fail(output, job, "unreadable", str(error))
    except OSError as error:
        if error.errno in REFUSED:
            raise
        if not made.is_dir():
            # Another task began the same file (the scheduler took this worker for lost) and removed what this one wrote.
            return {"state": "overtaken"}
        return _fail(output, job, "failed", f"{type(error).__name__}: {error}")
    except Exception as error:
        # One file that our code cannot bear must not end years of others; it is named.
        return _fail(output, job, "failed", f"{type(error).__name__}: {error}")
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return {"state": "coded", "manifest": manifest}


def _check(job: Job, bench: pipeline.Workbench) -> None:
    if job["foreshock"] != version("foreshock"):
        raise BackfillError(
            f"foreshock {version('foreshock')} is installed there, {job['foreshock']} where the backfill was started",
            remedy="install the same version on all machines",
        )
    if job["stamp"] != pipeline.coders_stamp(bench, coder=job["coder"]):
        raise BackfillError(
            "it codes otherwise than the machine where the backfill was started",
            remedy="install the same extras there, and give it the same files of actors and kinds",
        )


def _coded(job: Job, bench: pipeline.Workbench, made: Path, say: Say) -> Told:
    """Return the manifest of a file whose tables were written; what is known of its bytes is not yet in it.

    Raises:
        SourceError: nothing of it can be read.
    """
    file = pipeline.InputFile(Path(job["path"]), Path(job["root"]) if job["root"] else None)
    skipped = Skipped()
    coders: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    repeated, cut, start = 0, None, time.monotonic()
    last, cpu = start, time.process_time()
    about = {"foreshock": job["foreshock"], "input": file.name}
    with Tables(made, about) as tables:
        try:
            for one in _documents(job, file, bench, skipped):
                document = one.reading.document
                if (document.id, document.version) in seen:
                    repeated += 1
                    continue
                seen.add((document.id, document.version))
                coders[one.coder] += 1
                tables.add(one)
                if time.monotonic() - last > EVERY:
                    last = time.monotonic()
                    say(tables.counts[DOCUMENTS], tables.counts[CLAIMS])
        except SourceError as error:
            if not tables.counts[DOCUMENTS]:
                raise
            cut = str(error)
    counts = {"documents": tables.counts[DOCUMENTS], "claims": tables.counts[CLAIMS]}
    return {
        "format": FORMAT,
        "state": "coded",
        "key": job["key"],
        "input": {"path": job["path"], "name": file.name},
        "coder": {**_coder(job), "names": dict(sorted(coders.items()))},
        "counts": {**counts, "repeated": repeated, "skipped": skipped.count},
        "skipped": skipped.first,
        "archives": skipped.archives,
        "cut": cut,
        "output": {name: _written(made / name, rows) for name, rows in tables.counts.items()},
        "run": job["run"],
        "now": job["now"],
        "seconds": round(time.monotonic() - start, 3),
        "cpu_seconds": round(time.process_time() - cpu, 3),
        "host": socket.gethostname(),
    }


def _documents(job: Job, file: pipeline.InputFile, bench: pipeline.Workbench, skip: Skipped) -> Iterator[pipeline.Coded]:
    """Yield the documents of a file; what reading it meets is a SourceError, so that every other OSError is of writing."""
    now = datetime.fromisoformat(job["now"])
    try:
        yield from pipeline.code_file(file, bench, coder=job["coder"], now=now, skip=skip, counted=skip.archive)
    except OSError as error:
        if error.errno in FULL:
            raise
        raise SourceError(f"{file.path} cannot be read: {error.strerror or error}", remedy="check the file") from error


def _coder(job: Job) -> Told:
    return {"asked": job["coder"], "stamp": job["stamp"], "foreshock": job["foreshock"]}


def _written(path: Path, rows: int) -> Told:
    return {"rows": rows, "bytes": path.stat().st_size, "sha256": digest_of(path)}


def _fail(output: Output, job: Job, state: str, why: str) -> Told:
    path = Path(job["path"])
    told: Told = {
        "format": FORMAT,
        "state": state,
        "key": job["key"],
        "input": {"path": job["path"], "size": None, "mtime_ns": None},
        "coder": _coder(job),
        "why": why,
        "now": job["now"],
    }
    with suppress(OSError):
        told["input"] |= {"size": path.stat().st_size, "mtime_ns": path.stat().st_mtime_ns}
    output.fail(job["key"], told)
    return told
