"""How exact a place is, as an area on the globe: GeoJSON (RFC 7946), cut at the antimeridian, outer rings counterclockwise."""

from __future__ import annotations

import math
from typing import Any

from foreshock.briefs.exports.geojson import RADIUS

EARTH_KM = 6371.0
# Kilometres around the point of a place, the same as in exports. A province's border is not known here: its circle is of a usual
# size for one, and says so. A country has no circle: its own outline is drawn.
RADIUS_KM: dict[str, float] = {**RADIUS, "admin1": 150}
CORNERS = 64
STEP_KM = 100.0
Point = tuple[float, float]
Geometry = dict[str, Any]


def circle(latitude: float, longitude: float, radius_km: float) -> Geometry:
    """Return a circle on the globe as Polygon or MultiPolygon; no polygon of it spans more than 180 degrees of longitude.

    Args:
        latitude, longitude: of the middle, in degrees.
        radius_km: on the surface, above 0 and less than a quarter of the way around the globe.
    """
    ring = [_gone(latitude, longitude, radius_km, 360 * corner / CORNERS) for corner in range(CORNERS)]
    reach = math.degrees(radius_km / EARTH_KM)
    if abs(latitude) + reach >= 90:
        pole = math.copysign(90, latitude)
        edge = sorted((_wrapped(x), y) for x, y in ring)
        seam = (edge[0][1] + edge[-1][1]) / 2
        ring = [(-180, seam), *edge, (180, seam), (180, pole), (-180, pole)]
        windows = [(-180.0, 0.0, 0.0), (0.0, 180.0, 0.0)]
    else:
        windows = [(-540.0, -180.0, 360.0), (-180.0, 180.0, 0.0), (180.0, 540.0, -360.0)]
    cut = [[(x + moved, y) for x, y in _within(ring, low, high)] for low, high, moved in windows]
    parts = [[_closed(part)] for part in cut if len(part) > 2]
    return {"type": "Polygon", "coordinates": parts[0]} if len(parts) == 1 else {"type": "MultiPolygon", "coordinates": parts}


def way(start: Point, end: Point) -> Geometry:
    """Return the shortest way over the globe as LineString, or as MultiLineString where it crosses the antimeridian.

    Args:
        start, end: (latitude, longitude) in degrees. Of two opposite points any way is the shortest.
    """
    one, other = _vector(start), _vector(end)
    angle = math.acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(one, other, strict=True)))))
    count = max(1, math.ceil(angle * EARTH_KM / STEP_KM))
    lines: list[list[Point]] = [[]]
    for at in range(count + 1):
        share = at / count
        weight = (math.sin((1 - share) * angle), math.sin(share * angle)) if math.sin(angle) > 1e-9 else (1 - share, share)
        x, y, z = (weight[0] * a + weight[1] * b for a, b in zip(one, other, strict=True))
        here = math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))
        before = lines[-1][-1] if lines[-1] else here
        if abs(here[0] - before[0]) > 180:
            side = math.copysign(180, before[0])
            ahead = here[0] + 2 * side
            latitude = before[1] + (here[1] - before[1]) * (side - before[0]) / (ahead - before[0])
            lines[-1].append((side, latitude))
            lines.append([(-side, latitude)])
        lines[-1].append(here)
    drawn = [[_rounded(point) for point in line] for line in lines]
    return (
        {"type": "LineString", "coordinates": drawn[0]} if len(drawn) == 1 else {"type": "MultiLineString", "coordinates": drawn}
    )


def _gone(latitude: float, longitude: float, radius_km: float, bearing: float) -> Point:
    """Return where one comes to; the longitude is not wrapped, so that a ring has no leap in it."""
    lat, turn, reach = math.radians(latitude), math.radians(bearing), radius_km / EARTH_KM
    there = math.asin(math.sin(lat) * math.cos(reach) + math.cos(lat) * math.sin(reach) * math.cos(turn))
    # Bearings run clockwise and outer rings do not, so east is west here.
    aside = math.atan2(math.sin(turn) * math.sin(reach) * math.cos(lat), math.cos(reach) - math.sin(lat) * math.sin(there))
    return longitude - math.degrees(aside), math.degrees(there)


def _within(ring: list[Point], low: float, high: float) -> list[Point]:
    """Return the part of a ring between two longitudes (Sutherland and Hodgman 1974)."""
    for edge, sign in ((low, 1), (high, -1)):
        kept: list[Point] = []
        for (x, y), (ahead, beyond) in zip(ring, [*ring[1:], *ring[:1]], strict=True):
            inside, follows = (x - edge) * sign >= 0, (ahead - edge) * sign >= 0
            if inside:
                kept.append((x, y))
            if inside != follows:
                kept.append((edge, y + (beyond - y) * (edge - x) / (ahead - x)))
        ring = kept
    return ring


def _closed(ring: list[Point]) -> list[list[float]]:
    found = [_rounded(point) for point in ring]
    kept = [point for at, point in enumerate(found) if point != found[at - 1]]
    area = sum(x * beyond - ahead * y for (x, y), (ahead, beyond) in zip(kept, [*kept[1:], *kept[:1]], strict=True))
    kept = kept if area > 0 else kept[::-1]
    return [*kept, kept[0]]


def _rounded(point: Point) -> list[float]:
    return [round(point[0], 5), round(point[1], 5)]


def _wrapped(longitude: float) -> float:
    return (longitude + 180) % 360 - 180


def _vector(point: Point) -> tuple[float, float, float]:
    lat, lon = map(math.radians, point)
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)
