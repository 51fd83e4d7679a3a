"""What the map draws, as GeoJSON: an area for each place, as large as its precision leaves it open, and what is told there.

A point stands nowhere: a city is a circle, a country its outline, and a place that is known by name only is not drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from foreshock.briefs.charts.timeline import LABELS
from foreshock.briefs.locale import Reader
from foreshock.briefs.quotes import safe
from foreshock.model import Place
from foreshock.web.mapping.areas import RADIUS_KM, circle, way
from foreshock.web.mapping.marks import CONDITION, Mark, groups, shapes

# How exact each precision is, in words; {km} is the radius of the circle.
NOTES = {
    "site": "at the site, within about {km} km",
    "city": "in the city or near it, within about {km} km",
    "admin2": "somewhere in the district; the circle has a usual size, it is not the border",
    "admin1": "somewhere in the province; the circle has a usual size, it is not the border",
    "country": "somewhere in the country: nothing nearer is told",
}
OWN = {"XKX": "XK"}  # in use, and not of ISO
UNDRAWN = "known by name only: not on the map"


# The same in a word, for a row of the table.
WORDS = {"site": "site", "city": "city", "admin2": "district", "admin1": "province", "country": "country"}


def word_of(place: Place, reader: Reader) -> str:
    """Return how exact a place is in a word: "city"; that it is not on the map where it is known by name only."""
    return reader.say(WORDS[place.precision]) if place.precision and is_drawn(place) else reader.say("not on the map")


def is_drawn(place: Place) -> bool:
    """Whether the map has an area for a place: it has a point and a precision, or is a country."""
    return has_circle(place) or (place.precision == "country" and place.country is not None)


def has_circle(place: Place) -> bool:
    """Whether a place is drawn as a circle around a point that was looked up."""
    return place.precision in RADIUS_KM and place.lat is not None and place.lon is not None


def note_of(place: Place, reader: Reader) -> str:
    """Return how exact a place is, in words, and who claims it where that is disputed."""
    said = reader.say(NOTES[place.precision], km=reader.number(RADIUS_KM.get(place.precision, 0))) if place.precision else ""
    if not is_drawn(place):
        said = reader.say(UNDRAWN)
    if place.claimed_by:
        named = [reader.country(code) or code for code in place.claimed_by]
        said = reader.say("{exactness}; claimed by {states}", exactness=said, states=reader.join(named))
    return said


def name_of(place: Place, reader: Reader) -> str:
    """Return what a place is called: a country in the reader's language, all else by the name that it is listed under."""
    known = reader.country(place.country) if place.precision == "country" and place.country else None
    return known or safe(place.name)


def drawn(marks: Sequence[Mark], places: Mapping[str, Place], reader: Reader) -> dict[str, Any]:
    """Return what the map of a picture draws.

    Returns:
        A FeatureCollection (RFC 7946) of places, with ``movements``, ``groups`` and ``standings`` beside it. A feature's id is
        that of its place, its geometry a circle, or null where ``outline`` names the country (ISO 3166 alpha-2) that is drawn.
        ``marks`` are [id, sort, group, standing, first, last] each.
    """
    headings = {**{one.name: one.heading for one in groups()}, CONDITION: "Conditions"}
    at: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.place is not None and is_drawn(places[mark.place]):
            at[mark.place].append(mark)
    return {
        "type": "FeatureCollection",
        "features": [_feature(one, places[one], some, reader) for one, some in at.items()],
        "movements": [_movement(one, *one.moved) for one in marks if one.moved and all(map(has_circle, one.moved))],
        "groups": {name: {"heading": reader.say(headings[name]), "shape": shape} for name, shape in shapes().items()},
        "standings": {name: reader.say(label) for name, label in LABELS.items()},
        "missing": sum(mark.place is None or not is_drawn(places[mark.place]) for mark in marks),
    }


def _feature(key: str, place: Place, marks: Sequence[Mark], reader: Reader) -> dict[str, Any]:
    geometry = outline = middle = None
    if has_circle(place):
        latitude, longitude = _point(place)
        geometry = circle(latitude, longitude, RADIUS_KM[str(place.precision)])
        middle = [longitude, latitude]
    elif place.country:
        outline = alpha2(place.country)
    return {
        "type": "Feature",
        "id": key,
        "geometry": geometry,
        "properties": {
            "name": name_of(place, reader),
            "precision": place.precision,
            "note": note_of(place, reader),
            "middle": middle,
            "outline": outline,
            "marks": [[one.id, one.sort, one.group, one.standing, one.first, one.last] for one in marks],
        },
    }


def _movement(mark: Mark, start: Place, end: Place) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": mark.id,
        "geometry": way(_point(start), _point(end)),
        "properties": {
            "title": mark.title,
            "from": safe(start.name),
            "to": safe(end.name),
            "mark": [mark.id, mark.sort, mark.group, mark.standing, mark.first, mark.last],
        },
    }


def _point(place: Place) -> tuple[float, float]:
    assert place.lat is not None  # noqa: S101 - has_circle says so
    assert place.lon is not None  # noqa: S101
    return place.lat, place.lon


def alpha2(alpha3: str) -> str | None:
    """Return the code of two letters of a country, None where CLDR knows none."""
    from babel.core import get_global

    known: list[str] = get_global("territory_aliases").get(alpha3, [])
    return known[0] if known else OWN.get(alpha3)
