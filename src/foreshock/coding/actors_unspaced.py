"""Who a Japanese or Chinese phrase names: the head stands last, after the last の, and a state's name or its short form (米, 露)
before an office lends it a country."""

from __future__ import annotations

import re
from functools import lru_cache

from foreshock.coding.actor_words import OFFICES, Reading, country_of_name, is_office, lookup, of_place, place_of_name
from foreshock.ontology.actor_catalogue import ActorCatalogue, GroupWord, KnownActor
from foreshock.ontology.fold import fold
from foreshock.ontology.gazetteer import Gazetteer


@lru_cache(maxsize=8)
def _title_pattern(titles: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(map(re.escape, titles), key=len, reverse=True)) + ")$")


def read_unspaced(phrase: str, catalogue: ActorCatalogue, gazetteer: Gazetteer | None, language: str = "ja") -> Reading:
    """Return what a phrase of a language without blanks says of an actor."""
    whole = lookup(phrase, catalogue, "ja")
    if whole is not None:
        return whole
    *owners, head = re.split("[の的]" if language == "zh" else "の", phrase)
    known = _known_japanese(head, catalogue, language)
    if known is not None:
        return Reading(known=known)
    group, before = _group_suffix(head, catalogue, language)
    state, left = _state_prefix(before, catalogue, gazetteer)
    for owner in reversed(owners):
        if state is None:
            state, _ = _state_prefix(owner, catalogue, gazetteer)
            owned = _known_japanese(owner, catalogue, language) if state is None else None
            state = owned.country if owned else state
            if group is None and owned and head.startswith(("前", "元")) and owned.sector(None) in OFFICES:
                return Reading(country=state, sector="ELI")
    voices = (*catalogue.voices.get(language, ()), *catalogue.voices.get("ja", ()))
    if group is None or any(fold(head).endswith(voice) for voice in voices):
        owned = next((known for part in reversed(owners) if (known := _known_japanese(part, catalogue, language))), None)
        lent = next((word for part in reversed(owners) if (word := _group_suffix(part, catalogue, language)[0])), None)
        if any(fold(head).endswith(voice) for voice in voices) and (owned or lent):
            return Reading(
                country=owned.country if owned else state, sector=owned.sector(None) if owned else lent.sector if lent else None
            )
    if group is None and state is not None and phrase.endswith("人"):
        return Reading(country=state, sector="CVL")
    if group is None and not owners and gazetteer is not None and (place := place_of_name(phrase, gazetteer, "ja")):
        return of_place(place)
    plain = not left and len(owners) <= 1 and (group is not None or (state is not None and not owners))
    former = "ELI" if before.endswith(("前", "元", "旧")) and is_office(group) else None
    return Reading(country=state, group=group, plain=plain, sector=former)


def _known_japanese(head: str, catalogue: ActorCatalogue, language: str) -> KnownActor | None:
    """Return a known actor at the start of the head before a title, or at its end after an office."""
    bare = _title_pattern(catalogue.titles.get("ja", ("氏",))).sub("", head)
    for text in dict.fromkeys([bare, head]):
        for size in range(len(text), 1, -1):
            for piece in (text[:size], text[-size:]):
                actors = catalogue.known.get(fold(piece))
                if actors and (size == len(text) or _office_only(text.replace(piece, "", 1), catalogue, language)):
                    return actors[0]
    return None


def _office_only(text: str, catalogue: ActorCatalogue, language: str) -> bool:
    """Tell whether what stands beside a name is an office, a state and titles only: 米国務長官, 前大統領."""
    group, before = _group_suffix(text, catalogue, language)
    if group is None and text.lstrip("前元副旧新") not in catalogue.titles.get("ja", ()):
        return False
    left = before if group is not None else ""
    return not left or left in ("前", "元", "旧", "副", "新", "同国", "首席") or fold(left) in catalogue.states


def _group_suffix(head: str, catalogue: ActorCatalogue, language: str) -> tuple[GroupWord | None, str]:
    """Return the longest word for a group that ends the head, of equal ones that of the language, and what stands before it."""
    tables = [catalogue.words.get(one, {}) for one in dict.fromkeys([language, "ja"])]
    longest = max(catalogue.longest.get(language, 0), catalogue.longest.get("ja", 12))
    bare = re.sub("(?:たち|達|ら|側|自身|各位|们)$", "", head)
    for text in dict.fromkeys([head, bare]):
        for size in range(min(len(text), longest), 0, -1):
            word = next((table[key] for table in tables if (key := fold(text[-size:])) in table), None)
            if word and (size > 1 or len(text) <= 3 or not "一" <= text[-2] <= "鿿"):
                return word, text[:-size]
    return None, head


def _state_prefix(text: str, catalogue: ActorCatalogue, gazetteer: Gazetteer | None) -> tuple[str | None, str]:
    """Return the state that begins a text, and what is left after it."""
    for size in range(len(text), 0, -1):
        key = fold(text[:size])
        if key in catalogue.states:
            return catalogue.states[key][0], text[size:].removeprefix("人")
    if gazetteer is not None and len(text) >= 2 and (country := country_of_name(text.removesuffix("人"), gazetteer, "ja")):
        return country, ""
    return None, text
