"""Compiles the gazetteer: packages with GeoNames and CLDR data and our landmarks into one SQLite file.

The file is written beside its place under a name of this process and then renamed, so a reader sees a whole file or none and
two processes that compile at once both end well. GeoNames data is CC BY 4.0, CLDR data Unicode-3.0 (NOTICE).

Keys of names are folded (:mod:`foreshock.ontology.fold`). Two marks make other key spaces in the same column: ``~`` before
a transcription in Latin letters, which a name in kana is looked up by, and ``^`` before the coarse sound of a name, which
is asked last of all (:mod:`foreshock.ontology.sound`). ``=`` stands before demonyms and abbreviations ("Kashmiri", "Ore."),
which are asked only where the text is known to speak of a place there. ``%`` stands before the letters of what a name becomes
by a custom of transcription, ``#`` before the skeleton of its consonants (:mod:`foreshock.ontology.transcription`).
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foreshock.errors import CatalogueError
from foreshock.ontology.fold import fold, is_kana
from foreshock.ontology.gazetteer_sources import (
    Administrative,
    landmark_rows,
    load_administrative,
    stream_cities,
    territory_names,
)
from foreshock.ontology.gazetteer_terms import (
    abbreviations,
    bare_divisions,
    demonyms,
    exemplar_cities,
    macroregions,
    printed_name,
)
from foreshock.ontology.sound import romaji_key, sound_of_latin
from foreshock.ontology.transcription import LEAST_SKELETON, latin_forms, letters_of, skeleton_of_latin

VERSION = 5
Progress = Callable[[int, int, str], None]
_SCHEMA = """
PRAGMA page_size = 8192;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT NOT NULL, feature TEXT NOT NULL, country TEXT, admin1 INTEGER,
                    admin2 INTEGER, lat REAL, lon REAL, population INTEGER, capital INTEGER, claimed_by TEXT);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, own INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
_NAME = "INSERT INTO name VALUES (?,?,?) ON CONFLICT DO UPDATE SET own = max(own, excluded.own)"
_WIDE = """SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND n.own AND p.feature IN ('region', 'admin1')
           ORDER BY p.id > 0, -p.population"""
_DIVISIONS = "SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND p.feature = 'admin1' AND p.id > 0"
_DISPUTED = "UPDATE place SET claimed_by = ? WHERE admin1 = ? OR id = ?"
_TOWN = """SELECT p.id FROM name n JOIN place p ON p.id = n.place WHERE n.key = ? AND p.country = ? AND p.feature = 'city'
           ORDER BY -p.population"""
_DIVISION = "SELECT id FROM place WHERE name = ? AND country = ? AND feature = 'admin1' AND id > 0"
_CODE = re.compile(r"[A-Z]{2,4}")
_TRANSCRIPTION = re.compile(r"[a-z' ʿ-]+")
_ARTICLE = re.compile(r"^(?:al|el|ad|an|as|ash|ar|at|az)[ -]", re.IGNORECASE)
_LEAST_FORM = 5  # letters of a transcribed form
_SOUND_POPULATION = 10_000
_JOINED_POPULATION = 50_000
_SHORT_POPULATION = 1_000_000  # New York City is New York, but Texas City is not Texas


@dataclass(slots=True)
class _Batch:
    """Rows that wait to be written; sorted within a batch so that the index grows in order."""

    places: list[tuple[Any, ...]] = field(default_factory=list)
    names: dict[tuple[str, int], int] = field(default_factory=dict)

    def name(self, key: str, place: int, *, own: bool) -> None:
        if key:
            self.names[key, place] = max(self.names.get((key, place), 0), int(own))


