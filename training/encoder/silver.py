"""Texts for self-training, read by both coders: python -m training.encoder.silver FILE --out build/silver.jsonl [--limit N]

FILE has a JSON object a line with ``text`` and ``date``: dated reports whose licence lets weights be trained on them (CC BY-SA).
A text is taken where both coders see the same claims, one to one by their words, at least one. Spans, standing and roles are the
encoder's, whose spans are those of the corpus; the kind is the one both tell, else that of a coder that is sure of it, and where
neither is, the text is left out: rules know verbs that the corpus lacks, the encoder knows forms that rules lack.
What is written are texts with the marks of the corpus, one JSON object a line; it is made anew for a training, not kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.spans import characters, jaccard, paired
from bench.standing import coded
from corpus.records import AnnotatedClaim, Mark, MiniDocument
from foreshock.coding.encoder.told import Told
from foreshock.model import Claim
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

# The categories of the reports whose events are those of the codebook.
CATEGORIES = frozenset([
    "Armed conflict and attacks", "Armed conflicts and attacks", "Armed conflicts and incidents", "Arab Spring",
    "Business and economy", "International relations", "Law and crime", "Politics", "Politics and elections", "Syrian civil war",
])  # fmt: skip
LEAST_SHARED = 0.4
# The encoder's claims of less confidence in their trigger are noise, not a lesson.
LEAST_TRIGGER = 0.5
# From these confidences a coder's kind stands against the other's. Rules that found no verb of theirs are never so sure.
SURE_ENCODER, SURE_RULES = 0.45, 0.5
SHORTEST, LONGEST = 40, 420


def reports(path: Path) -> list[dict[str, Any]]:
    """Return the reports of a file, one for each text."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = {row["text"]: row for line in lines if SHORTEST <= len((row := json.loads(line))["text"]) <= LONGEST}
    return [row for row in rows.values() if row["category"] in CATEGORIES]


def silver_of(row: dict[str, Any], bench: Workbench) -> dict[str, Any] | None:
    """Return a report with marks, or None where the coders do not see the same claims."""
    given = {"id": "silver", "text": row["text"], "published": row["date"]}
    seen: dict[str, Told] = {}
    bench.encoder.watch = lambda claim, told: seen.__setitem__(claim.id, told)
    reading, ours = coded(given, "en", bench, "encoder")
    if not ours or any(seen[claim.id].trigger.probability < LEAST_TRIGGER for claim in ours):
        return None
    _, theirs = coded(given, "en", bench, "rules")
    kinds = agreed(ours, theirs)
    if kinds is None:
        return None
    claims = [
        {
            "kind": kind,
            "mode": mode,
            "status": claim.status,
            "negated": claim.negated,
            "certainty": claim.certainty,
            "phase": claim.phase,
            "basis": claim.basis,
            "marks": [["t", seen[claim.id].trigger.start, seen[claim.id].trigger.end], *_marks(seen[claim.id])],
        }
        for claim, (kind, mode) in zip(ours, kinds, strict=True)
    ]
    sentences = [[one.start, one.end] for one in reading.sentences]
    return {"text": reading.document.text, "published": row["date"], "sentences": sentences, "claims": claims}


def agreed(ours: Sequence[Claim], theirs: Sequence[Claim]) -> list[tuple[str, str | None]] | None:
    """Return kind and mode for each of our claims, or None where theirs are not the same claims."""
    if len(ours) != len(theirs):
        return None
    words = {id(one): characters([(one.start, one.end)]) for one in (*ours, *theirs)}
    pairs = dict(paired(ours, theirs, lambda one, other: jaccard(words[id(one)], words[id(other)]), LEAST_SHARED))
    if len(pairs) < len(ours):
        return None
    out = []
    for number, claim in enumerate(ours):
        other = theirs[pairs[number]]
        if claim.kind == other.kind or claim.confidence >= max(SURE_ENCODER, other.confidence):
            out.append((claim.kind, claim.mode))
        elif other.confidence >= SURE_RULES:
            out.append((other.kind, other.mode))
        else:
            return None
    return out


def _marks(told: Told) -> Iterator[list[Any]]:
    for role, some in told.roles.items():
        for words in some:
            yield [role, words.start, words.end]


def documents_of(path: Path) -> list[MiniDocument]:
    """Return the texts that were written as documents of the corpus."""
    out = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        claims = tuple(_claim(one, order, number) for order, one in enumerate(row["claims"], 1))
        out.append(
            MiniDocument(
                id=f"silver-{number}", language="en", register="wire", town="", published=row["published"], country="", outlet="",
                group=None, topic=None, text=row["text"], sentences=tuple((a, b) for a, b in row["sentences"]), claims=claims,
                path=str(path), line=number,
            )
        )  # fmt: skip
    return out


def _claim(row: dict[str, Any], number: int, line: int) -> AnnotatedClaim:
    marks = tuple(Mark(role, number, start, end) for role, start, end in row["marks"])
    return AnnotatedClaim(
        number=number, kind=row["kind"], mode=row["mode"], status=row["status"], negated=row["negated"],
        certainty=row["certainty"], phase=row["phase"], basis=row["basis"], holder_types=(), holder_names=(), outer="asserted",
        parties={}, places={}, time=None, counts=(), marks=marks, line=line,
    )  # fmt: skip


def chosen(rows: Iterable[dict[str, Any]], *, most: int) -> list[dict[str, Any]]:
    """Return the rows without those that only repeat a kind which ``most`` claims have already; rare kinds first."""
    kinds = Counter[str]()
    given = list(rows)
    every = Counter(claim["kind"] for row in given for claim in row["claims"])
    out = []
    for row in sorted(given, key=lambda row: min(every[claim["kind"]] for claim in row["claims"])):
        if all(kinds[claim["kind"]] >= most for claim in row["claims"]):
            continue
        kinds.update(claim["kind"] for claim in row["claims"])
        out.append(row)
    return out


def main() -> None:
    """Read the options and write."""
    parser = argparse.ArgumentParser(prog="python -m training.encoder.silver", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/silver.jsonl"))
    parser.add_argument("--skip", type=int, default=0, help="reports that are left out, the first drawn")
    parser.add_argument("--limit", type=int, default=None, help="reports that are read, drawn by chance")
    parser.add_argument("--most", type=int, default=400, help="claims of a kind")
    given = parser.parse_args()
    rows = reports(given.file)
    random.Random(1).shuffle(rows)
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    found = []
    rows = rows[given.skip :][: given.limit]
    for number, row in enumerate(rows, 1):
        made = silver_of(row, bench)
        if made is not None:
            found.append(made)
        if number % 50 == 0:
            print(f"\r{number} read, {len(found)} taken ", end="", file=sys.stderr)
    kept = chosen(found, most=given.most)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept), encoding="utf-8")
    kinds = Counter(claim["kind"] for row in kept for claim in row["claims"])
    print(json.dumps({"read": len(rows), "agreed": len(found), "kept": len(kept), "kinds": kinds}))


if __name__ == "__main__":
    main()
