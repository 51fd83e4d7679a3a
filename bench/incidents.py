"""Incidents: which articles tell of one event, and how many died in it?

Source: articles of the Gun Violence Archive's incidents, a folder with a ``*docs.jsonl`` (incident, id, title, date, uri, text)
and an ``*incidents.json`` (num_killed by incident); or our own gold, a folder of .yaml of event, language, published, text in
five languages (tests/gold/incidents). Articles are coded with our own coder, arrive by their dates (``date``, which is when they
were found and may be late by months), and are joined one by one; an article belongs to the incident that holds its main episode,
that with the largest lead. One without a claim is an incident of its own.

Metric: ``bcubed_f1`` (Bagga and Baldwin 1998) and ``pair_f1`` over articles with their precision and recall.
``killed_exact_2plus``: of the gold incidents in which two or more died, the share for which the incident of ours that has most of
their articles gives the exact number: the one that most of its articles give (:func:`foreshock.coding.tallies.killed`), of
equally many the latest told. An address that stands under two incidents is left out. Thresholds were fixed on the incidents of
one half, by the hash of their id (``a``); ``a`` and ``b`` are the halves: articles of those incidents, judged against all that
they are joined with. ``--limit`` takes the articles of the first N incidents of a seeded shuffle.

Others: every article alone .73 (BCubed); TF-IDF within five days .88/.63. Our bar .92/.75, killed .70; the goal .95/.85.
"""

from __future__ import annotations

import json
import os
import random
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from bench.figures import document, share
from foreshock import pipeline
from foreshock.coding import tallies
from foreshock.incidents.assignment import assign
from foreshock.incidents.cluster import resolve
from foreshock.incidents.store import MemoryStore
from foreshock.model import Coding, Entry, Reading
from foreshock.settings import read_settings

SEED = 7
Parts = tuple[float, float, float]


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the measures of the folder at PATH.

    Raises:
        SystemExit: PATH holds neither format.
    """
    bench = pipeline.Workbench(read_settings(Path.cwd(), os.environ))
    documents, incidents = sorted(data.glob("*docs.jsonl")), sorted(data.glob("*incidents.json"))
    if documents and incidents:
        rows, dead = chosen(documents[0], incidents[0], limit=limit)
    elif own := sorted(data.glob("*.yaml")):
        rows, dead = own_rows(own)[:limit], {}
    else:
        raise SystemExit(f"{data} holds no *docs.jsonl with *incidents.json and no .yaml of articles")
    readings = [read(row, bench) for row in rows]
    codings = [coding(one, pipeline.code(one, bench, coder=coder), number) for number, one in enumerate(readings, 1)]
    found = measure(codings, [row["incident"] for row in rows])
    if dead:
        found |= deaths(rows, found.pop("ours"), dead, lambda at: tallies.killed(codings[at].claims, readings[at]))
    found.pop("ours", None)
    return {**found, "of": len(rows), "coder": coder}


def chosen(documents: Path, incidents: Path, *, limit: int | None) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Return the articles of one incident each, by date, and how many died in each incident."""
    rows = [json.loads(line) for line in documents.read_text(encoding="utf-8").splitlines() if line]
    under: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        under[row["uri"]].add(row["incident"])
    rows = [row for row in rows if len(under[row["uri"]]) == 1]
    names = sorted({row["incident"] for row in rows})
    random.Random(SEED).shuffle(names)
    kept = set(names[:limit])
    told = json.loads(incidents.read_text(encoding="utf-8"))
    dead = {name: int(told[name]["num_killed"]) for name in kept if name in told}
    return sorted((row for row in rows if row["incident"] in kept), key=lambda row: (row["date"], row["id"])), dead


