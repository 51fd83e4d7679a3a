"""Distances on the globe."""

from __future__ import annotations

import math

EARTH_KM = 6371.0


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance in kilometres between two points, each (latitude, longitude) in degrees, WGS 84.

    The haversine formula on a sphere of 6371 km, at most 0.6 % off. Example: Almaty to Astana, (43.25, 76.92) to (51.13, 71.43),
    is 969 km.
    """
    lat, other_lat = math.radians(one[0]), math.radians(other[0])
    half_lat, half_lon = (other_lat - lat) / 2, math.radians(other[1] - one[1]) / 2
    root = math.sin(half_lat) ** 2 + math.cos(lat) * math.cos(other_lat) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(root)))
