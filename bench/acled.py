"""Event types: of which of some thirty types is a report of one to three sentences?

Source: the shared task of CASE 2021 (fine-grained classification of socio-political events, task 2): a .tsv of id, EventSnippet
and SubType, English; 25 sub-types of ACLED and five that the task added.

Metric: ``weighted_f1``, F1 by type weighted by the type's share of the gold (as in scikit-learn's ``average="weighted"``);
``accuracy`` beside it. A snippet for which we have no type counts as ``OTHER``, the task's own residue; ``typed`` is the share
that has one.

Matching rule: every snippet is coded as a document of its own. Its claims go through ``foreshock.ontology.event_types``, whose
``main`` chooses between them: told as real before what is only planned, feared or denied; then the first sentence that names a
type; then the most telling row of the table. The bench only translates our names of types to the task's labels.

Best known on the same set: zero-shot .771; a plain regex .512.
"""

from __future__ import annotations

import csv
import os
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.plv import class_f1
from bench.standing import coded
from foreshock.ontology.codebook import load_codebook
from foreshock.ontology.event_types import load_event_types
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

LABELS = {
    "clash": "ARMED_CLASH", "retake": "GOV_REGAINS_TERIT", "overrun": "NON_STATE_ACTOR_OVERTAKES_TER", "chemical": "CHEM_WEAP",
    "air": "AIR_STRIKE", "suicide": "SUIC_BOMB", "shelling": "ART_MISS_ATTACK", "bomb": "REM_EXPLOS", "grenade": "GRENADE",
    "sexual": "SEX_VIOL", "attack": "ATTACK", "abduction": "ABDUCT_DISSAP", "peaceful": "PEACE_PROTEST",
    "checked": "PROTEST_WITH_INTER", "excessive": "FORCE_AGAINST_PROTEST", "violent": "VIOL_DEMONSTR", "mob": "MOB_VIOL",
    "agreement": "AGREEMENT", "arrest": "ARREST", "change": "CHANGE_TO_GROUP_ACT", "weapons": "DISR_WEAP",
    "base": "HQ_ESTABLISHED", "property": "PROPERTY_DISTRUCT", "transfer": "NON_VIOL_TERRIT_TRANSFER", "other": "OTHER",
    "attribution": "ATTRIB", "diplomacy": "DIPLO", "crime": "ORG_CRIME", "nature": "NATURAL_DISASTER",
    "accident": "MAN_MADE_DISASTER",
}  # fmt: skip
RESIDUE = "OTHER"
COLUMNS = {"id", "EventSnippet", "SubType"}


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of one .tsv, or of all in a folder together.

    Raises:
        ValueError: a file lacks one of the columns.
        FileNotFoundError: PATH holds no .tsv.
    """
    rows = load_rows(data)[:limit]
    bench = Workbench(read_settings(Path.cwd(), os.environ))
    types = load_event_types(load_codebook())
    pairs: list[tuple[str, str]] = []
    typed = 0
    for row in rows:
        text = {"id": row["id"], "text": row["EventSnippet"], "published": "2020-01-01"}
        reading, claims = coded(text, "en", bench, coder)
        starts = [sentence.start for sentence in reading.sentences]
        numbered = [(claim, bisect_right(starts, claim.start) - 1) for claim in claims]
        found = types.main(numbered, told=row["EventSnippet"])
        typed += found is not None
        pairs.append((row["SubType"], LABELS[found.key] if found else RESIDUE))
    of = max(1, len(rows))
    return {
        "weighted_f1": round(weighted_f1(pairs), 3),
        "accuracy": round(sum(gold == told for gold, told in pairs) / of, 3),
        "typed": round(typed / of, 3),
        "of": len(rows),
        "coder": coder,
        "by_type": {name: round(value, 2) for name, value in sorted(class_f1(pairs).items())},
    }


def load_rows(data: Path) -> list[dict[str, str]]:
    """Return the rows of a .tsv, or of every .tsv of a folder."""
    rows: list[dict[str, str]] = []
    for path in sorted(data.glob("*.tsv")) if data.is_dir() else [data]:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            if not set(reader.fieldnames or ()) >= COLUMNS:
                raise ValueError(f"{path} has the columns {reader.fieldnames}; give {', '.join(sorted(COLUMNS))}")
            rows.extend(reader)
    if not rows:
        raise FileNotFoundError(f"{data} holds no rows of a .tsv; pass one, or a folder of them")
    return rows


def weighted_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Return the mean of F1 by type over (gold, told), each type counted as often as the gold has it."""
    values = class_f1(pairs)
    return sum(values[gold] for gold, _ in pairs) / max(1, len(pairs))
