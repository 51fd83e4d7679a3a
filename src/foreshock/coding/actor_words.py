"""What the words of a phrase are in the catalogues: known actors, states and their peoples, words for groups, towns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foreshock.coding.singulars import singular
from foreshock.ontology.actor_catalogue import ActorCatalogue, GroupWord, KnownActor
from foreshock.ontology.fold import SHORT, bare_forms, fold
from foreshock.ontology.gazetteer import Entry, Gazetteer

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*\.?")
LONGEST = 7
# Parts of a country, which are provinces by name somewhere: "Northern Fleet" is no fleet of a Northern province.
_BEARINGS = frozenset(
    ["north", "south", "east", "west", "central", "northern", "southern", "eastern", "western", "centre", "center"]
)
GREAT = 200_000  # inhabitants of a town whose bare name tells its state
# Who held an office of these is of the former elite; a former soldier or policeman is not.
OFFICES = frozenset(["GOV", "LEG", "JUD", "SPY"])
# Languages that write the adjectives of states with a small letter.
_SMALL_ADJECTIVES = frozenset(["ru", "fr", "es", "it", "de", "pt", "pl", "uk", "kk"])
_MILITARY_OFFICES = frozenset(["general", "defence ministry"])


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a phrase; ``plain`` tells that nothing of the phrase was left over."""

    known: KnownActor | None = None
    country: str | None = None
    group: GroupWord | None = None
    seat: bool = False
    plain: bool = False
    sector: str | None = None


def lookup(text: str, catalogue: ActorCatalogue, language: str) -> Reading | None:
    """Return a phrase that is a name and nothing else."""
    key = fold(text)
    for form in [key, *bare_forms(key, language)]:
        if form in catalogue.known:
            return Reading(known=catalogue.known[form][0])
        if form in catalogue.states and not _is_people(form, catalogue):
            country, seat = catalogue.states[form]
            return Reading(country=country, seat=seat, plain=True)
    return None


def _is_people(key: str, catalogue: ActorCatalogue) -> bool:
    """Tell whether a key is only a demonym: "Russian" alone is a person, not the state."""
    country, seat = catalogue.states[key]
    if key.endswith("人"):
        return True
    return not seat and key.isascii() and key[-1:] in "nihesk" and fold(catalogue.names[country]) != key and key.endswith(_PEOPLE)


_PEOPLE = ("ian", "ians", "an", "ans", "ese", "ish", "i", "is", "ch", "ek", "eks", "kh", "khs", "yz", "jik", "jiks", "men", "ks")


def grams(text: str) -> tuple[tuple[str, str], ...]:
    """Return the word runs of a text with their keys, the longest first, of equal ones the last first."""
    return _remembered(text) if len(text) <= SHORT else _grams(text)


@lru_cache(maxsize=4_096)
def _remembered(text: str) -> tuple[tuple[str, str], ...]:
    return _grams(text)


def _grams(text: str) -> tuple[tuple[str, str], ...]:
    words = [match[0] for match in WORD.finditer(text)]
    sizes = range(min(LONGEST, len(words)), 0, -1)
    runs = (" ".join(words[at : at + size]) for size in sizes for at in range(len(words) - size, -1, -1))
    return tuple((run, fold(run)) for run in runs)


def group_within(head: str, catalogue: ActorCatalogue, language: str) -> GroupWord | None:
    """Return the longest word for a group that stands in a phrase, None without one."""
    table = catalogue.words.get(language) or catalogue.words.get("en", {})
    for _, key in grams(head):
        for form in (key, *singular(key, language), *bare_forms(key, language)):
            if form in table:
                return table[form]
    return None


def body_within(head: str, catalogue: ActorCatalogue, language: str) -> KnownActor | None:
    """Return the named body, no person, that stands in a phrase with words of its own: "Boko Haram gunmen"; None without one."""
    for gram, key in grams(head):
        if gram[:1].isupper() and len(gram) > 2:
            for form in (key, *bare_forms(key, language)):
                actor = next((one for one in catalogue.known.get(form, ()) if not one.person), None)
                if actor is not None:
                    return actor
    return None


def country_of_town(head: str, group: GroupWord, gazetteer: Gazetteer, language: str) -> str | None:
    """Return the state of the town or province that a phrase names beside its word for a group: "Shanghai police"."""
    for gram, key in grams(head):
        if gram[:1].isupper() and key not in _BEARINGS and not set(key.split()) & set(fold(group.word).split()):
            place = place_of_name(gram, gazetteer, language)
            if place is not None and place.how == "name":
                return place.country
    return None


def country_within(
    part: str, catalogue: ActorCatalogue, gazetteer: Gazetteer | None, language: str, *, whole: bool
) -> str | None:
    """Return the state that a part of a phrase names, by its name, people or seat; ``whole`` parts may be a town's name."""
    if not part:
        return None
    for gram, key in grams(part):
        for form in (key, *singular(key, language), *bare_forms(key, language)):
            if form in catalogue.states and (
                gram[:1].isupper() or gram[:1].lower() == gram[:1].upper() or language in _SMALL_ADJECTIVES
            ):
                return catalogue.states[form][0]
        if language in ("ru", "uk") and (adjective := russian_state(key, catalogue)):
            return adjective
    return country_of_name(part, gazetteer, language) if whole and gazetteer is not None and part[:1].isupper() else None


def country_of_name(name: str, gazetteer: Gazetteer, language: str) -> str | None:
    """Return the state of a great town, a province or a state by its name."""
    place = place_of_name(name, gazetteer, language)
    return place.country if place is not None else None


def place_of_name(name: str, gazetteer: Gazetteer, language: str) -> Entry | None:
    """Return the state or great town of a name, None where the name is of neither."""
    entries = gazetteer.find(name, language=language)
    if not entries or entries[0].how not in ("name", "ending"):
        return None
    best = entries[0]
    great = best.feature in ("country", "admin1") or best.capital or best.population >= GREAT
    return best if great else None


def spaced_korean(phrase: str, catalogue: ActorCatalogue) -> str:
    """Return a Korean phrase with a blank between a state and the word for its army: 러시아군, 미군."""
    words = phrase.split()
    parts = (f"{word[:-1]} 군" if word.endswith("군") and fold(word[:-1]) in catalogue.states else word for word in words)
    return " ".join(parts)


def russian_state(key: str, catalogue: ActorCatalogue) -> str | None:
    """Return the state of a Russian adjective: российские, казахстанских."""
    stem, found, _ = key.partition("ск")
    if not found or len(stem) < 4:
        return None
    names = [base + end for base in (stem, stem[:-1]) for end in ("", "а", "я", "ия")]
    return next((catalogue.states[name][0] for name in names if name in catalogue.states), None)


def of_place(place: Entry) -> Reading:
    """Return what a place's bare name says of an actor: a state or its seat of government acts, another town is but a town."""
    return Reading(country=place.country, seat=place.capital, plain=place.capital or place.feature == "country")


def is_office(group: GroupWord | None) -> bool:
    """Tell whether a word is an office of those whose holders are of the elite once they left it."""
    return group is not None and (group.sector in OFFICES or group.english in _MILITARY_OFFICES)
