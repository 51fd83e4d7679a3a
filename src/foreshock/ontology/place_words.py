"""The words that decide whether a name is a place (place_words.yaml), by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from foreshock.knowledge import load_yaml
from foreshock.ontology.fold import fold


@dataclass(frozen=True, slots=True)
class Moves:
    """How one language tells a movement: predicates, adpositions of both ends, and predicates whose object is one of them."""

    verbs: frozenset[str]
    origins: frozenset[str]
    goals: frozenset[str]
    leaving: frozenset[str]
    reaching: frozenset[str]


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """One language's words (place_words.yaml).

    ``labels`` maps a parser's entity label to place, person, demonym or body; ``kinds`` a word for a kind to its feature.
    """

    labels: Mapping[str, str]
    common: frozenset[str]
    titles: frozenset[str]
    offices: tuple[str, ...]
    peoples: tuple[str, ...]
    markers: Mapping[str, int]
    seats: tuple[str, ...]
    topics: frozenset[str]
    bearings: frozenset[str]
    joints: frozenset[str]
    kinds: Mapping[str, str]
    matters: frozenset[str]
    origins: frozenset[str]
    verbs: frozenset[str]
    moves: Moves


@cache
def _tables() -> Mapping[str, Any]:
    text = files("foreshock.ontology").joinpath("place_words.yaml").read_text(encoding="utf-8")
    tables: Mapping[str, Any] = load_yaml(text)
    return tables


@cache
def place_words(language: str) -> PlaceWords:
    """Return the words of a language; a language without a table has only the labels."""
    tables = _tables()
    table = tables.get(language) or {}
    moves = table.get("moves") or {}
    return PlaceWords(
        labels={label: kind for kind, labels in tables["labels"].items() for label in labels},
        common=frozenset(fold(str(word)) for word in table.get("common", ())),
        titles=frozenset(str(word) for word in table.get("titles", ())),
        offices=tuple(table.get("offices", ())),
        peoples=tuple(table.get("peoples", ())),
        markers={str(word): int(value) for word, value in (table.get("markers") or {}).items()},
        seats=tuple(table.get("seats", ())),
        topics=frozenset(table.get("topics", ())),
        bearings=frozenset(str(word) for word in table.get("bearings", ())),
        joints=frozenset(str(word) for word in table.get("joints", ())),
        matters=frozenset(str(word) for word in table.get("matters", ())),
        origins=frozenset(str(word) for word in table.get("origins", ())),
        verbs=frozenset(str(word) for word in table.get("verbs", ())),
        moves=Moves(**{key: frozenset(moves.get(key, ())) for key in Moves.__slots__}),
        kinds={str(word): feature for feature, words in (table.get("kinds") or {}).items() for word in words},
    )
