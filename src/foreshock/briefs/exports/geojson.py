"""GeoJSON (RFC 7946) of incidents and claims: a point only where one was said, and always how exact it is."""

from __future__ import annotations

import json
from typing import IO, Any

from foreshock.briefs.exports.notice import Notice
from foreshock.briefs.exports.rows import Row
from foreshock.briefs.exports.sink import Parts

# How far, in kilometres, what is placed there may be from the point. A province or country has no point: none would be true.
RADIUS = {"site": 1, "city": 10, "admin2": 50}
LAYERS = ("incidents", "claims")


class Geojson:
    """Writes incidents.geojson and claims.geojson, a feature at a time."""

    def __init__(self, parts: Parts) -> None:
        """Begin both layers."""
        self._files: dict[str, IO[str]] = {name: parts.text(f"{name}.geojson") for name in LAYERS}
        self._any = dict.fromkeys(LAYERS, False)
        for file in self._files.values():
            file.write('{"type":"FeatureCollection","features":[')

    def add(self, table: str, row: Row) -> None:
        """Write the feature of an incident or claim."""
        if table in LAYERS:
            self._files[table].write(",\n" if self._any[table] else "\n")
            json.dump(feature(table, row), self._files[table], ensure_ascii=False, separators=(",", ":"))
            self._any[table] = True

    def finish(self, notice: Notice) -> None:
        """End both layers with the notice as foreign members."""
        told = json.dumps(notice.fields(), ensure_ascii=False, separators=(",", ":"))
        for file in self._files.values():
            file.write(f"\n],{told[1:-1]}}}\n")


def feature(table: str, row: Row) -> dict[str, Any]:
    """Return the feature of a row: its geometry is null where nothing nearer than a province was said."""
    radius = RADIUS.get(row["place_precision"])
    pinned = radius is not None and row["latitude"] is not None and row["longitude"] is not None
    skipped = {"latitude", "longitude", "place_precision"}
    return {
        "type": "Feature",
        "id": row["incident_id" if table == "incidents" else "claim_id"],
        "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]} if pinned else None,
        "properties": {
            "precision": row["place_precision"],
            "radius_km": radius if pinned else None,
            **{key: value for key, value in row.items() if key not in skipped},
        },
    }
