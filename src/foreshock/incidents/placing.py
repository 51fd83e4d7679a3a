"""The place on which most reports agree, as precise as one of them says it, and never more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from foreshock.model import Place
from foreshock.ontology.fold import fold
from foreshock.ontology.geodesy import distance_km

ORDER = ("country", "admin1", "admin2", "city", "site")
Spot = tuple[str, str | None, str | None, float | None, float | None]
WITHIN_KM = 250.0  # a town farther than this from the point of a district is none of its towns


def agreed_place(places: Sequence[Place]) -> Place | None:
    """Return the most precise place that more than half of the told places agree with; None where none is told.

    Two agree where one is the other or may hold it: "Vanuatu" agrees with Port Vila, Luganville does not. The place is one that
    was told, in its words: of rivals no mean is made, and two told as often leave what is coarser than both, if that is told.

    >>> from foreshock.model import Place
    >>> town = Place("Port Vila", "Port Vila", "VUT", None, None, "city")
    >>> agreed_place([town, Place("Vanuatu", "Vanuatu", "VUT", None, None, "country")]).name
    'Port Vila'
    """
    told = Counter(_key(one) for one in places)
    # Many reports tell few places: each is held against the others once, however many tell it.
    first: dict[Spot, Place] = {}
    for one in places:
        first.setdefault(_spot(one), one)
    counted = Counter(_spot(one) for one in places)
    agreed = [
        one
        for one in first.values()
        if sum(counted[spot] for spot, other in first.items() if may_be_one(one, other)) * 2 > len(places)
    ]
    for level in sorted({rank(one) for one in agreed}, reverse=True):
        here = sorted((one for one in agreed if rank(one) == level), key=lambda one: -told[_key(one)])  # as told, where equal
        rivals = [one for one in here if not may_be_one(one, here[0])]
        if not any(told[_key(one)] == told[_key(here[0])] for one in rivals):
            return here[0]
    return None


def _spot(place: Place) -> Spot:
    """Return what :func:`may_be_one` goes by."""
    return (*_key(place), place.precision, place.lat, place.lon)


def rank(place: Place) -> int:
    """Return how precise a place is: 4 for a site, 0 for a country, -1 where that is not known."""
    return ORDER.index(place.precision) if place.precision else -1


def _key(place: Place) -> tuple[str, str | None]:
    return fold(place.name), place.country


def may_be_one(one: Place, other: Place) -> bool:
    """Whether two places are one, or the one may lie in the other."""
    if one.country and other.country and one.country != other.country:
        return False
    if _key(one) == _key(other):
        return True
    if one.precision == other.precision:
        return False
    if "country" in (one.precision, other.precision) or None in (one.precision, other.precision):
        return bool(one.country and other.country) or None in (one.precision, other.precision)
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return True
    return distance_km((one.lat, one.lon), (other.lat, other.lon)) <= WITHIN_KM
