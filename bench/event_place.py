"""The place of an event: of a sentence with one verb marked, where did that happen, or does the sentence not say?

Source: event_location_dev (MIT repository, agency text): .jsonl of ``text`` and ``spans`` with the label VERB (the event) and
LOCATION (its place; none where the sentence does not say). PATH is one such .jsonl or a folder of them. All rows with a VERB
are used, whatever their ``answer``: both of its values hold places and rows without one.

Metric: ``accuracy`` is the share of rows where the place of the clause that holds the verb is right: its words share a token
(letters or digits) with a LOCATION span, or none is found where there is none. The clause is the one whose predicate is the
verb, else the one whose words hold it, else the smallest around it. The place is the product's own
:func:`foreshock.coding.clause_places.mention_of_clause`. ``placed`` is the accuracy on rows with a place, ``unplaced`` on the
others, ``constant`` what saying "none" everywhere would get. Our bar .70, the goal .85.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foreshock.coding.clause_places import mention_of_clause
from foreshock.coding.places import PlaceMention, document_countries, find_places
from foreshock.model import Sentence, record_id
from foreshock.pipeline import Workbench
from foreshock.reading.languages import load
from foreshock.reading.languages.base import Clause, Parse
from foreshock.settings import read_settings

_TOKEN = re.compile(r"\w+")


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the accuracy over all rows; ``coder`` plays no part, places are read by rules.

    Raises:
        FileNotFoundError: PATH holds no .jsonl file.
    """
    paths = sorted(data.glob("*.jsonl")) if data.is_dir() else [data]
    if not paths or not paths[0].is_file():
        raise FileNotFoundError(f"{data} holds no .jsonl file; pass one, or a folder of them")
    rows = [row for path in paths for row in gold(path)][:limit]
    bench, counts = Workbench(read_settings(Path.cwd(), os.environ)), Counter[str]()
    language = load("en")
    sentences = [Sentence(record_id(row["text"]), 0, 0, len(row["text"]), row["text"], "en") for row in rows]
    for row, parse in zip(rows, language.parse(sentences), strict=True):
        part = "placed" if row["places"] else "unplaced"
        counts[f"of_{part}"] += 1
        counts[part] += is_right(row, place_in(parse, row["verb"], bench))
    return {
        "accuracy": _share(counts["placed"] + counts["unplaced"], len(rows)),
        "of": len(rows),
        "coder": coder,
        "placed": _share(counts["placed"], counts["of_placed"]),
        "unplaced": _share(counts["unplaced"], counts["of_unplaced"]),
        "constant": _share(counts["of_unplaced"], len(rows)),
    }


def gold(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows with a verb: ``text``, ``verb`` and ``places`` as half-open offsets."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line) if line.strip() else {"spans": []}
        spans: dict[str, list[tuple[int, int]]] = {"VERB": [], "LOCATION": []}
        for one in row["spans"]:
            spans.setdefault(one["label"], []).append(_span(one, row["text"]))
        if spans["VERB"]:
            yield {"text": row["text"], "verb": spans["VERB"][0], "places": spans["LOCATION"]}


def _span(one: dict[str, Any], text: str) -> tuple[int, int]:
    """Return a span's offsets; a tenth of the rows give token numbers in their stead, and then the words say where."""
    start, end, words = one["start"], one["end"], one.get("text", "").strip()
    if not words or text[start:end].strip() == words:
        return start, end
    places = [match.start() for match in re.finditer(re.escape(words), text)] or [start]
    nearest = min(places, key=lambda at: abs(len(text[:at].split()) - one["token_start"]))
    return nearest, nearest + len(words)


def place_in(parse: Parse, verb: tuple[int, int], bench: Workbench) -> PlaceMention | None:
    """Return the place that the product gives to the clause of a verb."""
    clause = clause_of(parse, verb)
    if clause is None:
        return None
    first = find_places(parse, gazetteer=bench.gazetteer, language="en")
    mentions = find_places(parse, gazetteer=bench.gazetteer, language="en", countries=document_countries(first))
    return mention_of_clause(mentions, clause, parse)


def clause_of(parse: Parse, verb: tuple[int, int]) -> Clause | None:
    """Return the clause of a marked verb: by its predicate, by its words, by its span."""
    marked = {one.index for one in parse.tokens if one.start < verb[1] and verb[0] < one.end}
    found = [one for one in parse.clauses if marked & set(one.predicate)] or [
        one for one in parse.clauses if marked & set(one.tokens)
    ]
    if found:
        return found[0]
    around = [clause for clause in parse.clauses if clause.start <= verb[0] and verb[1] <= clause.end]
    return min(around, key=lambda one: one.end - one.start) if around else None


def is_right(row: dict[str, Any], found: PlaceMention | None) -> bool:
    """Whether a place found is that of the gold: a token in common, or none where there is none."""
    if found is None:
        return not row["places"]
    tokens = {match.start() for match in _TOKEN.finditer(row["text"]) if match.start() < found.end and found.start < match.end()}
    held = {
        match.start()
        for match in _TOKEN.finditer(row["text"])
        if any(match.start() < end and start < match.end() for start, end in row["places"])
    }
    return bool(tokens & held)


def _share(count: int, of: int) -> float:
    return round(count / of, 3) if of else 0.0
