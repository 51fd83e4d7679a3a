"""Distances on the globe."""

from __future__ import annotations

import pytest

from foreshock.ontology.geodesy import distance_km


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ((43.25, 76.92), (51.13, 71.43), 969),
        ((0.0, 0.0), (0.0, 1.0), 111),
        ((0.0, 179.5), (0.0, -179.5), 111),
        ((90.0, 0.0), (-90.0, 0.0), 20015),
        ((12.0, 34.0), (12.0, 34.0), 0),
    ],
)
def test_great_circles(one, other, km):
    assert round(distance_km(one, other)) == km
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))
