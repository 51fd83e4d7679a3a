"""What is to be done: a job a file, in plain values, for those that are not done already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from typing import Any

from foreshock import pipeline
from foreshock.batch.output import Output, key_of
from foreshock.dates import utc_stamp
from foreshock.errors import BackfillError, SourceError
from foreshock.settings import Settings

# A file that ended so many processes while they were at work on it is taken for what ended them.
TRIES = 3
# What of the settings decides how a text is read and coded; the cache is each machine's own.
SENT = ("proxy", "actors", "kinds", "max_file_mb", "max_page_mb")
Job = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does.

    Attributes:
        jobs: of the files to be coded, each of plain values (texts, numbers, None) only.
        done: the manifests of those that are coded already, unchanged since, by the same coders.
        poisoned: what is known of those that ended their processes in an earlier run and have not changed since.
        refused: what was found in the inputs and is not read.
        inputs: key -> path of all files.
    """

    jobs: tuple[Job, ...]
    done: tuple[dict[str, Any], ...]
    poisoned: tuple[dict[str, Any], ...]
    refused: tuple[SourceError, ...]
    inputs: dict[str, str] = field(default_factory=dict)


def plan(
    inputs: Sequence[str], output: Output, bench: pipeline.Workbench, *, coder: str, now: datetime, again: bool = False
) -> Plan:
    """Return what is to be done for some inputs.

    A file is known by its size and time of change; where they differ from those of its manifest, its task compares digests.

    Args:
        inputs: files and folders.
        output: where coded files stand.
        bench: of this machine; the coders of the cluster must be the same.
        coder: one of the coders of the settings.
        now: the moment at which documents are taken to be fetched.
        again: whether to try again what was found to end its process.

    Raises:
        SourceError: an input is not there, or there is nothing to read in any.
        BackfillError: the inputs lie in the folder of the output.
    """
    files, refused = _files(inputs, output)
    stamp = pipeline.coders_stamp(bench, coder=coder)
    jobs: list[Job] = []
    done: list[dict[str, Any]] = []
    poisoned: list[dict[str, Any]] = []
    for key, file in files.items():
        job = _job(key, file, output, bench.settings, coder=coder, stamp=stamp, now=now)
        told, failure = output.manifest(key), output.failure(key)
        if told and same(told, job, size=file.path.stat().st_size, changed=file.path.stat().st_mtime_ns):
            done.append(told)
        elif failure and failure["state"] == "poisoned" and not again and _unchanged(failure, job, file):
            poisoned.append(failure)
        else:
            jobs.append(job)
    return Plan(tuple(jobs), tuple(done), tuple(poisoned), tuple(refused), {key: str(one.path) for key, one in files.items()})


def same(told: dict[str, Any], job: Job, *, size: int, changed: int) -> bool:
    """Return whether a manifest is that of a file as it stands now, coded by the coders of a job."""
    return bool(told["coder"]["stamp"] == job["stamp"] and told["input"]["size"] == size and told["input"]["mtime_ns"] == changed)


def _unchanged(failure: dict[str, Any], job: Job, file: pipeline.InputFile) -> bool:
    found = file.path.stat()
    return same(failure, job, size=found.st_size, changed=found.st_mtime_ns)


def _files(inputs: Sequence[str], output: Output) -> tuple[dict[str, pipeline.InputFile], list[SourceError]]:
    files: dict[str, pipeline.InputFile] = {}
    refused: list[SourceError] = []
    here = output.folder.resolve()
    for address in inputs:
        for one in pipeline.input_files(address):
            if isinstance(one, SourceError):
                refused.append(one)
            elif one.path.is_relative_to(here):
                raise BackfillError(f"{one.path} lies in {here}, which is written", remedy="name another folder with --out")
            else:
                # A file that is named twice is one file.
                files.setdefault(key_of(one.path, one.name), one)
    if not files:
        first = f"; the first: {refused[0]}" if refused else ""
        raise SourceError(f"no file to read in {', '.join(inputs)}{first}", remedy="name archives, or folders that hold some")
    return files, refused


def _job(key: str, file: pipeline.InputFile, output: Output, settings: Settings, *, coder: str, stamp: str, now: datetime) -> Job:
    values = {name: getattr(settings, name) for name in SENT}
    return {
        "key": key,
        "path": str(file.path),
        "root": str(file.root) if file.root else None,
        "out": str(output.folder.resolve()),
        "coder": coder,
        "stamp": stamp,
        "foreshock": version("foreshock"),
        "now": utc_stamp(now),
        "tries": TRIES,
        "settings": {name: value if isinstance(value, float | None) else str(value) for name, value in values.items()},
    }
