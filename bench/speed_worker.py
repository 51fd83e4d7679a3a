"""What a worker of the speed bench does: codes its share of the items one way or the other, and says what it took."""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from foreshock.model import Claim, Custody, Document, Reading, record_id
from foreshock.pipeline import Workbench, code, read
from foreshock.pipeline.funnel import Coded, Funnel, StageTimes
from foreshock.settings import read_settings

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STAMP = "2026-01-01T00:00:00Z"
# What a worker codes before it is timed, so that tables and models are there.
FIRST = (
    "Police detain nine after march\n\nPolice in Port Vila detained nine people on Sunday after a march, the minister said.",
    "La policía detuvo a nueve personas.",
)
_held: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Task:
    """Items to code; ``way`` is "everything", or the funnel asked for "acts" or "all"."""

    way: str
    items: Sequence[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Share:
    """The claims of a task (item, kind, status, polarity, span, holders), its processor time in s, the worker's peak memory."""

    claims: tuple[tuple[Any, ...], ...]
    cpu: float
    peak_mb: int


def begin(coder: str) -> None:
    """Make what the worker codes with; it is kept for all its tasks."""
    _held.update(bench=Workbench(read_settings(Path.cwd(), os.environ)), coder=coder)


def code_share(task: Task) -> Share:
    """Return what became of a task; a task without items makes the worker ready."""
    items = task.items or [{"id": "first", "text": text, "published": "2026-01-01", "language": ""} for text in FIRST]
    documents = [document_of(one) for one in items]
    start = time.process_time()
    coded = everything(documents) if task.way == "everything" else funnelled(documents, task.way)
    cpu = time.process_time() - start
    return Share(tuple(key(claim) for _, claims in coded for claim in claims), cpu, peak_mb())


def everything(documents: Sequence[Document]) -> list[tuple[Reading, Sequence[Claim]]]:
    """Read and code each document, as the pipeline does where there is no funnel."""
    bench, coder = _held["bench"], _held["coder"]
    readings = [read(one, bench, now=NOW) for one in documents]
    return [(reading, code(reading, bench, coder=coder)) for reading in readings]


def funnelled(documents: Sequence[Document], keep: str) -> list[tuple[Reading, Sequence[Claim]]]:
    """Send documents through the worker's funnel."""
    if "funnel" not in _held:
        _held["funnel"] = Funnel(_held["bench"], coder=_held["coder"], now=NOW, keep="all" if keep == "all" else "acts")
    return [(one.reading, one.claims) for one in _held["funnel"].code(documents) if isinstance(one, Coded)]


def document_of(item: dict[str, str]) -> Document:
    """Return an item as the document that its feed would give."""
    text = item["text"]
    return Document(
        id=record_id("document", item["id"]), version=record_id("version", text), source="bench", url=None,
        language=item["language"], title=None, text=text, published=item["published"] or None, published_by="metadata",
        fetched_at=STAMP, media_type="application/feed", custody=Custody("0" * 64, len(text), STAMP, item["id"]),
    )  # fmt: skip


def key(claim: Claim) -> tuple[Any, ...]:
    """Return what a claim is compared by."""
    holders = tuple((one.name, one.role, one.raw, one.status) for one in claim.holders)
    return (claim.document_id, claim.kind, claim.status, claim.negated, claim.start, claim.end, holders)


def peak_mb() -> int:
    """Return the most memory that this process has held, in MB.

    Where the system has it, of this program alone: what ``getrusage`` tells of a spawned process begins with its parent's memory.
    """
    told = Path("/proc/self/status")
    if told.is_file():
        kilobytes = next((line.split()[1] for line in told.read_text().splitlines() if line.startswith("VmHWM:")), None)
        if kilobytes is not None:
            return round(int(kilobytes) * 1024 / 1e6)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1_000_000 if sys.platform == "darwin" else 1_000))


def resident_mb() -> float:
    """Return the memory that this process holds now, in MB; 0 where the system does not say."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * resource.getpagesize() / 1e6 if told.is_file() else 0.0


def profiled(items: Sequence[dict[str, str]], *, coder: str) -> dict[str, dict[str, float]]:
    """Return what each stage of the funnel took in this one process: seconds, MB held at most, what went in.

    ``start`` is what has to be there before the first item: tables, catalogues, the parser; "rest" what no stage counts.
    """
    before = resident_mb()
    begin(coder)
    _held.pop("funnel", None)
    start = time.perf_counter()
    code_share(Task("acts", []))
    stages = {"start": {"seconds": round(time.perf_counter() - start, 2), "mb": round(resident_mb() - before)}}
    funnel = _watched(_held["funnel"])
    start, most = time.perf_counter(), resident_mb()
    for _ in funnel.code(map(document_of, items)):
        pass
    whole = time.perf_counter() - start
    for name, told in funnel.counts.items():
        stages[name] = _stage(told)
    stages["rest"] = {"seconds": round(whole - sum(one.seconds for one in funnel.counts.values()), 2)}
    stages["all"] = {"seconds": round(whole, 2), "mb_before": round(most), "mb": round(resident_mb()), "peak_mb": peak_mb()}
    return stages


def _watched(funnel: Funnel) -> Funnel:
    """Let a funnel note the memory held at the end of each stage, and count anew."""
    funnel.memory, funnel.counts = resident_mb, {}
    return funnel


def _stage(told: StageTimes) -> dict[str, float]:
    return {
        "seconds": round(told.seconds, 2), "items": told.items, "sentences": told.sentences, "bytes": told.bytes,
        "mb": round(told.memory),
    }  # fmt: skip
