"""Name -> places: the compiled gazetteer, read only, a few thousand lookups a second and little memory."""

from __future__ import annotations

import json
import math
import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.model import Place, PlacePrecision
from foreshock.ontology.fold import bare_forms, endings, fold, is_kana, without_words
from foreshock.ontology.gazetteer_build import VERSION, Progress, compile_gazetteer
from foreshock.ontology.sound import katakana, romaji_of_kana, sound_of_latin, sounds_of_kana
from foreshock.ontology.transcription import LEAST_SKELETON, letters_of, skeleton_of_hangul, skeletons_of_han

__all__ = ["Entry", "Gazetteer", "compile_gazetteer"]

_BY_KEY = """SELECT p.id, p.name, p.feature, p.country, p.admin1, p.admin2, p.lat, p.lon, p.population, p.capital, p.claimed_by,
             n.own
             FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"""
_BY_ID = (
    """SELECT id, name, feature, country, admin1, admin2, lat, lon, population, capital, claimed_by, 1 FROM place WHERE id = ?"""
)
_PRECISIONS: dict[str, PlacePrecision] = {
    "site": "site",
    "city": "city",
    "admin2": "admin2",
    "admin1": "admin1",
    "country": "country",
}
_REMEMBERED = 5_000
_SOUND_LEAST = 4
_LEAST_FORM = 5
_TAIL_POPULATION = 100_000
_SOUND_POPULATION = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the gazetteer.

    Attributes:
        id: GeoNames number; negative for our landmarks.
        feature: site, city, admin2, admin1, country or region (a region such as the Sahel has no precision and no one country).
        country: ISO 3166 alpha-3, None where it is in several.
        admin1, admin2: ids of the subdivisions it lies in.
        lat, lon: degrees, WGS 84; of a subdivision the middle of its towns, of a country or region one point of it.
        population: people; of a subdivision those of its towns; of a landmark the weight of its table.
        claimed_by: ISO 3166 alpha-3 of the states that claim it, where that is disputed.
        own: the name asked for is its main name or one that we gave it, not only an alternate of GeoNames.
        how: "name", "ending" (found without a case ending), "generic" ("Almaty Region"), "site" (the town of
            "Almaty airport"), "sound" (by transcription), "term" (a demonym or an abbreviation).
    """

    id: int
    name: str
    feature: str
    country: str | None
    admin1: int | None
    admin2: int | None
    lat: float | None
    lon: float | None
    population: int
    capital: bool
    claimed_by: tuple[str, ...]
    own: bool
    how: str = "name"

    def place(self, raw: str) -> Place:
        """Return the record of this place as the text named it; a country has no point, for nothing happened at its middle."""
        lat, lon = (None, None) if self.feature == "country" else (self.lat, self.lon)
        return Place(
            name=self.name,
            raw=raw,
            country=self.country,
            lat=lat,
            lon=lon,
            precision=_PRECISIONS.get(self.feature),
            claimed_by=self.claimed_by,
        )


def prominence(entry: Entry, countries: Sequence[str] = ()) -> float:
    """Return how likely a bare name means this entry; higher is likelier.

    The tenth logarithm of its people, so a town ten times the size gains 1; a country by a name of its own gains 3,
    a capital 1.5, a landmark of ours 2, a main name against an alternate one 1. A country of the context gains 4, the second
    named 3.5, down to 2; so context moves a name to a town a thousand times smaller, and no further. A subdivision loses 1 to the
    town of its name, and what was only found by cutting an ending loses 1. Example: Tripoli in Libya, 1.1 M, capital, main name:
    6.0 + 1.5 + 1 = 8.5; in Lebanon, 0.2 M: 5.4 + 1 = 6.4, and 10.4 where the text speaks of Lebanon.
    """
    value = math.log10(entry.population + 1)
    value += 3.0 * (entry.feature == "country" and entry.own) + 1.5 * entry.capital + 2.0 * (entry.id < 0) + 1.0 * entry.own
    if entry.country is not None and entry.country in countries:
        value += max(2.0, 4.0 - 0.5 * list(countries).index(entry.country))
    value -= 1.0 * (entry.feature in ("admin1", "admin2")) + 1.0 * (entry.feature == "admin2") + 1.0 * (entry.how == "ending")
    return value


class Gazetteer:
    """The compiled file, opened read only. Close it, or use it as a context manager; one object a thread."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._remembered: dict[tuple[str, str, tuple[str, ...]], list[Entry]] = {}
        self._asked: dict[str, tuple[tuple[Any, ...], ...]] = {}
        self._plain: dict[tuple[str, str], tuple[Entry, ...]] = {}

    @classmethod
    def open(cls, path: Path) -> Gazetteer:
        """Open a compiled gazetteer.

        Raises:
            CatalogueError: there is no such file, it is no gazetteer, or it was compiled by another version.
        """
        remedy = "compile it again: `foreshock gazetteer` or compile_gazetteer(path)"
        if not path.is_file():
            raise CatalogueError(f"There is no gazetteer at {path}", remedy=remedy)
        try:
            database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
            row = database.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
        except sqlite3.Error as error:
            raise CatalogueError(f"{path} is not a gazetteer: {error}", remedy=remedy) from error
        if row is None or row[0] != str(VERSION):
            database.close()
            raise CatalogueError(f"The gazetteer at {path} has version {row and row[0]}, not {VERSION}", remedy=remedy)
        return cls(database)

    @classmethod
    def ready(cls, path: Path, *, progress: Progress | None = None) -> Gazetteer:
        """Open the gazetteer at ``path``, compiling it first where it is missing, broken or old.

        Raises:
            CatalogueError: it cannot be written there.
        """
        try:
            return cls.open(path)
        except CatalogueError:
            compile_gazetteer(path, progress=progress)
            return cls.open(path)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def __enter__(self) -> Gazetteer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def terms(self, word: str) -> list[Entry]:
        """Return the places that a demonym or an abbreviation belongs to ("Kashmiri", "Ore."); empty where it is none."""
        return self._by_keys(["=" + fold(word)], "term")

    def find(self, name: str, *, language: str, countries: Sequence[str] = ()) -> list[Entry]:
        """Return the places that a name may mean, best first (:func:`prominence`); empty where none is known.

        Args:
            name: as the text has it, in any script, with or without a case ending.
            language: ISO 639-1 code of the text; it picks the endings and the words for kinds of places.
            countries: ISO 3166 alpha-3 codes that the text speaks of, the likeliest first.
        """
        asked = (name, language, tuple(countries))
        if asked not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[asked] = self._search(*asked)
        return list(self._remembered[asked])

    def _search(self, name: str, language: str, countries: tuple[str, ...]) -> list[Entry]:
        key = fold(name)
        if not key:
            return []
        found = list(self._listed(key, language))
        if not found:
            found = self._around_town(key, language, countries)
        if not found:
            found = self._site(name, key, language)
        if not found and " " in key:
            found = self._by_keys([key.replace(" ", "")], "ending")
        if not found:
            found = self._by_sound(name, key, countries)
        if not found:
            found = self._by_transcription(name, countries)
        if not found and (bare := without_words(key, language)):
            return self._search(bare, language, countries)
        return sorted(found, key=lambda entry: (-prominence(entry, countries), entry.id))

    def _listed(self, key: str, language: str) -> tuple[Entry, ...]:
        """Return the entries of a name as it stands, without a word for its kind, without an ending; they hang on no country."""
        asked = (key, language)
        if asked not in self._plain:
            if len(self._plain) >= _REMEMBERED:
                self._plain.clear()
            found = self._by_keys([key], "name") or self._generic(key, language)
            self._plain[asked] = tuple(found or self._by_keys(bare_forms(key, language), "ending"))
        return self._plain[asked]

    def _by_keys(self, keys: Iterable[str], how: str) -> list[Entry]:
        found: dict[int, Entry] = {}
        for key in keys:
            for row in self._rows(key):
                found.setdefault(row[0], _entry(row, how))
        return list(found.values())

    def _rows(self, key: str) -> tuple[tuple[Any, ...], ...]:
        """Return the rows of a key; most words of a text are no place, and are asked for again and again."""
        if key not in self._asked:
            if len(self._asked) >= _REMEMBERED:
                self._asked.clear()
            self._asked[key] = tuple(self._database.execute(_BY_KEY, (key,)))
        return self._asked[key]

    def _generic(self, key: str, language: str) -> list[Entry]:
        """Look a name up without its word for the kind of place; where a subdivision is found so, towns are left out."""
        if _is_one_word(key):
            return []
        table = endings().get(language) or {}
        glue = tuple(f"{word} " for word in table.get("glue", ()))
        for word in _at_the_edge(key, table.get("generic", ())):
            bare = _without(key, word, glue)
            if not bare:
                continue
            found = self._by_keys([bare, *bare_forms(bare, language)], "generic")
            divisions = [entry for entry in found if entry.feature in ("admin1", "admin2", "region")]
            if found:
                return divisions or found
        return []

    def _around_town(self, key: str, language: str, countries: tuple[str, ...]) -> list[Entry]:
        """Look up the subdivision that is named for its chief town by a word joined to it: ザポリージャ州, Херсонщина."""
        for word in (endings().get(language) or {}).get("around", ()):
            if key.endswith(word) and len(key) - len(word) >= 2:
                bare = key[: -len(word)].strip()
                towns = self._by_keys([bare, f"{bare}ь"], "name") or self._by_sound(bare, bare, countries)
                towns = towns or self._by_transcription(bare, countries)
                chief = max((one for one in towns if one.feature == "city"), key=lambda one: one.population, default=None)
                wide = self.by_id(chief.admin1) if chief is not None and chief.admin1 is not None else None
                if wide is not None:
                    return [replace(wide, how="generic")]
        return []

    def _site(self, name: str, key: str, language: str) -> list[Entry]:
        """Look up the town that a site is told by: "Almaty airport"; "Square of Freedom, Kharkiv"."""
        if _is_one_word(key):
            return []
        table = endings().get(language) or {}
        glue = tuple(f"{word} " for word in table.get("glue", ()))
        head, _, town = name.rpartition(",")
        if head and any(f" {word} " in f" {fold(head)} " for word in table.get("sites", ())):
            return [entry for entry in self._by_keys([fold(town)], "site") if entry.feature == "city"]
        for word in _at_the_edge(key, table.get("sites", ())):
            bare = _without(key, word, glue)
            if bare:
                found = self._by_keys([bare, *bare_forms(bare, language)], "site")
                if towns := [entry for entry in found if entry.feature == "city"]:
                    return towns
                if towns := self._town_at_the_end(bare, language):
                    return towns
        return []

    def _town_at_the_end(self, words: str, language: str) -> list[Entry]:
        """Return the large town that closes the name of a site: "(Square of the) Republic Almaty"."""
        parts = words.split(" ")
        for size in (2, 1):
            if len(parts) > size:
                tail = " ".join(parts[-size:])
                found = self._by_keys([tail, *bare_forms(tail, language)], "site")
                if towns := [entry for entry in found if entry.feature == "city" and entry.population >= _TAIL_POPULATION]:
                    return towns
        return []

    def _by_sound(self, name: str, key: str, countries: tuple[str, ...]) -> list[Entry]:
        """Ask by transcription, then by coarse sound: of the latter an answer in a country of the context, or a plain winner."""
        if is_kana(name):
            kana = katakana(name)
            found = self._by_keys(["~" + romaji_of_kana(kana), "~" + romaji_of_kana(key)], "sound")
            sounds, alone = sounds_of_kana(kana), True
        elif key.isascii() and key.isalpha():
            # In Latin letters a name has its own spelling, so a likeness proves little without the country.
            found, sounds, alone = [], [sound_of_latin(key)], False
        else:
            return []
        if found:
            return found
        found = self._by_keys(["^" + sound for sound in sounds if len(sound) >= _SOUND_LEAST], "sound")
        fitting = [entry for entry in found if entry.country in countries]
        if fitting or not alone:
            return fitting
        found.sort(key=lambda entry: -entry.population)
        winner = found[:1] if found and found[0].population >= _SOUND_POPULATION else []
        return winner if len(found) < 2 or found[0].population >= 5 * found[1].population else []

    def _by_transcription(self, name: str, countries: tuple[str, ...]) -> list[Entry]:
        """Ask by customs of transcription, for a name in Latin letters; by its consonants, for one in Han or Hangul."""
        if name[:1].isascii() or "LATIN" in unicodedata.name(name[:1], ""):
            form = letters_of(name)
            return self._by_keys(["%" + form], "sound") if len(form) >= _LEAST_FORM else []
        skeletons = [*skeletons_of_han(name), skeleton_of_hangul(name)]
        found = self._by_keys(["#" + one for one in skeletons if len(one) >= LEAST_SKELETON], "sound")
        fitting = [entry for entry in found if entry.country in countries]
        found.sort(key=lambda entry: -entry.population)
        alone = len(found) < 2 or (found and found[0].population >= 3 * found[1].population)
        return fitting or (found[:1] if alone else [])

    def by_id(self, number: int) -> Entry | None:
        """Return the entry with this id, such as the subdivision a town lies in."""
        row = self._database.execute(_BY_ID, (number,)).fetchone()
        return None if row is None else _entry(row, "name")


