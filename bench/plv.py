"""PLOVER roots: what has the marked source done to the marked target, in one sentence?

Source: the PLV set of Hu et al., "Leveraging Codebook Knowledge with NLI and ChatGPT for Zero-Shot Political Relation
Classification" (ACL 2024): a .tsv of sentence, source, target and PLOVER root, English; YIELD is CONCEDE and RETREAT in one.

Metric: ``root_f1`` and ``quad_f1``, macro F1 over the classes that the gold has. Quads are PLOVER's; YIELD counts as material
cooperation, as its CAMEO root 08 does (PLOVER has CONCEDE under verbal and RETREAT under material cooperation).

Matching rule: every sentence is coded as a document of its own; the coder is told neither the pair nor the root. Of its claims
the one counts that fits the marked pair best: the share of words that its actor has in common with the source, plus that of its
recipient with the target, of the shorter of the two each time, articles and the like aside; a pair the other way round fits
half as well (for acts that both do). Between equals the claim that covers more of the two mentions counts, then the shorter
span, then the first. Its kind, mode, status and polarity go through the crosswalk; a claim without a root, and a sentence
without a claim, are wrong. ``fitted`` is the share of rows whose claim names either party, ``rooted`` that with a root.

Best known on the same or the sister set (root/quad): UniversalPetrarch .463/.518, a regex .519/.640, GPT-4 .615/.767, zero-shot
NLI .824/.896, supervised ConfliBERT .867/.963. SD between draws .016.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.spans import f1
from bench.standing import coded
from foreshock.model import Actor, Claim
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.crosswalk import Crosswalk, load_crosswalk
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

QUADS = {
    "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
    "material cooperation": ("COOPERATE", "AID", "RETREAT", "YIELD"),
    "verbal conflict": ("REQUEST", "ACCUSE", "REJECT", "THREATEN"),
    "material conflict": ("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
}
QUAD_OF = {root: quad for quad, roots in QUADS.items() for root in roots}
YIELD = ("CONCEDE", "RETREAT")
ARTICLES = frozenset({"a", "an", "the", "s", "his", "her", "its", "their"})
IDLE = ARTICLES | {"of", "and", "in", "on", "for", "to", "with", "by", "from"}
CROSSED = 0.5
COLUMNS = {"sentence", "source", "target", "root"}


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of one .tsv, or of all in a folder together.

    Raises:
        ValueError: a file lacks one of the columns.
        FileNotFoundError: PATH holds no .tsv.
    """
    rows = load_rows(data)[:limit]
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    crosswalk = load_crosswalk(load_codebook())
    pairs: list[tuple[str, str | None]] = []
    fitted = 0
    for number, row in enumerate(rows):
        text = {"id": str(number), "text": row["sentence"]}
        _, claims = coded(text, "en", bench, coder)
        claim = best(claims, row)
        fitted += claim is not None and fit(claim, row) > 0
        pairs.append((row["root"], root_of(claim, crosswalk)))
    quads = [(QUAD_OF[gold], QUAD_OF[told] if told else None) for gold, told in pairs]
    of = max(1, len(rows))
    return {
        "root_f1": round(macro_f1(pairs), 3),
        "quad_f1": round(macro_f1(quads), 3),
        "accuracy": round(sum(gold == told for gold, told in pairs) / of, 3),
        "fitted": round(fitted / of, 3),
        "rooted": round(sum(told is not None for _, told in pairs) / of, 3),
        "of": len(rows),
        "coder": coder,
        "by_root": {name: round(value, 2) for name, value in sorted(class_f1(pairs).items())},
    }


def load_rows(data: Path) -> list[dict[str, str]]:
    """Return the rows of a .tsv, or of every .tsv of a folder."""
    rows: list[dict[str, str]] = []
    for path in sorted(data.glob("*.tsv")) if data.is_dir() else [data]:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t")
            if not set(reader.fieldnames or ()) >= COLUMNS:
                raise ValueError(f"{path} has the columns {reader.fieldnames}; give {', '.join(sorted(COLUMNS))}")
            rows.extend(reader)
    if not rows:
        raise FileNotFoundError(f"{data} holds no rows of a .tsv; pass one, or a folder of them")
    return rows


def best(claims: Sequence[Claim], row: dict[str, str]) -> Claim | None:
    """Return the claim that fits the marked pair best; None where there is none."""
    return max(claims, key=lambda one: (fit(one, row), covers(one, row), one.start - one.end, -one.start), default=None)


def fit(claim: Claim, row: dict[str, str]) -> float:
    """Return how well a claim's parties fit the pair, 0 to 2."""
    straight = alike(claim.actor, row["source"]) + alike(claim.recipient, row["target"])
    crossed = alike(claim.actor, row["target"]) + alike(claim.recipient, row["source"])
    return max(straight, CROSSED * crossed)


def covers(claim: Claim, row: dict[str, str]) -> float:
    """Return how many of the words of both mentions a claim's own words hold, 0 to 2."""
    held = words(claim.text)
    return sum(len(words(row[one]) & held) / max(1, len(words(row[one]))) for one in ("source", "target"))


def alike(actor: Actor | None, mention: str) -> float:
    """Return the share of words that a party and a mention have in common, of the shorter one."""
    if actor is None:
        return 0.0
    ours, theirs = words(actor.raw or actor.name or ""), words(mention)
    return len(ours & theirs) / max(1, min(len(ours), len(theirs)))


def words(text: str) -> set[str]:
    """Return the words of a phrase without articles and prepositions, or with them if nothing is left."""
    every = set(re.findall(r"\w+", text.casefold()))
    return every - IDLE or every


def root_of(claim: Claim | None, crosswalk: Crosswalk) -> str | None:
    """Return a claim's PLOVER root, CONCEDE and RETREAT as YIELD."""
    root = crosswalk.codes(claim.kind, claim.mode, claim.status, negated=claim.negated).plover if claim else None
    return "YIELD" if root in YIELD else root


def class_f1(pairs: Sequence[tuple[str, str | None]]) -> dict[str, float]:
    """Return F1 by class over (gold, told)."""
    gold, told = Counter(one for one, _ in pairs), Counter(one for _, one in pairs)
    right = Counter(one for one, other in pairs if one == other)
    return {name: f1(right[name], told[name], gold[name]) for name in gold}


def macro_f1(pairs: Sequence[tuple[str, str | None]]) -> float:
    """Return the mean F1 over the classes that the gold has."""
    values = class_f1(pairs)
    return sum(values.values()) / max(1, len(values))