def compile_gazetteer(path: Path, *, progress: Progress | None = None) -> None:
    """Write the gazetteer to ``path``: about half a minute of one core, under 120 MB of disk, at its peak under 300 MB of memory.

    Args:
        path: where the file is to stand; its folder is made where it is missing.
        progress: called with (done, total, what is being read); done and total count places.

    Raises:
        CatalogueError: the folder cannot be written or the disk is full; nothing is left behind.
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        database = sqlite3.connect(partial)
        try:
            _fill(database, progress or _silent)
        finally:
            database.close()
        partial.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise CatalogueError(
            f"The gazetteer could not be written to {path}: {error}", remedy="free about 250 MB there or give another folder"
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _silent(done: int, total: int, what: str) -> None:
    """Report nothing."""


def _fill(database: sqlite3.Connection, progress: Progress) -> None:
    database.executescript(_SCHEMA)
    progress(0, 0, "subdivisions")
    administrative = load_administrative()
    total = administrative.cities + len(administrative.rows)
    for done, batch in _city_batches(administrative):
        _write(database, batch)
        progress(done, total, "towns")
    _write(database, _administrative_batch(administrative))
    progress(total - 1, total, "countries and landmarks")
    _write(database, _territory_batch(administrative))
    _write(database, _landmark_batch())
    _mark_disputed(database)
    _write(database, _terms_batch(database))
    _write(database, _exemplar_batch(database))
    database.execute("INSERT INTO about VALUES ('version', ?)", (str(VERSION),))
    database.commit()
    progress(total, total, "done")


def _write(database: sqlite3.Connection, batch: _Batch) -> None:
    database.executemany("INSERT OR REPLACE INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", batch.places)
    rows = sorted((key, place, own) for (key, place), own in batch.names.items())
    database.executemany(_NAME, rows)


def _city_batches(administrative: Administrative) -> Iterator[tuple[int, _Batch]]:
    batch, done = _Batch(), 0
    for city in stream_cities():
        _add_city(batch, city, administrative)
        done += 1
        if done % 60_000 == 0:
            yield done, batch
            batch = _Batch()
    yield done, batch


def _add_city(batch: _Batch, city: dict[str, Any], administrative: Administrative) -> None:
    number, population = int(city["geonameid"]), int(city["population"])
    country = administrative.alpha3[city["countrycode"]]
    admin1, admin2 = administrative.parents.get(number, (None, None))
    capital = int((country, fold(city["name"])) in administrative.capitals)
    lat, lon = float(city["latitude"]), float(city["longitude"])
    administrative.count(admin1, admin2, lat, lon, population)
    batch.places.append(
        (number, plain_name(city["name"], country), "city", country, admin1, admin2, lat, lon, population, capital, None)
    )
    batch.name(fold(city["name"]), number, own=True)
    if population >= _SHORT_POPULATION:
        batch.name(fold(city["name"]).removesuffix(" city"), number, own=True)
    has_kana, transcriptions = False, []
    for name in city["alternatenames"]:
        if _CODE.fullmatch(name):
            continue
        if _TRANSCRIPTION.fullmatch(name):
            transcriptions.append(name)
            continue
        has_kana = has_kana or is_kana(name)
        key = fold(name)
        batch.name(key, number, own=False)
        if population >= _JOINED_POPULATION and " " in key:
            batch.name(key.replace(" ", ""), number, own=False)
    for name in transcriptions:
        key = romaji_key(name)
        if key and (population >= 1_000 or not has_kana):
            batch.name("~" + key, number, own=False)
    if population >= _SOUND_POPULATION or capital:
        batch.name("^" + sound_of_latin(city["name"]), number, own=False)
        _add_transcriptions(batch, number, city, transcriptions)


def _add_transcriptions(batch: _Batch, number: int, city: dict[str, Any], transcriptions: list[str]) -> None:
    """Add what the names of a larger town become in other scripts."""
    forms = {form for name in city["alternatenames"] for form in latin_forms(name)}
    if int(city["population"]) >= _JOINED_POPULATION:
        forms |= {letters_of(name) for name in transcriptions}
        for name in {city["name"], _ARTICLE.sub("", city["name"])}:
            skeleton = skeleton_of_latin(name)
            if len(skeleton) >= LEAST_SKELETON:
                batch.name("#" + skeleton, number, own=False)
    for form in forms:
        if len(form) >= _LEAST_FORM:
            batch.name("%" + form, number, own=False)


def plain_name(name: str, country: str) -> str:
    """Return a name as English news prints it: without the macrons and dots of transcription (Latvian and Maori keep theirs)."""
    if country in ("LVA", "NZL", "COK", "PYF"):
        return name
    bare = re.sub("[\u0304\u0323\u0331]", "", unicodedata.normalize("NFD", name))
    return unicodedata.normalize("NFC", bare)


def _administrative_batch(administrative: Administrative) -> _Batch:
    batch = _Batch()
    for row in administrative.rows:
        lat, lon = row.at or administrative.middle(row.number)
        population = administrative.population(row.number)
        place = (
            row.number,
            plain_name(printed_name(row.name, row.names), row.country),
            row.feature,
            row.country,
            row.admin1,
            None,
            lat,
            lon,
            population,
            0,
            None,
        )
        batch.places.append(place)
        for name in row.names:
            batch.name(fold(name), row.number, own=name == row.name)
            if row.feature == "admin1":
                for bare in bare_divisions(fold(name)):
                    batch.name(bare, row.number, own=False)
    return batch


def _territory_batch(administrative: Administrative) -> _Batch:
    batch = _Batch()
    for number, country, english, population, at, names in territory_names(administrative):
        batch.places.append((number, english, "country", country, None, None, *at, population, 0, None))
        for name, own in names.items():
            batch.name(fold(name), number, own=own)
    return batch


def _mark_disputed(database: sqlite3.Connection) -> None:
    """Hand what a landmark says of a disputed territory to the subdivision of that name and to its towns."""
    for row in landmark_rows():
        if not row.claimed_by:
            continue
        held = database.execute(_DIVISIONS, (fold(row.name),)).fetchall()
        for (number,) in held:
            database.execute(_DISPUTED, (json.dumps(row.claimed_by), number, number))


def _exemplar_batch(database: sqlite3.Connection) -> _Batch:
    """Return the names that CLDR gives the cities of time zones, for the largest town of the English name in the country."""
    batch = _Batch()
    for country, english, names in exemplar_cities():
        row = database.execute(_TOWN, (fold(english), country)).fetchone()
        if row is not None:
            for name in names:
                batch.name(fold(name), row[0], own=False)
    return batch


def _terms_batch(database: sqlite3.Connection) -> _Batch:
    """Return the demonyms and abbreviations, joined to the places that are there by now."""
    batch = _Batch()
    countries = dict(database.execute("SELECT country, id FROM place WHERE feature = 'country'"))
    for word, owner, is_country in demonyms():
        if is_country:
            number = countries.get(owner)
        else:
            row = database.execute(_WIDE, (fold(owner),)).fetchone()
            number = row and row[0]
        if number is not None:
            batch.name("=" + fold(word), number, own=True)
    for word, name, country in abbreviations():
        row = database.execute(_DIVISION, (name, country)).fetchone()
        if row is not None:
            batch.name("=" + fold(word), row[0], own=True)
    return batch


def _landmark_batch() -> _Batch:
    batch = _Batch()
    for index, row in enumerate([*landmark_rows(), *macroregions()]):
        number = -1 - index
        claimed = json.dumps(row.claimed_by) if row.claimed_by else None
        batch.places.append(
            (number, row.name, row.feature, row.country, None, None, row.lat, row.lon, row.population, 0, claimed)
        )
        for name in row.names:
            batch.name(fold(name), number, own=True)
    return batch