def own_rows(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Return the rows of our own gold, in order, with the fields of the other format."""
    found = []
    for path in paths:
        for number, row in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            title, _, text = row["text"].partition("\n\n")
            name = f"{path.stem}-{number}"
            found.append(
                {**row, "incident": row["event"], "uri": name, "date": str(row["published"]), "title": title, "text": text}
            )
    return found


def read(row: Mapping[str, Any], bench: pipeline.Workbench) -> Reading:
    """Return the reading of an article; its title is its first paragraph."""
    language = row.get("language", "en")
    text = f"{row['title']}\n\n{row['text']}"
    page = document(text, code=language, name=row["uri"], title=row["title"], date=row["date"])
    return pipeline.read(page, bench, now=datetime.now(UTC), language=language)


def coding(reading: Reading, claims: Any, arrival: int) -> Coding:
    """Return a coding that arrived as the given one."""
    known_at = (datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=arrival)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Coding(reading.document, tuple(claims), "bench", 1, arrival, known_at)


def measure(codings: Sequence[Coding], gold: Sequence[str]) -> dict[str, Any]:
    """Return the scores of codings joined in their order, and the incident of each (``ours``)."""
    store = MemoryStore()
    assign(codings, store)
    main: dict[str, Entry] = {}
    for entry in store.entries("episode"):
        known = main.get(entry.value["document_id"])
        if known is None or entry.value["lead"] > known.value["lead"]:
            main[entry.value["document_id"]] = entry
    now = resolve({entry.value["incident"] for entry in main.values()}, store)
    ours = [
        now[main[one.document.id].value["incident"]] if one.document.id in main else f"alone {number}"
        for number, one in enumerate(codings)
    ]
    halves = {name: scores(gold, ours, in_half(bit)) for bit, name in enumerate("ab")}
    made = [entry.value["comparisons"] for entry in store.entries("joined")]
    return {
        **scores(gold, ours, lambda _: True),
        **{name: part for name, part in halves.items() if part["bcubed_f1"]},
        "comparisons": round(sum(made) / max(1, len(made)), 1),
        "ours": ours,
    }


def in_half(bit: int) -> Callable[[Any], bool]:
    """Return whether an incident is of a half, 0 or 1."""
    return lambda one: zlib.crc32(str(one).encode()) % 2 == bit


def scores(gold: Sequence[Hashable], ours: Sequence[Hashable], counts: Callable[[Any], bool]) -> dict[str, float]:
    """Return BCubed and pair scores over the articles whose gold incident counts, each judged against its whole cluster."""
    golden, clusters = grouped(gold), grouped(ours)
    at = [number for number, one in enumerate(gold) if counts(one)]
    both = [len(golden[gold[number]] & clusters[ours[number]]) for number in at]
    sizes = [(len(clusters[ours[number]]), len(golden[gold[number]])) for number in at]
    bcubed = harmonic(
        sum(n / size for n, (size, _) in zip(both, sizes, strict=True)) / max(1, len(at)),
        sum(n / size for n, (_, size) in zip(both, sizes, strict=True)) / max(1, len(at)),
    )
    right = sum(both) - len(at)
    pair = harmonic(
        right / max(1, sum(size for size, _ in sizes) - len(at)), right / max(1, sum(size for _, size in sizes) - len(at))
    )
    names = ("precision", "recall", "f1")
    return {
        f"{name}_{part}": round(value, 3)
        for name, values in (("bcubed", bcubed), ("pair", pair))
        for part, value in zip(names, values, strict=True)
    }


def grouped(names: Sequence[Hashable]) -> dict[Hashable, set[int]]:
    """Return the positions under each name."""
    found: dict[Hashable, set[int]] = defaultdict(set)
    for number, name in enumerate(names):
        found[name].add(number)
    return found


def harmonic(precision: float, recall: float) -> Parts:
    """Return precision, recall and their harmonic mean."""
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def deaths(
    rows: Sequence[Mapping[str, Any]], ours: Sequence[str], dead: Mapping[str, int], killed: Callable[[int], int | None]
) -> dict[str, Any]:
    """Return the share of gold incidents with two or more dead whose number our incident gives, and how many there are."""
    clusters, exact, of = grouped(ours), 0, 0
    told: dict[int, int | None] = {}
    for incident, positions in grouped([row["incident"] for row in rows]).items():
        if dead.get(str(incident), 0) < 2:
            continue
        of += 1
        most = Counter(ours[at] for at in sorted(positions)).most_common(1)[0][0]
        members = sorted(clusters[most])
        told.update((at, killed(at)) for at in members if at not in told)
        exact += tally([told[at] for at in members]) == dead[str(incident)]
    return {"killed_exact_2plus": share(exact, of), "killed_of": of}


def tally(numbers: Sequence[int | None]) -> int | None:
    """Return the number that most articles give, of equally many the latest told; None where none gives any."""
    given = [one for one in numbers if one is not None]
    said = Counter(given)
    return next((one for one in reversed(given) if said[one] == max(said.values())), None)
