"""Names of places in many languages, bare: is the place known, and is the best reading of its name the right one?

Source: a list of names that crises are told of, and a second list of our own in other languages (``tests/gold/places/names.tsv``,
written from knowledge before the lookup was tuned). PATH is a .tsv of name, latitude, longitude, language, kind, or a folder of
them; lines that begin with # are skipped.

Metric: ``found`` of ``of`` names whose best place, asked without any context, lies within 161 km (100 miles, the usual bar of
toponym resolution) of the point given. A line or a wide stretch (kind river, region) has no one point: there it is 500 km.
``by_kind`` and ``by_language`` say where names are missing. Others, on the list of 107: GeoNames asked raw 64, with folding
and more sources 87.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path
from typing import Any

from foreshock.ontology.gazetteer import Gazetteer
from foreshock.ontology.geodesy import distance_km
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

NEAR_KM = 161.0
WIDE_KM = 500.0
WIDE = frozenset({"river", "region"})


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return how many names are found; ``coder`` plays no part, a name is looked up the same way by all.

    Raises:
        FileNotFoundError: PATH holds no .tsv file.
    """
    paths = sorted(data.glob("*.tsv")) if data.is_dir() else [data]
    if not paths or not paths[0].is_file():
        raise FileNotFoundError(f"{data} holds no .tsv file; pass one, or a folder of them")
    rows = [row for path in paths for row in names(path)][:limit]
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    missed = []
    with Workbench(read_settings(Path.cwd(), os.environ)).gazetteer as gazetteer:
        for name, lat, lon, language, kind in rows:
            good = found(gazetteer, name, (lat, lon), language=language, kind=kind)
            for key in ("all", f"kind {kind}", f"language {language}"):
                of[key] += 1
                right[key] += good
            if not good:
                missed.append(name)
    return {
        "found": right["all"],
        "of": of["all"],
        "coder": coder,
        "by_kind": {key[5:]: [right[key], of[key]] for key in sorted(of) if key.startswith("kind ")},
        "by_language": {key[9:]: [right[key], of[key]] for key in sorted(of) if key.startswith("language ")},
        "missed": missed,
    }


def names(path: Path) -> list[tuple[str, float, float, str, str]]:
    """Return the rows of a list: name, latitude and longitude in degrees, ISO 639-1 language, kind."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.reader(stream, delimiter="\t", quoting=csv.QUOTE_NONE) if row and not row[0].startswith("#")]
    return [(row[0], float(row[1]), float(row[2]), row[3], row[4]) for row in rows]


def found(gazetteer: Gazetteer, name: str, point: tuple[float, float], *, language: str, kind: str) -> bool:
    """Whether the best reading of a bare name lies near the point given."""
    entries = gazetteer.find(name, language=language)
    if not entries or entries[0].lat is None or entries[0].lon is None:
        return False
    return distance_km((entries[0].lat, entries[0].lon), point) <= (WIDE_KM if kind in WIDE else NEAR_KM)
