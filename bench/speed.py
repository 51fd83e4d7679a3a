"""Speed: how fast is news read and coded, and what does the funnel leave out?

Source: any file of JSON Lines, packed or not (.gz), one item a line with ``title``, ``lang`` and ``summary`` or ``text``:
corpora/throughput_rss_100k.jsonl.gz, 100,000 short items; corpora/throughput_long_zh_3k.jsonl.gz, 3,000 long ones. Of a file in
several languages the items of the one that most declare are measured; a feed's item is its title, a blank line, its summary.

Metric: the same items go through two pools of worker processes, one a core and at most two, each loading its models once. One
pool parses everything: each item is read and all its sentences are coded, as ``foreshock brief`` does it. The other is the funnel
(``foreshock.pipeline.funnel``). They take turns block by block, so that both see the same machine. ``items_per_s`` and
``characters_per_s`` are of the funnel by the clock, with all its workers at once, without the start of the workers; ``ratio`` is
the seconds of parsing everything over the funnel's, ``cpu_ratio`` the same of processor time. ``peak_mb`` is the most memory that
any worker of the funnel held.

Matching rule: a claim is kept where the funnel has one of the same item with the same span, kind, status, polarity and chain of
holders. ``claims_kept`` is the share of the claims of acts that are kept, ``background_kept`` of those of what is told beside
acts (STATE, ASSESS, LIKEN), ``claims_kept_all`` of both. The funnel is asked for acts: a sentence of mere background is not
parsed. ``whole`` is the funnel that is asked for both and parses every sentence, in batches, measured on the same items.

Best of others: parsing everything, 1.0 by definition; PETRARCH2 codes 457 sentences a second without its parser.
"""

from __future__ import annotations

import gzip
import json
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.speed_worker import Share, Task, begin, code_share, profiled
from foreshock.coding.gate import BACKGROUND
from foreshock.errors import SourceError
from foreshock.pipeline.funnel import BATCH

WORKERS = min(2, os.cpu_count() or 1)
# Items of one task at most, as many as the funnel holds at once; tasks of one block, after which the pools take turns.
SHARE, BLOCK = BATCH, 2
WAYS = ("everything", "acts", "all")


def run(data: Path, *, coder: str, limit: int | None, profile: bool = False) -> dict[str, Any]:
    """Return the figures; with ``profile`` time and memory of each stage of the funnel in one process too.

    Raises:
        SourceError: the file has no item.
    """
    language, items = items_of(data, limit)
    told: dict[str, list[Share]] = {way: [] for way in WAYS}
    seconds = dict.fromkeys(WAYS, 0.0)
    with _pools(coder) as pools:
        for block in _blocks(items):
            for way in WAYS:
                start = perf_counter()
                told[way] += list(pools[way].map(code_share, [Task(way, share) for share in block]))
                seconds[way] += perf_counter() - start
    figures = _figures(items, told, seconds)
    out = {"items": len(items), "language": language, "coder": coder, "workers": WORKERS, **figures}
    return {**out, "stages": profiled(items, coder=coder)} if profile else out


def items_of(data: Path, limit: int | None) -> tuple[str, list[dict[str, str]]]:
    """Return the language that most items of a file declare, and its items (title, text), at most ``limit``.

    Raises:
        SourceError: there is none.
    """
    with gzip.open(data, "rt", encoding="utf-8") if data.suffix == ".gz" else data.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if isinstance(row, dict)]
    counted = Counter(_language(row) for row in rows if _text(row).strip())
    if not counted:
        raise SourceError(f"{data} has no items", remedy="give JSON Lines with title, lang and summary or text")
    language = counted.most_common(1)[0][0]
    chosen = (row for row in rows if _language(row) == language and _text(row).strip())
    kept = islice(chosen, limit)
    return language, [
        {"id": str(row.get("id") or number), "text": _text(row), "published": str(row.get("published") or "")[:10],
         "language": language}
        for number, row in enumerate(kept)
    ]  # fmt: skip


