"""Figures: what is counted, how many, of whom; and the number killed that a document gives.

PATH is a folder in one of two formats.

Source: our own ``<code>.yaml`` tables of sentences with their figures (words, what, of, unit, low, best, high, bound, counting,
state), each sentence read as a document of its own; or articles of the Gun Violence Archive's incidents, a ``*docs.jsonl``
(incident, id, title, date, uri, text) with an ``*incidents.json`` (num_killed by incident).

Metric: on tables ``found``, the share of the gold figures that one of ours overlaps, one to one; ``right``, the share with every
field right; ``extra``, ours without a gold figure as a share of ours; ``fields``, each field's share of those found. A table
``injection.yaml`` of clean sentences adds ``damage_abstained`` and ``clean_recall`` (:mod:`bench.injection`). On articles
``killed_exact_2plus``: of the documents of one incident in which two or more died, the share for which the number that
:func:`foreshock.coding.tallies.killed` gives is exact; None is wrong. An address that stands under two incidents is left out.
``--limit`` takes the first of a seeded shuffle.

Others on the second: a regular expression .39, always "2" .41. Our bar .70; abstention .95 at a clean recall of .95.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from bench import injection
from foreshock import pipeline
from foreshock.coding import tallies
from foreshock.coding.figures import find_figures
from foreshock.coding.times import und_table
from foreshock.model import Custody, Document, Figure
from foreshock.reading import languages
from foreshock.reading.read import read as read_document
from foreshock.settings import read_settings

FIELDS = ("what", "of", "unit", "low", "best", "high", "bound", "counting", "state")
SEED = 7


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the measure of the format that PATH holds.

    Raises:
        SystemExit: PATH holds neither format.
    """
    documents, incidents = sorted(data.glob("*docs.jsonl")), sorted(data.glob("*incidents.json"))
    if documents and incidents:
        return run_documents(documents[0], incidents[0], coder=coder, limit=limit)
    tables = [path for path in sorted(data.glob("*.yaml")) if path.stem != "injection"]
    if not tables:
        raise SystemExit(f"{data} holds no *docs.jsonl with *incidents.json and no <code>.yaml")
    by_language = {path.stem: score(path, limit=limit) for path in tables}
    clean = data / "injection.yaml"
    injected = injection.measure(clean, lambda text, code: figures_of(text, code=code)) if clean.is_file() else {}
    total = round(sum(one["right"] for one in by_language.values()) / len(by_language), 3)
    return {"right": total, "coder": coder, "languages": by_language, **injected}


def figures_of(text: str, code: str, *, parsed: bool = True) -> tuple[Figure, ...]:
    """Return the figures of a text that is a document of its own, with the damage that is found in it."""
    now = datetime(2024, 1, 1, tzinfo=UTC)
    reading = read_document(document(text, code=code), now=now, language=code)
    language = languages.load(code)
    if not parsed or language.depth != "parsed":
        language = languages.load("und")
    table = languages.table(code) if language.depth == "parsed" else und_table(code)
    parses = language.parse(reading.sentences)
    return tuple(one for parse in parses for one in find_figures(parse, table=table, damage=reading.document.damage))


def document(text: str, *, code: str, name: str = "row", title: str | None = None, date: str | None = None) -> Document:
    """Return a document as a bench holds it: no file stands behind it."""
    custody = Custody("", len(text), "2024-01-01T00:00:00Z", name)
    return Document(name, "1", name, name, code, title, text, date, None, custody.fetched_at, "text/plain", custody)


def score(path: Path, *, limit: int | None = None, misses: list[str] | None = None) -> dict[str, Any]:
    """Return the shares of one gold table; ``misses`` collects what was not right, one line a figure."""
    count: Counter[str] = Counter()
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))[:limit]:
        ours = list(figures_of(row["text"], path.stem))
        count["ours"] += len(ours)
        for gold in row["figures"]:
            count["of"] += 1
            start, end = span_of(row["text"], gold["words"])
            hit = max(ours, key=lambda one: min(one.end, end) - max(one.start, start), default=None)
            if hit is None or min(hit.end, end) <= max(hit.start, start):
                if misses is not None:
                    misses.append(f"{row['text']}\t{gold['words']}\tnot found")
                continue
            ours.remove(hit)
            count["found"] += 1
            wrong = [name for name in FIELDS if getattr(hit, name) != gold[name]]
            count["right"] += not wrong
            count.update(f"field {name}" for name in FIELDS if name not in wrong)
            if wrong and misses is not None:
                told = "; ".join(f"{name} {getattr(hit, name)} for {gold[name]}" for name in wrong)
                misses.append(f"{row['text']}\t{gold['words']}\t{told}")
        count["extra"] += len(ours)
        if ours and misses is not None:
            misses.append(f"{row['text']}\textra\t{[(one.raw, one.what, one.best) for one in ours]}")
    return {
        "found": share(count["found"], count["of"]),
        "right": share(count["right"], count["of"]),
        "extra": share(count["extra"], count["ours"]),
        "of": count["of"],
        "fields": {name: share(count[f"field {name}"], count["found"]) for name in FIELDS},
    }


def span_of(text: str, words: str) -> tuple[int, int]:
    """Return where the words stand in the text; a final ``#n`` asks for the n-th occurrence."""
    sought, mark, nth = words.rpartition("#")
    sought, number = (sought, int(nth)) if mark and nth.isdigit() else (words, 1)
    start = -1
    for _ in range(number):
        start = text.index(sought, start + 1)
    return start, start + len(sought)


def share(part: float, whole: float) -> float | None:
    """Return a share rounded to three places, None of nothing."""
    return round(part / whole, 3) if whole else None


def run_documents(documents: Path, incidents: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return ``killed_exact_2plus`` with the number of documents, and the share for which any number was given."""
    bench = pipeline.Workbench(read_settings(Path.cwd(), os.environ))
    chosen = list(fatal(documents, incidents))
    random.Random(SEED).shuffle(chosen)
    exact = given = 0
    chosen = chosen[:limit]
    for row, dead in chosen:
        number = killed_in(row, bench, coder=coder)
        given += number is not None
        exact += number == dead
    return {
        "killed_exact_2plus": share(exact, len(chosen)),
        "given": share(given, len(chosen)),
        "of": len(chosen),
        "coder": coder,
    }


def fatal(documents: Path, incidents: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield the documents of one incident only in which two or more died, with how many."""
    told = json.loads(incidents.read_text(encoding="utf-8"))
    rows: Sequence[dict[str, Any]] = [json.loads(line) for line in documents.read_text(encoding="utf-8").splitlines() if line]
    under: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        under[row["uri"]].add(row["incident"])
    for row in rows:
        dead = told.get(row["incident"], {}).get("num_killed", 0)
        if dead >= 2 and len(under[row["uri"]]) == 1:
            yield row, dead


def killed_in(row: dict[str, Any], bench: pipeline.Workbench, *, coder: str) -> int | None:
    """Return the number killed that an article gives; its title is its first paragraph."""
    text = f"{row['title']}\n\n{row['text']}"
    now = datetime.now(UTC)
    page = document(text, code="en", name=row["uri"], title=row["title"], date=row["date"])
    reading = pipeline.read(page, bench, now=now, language="en")
    return tallies.killed(pipeline.code(reading, bench, coder=coder), reading)
