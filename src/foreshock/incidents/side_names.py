"""What the catalogue of actors knows of a name: its known actor, state, word for a group, wherever in the words they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from foreshock.ontology.actor_catalogue import ActorCatalogue, GroupWord
from foreshock.ontology.fold import bare_forms, fold

WORDS = 7  # longest name looked up, in words; in characters where words are not spaced
CHARACTERS = 16
SHORT = 3  # names of so few letters are acronyms
LONGEST = 160  # a holder's words beyond this are no name
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Named:
    """What is known of a name; ``name`` is None where nothing is. ``known``: it is an actor of the catalogue."""

    name: str | None = None
    country: str | None = None
    sector: str | None = None
    known: bool = False


def read_name(name: str, catalogue: ActorCatalogue, *, language: str, when: str | None = None) -> Named:
    """Return what the catalogue knows of a name in a language; ``when`` decides which office a person held.

    The longest known actor in the words is taken, except where a word for a body stands with a state ("Kazakhstan's information
    ministry"). English is read beside the language, since coders name offices in English.
    """
    parts = list(_parts(name[:LONGEST]))
    forms = {part: [key, *bare_forms(key, language), *_singular(key)] for part in parts if (key := fold(part))}
    named = {part: keys for part, keys in forms.items() if _may_be_name(part, language)}
    known = _first(named, catalogue.known)
    country = _state(named, catalogue)
    group = _group(forms, catalogue, language)
    if known is not None:
        actor = next((one for one in known if country in (None, one.country)), known[0])
        return Named(actor.name, actor.country or country, actor.sector(when), known=True)
    if group is not None:
        return Named(group.english, country, group.sector)
    return Named(f"government of {country}", country, "GOV") if country else Named()


def _parts(name: str) -> Iterator[str]:
    """Yield the runs of words of a name, longest first; of unspaced writing runs of characters."""
    words = [word.strip("\"'“”„«»()（）「」,.;:") for word in name.split()]
    words = [word for word in words if word]
    for size in range(min(WORDS, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])
    for word in words:
        if any("\u3040" <= char <= "\u9fff" for char in word):
            for size in range(min(CHARACTERS, len(word)), 1, -1):
                for start in range(len(word) - size + 1):
                    if not (_cuts(word, start) or _cuts(word, start + size)):
                        yield word[start : start + size]


def _cuts(word: str, at: int) -> bool:
    """Whether a cut would part a run of katakana: タイ is no part of タイムズ."""
    return 0 < at < len(word) and all("\u30a1" <= char <= "\u30fc" for char in word[at - 1 : at + 1])


def _may_be_name(part: str, language: str) -> bool:
    """Whether a part may be a name of its own: "cars" are not the CAR, nor "grenades" La Grenade, "un" not the UN."""
    if not part.isascii():
        return True
    if len(part) <= SHORT:
        return part.removesuffix("'s").isupper()
    return part[:1].isupper() or language != "en"  # "militares rusos" are written small


def _singular(key: str) -> list[str]:
    """Return what an English possessive or plural may be of; folding has dropped the apostrophe."""
    return [key[: -len(end)] for end in ("s", "es") if key.endswith(end) and len(key) > len(end) + 2]


def _first(forms: Mapping[str, list[str]], names: Mapping[str, T]) -> T | None:
    return next((names[key] for keys in forms.values() for key in keys if key in names), None)


def _state(forms: Mapping[str, list[str]], catalogue: ActorCatalogue) -> str | None:
    found = _first(forms, catalogue.states)
    return found[0] if found else None


def _group(forms: Mapping[str, list[str]], catalogue: ActorCatalogue, language: str) -> GroupWord | None:
    tables = [catalogue.words[code] for code in dict.fromkeys((language, "en")) if code in catalogue.words]
    return next((found for words in tables if (found := _first(forms, words))), None)