def _is_one_word(key: str) -> bool:
    """Tell whether a key has no word for a kind beside it: in Latin letters such a word is set apart."""
    return " " not in key and key.isascii()


def _at_the_edge(key: str, words: Sequence[str]) -> list[str]:
    """Return those of the words, in their order, that a key begins or ends with."""
    parts = key.split(" ")
    edges = {" ".join(one) for size in (1, 2, 3) for one in (parts[:size], parts[-size:])}
    return [word for word in words if word in edges or (word[0] >= "\u3040" and key.endswith(word))]


def _without(key: str, word: str, glue: tuple[str, ...]) -> str:
    if not word.isascii() and word[0] >= "\u3040":
        return key[: -len(word)].strip() if key.endswith(word) and len(key) - len(word) >= 2 else ""
    if key.endswith(f" {word}"):
        return key[: -len(word) - 1]
    if not key.startswith(f"{word} "):
        return ""
    rest = key[len(word) + 1 :]
    for joint in glue:
        rest = rest.removeprefix(joint)
    return rest


def _entry(row: tuple[Any, ...], how: str) -> Entry:
    number, name, feature, country, admin1, admin2, lat, lon, population, capital, claimed, own = row
    claims = tuple(json.loads(claimed)) if claimed else ()
    return Entry(number, name, feature, country, admin1, admin2, lat, lon, population or 0, bool(capital), claims, bool(own), how)