def _language(row: dict[str, Any]) -> str:
    return str(row.get("lang") or "").lower().replace("_", "-").split("-")[0]


def _text(row: dict[str, Any]) -> str:
    title, body = str(row.get("title") or ""), str(row.get("summary") or row.get("text") or "")
    return "\n\n".join(one for one in ("" if body.startswith(title) else title, body) if one)


def _blocks(items: Sequence[dict[str, str]]) -> Iterator[list[list[dict[str, str]]]]:
    size = max(1, min(SHARE, -(-len(items) // WORKERS)))
    shares = [list(items[at : at + size]) for at in range(0, len(items), size)]
    for at in range(0, len(shares), BLOCK):
        yield shares[at : at + BLOCK]


@contextmanager
def _pools(coder: str) -> Iterator[dict[str, ProcessPoolExecutor]]:
    """Start a pool a way, its workers ready; each worker multiplies with one thread, as there is one a core."""
    before = os.environ.get("OPENBLAS_NUM_THREADS")
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    context = multiprocessing.get_context("spawn")
    pools = {way: ProcessPoolExecutor(WORKERS, mp_context=context, initializer=begin, initargs=(coder,)) for way in WAYS}
    try:
        for way, pool in pools.items():
            list(pool.map(code_share, [Task(way, [])] * WORKERS))
        yield pools
    finally:
        for pool in pools.values():
            pool.shutdown()
        if before is None:
            del os.environ["OPENBLAS_NUM_THREADS"]
        else:
            os.environ["OPENBLAS_NUM_THREADS"] = before


def _figures(items: Sequence[dict[str, str]], told: dict[str, list[Share]], seconds: dict[str, float]) -> dict[str, Any]:
    characters = sum(len(one["text"]) for one in items)
    cpu = {way: sum(share.cpu for share in shares) for way, shares in told.items()}
    claims = {way: [claim for share in shares for claim in share.claims] for way, shares in told.items()}
    figures = _compared(claims["everything"], claims["acts"])
    whole = _compared(claims["everything"], claims["all"])
    return {
        "items_per_s": round(len(items) / seconds["acts"], 1),
        "ratio": round(seconds["everything"] / seconds["acts"], 2),
        "cpu_ratio": round(cpu["everything"] / cpu["acts"], 2),
        **figures,
        "peak_mb": max(share.peak_mb for share in told["acts"]),
        "characters_per_s": round(characters / seconds["acts"]),
        "cpu_ms_per_item": {way: round(1000 * cpu[way] / len(items), 2) for way in WAYS},
        "whole": {
            "items_per_s": round(len(items) / seconds["all"], 1),
            "ratio": round(seconds["everything"] / seconds["all"], 2),
            "cpu_ratio": round(cpu["everything"] / cpu["all"], 2),
            "claims_kept_all": whole["claims_kept_all"],
            "peak_mb": max(share.peak_mb for share in told["all"]),
        },
        "everything_items_per_s": round(len(items) / seconds["everything"], 1),
        "everything_peak_mb": max(share.peak_mb for share in told["everything"]),
    }


def _compared(everything: Sequence[tuple[Any, ...]], kept: Sequence[tuple[Any, ...]]) -> dict[str, Any]:
    held = set(kept)
    acts = [one for one in everything if one[1] not in BACKGROUND]
    beside = [one for one in everything if one[1] in BACKGROUND]
    return {
        "claims": len(everything),
        "acts": len(acts),
        "claims_kept": _share(acts, held),
        "background_kept": _share(beside, held),
        "claims_kept_all": _share(everything, held),
        "claims_added": len(held - set(everything)),
    }


def _share(some: Sequence[tuple[Any, ...]], held: set[tuple[Any, ...]]) -> float | None:
    return round(sum(one in held for one in some) / len(some), 4) if some else None
