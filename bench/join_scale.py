"""Joining at scale: does it keep pace with a million claims a day, in memory that does not grow?

Source: a made day of news (``bench/made_wire.py``): sixteen languages, half of the documents copies of a wire, a few events told
by thousands, all within one day, so that N claims are as dense as N a day. PATH is a scratch folder, where ledgers are made and
removed. ``--limit`` is N, 100,000 without it; the same is measured at N / 10 where N is 20,000 or more.

Metric: ``claims_per_s`` are claims that :func:`foreshock.pipeline.join` takes in a second of one core (``cpu_seconds``, with the
system's part; ``seconds`` are by the clock on the wall and longer where others work too). ``headroom`` is how many times faster
than a million a day (11.6 a second) that is, and with ``with_encoder`` how many where the sentences that are asked for
(``sentences``) go to the real encoder, timed beside it on made sentences. ``growth`` is the exponent between both sizes, log of
the ratio of times over log of the ratio of claims: 1 is linear; ``stages`` give time, exponent and the most memory seen in each.
``ms_a_document`` is what one takes in each tenth of the run: where it is level, the caps of docs/incidents.md are reached and all
further growth is linear. ``peak_mb`` is the most memory of the process that joins, at both sizes; ``disk_mb_per_1000`` what
joining writes. ``bcubed_f1`` says that the day's events are told apart: over documents, against the events that they were made
of. ``cut`` and ``full`` are the counts of :class:`foreshock.pipeline.Step`, a document.

Each size has a process of its own that loads, and one that joins. Vectors are drawn by the hash of a sentence, as in
``bench/joining.py``: made sentences mean nothing. Best of others: none known; headroom 1 by definition.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from itertools import islice, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.incidents import scores
from bench.joining import Vectors
from bench.made_wire import CODER, Newsday
from foreshock.incidents.cluster import resolve
from foreshock.ledger import Batch, Ledger
from foreshock.pipeline import Step, join
from foreshock.pipeline.joining import sentence_vectors

CLAIMS, A_DAY = 100_000, 1_000_000 / 86_400
CHUNK, EVERY, SPOKEN = 1_000, 40, 300
# Stage -> what of the code is it; time within another stage's is that one's.
STAGES = {
    "read": ("foreshock.ledger.reading:codings",),
    "signatures": ("foreshock.incidents.origins.linking:signature_of",),
    "copies": ("foreshock.incidents.origins.linking:_Linker._between",),
    "alignment": ("foreshock.incidents.origins.linking:rendered_link",),
    "vectors": ("bench.joining:Vectors.__call__",),
    "episodes": tuple(f"foreshock.incidents.assignment:{one}" for one in ("episodes_of", "terms_of", "profile_of")),
    "blocks": ("foreshock.incidents.assignment:candidates",),
    "scores": ("foreshock.incidents.assignment:fits", "foreshock.incidents.assignment:_merged"),
    "store_reads": tuple(f"foreshock.ledger.store:LedgerStore.{one}" for one in ("get", "read", "found", "ranked", "counts")),
    "store_writes": tuple(f"foreshock.ledger.store:LedgerStore.{one}" for one in ("put", "count")),
}


class Clock:
    """Seconds of the processor by stage, each without what stages within it took, and the most memory seen at their ends."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.most: dict[str, float] = defaultdict(float)
        self._open: list[list[Any]] = []
        self._calls: dict[str, int] = defaultdict(int)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure within; what is measured is the code itself, which knows nothing of it."""
        before = [(stage, *_found(name)) for stage, names in STAGES.items() for name in names]
        for stage, owner, name, real in before:
            setattr(owner, name, self._measured(stage, real))
        try:
            yield
        finally:
            for _, owner, name, real in before:
                setattr(owner, name, real)

    def _measured(self, stage: str, real: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(real)
        def measured(*given: Any, **named: Any) -> Any:
            start = time.process_time()
            self._open.append([0.0])
            try:
                return real(*given, **named)
            finally:
                taken = time.process_time() - start
                within = self._open.pop()[0]
                self.seconds[stage] += taken - within
                if self._open:
                    self._open[-1][0] += taken
                self._calls[stage] += 1
                if self._calls[stage] % EVERY == 1:
                    self.most[stage] = max(self.most[stage], memory_mb())

        return measured


def _found(name: str) -> tuple[Any, str, Any]:
    module, _, path = name.partition(":")
    owner: Any = import_module(module)
    *outer, last = path.split(".")
    for one in outer:
        owner = getattr(owner, one)
    return owner, last, getattr(owner, last)


def memory_mb() -> float:
    """Return the memory of this process now, in MB; its most so far where the system does not tell."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:  # noqa: ARG001 -- one signature for all benches
    """Return speed, growth and memory of joining N claims of one day."""
    claims = limit or CLAIMS
    sizes = [claims // 10, claims] if claims >= 20_000 else [claims]
    with TemporaryDirectory(dir=data, prefix="join-scale-") as name:
        told = [apart(measured, name, one) for one in sizes]
    return summary(told)


def summary(told: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the figures of the largest size, with the growth from the first."""
    first, last = told[0], told[-1]
    ratio = math.log(last["claims"] / first["claims"]) if len(told) > 1 else 0.0

    def growth(one: float, other: float) -> float | None:
        return round(math.log(other / one) / ratio, 2) if ratio and one > 0 and other > 0 else None

    stages = {
        name: {**part, "growth": growth(first["stages"][name]["seconds"], part["seconds"])}
        for name, part in last["stages"].items()
    }
    return {
        **{key: value for key, value in last.items() if key != "stages"},
        "growth": growth(first["cpu_seconds"], last["cpu_seconds"]),
        "peak_mb": {str(one["claims"]): one["peak_mb"] for one in told},
        "bcubed_f1": {str(one["claims"]): one["bcubed_f1"] for one in told},
        "stages": stages,
    }


def apart(target: Callable[..., dict[str, Any]], *given: Any) -> dict[str, Any]:
    """Return what a function gives in a process of its own, so that its memory is no other's."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_sent, args=(theirs, target, given))
    process.start()
    theirs.close()
    try:
        found: dict[str, Any] = ours.recv()
    except EOFError:
        raise SystemExit(f"the process that measures {given} died: see what it said above") from None
    finally:
        process.join()
    return found


def _sent(pipe: Any, target: Callable[..., dict[str, Any]], given: tuple[Any, ...]) -> None:
    pipe.send(target(*given))
    pipe.close()


def measured(folder: str, claims: int) -> dict[str, Any]:
    """Load a day of so many claims in another process, join it in this one, and return what that took."""
    path = Path(folder) / f"{claims}.sqlite"
    apart(loaded, str(path), claims)
    before, clock, vectors = _size(path), Clock(), Vectors()
    started, cpu = time.perf_counter(), time.process_time()
    with Ledger(path) as ledger:
        steps, at = [], [cpu]
        with clock.running():
            for step in join(ledger, vectors=vectors):
                steps.append(step)
                at.append(time.process_time())
        seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        exact = told_apart(ledger, json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))
    documents, done = sum(one.documents for one in steps), sum(one.claims for one in steps)
    stages = {name: {"seconds": round(clock.seconds[name], 1), "peak_mb": round(clock.most[name])} for name in STAGES}
    rest = cpu - sum(clock.seconds.values())
    encoder = vectors.asked / encoder_speed()
    return {
        "claims": done,
        "documents": documents,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "claims_per_s": round(done / cpu, 1),
        "headroom": round(done / cpu / A_DAY, 1),
        "with_encoder": round(done / (cpu + encoder) / A_DAY, 1),
        "sentences": round(vectors.asked / documents, 1),
        "links": round(sum(one.links for one in steps) / documents, 1),
        "cut": round(sum(one.cut for one in steps) / documents, 1),
        "full": round(sum(one.full for one in steps) / documents, 1),
        "ms_a_document": curve(steps, at),
        "peak_mb": round(peak),
        "disk_mb_per_1000": round((_size(path) - before) * 1000 / done, 1),
        "bcubed_f1": exact,
        "stages": {**stages, "rest": {"seconds": round(rest, 1), "peak_mb": round(peak)}},
    }


def curve(steps: Sequence[Step], at: Sequence[float]) -> list[float]:
    """Return the milliseconds a document takes, of each tenth of the steps: level where the cost of one has reached its bound."""
    tenths = sorted({len(steps) * tenth // 10 for tenth in range(11)})
    return [
        round(1000 * (at[end] - at[start]) / sum(one.documents for one in steps[start:end]), 1) for start, end in pairwise(tenths)
    ]


def loaded(path: str, claims: int) -> dict[str, Any]:
    """Keep the documents of a day in a ledger, not joined yet, and their events beside it."""
    events: dict[str, int] = {}
    with Ledger(Path(path)) as ledger:
        given = iter(Newsday(claims=claims))
        while some := list(islice(given, CHUNK)):
            ledger.add_many(Batch(one.reading, one.claims, CODER, one.now) for one in some)
            events |= {one.reading.document.id: one.event for one in some}
    Path(path).with_suffix(".json").write_text(json.dumps(events), encoding="utf-8")
    return {"documents": len(events)}


def told_apart(ledger: Ledger, events: dict[str, int]) -> float:
    """Return BCubed F1 over documents: the incident of each one's main episode against the event that it was made of."""
    main: dict[str, tuple[float, str]] = {}
    with ledger.joined() as store:
        for entry in store.entries("episode"):
            lead = (float(entry.value["lead"]), str(entry.value["incident"]))
            main[entry.value["document_id"]] = max(main.get(entry.value["document_id"], lead), lead)
        now = resolve({incident for _, incident in main.values()}, store)
    ids = sorted(main)
    return scores([events[one] for one in ids], [now[main[one][1]] for one in ids], lambda _: True)["bcubed_f1"]


def encoder_speed() -> float:
    """Return how many made sentences the real encoder takes a second of one core."""
    texts = (line for one in Newsday(claims=2 * SPOKEN) for line in one.reading.document.text.splitlines())
    some, encode = list(islice(texts, SPOKEN)), sentence_vectors()
    encode(some[:2])  # reads the weights
    start = time.process_time()
    encode(some)
    return len(some) / (time.process_time() - start)


def _size(path: Path) -> float:
    """Return the megabytes of a ledger with its journal."""
    return sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*")) / 1e6
